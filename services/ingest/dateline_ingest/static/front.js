// The editor's front. Each step is sent as the plain button sends it; the answer is the whole page, whose parts take the
// place of those here, so that what a step does is said in one place. The preview follows.

const AFTER = 200; // milliseconds without a letter
const KEYS = { l: "lead", s: "second", h: "hide", u: "release", ArrowUp: "up", ArrowDown: "down" };
const NOT_TAKEN = "Not taken: the newsroom can’t be reached, or you are signed out. Try it again.";

const room = document.getElementById("front");
const said = document.getElementById("front-said");
const preview = document.getElementById("front-preview");
const frame = preview?.querySelector(".frame");
let underWay = Promise.resolve();
let dragged = "";
let shown = "";
let leaving = false;

const form = () => document.getElementById("arrangement");
const rows = () => [...room.querySelectorAll("[data-story]")];

// --- steps ---
function step(doing, focus) {
  underWay = underWay.then(() => take(doing, focus));
}

async function take(doing, focus) {
  const sent = new URLSearchParams(new FormData(form()));
  sent.set("do", doing);
  const answer = await fetch(form().action, { method: "POST", body: sent }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page?.getElementById("front");
  if (!fresh) {
    said.textContent = NOT_TAKEN;
    return;
  }
  if (doing === "look") {
    for (const part of fresh.querySelectorAll("[data-live]")) document.getElementById(part.id).replaceWith(part);
  } else {
    keepTyped(fresh, doing);
    room.replaceChildren(...fresh.childNodes);
  }
  ready();
  said.textContent = doing === "look" ? found(sent.get("q")) : words(sent);
  focus?.();
}

// What was typed while the step was under way stays; the end that a button sets is the server's to say.
function keepTyped(fresh, doing) {
  for (const field of form().querySelectorAll("input:not([type=hidden])")) {
    if (!doing.startsWith(`end ${field.name} `)) fresh.querySelector(`#${field.id}`).value = field.value;
  }
}

function found(typed) {
  return typed.trim() ? `${document.querySelectorAll("#front-found [data-story]").length} found` : "";
}

function words() {
  const unsaved = document.getElementById("front-save").dataset.unsaved;
  return unsaved ? `Not saved: ${unsaved}.` : "As it is on the site.";
}

// Who hides one story after another stays where they were: the focus goes to the one that follows.
function focusAfter(action, id, button) {
  const row = rows().find((one) => one.dataset.story === id && !one.closest("#front-found"));
  const beside = action === "hide" && (row?.nextElementSibling ?? row?.previousElementSibling)?.dataset.story;
  return () => (beside ? focusStory(beside) : focusStory(id, button));
}

function focusStory(id, action) {
  const all = rows().filter((row) => row.dataset.story === id);
  const row = all.find((one) => !one.closest("#front-found")) ?? all[0];
  if (!row) return form().elements.q.focus();
  const button = action && [...row.querySelectorAll("button")].find((one) => one.value.split(" ")[0] === action);
  return (button ?? row.querySelector("a")).focus();
}

room.addEventListener("submit", (event) => {
  const doing = event.submitter?.name === "do" ? event.submitter.value : "";
  if (event.target !== form() || !doing || doing === "save") {
    leaving = true;
    return;
  }
  event.preventDefault();
  const [action, named, preset] = doing.split(" ");
  if (doing === "look") step(doing);
  else if (action === "end") step(doing, () => form().querySelector(`button[value="end ${named} ${preset}"]`)?.focus());
  else step(doing, focusAfter(action, named, action));
});

room.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-story]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const id = row.dataset.story;
  if (event.key === "j" || event.key === "k") {
    rows()[rows().indexOf(row) + (event.key === "j" ? 1 : -1)]?.querySelector("a").focus();
  } else if (KEYS[event.key]) step(`${KEYS[event.key]} ${id}`, focusAfter(KEYS[event.key], id));
  else return;
  event.preventDefault();
});

// --- dragging ---
function place(event) {
  const list = event.target.closest("[data-slot]");
  if (!list || list.dataset.slot !== "second") return { list };
  const over = event.target.closest("[data-story]");
  const others = [...list.querySelectorAll("[data-story]")].filter((row) => row.dataset.story !== dragged);
  if (!over || over.dataset.story === dragged) return { list, at: over ? null : others.length };
  const { top, height } = over.getBoundingClientRect();
  const before = event.clientY < top + height / 2;
  return { list, over, before, at: others.indexOf(over) + (before ? 0 : 1) };
}

function mark({ list, over, before } = {}) {
  for (const one of room.querySelectorAll(".over")) one.classList.remove("over");
  for (const one of room.querySelectorAll("[data-drop]")) delete one.dataset.drop;
  list?.classList.add("over");
  if (over) over.dataset.drop = before ? "before" : "after";
}

room.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("[data-story]");
  if (!row) return;
  dragged = row.dataset.story;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.querySelector("a").textContent);
});
room.addEventListener("dragend", () => { dragged = ""; mark(); });
room.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const where = place(event);
  mark(where);
  if (where.list) event.preventDefault();
});
room.addEventListener("drop", (event) => {
  const { list, at } = dragged ? place(event) : {};
  if (!list) return;
  event.preventDefault();
  const id = dragged;
  const action = list.dataset.slot;
  if (at !== null) step(at === undefined ? `${action} ${id}` : `${action} ${id} ${at}`, () => focusStory(id));
});

// --- the preview ---
// Each look is a frame of its own, which takes the place of the one before when it is there: nothing flickers, and the
// browser's way back has no look in it.
function look() {
  const signed = document.getElementById("front-look");
  if (!signed) return;
  const placed = signed.dataset.placed;
  if (placed === shown) return;
  shown = placed;
  const next = frame.querySelector("iframe").cloneNode();
  next.name = `front-frame-${placed}`;
  next.classList.add("coming");
  next.addEventListener("load", () => {
    for (const earlier of frame.querySelectorAll("iframe")) if (earlier !== next) earlier.remove();
    next.classList.remove("coming");
  });
  for (const earlier of frame.querySelectorAll(".coming")) earlier.remove();
  frame.append(next);
  const copy = signed.cloneNode(true);
  copy.removeAttribute("id");
  copy.target = next.name;
  copy.hidden = true;
  document.body.append(copy);
  copy.submit();
  copy.remove();
}

preview?.addEventListener("click", (event) => {
  const width = event.target.closest("[data-width]")?.dataset.width;
  if (!width) return;
  frame.className = `frame ${width}`;
  for (const button of preview.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(button.dataset.width === width));
});

// --- what the page offers with this module ---
function ready() {
  for (const row of rows()) {
    row.draggable = true;
    row.querySelector("a").draggable = false;
  }
  document.getElementById("front-keys").hidden = false;
  look();
}

let timer = 0;
room.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.target.name === "q") timer = setTimeout(() => step("look"), AFTER);
});
room.addEventListener("change", (event) => {
  if (event.target.name !== "q") step("look");
});
addEventListener("beforeunload", (event) => {
  if (!leaving && document.getElementById("front-save").dataset.unsaved) event.preventDefault();
});

if (preview) {
  preview.hidden = false;
  preview.parentElement.classList.add("framed");
}
ready();
