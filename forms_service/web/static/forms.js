// Shows and hides the questions that depend on others while somebody answers. The server decides which; without this
// script it does so when the form is sent. Nothing here checks or keeps an answer.
"use strict";

for (const form of document.querySelectorAll("[data-form]")) {
  let asked = 0;

  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-decides]")) refresh();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="_clear"]:not([data-remove])');
    if (!button) return;
    event.preventDefault();
    const chosen = form.querySelector(`input[name="${CSS.escape(button.value)}"]:checked`);
    if (!chosen) return;
    chosen.checked = false;
    chosen.focus();
    if (chosen.closest("[data-decides]")) refresh();
  });

  async function refresh() {
    const mine = ++asked;
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    body.set("_do", "conditions");
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body });
      if (!answer.ok || mine !== asked) return;
      apply(new Set((await answer.json()).shown));
    } catch {
      // no contact: the server shows what applies when the form is sent
    }
  }

  function apply(shown) {
    let more = 0;
    let fewer = 0;
    const seen = new Set(form.querySelector("[name=_seen]").value.split(" "));
    for (const question of form.querySelectorAll("[data-question]")) {
      const name = question.dataset.question;
      const hide = !shown.has(name);
      const isHere = !question.closest("[data-step][hidden]");
      if (isHere && question.hidden && !hide) more += 1;
      if (isHere && !question.hidden && hide) fewer += 1;
      if (isHere) seen.add(name);
      question.hidden = hide;
    }
    for (const section of form.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("[data-question]:not([hidden])");
    }
    form.querySelector("[name=_seen]").value = [...shown].filter((name) => seen.has(name)).join(" ");
    announce(more, fewer);
  }

  function announce(more, fewer) {
    const place = form.querySelector("[data-announce]");
    if (more) place.textContent = more === 1 ? place.dataset.one : place.dataset.many.replace("{n}", more);
    else if (fewer) place.textContent = place.dataset.fewer;
  }
}
