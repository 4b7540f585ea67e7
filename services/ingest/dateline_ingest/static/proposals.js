// Decisions on proposals in place, by keys or by the forms' buttons: the row says what was done, and takes it back. The
// page works without this.

const list = document.querySelector("ol.proposals");
const hint = document.getElementById("proposal-keys");
const said = document.getElementById("proposal-said");
let last = null; // the row that was decided on last
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";

if (list?.children.length && hint) {
  hint.hidden = false;
  document.addEventListener("keydown", pressed);
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(event.target, event.submitter);
  });
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(FIELDS)) return;
  const here = event.target.closest(".proposal");
  const press = (selector) => here?.querySelector(selector)?.click();
  const open = here && !here.classList.contains("decided");
  const act = {
    j: () => go(here ? next(here, "nextElementSibling") : list.firstElementChild),
    k: () => here && go(next(here, "previousElementSibling")),
    a: () => open && press("button[name=accept]"),
    r: () => open && press("button[name=reject]"),
    m: () => open && press(".likely button"),
    x: () => open && press("input[type=checkbox]"),
    t: () => open && here.querySelector("select").focus(),
    u: () => last?.querySelector(".outcome button")?.click(),
    "?": () => (hint.hidden = !hint.hidden),
  }[event.key.toLowerCase()] ?? (/^[1-3]$/.test(event.key) && open ? () => likely(here, event.key) : null);
  if (!act || (!here && !"ju?".includes(event.key.toLowerCase()))) return;
  event.preventDefault();
  act();
}

function likely(row, key) {
  row.querySelectorAll(".likely button")[key - 1]?.click();
}

// The next proposal that nobody has decided on; at the end the row itself.
function next(row, which) {
  let other = row[which];
  while (other?.classList.contains("decided")) other = other[which];
  return other;
}

function go(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

async function decide(form, button) {
  const row = form.closest(".proposal");
  if (row.dataset.busy) return;
  row.dataset.busy = "1";
  const body = new URLSearchParams(new FormData(form));
  if (button) body.set(button.name, button.value);
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  delete row.dataset.busy;
  const name = row.querySelector("h2 span").textContent;
  row.querySelector(".outcome")?.remove();
  if (!answer?.ok || !told?.done) {
    const detail = told?.error ?? told?.detail ?? "The desk can't be reached. Nothing is known of what was done.";
    row.append(outcome(detail, "failed"));
    row.querySelector(".outcome").setAttribute("role", "alert");
    return;
  }
  said.textContent = `${name}: ${told.done}`;
  if (body.has("undo")) {
    row.classList.remove("decided");
    row.append(outcome(told.done));
    go(row);
    return;
  }
  last = row;
  row.classList.add("decided");
  row.querySelector("input[type=checkbox]").checked = false;
  const line = outcome(told.done);
  if (told.undo) line.append(" ", undoForm(form, told.undo, name));
  row.append(line);
  const following = next(row, "nextElementSibling");
  go(following ?? row);
}

function outcome(words, kind = "") {
  const line = document.createElement("div");
  line.className = `outcome ${kind}`;
  line.append(words);
  return line;
}

function undoForm(form, fields, name) {
  const undo = Object.assign(document.createElement("form"), { method: "post", action: form.action, className: "do" });
  const all = { csrf_token: form.elements.csrf_token.value, ...fields };
  for (const [key, value] of Object.entries(all)) {
    undo.append(Object.assign(document.createElement("input"), { type: "hidden", name: key, value }));
  }
  const button = Object.assign(document.createElement("button"), { name: "undo", value: "1", className: "quiet" });
  button.append("Undo");
  button.setAttribute("aria-label", `Undo: ${name}`);
  undo.append(button);
  return undo;
}
