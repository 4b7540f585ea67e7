// Counters beside fields, and the tags while one writes. The desk works without it.
"use strict";

const headings = { person: "People", place: "Places", organisation: "Organisations", topic: "Topics" };

for (const field of document.querySelectorAll("[data-most]")) {
  const most = Number(field.dataset.most);
  const count = document.createElement("span");
  count.className = "count";
  const show = () => {
    const left = most - Array.from(field.value).length;
    count.textContent = left < most / 3 ? String(left) : "";
    count.classList.toggle("over", left < 0);
  };
  field.before(count);
  field.addEventListener("input", show);
  show();
}

const form = document.querySelector("form.story");
const found = document.getElementById("tags-found");

function listed(tags) {
  const parts = [];
  for (const [type, heading] of Object.entries(headings)) {
    const those = tags.filter((tag) => tag.type === type);
    if (!those.length) continue;
    const title = document.createElement("h3");
    title.textContent = heading;
    const list = document.createElement("ul");
    for (const tag of those) {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = tag.label;
      if (tag.status === "proposed") {
        const mark = document.createElement("small");
        mark.textContent = " new";
        line.append(mark);
      }
      list.append(line);
    }
    parts.push(title, list);
  }
  return parts;
}

async function preview() {
  const body = {};
  for (const name of ["headline", "body_text", "section", "place"]) body[name] = form.elements[name]?.value ?? "";
  const answer = await fetch("/v1/tags", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.ok) found.replaceChildren(...listed((await answer.json()).tags));
}

if (form && found) {
  let waiting = 0;
  if (form.elements.body_text?.value) preview().catch(() => {});
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => preview().catch(() => {}), 600);
  });
}
