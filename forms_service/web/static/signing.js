// Drawing a signature with a finger, a pen or a mouse. What is drawn travels as the path of an SVG, in the plane of the
// canvas; the name beside it is enough without.
"use strict";

const MOST = 20_000;
const STEP = 2;

for (const place of document.querySelectorAll("[data-canvas]")) draw(place);

function draw(place) {
  const canvas = place.querySelector("canvas");
  const path = place.querySelector('input[type="hidden"]');
  const pen = canvas.getContext("2d");
  let last = null;

  place.hidden = false;
  paint();

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = null;
    reach(event, "M");
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) reach(each, "L");
  });
  canvas.addEventListener("pointerup", told);

  place.querySelector("[data-wipe]").addEventListener("click", () => {
    path.value = "";
    paint();
    told();
  });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  function reach(event, how) {
    const box = canvas.getBoundingClientRect();
    const x = within(((event.clientX - box.left) / box.width) * canvas.width, canvas.width);
    const y = within(((event.clientY - box.top) / box.height) * canvas.height, canvas.height);
    if (how === "L" && last && Math.hypot(x - last[0], y - last[1]) < STEP) return;
    if (path.value.length > MOST - 20) return;
    path.value += `${how}${x} ${y}`;
    if (how === "M") path.value += `L${x} ${y}`;
    last = [x, y];
    paint();
  }

  function paint() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.stroke(new Path2D(path.value));
  }

  // drafts listen for what is typed
  function told() {
    path.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function within(value, most) {
  return Math.max(0, Math.min(most - 1, Math.round(value)));
}

// Enter in a name signs for that name, instead of sending the whole form
for (const signer of document.querySelectorAll("[data-signing]")) {
  signer.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    signer.querySelector('button[type="submit"]').click();
  });
}
