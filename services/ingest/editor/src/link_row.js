// The row that asks where a link leads; Enter sets it, Escape leaves it.
import { button } from "./button.js";
import { schema } from "./schema.js";

const { link } = schema.marks;

export class LinkRow {
  constructor() {
    this.element = document.createElement("p");
    this.element.className = "link-row do";
    this.element.hidden = true;
    const label = document.createElement("label");
    label.textContent = "Link to";
    this.input = document.createElement("input");
    this.input.inputMode = "url";
    this.input.placeholder = "https://";
    this.input.autocomplete = "off";
    label.append(this.input);
    this.element.append(label, button("Set", () => this.set()), button("Remove", () => this.remove()));
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("input", (event) => event.stopPropagation());
  }

  /** Ask for the address of what is selected, or of the link in which the cursor stands. As a command. */
  ask = (state, dispatch, view) => {
    const range = linkAround(state);
    if (state.selection.empty && !range) return false;
    if (dispatch) {
      this.view = view;
      this.range = range ?? state.selection;
      this.input.value = range?.href ?? "";
      this.element.hidden = false;
      this.input.focus();
    }
    return true;
  };

  set() {
    const href = address(this.input.value.trim());
    this.input.setCustomValidity(href ? "" : "An address begins with https:// or mailto:");
    if (!this.input.reportValidity()) return;
    const { from, to } = this.range;
    this.close(this.view.state.tr.removeMark(from, to, link).addMark(from, to, link.create({ href })));
  }

  remove() {
    this.close(this.view.state.tr.removeMark(this.range.from, this.range.to, link));
  }

  onKey(event) {
    if (event.key === "Enter" && event.target === this.input) {
      event.preventDefault();
      this.set();
    } else if (event.key === "Escape") this.close();
    else this.input.setCustomValidity("");
  }

  close(transaction) {
    this.element.hidden = true;
    if (transaction) this.view.dispatch(transaction);
    this.view.focus();
  }
}

function linkAround(state) {
  const { $from } = state.selection;
  const around = $from.parent.childAfter($from.parentOffset);
  const mark = around.node && link.isInSet(around.node.marks);
  if (!mark) return null;
  const from = $from.start() + around.offset;
  return { from, to: from + around.node.nodeSize, href: mark.attrs.href };
}

/** An address as the server takes it, "" for what it would drop. "example.org/x" is meant as https. */
function address(typed) {
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(typed)) return typed;
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(typed) ? `https://${typed}` : "";
}
