// Adds and takes out rows on the page. Without this script the same buttons post the form, and it comes back.
"use strict";

for (const group of document.querySelectorAll("[data-rows]")) watchRows(group);

function watchRows(group) {
  const name = group.dataset.rows;
  const pattern = group.querySelector("template");
  const end = group.querySelector("[data-rows-end]");
  const more = end.querySelector("button");
  const told = group.querySelector("[data-rows-told]");
  let next = 1 + Math.max(-1, ...rows().map((row) => Number(row.dataset.row.slice(name.length + 1))));

  more.addEventListener("click", (event) => {
    event.preventDefault();
    const row = add();
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
    changed(told.dataset.added, rows().length);
  });

  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    takeOut(button.closest("[data-row]"));
  });

  function rows() {
    return [...group.querySelectorAll("[data-row]")];
  }

  function add() {
    const row = pattern.content.firstElementChild.cloneNode(true);
    for (const part of [row, ...row.querySelectorAll("*")]) {
      for (const each of part.attributes) each.value = each.value.replaceAll(`${name}--1`, `${name}-${next}`);
    }
    next += 1;
    pattern.before(row);
    tidy();
    return row;
  }

  function takeOut(row) {
    const at = rows().indexOf(row);
    row.remove();
    if (!rows().length) add();
    tidy();
    rows()[Math.min(at, rows().length - 1)].focus();
    changed(told.dataset.removed, at + 1);
  }

  function tidy() {
    rows().forEach((row, at) => {
      for (const title of row.querySelectorAll("[data-row-title]")) title.textContent = `${group.dataset.item} ${at + 1}`;
    });
    more.hidden = rows().length >= Number(group.dataset.most);
  }

  // the draft is kept, and questions that depend on the rows come and go, as after any other answer
  function changed(words, number) {
    told.textContent = words.replace("{n}", number);
    group.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
