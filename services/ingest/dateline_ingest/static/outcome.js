// The button says what will happen, while date, time and section are chosen.

const button = document.querySelector("[data-outcome]");
const day = document.querySelector("[name=embargo_date]");
const time = document.querySelector("[name=embargo_time]");
const section = document.getElementById("section");

function asksReview() {
  if (button.dataset.reviewed) return true; // where the story stands now
  if (!button.dataset.review || !section) return false;
  return [...(section.list ?? section).options].some((one) => one.value === section.value && one.dataset.review);
}

function words() {
  if (asksReview()) return button.dataset.review;
  if (!day.value) return button.dataset.outcome;
  const clock = time.value || "00:00";
  const zone = { timeZone: button.dataset.zone };
  const now = new Date().toLocaleString("sv-SE", zone).replace(" ", "T"); // on the newsroom's clock, as the fields have it
  if (`${day.value}T${clock}` <= now) return button.dataset.outcome;
  const there = new Date(`${day.value}T00:00Z`);
  const named = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  if (day.value.slice(0, 4) !== now.slice(0, 4)) named.year = "numeric";
  const shown = clock.endsWith(":00") && clock.length > 5 ? clock.slice(0, 5) : clock;
  const date = new Intl.DateTimeFormat("en-GB", named).format(there).replaceAll(",", "");
  return `Hold until ${shown}, ${date} (${button.dataset.city})`;
}

if (button && day && time) {
  const show = () => { button.textContent = words(); };
  for (const field of [day, time, section]) field?.addEventListener("input", show);
  show();
}
