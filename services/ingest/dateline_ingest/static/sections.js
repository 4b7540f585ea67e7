// The order of sections by dragging and by keys. The row that was moved has the focus when the page is there again,
// since its address leads to it. A row's own buttons do the same, without this module too.

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const form = document.getElementById("drop");
const rows = [...document.querySelectorAll("li[data-section]")];
let dragged = null;

for (const row of rows) {
  const name = row.querySelector(".row");
  row.draggable = true;
  row.querySelector("a").draggable = false;
  row.addEventListener("dragstart", (event) => {
    event.stopPropagation();
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.section);
  });
  row.addEventListener("dragend", clear);
  name.addEventListener("dragover", (event) => {
    if (!dragged || dragged.contains(row)) return;
    event.preventDefault();
    clearMarks();
    name.dataset.drop = where(name, event.clientY);
  });
  name.addEventListener("dragleave", () => delete name.dataset.drop);
  name.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged && !dragged.contains(row)) put(dragged, row, where(name, event.clientY));
  });
  row.addEventListener("keydown", (event) => {
    const step = event.altKey && STEPS[event.key];
    if (!step || event.target.closest("li[data-section]") !== row) return;
    const button = name.querySelector(`button[value=${step}]`);
    event.preventDefault(); // Alt with an arrow is the browser's way back
    if (button) button.form.requestSubmit(button);
  });
}
for (const keys of document.querySelectorAll(".keys")) keys.hidden = !rows.length;

/** Before, inside or after a row, by the height at which the pointer is. */
function where(element, y) {
  const { top, height } = element.getBoundingClientRect();
  const part = (y - top) / height;
  return part < 0.3 ? "before" : part > 0.7 ? "after" : "inside";
}

function put(section, row, place) {
  const { dataset } = row;
  const next = nextOf(row, section);
  form.elements.parent.value = place === "inside" ? dataset.section : dataset.above;
  form.elements.before.value = { before: dataset.section, after: next?.dataset.section ?? "", inside: "" }[place];
  form.elements.navigation.value = place === "inside" ? "" : dataset.shown;
  form.action = form.dataset.address.replace("SLUG", section.dataset.section);
  form.requestSubmit();
}

/** The row after this one in its list, but for the one that is dragged. */
function nextOf(row, section) {
  const next = row.nextElementSibling;
  return next === section ? next.nextElementSibling : next;
}

function clearMarks() {
  for (const marked of document.querySelectorAll("[data-drop]")) delete marked.dataset.drop;
}

function clear() {
  dragged = null;
  clearMarks();
}
