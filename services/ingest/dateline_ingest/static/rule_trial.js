// A topic's phrases beside the newest stories, tried anew after a pause. Without it a button shows them.

const PAUSE = 700; // milliseconds without a letter
const FIELDS = ["label", "aliases", "rules_any", "rules_all", "rules_none"];

const form = document.querySelector("form.term");
const button = form?.querySelector("[data-trial]");
let asking = false;
let asked = "";
let timer = 0;

function typed() {
  return JSON.stringify(FIELDS.map((name) => form.elements[name]?.value));
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => look().catch(() => {}), PAUSE);
}

async function look() {
  const now = typed();
  if (now === asked) return;
  if (asking) return later();
  asking = true;
  try {
    const fields = new URLSearchParams(new FormData(form));
    fields.set(button.name, button.value);
    const answer = await fetch(button.formAction, { method: "POST", body: fields });
    if (!answer.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("trial");
    asked = now;
    if (found) document.getElementById("trial").replaceWith(document.importNode(found, true));
    if (typed() !== now) later();
  } finally {
    asking = false;
  }
}

if (button) {
  if (!document.getElementById("trial")) {
    const place = Object.assign(document.createElement("section"), { id: "trial" });
    button.closest("fieldset").after(place);
    look().catch(() => {});
  } else {
    asked = typed();
  }
  form.addEventListener("input", (event) => {
    if (FIELDS.includes(event.target.name)) later();
  });
}
