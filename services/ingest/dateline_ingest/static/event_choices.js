// What the fields of an event's form are completed from: zones, organisers, categories, tags; and places, which bring
// their address and coordinates.

const AFTER = 200; // milliseconds without a letter
const COLUMNS = ["address", "city", "country", "lat", "lon"];

function later(field, ask) {
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), AFTER);
  });
}

async function items(address, query) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", query);
  const answer = await fetch(url);
  return answer.ok ? (await answer.json()).items : [];
}

function offer(list, values) {
  list.replaceChildren(...values.map((value) => Object.assign(document.createElement("option"), { value })));
}

for (const field of document.querySelectorAll("[data-choices]")) {
  later(field, async () => {
    const all = field.value;
    const cut = field.dataset.many ? all.lastIndexOf(",") + 1 : 0;
    const before = cut ? `${all.slice(0, cut)} ` : "";
    const word = all.slice(cut).trim();
    if (word.length < 2) return;
    const found = await items(field.dataset.choices, word);
    if (field.value === all) offer(field.list, found.map((one) => before + one));
  });
}

for (const place of document.querySelectorAll("[data-place]")) {
  const prefix = place.dataset.place;
  const name = place.querySelector(`[name=${prefix}_name]`);
  const known = new Map();
  const fill = () => {
    const found = known.get(name.value);
    if (!found) return;
    name.value = found.name;
    for (const column of COLUMNS) place.querySelector(`[name=${prefix}_${column}]`).value = found[column] ?? "";
  };
  later(name, async () => {
    const word = name.value.trim();
    if (word.length < 2 || known.has(name.value)) return fill();
    const found = await items(place.dataset.places, word);
    for (const one of found) known.set(one.label, one);
    if (name.value.trim() === word) offer(name.list, found.map((one) => one.label));
    fill();
  });
  name.addEventListener("change", fill);
}
