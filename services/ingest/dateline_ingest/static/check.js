// What a copy editor would say, beside the form: asked for after a pause, one question at a time. A remark about words
// is a button that marks them in the text.

const PAUSE = 1500;
const AGAIN = 3000; // while links are still being asked
const MOST_AGAIN = 5;

const form = document.querySelector("form.story");
const list = document.getElementById("remarks");
const count = document.getElementById("remarks-count");
let asking = false;
let asked = "";
let timer = 0;
let again = 0;

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => ask().catch(() => {}), wait);
}

function typed() {
  const fields = new FormData(form);
  for (const name of ["key", "draft", "draft_revision"]) fields.delete(name);
  return fields;
}

function text(fields) {
  return JSON.stringify([...fields].filter(([name]) => name !== "csrf_token"));
}

async function ask() {
  const fields = typed();
  const now = text(fields);
  if (now === asked && !again) return;
  if (asking) {
    later(PAUSE);
    return;
  }
  asking = true;
  try {
    const answer = await fetch(list.dataset.check, { method: "POST", body: new URLSearchParams(fields) });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (text(typed()) !== now) {
      later(PAUSE);
      return;
    }
    const pending = Number(page.querySelector(".remarks")?.dataset.pending ?? 0);
    again = pending ? (now === asked ? again - 1 : MOST_AGAIN) : 0;
    asked = now;
    show(page.querySelector(".remarks"));
    if (again > 0) later(AGAIN);
  } finally {
    asking = false;
  }
}

function show(remarks) {
  if (!remarks || remarks.innerHTML === list.dataset.shown) return;
  list.dataset.shown = remarks.innerHTML;
  const found = remarks.querySelectorAll("li").length;
  const said = found === 1 ? "1 remark" : `${found} remarks`;
  if (count.textContent !== said) count.textContent = said; // what a screen reader says, once
  const shown = document.importNode(remarks, true);
  for (const line of shown.querySelectorAll("li")) {
    const { field, words, start } = line.dataset;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "remark" });
    button.append(...line.childNodes);
    button.addEventListener("click", () => mark(field, words, Number(start)));
    line.append(button);
  }
  list.replaceChildren(shown);
}

// --- where the words stand ---
function fieldOf(name) {
  if (name !== "body_text") return form.elements[name];
  return form.querySelector(".editor") ?? document.getElementById("body_text") ?? document.getElementById("body_html");
}

function mark(name, words, start) {
  const field = fieldOf(name);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  if (!words) return;
  if ("value" in field) {
    const at = nearest(field.value, words, start);
    if (at >= 0) field.setSelectionRange(at, at + words.length);
    return;
  }
  const { text: shown, nodes } = textOf(field);
  const at = nearest(shown, words, start);
  if (at < 0) return;
  const [first, last] = [at, at + words.length - 1].map((place) => nodes.findLast((one) => one.from <= place));
  getSelection().setBaseAndExtent(first.node, at - first.from, last.node, at + words.length - last.from);
  first.node.parentElement.scrollIntoView({ block: "center" });
}

// The text of an editor, a line end between its blocks, and where each of its nodes begins there.
function textOf(editor) {
  const nodes = [];
  let text = "";
  let block = null;
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const its = node.parentElement.closest("p, li, h2, h3, h4, td, th, blockquote, footer");
    if (block && its !== block) text += "\n\n";
    block = its;
    nodes.push({ node, from: text.length });
    text += node.data;
  }
  return { text, nodes };
}

// Where the words stand that are nearest to a place; -1 where they don't. Offsets count code points, strings don't: near is enough.
function nearest(text, words, start) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}

if (form && list) {
  form.addEventListener("input", () => { again = 0; later(PAUSE); });
  if (form.elements.headline.value || form.elements.body_text?.value || form.elements.body_html?.value) later(0);
}
