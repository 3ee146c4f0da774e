// Keeps what is typed while somebody types: soon after the last key, and never later than a moment after the first one
// that is not kept. htmx sends the form and puts the answer in its place; the words are the server's. Without this
// script there is the button «Lagre utkast», and every post keeps what it brings.
"use strict";

const QUIET = 700;
const LONGEST = 1300;
const AGAIN = 3000;
const PATIENCE = 1000;

for (const form of document.querySelectorAll("[data-draft]")) watch(form);

function watch(form) {
  const line = form.querySelector("#utkast-status");
  const sender = form.querySelector("[data-draft-sender]");
  let unkept = 0;
  let timer = 0;
  let underway = false;
  let failing = false;
  let sending = false;
  let pressed = null;
  let over = false;

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("click", (event) => {
    if (event.target.closest('button[name="_clear"]')) setTimeout(typed);
  });

  // a writing that is under way comes first, but nobody waits long for it
  form.addEventListener("submit", (event) => {
    if (!underway || sending) {
      sending = true;
      return;
    }
    event.preventDefault();
    pressed ??= event.submitter;
    setTimeout(send, PATIENCE);
  });

  function send() {
    if (!pressed || sending) return;
    sending = true;
    form.requestSubmit(pressed);
  }

  function typed() {
    if (over) return;
    unkept ||= Date.now();
    keepIn(Math.min(QUIET, Math.max(0, unkept + LONGEST - Date.now())));
  }

  function keepIn(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(keep, milliseconds);
  }

  function keep() {
    if (underway || sending || over) return;
    clearTimeout(timer);
    underway = true;
    unkept = 0;
    form.elements._stroke.value = Number(form.elements._stroke.value) + 1;
    htmx.trigger(sender, "forms:save");
  }

  sender.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of [...detail.formData]) if (value instanceof File) detail.formData.delete(name);
  });

  sender.addEventListener("htmx:beforeSwap", ({ detail }) => {
    detail.shouldSwap = outcome(detail.xhr) !== null;
    detail.isError = !detail.shouldSwap;
  });

  // the same words once more would be read aloud once more
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target === line && fragment.textContent.trim() === line.textContent.trim()) event.detail.shouldSwap = false;
  });

  sender.addEventListener("htmx:afterRequest", ({ detail }) => {
    underway = false;
    if (pressed) return send();
    const became = outcome(detail.xhr);
    if (became === null) return failed(detail.xhr.status);
    failing = false;
    over = became === "sent";
    line.toggleAttribute("data-trouble", over || became === "failed");
    if (unkept) typed();
  });

  function outcome(xhr) {
    return xhr.getResponseHeader("Forms-Draft");
  }

  function failed(status) {
    over = [404, 409, 410].includes(status);
    failing = true;
    unkept ||= Date.now();
    say(status === 401 ? "signedOut" : status === 413 ? "tooLong" : over ? "closed" : "failed");
    if (!over) keepIn(AGAIN);
  }

  function say(reason) {
    const words = line.dataset[reason] ?? line.dataset.failed;
    line.setAttribute("data-trouble", "");
    if (line.textContent !== words) line.textContent = words;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && unkept) keep();
  });

  // the last words of somebody who leaves; a page that is left cannot wait for an answer
  window.addEventListener("pagehide", () => {
    if (sending || over || !(unkept || underway)) return;
    form.elements._stroke.value = Number(form.elements._stroke.value) + 1;
    const words = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    words.set("_do", "draft");
    fetch(location.href, { method: "POST", body: words, headers: { "HX-Request": "true" }, keepalive: true });
  });

  // a page that comes back as it was left is another page: what was written since is not its own
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sending = false;
    pressed = null;
    form.elements._page.value = crypto.randomUUID();
  });

  window.addEventListener("beforeunload", (event) => {
    if (failing && !sending) event.preventDefault();
  });
}
