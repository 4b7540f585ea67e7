// The focal point of a picture: set by a click, by dragging its ring, by arrow keys on it (with Shift ten times as far),
// or in the two number fields; the crops follow at once. Without it the fields alone say it.

const stage = document.getElementById("stage");
const picture = stage?.querySelector("img");
const fields = [document.getElementById("focal_x"), document.getElementById("focal_y")];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

if (picture && fields.every(Boolean)) start();

function start() {
  const said = document.getElementById("focal-said");
  const size = [Number(stage.dataset.width), Number(stage.dataset.height)];
  const guess = [Number(stage.dataset.x), Number(stage.dataset.y)];
  const point = Object.assign(document.createElement("button"), { type: "button", className: "point" });
  point.title = "Arrow keys move it, with Shift ten times as far";
  stage.classList.add("live");
  stage.append(point);
  for (const crop of document.querySelectorAll(".crop img")) crop.src = crop.dataset.whole;

  const typed = (field) => (field.value.trim() === "" ? NaN : Number(field.value));
  const within = (number) => Math.min(100, Math.max(0, Math.round(number)));
  const now = () => fields.map((field, axis) => (Number.isFinite(typed(field)) ? within(typed(field)) : guess[axis]));

  function show() {
    const at = now();
    point.style.left = `${at[0]}%`;
    point.style.top = `${at[1]}%`;
    point.setAttribute("aria-label", `Focal point: ${at[0]} per cent from the left, ${at[1]} from the top. Arrow keys move it`);
    for (const crop of document.querySelectorAll(".crop")) cut(crop, at);
  }
  function cut(crop, at) {
    const shape = { "of-16x9": 16 / 9, "of-4x3": 4 / 3, "of-1x1": 1 }[[...crop.classList].find((name) => name.startsWith("of-"))];
    const taken = [Math.min(size[0], size[1] * shape), Math.min(size[1], size[0] / shape)];
    const places = at.map((part, axis) => {
      const room = size[axis] - taken[axis];
      return room < 1 ? 50 : Math.min(100, Math.max(0, ((part / 100) * size[axis] - taken[axis] / 2) / room * 100));
    });
    crop.querySelector("img").style.objectPosition = `${places[0]}% ${places[1]}%`;
  }
  function set(at, aloud = true) {
    fields.forEach((field, axis) => { field.value = within(at[axis]); });
    show();
    if (aloud) said.textContent = `Focal point ${fields[0].value} per cent from the left, ${fields[1].value} from the top. Not saved yet.`;
  }
  function of(event) {
    const box = picture.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100];
  }

  picture.addEventListener("click", (event) => set(of(event)));
  point.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    set(now().map((part, axis) => part + step[axis] * far));
  });
  point.addEventListener("pointerdown", (event) => {
    point.setPointerCapture(event.pointerId);
    const move = (moved) => set(of(moved), false);
    point.addEventListener("pointermove", move);
    point.addEventListener("lostpointercapture", () => {
      point.removeEventListener("pointermove", move);
      set(now());
    }, { once: true });
  });
  for (const field of fields) field.addEventListener("input", show);
  show();
}
