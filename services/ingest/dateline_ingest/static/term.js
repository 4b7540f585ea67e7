// One more broader term, by its name: what is chosen is a line of the field. Without this one types the line.

const adding = document.querySelector("[data-adds-to]");
if (adding) start(adding, document.getElementById(adding.dataset.addsTo));

function start(place, lines) {
  const field = place.querySelector("input");
  place.hidden = false;

  function add() {
    const name = field.value.trim();
    field.value = "";
    const known = lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!name || known.includes(name)) return;
    lines.value = [...known, name].join("\n");
    lines.dispatchEvent(new Event("input", { bubbles: true }));
  }
  place.querySelector("button").addEventListener("click", () => {
    add();
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  });
  lines.form.addEventListener("submit", add); // what was typed and not added is meant too
}

// The site has no map of a place that nobody knows where it is.
for (const map of document.querySelectorAll(".map img")) {
  const hide = () => (map.closest("figure").hidden = true);
  map.addEventListener("error", hide);
  if (map.complete && !map.naturalWidth) hide();
}
