// The form of an event: the fields of a rule that concern how it repeats, its next times while one types, Ctrl+Enter.

const PAUSE = 350;
const form = document.querySelector("form.event-form");
const shown = document.getElementById("times");
let timer = 0;
let asked = "";

function showParts() {
  const chosen = form.elements.repeat.value;
  for (const part of form.querySelectorAll("[data-of]")) {
    const isFilled = part.dataset.keep && Array.from(part.querySelectorAll("input"), (field) => field.value).some(Boolean);
    part.hidden = !isFilled && !part.dataset.of.split(" ").includes(chosen);
  }
}

function typed() {
  const fields = new URLSearchParams();
  for (const field of document.getElementById("when").querySelectorAll("input, select")) {
    if (field.type !== "checkbox" || field.checked) fields.append(field.name, field.value);
  }
  return fields;
}

async function ask() {
  const fields = typed();
  const now = fields.toString();
  if (now === asked) return;
  asked = now;
  fields.append("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.times, { method: "POST", body: fields }).catch(() => null);
  if (!answer?.ok || asked !== now) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.replaceChildren(...Array.from(page.querySelectorAll(".next-times"), (part) => document.importNode(part, true)));
}

if (form) {
  document.getElementById("event-keys").hidden = false;
  document.getElementById("show-times").hidden = true;
  showParts();
  form.elements.repeat.addEventListener("change", showParts);
  document.getElementById("when").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  // Enter in a field would press the first button, which is another's
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit(document.getElementById("send"));
    } else if (event.target.matches("input:not([type=checkbox])")) {
      event.preventDefault();
    }
  }, { capture: true });
}
