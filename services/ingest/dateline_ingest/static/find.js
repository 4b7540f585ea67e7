// The finder: what is found while one types, as a combobox (ARIA Authoring Practices, list autocomplete). "/" leads
// there. Without it the form shows a page of what was found.

const AFTER = 150; // milliseconds without a letter
const KINDS = { story: "Story", draft: "Draft", event: "Event", term: "Term" };

const form = document.querySelector("form.finder");
const field = form?.elements.q;

if (field) start();

function start() {
  const list = Object.assign(document.createElement("ul"), { id: "found", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "unseen" });
  let timer = 0;
  let asked = "";
  let at = -1;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  said.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  })) field.setAttribute(name, value);
  field.after(list, said);

  const options = () => [...list.children];
  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  }
  function mark(place) {
    at = place;
    for (const [number, option] of options().entries()) option.setAttribute("aria-selected", String(number === at));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({ block: "nearest" });
    }
  }
  function option(one, number) {
    const made = Object.assign(document.createElement("li"), { id: `found-${number}` });
    made.setAttribute("role", "option");
    made.dataset.address = one.address;
    const label = document.createElement("bdi");
    label.textContent = one.label;
    const about = Object.assign(document.createElement("small"), { textContent: `${KINDS[one.kind]}, ${one.about}` });
    made.append(label, " ", about);
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    made.addEventListener("click", () => location.assign(one.address));
    return made;
  }
  function show(items) {
    list.replaceChildren(...items.map(option));
    list.hidden = !items.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = items.length ? `${items.length} found` : "Nothing found";
    mark(-1);
  }
  async function look() {
    const typed = field.value.trim();
    if (typed === asked && !list.hidden) return;
    asked = typed;
    if (typed.length < 2) return close();
    const address = `${form.action}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && field.value.trim() === typed) show((await answer.json()).items);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) close();
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && count && !list.hidden)
      mark(event.key === "ArrowDown" ? (at + 1) % count : (at <= 0 ? count : at) - 1);
    else if (event.key === "ArrowDown") look();
    else if (event.key === "Enter" && at >= 0) location.assign(options()[at].dataset.address);
    else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const here = document.activeElement;
    if (here?.isContentEditable || here?.matches("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
