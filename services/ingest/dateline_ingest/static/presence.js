// Who else has this story open. The page says that it is open while somebody is at it, and that it was left.

const EVERY = 20_000;
const AWAY = 10 * 60_000; // without a key or the mouse nobody is there

const place = document.getElementById("presence");
let touched = Date.now();
let timer = 0;

function body(more = {}) {
  const fields = new FormData();
  fields.append("csrf_token", document.querySelector("[name=csrf_token]").value);
  for (const [name, value] of Object.entries(more)) fields.append(name, value);
  return fields;
}

async function beat() {
  clearTimeout(timer);
  timer = setTimeout(beat, EVERY);
  if (document.hidden || Date.now() - touched > AWAY) return;
  const options = { method: "POST", body: body(), headers: { Accept: "application/json" } };
  const answer = await fetch(place.dataset.address, options).catch(() => null);
  if (!answer?.ok) return;
  const { others } = await answer.json();
  const words = others.length ? `Open now: ${others.join(", ")}` : "";
  if (place.textContent !== words) place.textContent = words; // a screen reader says it once
}

if (place) {
  for (const name of ["keydown", "pointermove", "scroll"])
    addEventListener(name, () => { touched = Date.now(); }, { passive: true });
  addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.address, body({ gone: "1" })));
  addEventListener("pageshow", beat);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
}
