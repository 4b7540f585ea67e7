// The field for one more tag: a combobox over the vocabulary (WAI-ARIA Authoring Practices, "list autocomplete").

const AFTER = 200; // milliseconds without a letter

const field = document.querySelector("input[data-terms]");
if (field) start(field, field.form);

function start(field, form) {
  const list = Object.assign(document.createElement("ul"), { id: "add_tag-list", className: "choices", hidden: true });
  let active = -1;
  let timer = 0;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Tags of this name");
  field.after(list);
  field.removeAttribute("name"); // what is chosen stands in the fields of the tags
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) field.setAttribute(name, value);

  field.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no part of the draft
    clearTimeout(timer);
    timer = setTimeout(complete, AFTER);
  });
  field.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && list.children.length) move(moves[event.key]);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) choose(list.children[Math.max(active, 0)]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));

  async function complete() {
    const typed = field.value.trim();
    if (!typed) return close();
    const answer = await fetch(`${field.dataset.terms}?${new URLSearchParams({ q: typed })}`).catch(() => null);
    if (!answer?.ok || field.value.trim() !== typed) return;
    const { items } = await answer.json();
    active = -1;
    list.replaceChildren(...(items.length ? items.map(option) : [nothing()]));
    open(true);
  }
  function option(item, number) {
    const line = element("li", { id: `add_tag-${number}` }, element("bdi", { textContent: item.label }));
    const besides = [item.name !== item.label && item.name, item.type, item.about].filter(Boolean).join(", ");
    line.append(" ", element("small", { textContent: besides, dir: "auto" }));
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.key = item.key;
    return line;
  }
  function nothing() {
    const line = element("li", { className: "about", textContent: "No tag has this in its name." });
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    return line;
  }
  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }
  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) field.removeAttribute("aria-activedescendant");
  }
  function close() {
    clearTimeout(timer);
    active = -1;
    open(false);
  }
  function move(by) {
    open(true);
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (active + by + list.children.length) % list.children.length;
    const line = list.children[active];
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    if (line.id) field.setAttribute("aria-activedescendant", line.id);
  }
  function choose(line) {
    if (list.hidden || !line?.dataset.key) return;
    form.dispatchEvent(new CustomEvent("tag-choice", { detail: { action: "add", key: line.dataset.key } }));
    field.value = "";
    close();
    list.replaceChildren();
  }
}
