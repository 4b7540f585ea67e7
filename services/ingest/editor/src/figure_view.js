// A picture in the text as the editor shows it: with its words to type, and buttons beside the keys.
import { NodeSelection } from "prosemirror-state";
import { button } from "./button.js";
import { moveFigure } from "./commands.js";

const GONE = "There is no such picture, or it was taken down: readers don’t see it.";
const NO_ALT = "No alternative text: say what it shows.";

export class FigureView {
  constructor(node, view, position, pictures) {
    Object.assign(this, { node, view, position });
    this.dom = make("figure", { className: "figure" });
    this.dom.contentEditable = "false";
    this.image = make("img", { alt: "", draggable: false });
    this.note = make("p", { className: "wrong" });
    this.alt = this.field("Alternative text", "alt");
    this.caption = this.field("Caption", "caption");
    const buttons = make("p", { className: "do" });
    buttons.append(
      this.button("Up", "Alt+↑", () => this.run(moveFigure(-1))),
      this.button("Down", "Alt+↓", () => this.run(moveFigure(1))),
      this.button("Take out", "Delete", () => this.remove()),
    );
    this.controls = [this.alt.parentNode, this.caption.parentNode, buttons];
    this.dom.append(this.image, this.note, ...this.controls);
    this.show();
    pictures.find(node.attrs.image).then((item) => this.tell(item));
  }

  field(name, attribute) {
    const label = make("label", { textContent: name });
    const input = make("input", { autocomplete: "off", dir: "auto" });
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const value = attribute === "alt" ? input.value || null : input.value;
      this.view.dispatch(this.view.state.tr.setNodeAttribute(this.position(), attribute, value));
    });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault(); });
    label.append(input);
    return input;
  }

  button(name, keys, act) {
    const element = button(name, act);
    element.title = `${name} (${keys})`;
    return element;
  }

  run(command) {
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, this.position())));
    command(this.view.state, this.view.dispatch);
    this.view.focus();
  }

  remove() {
    const at = this.position();
    this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize));
    this.view.focus();
  }

  tell(item) {
    if (item === undefined) return;
    this.note.textContent = item ? [item.state, item.rights].filter(Boolean).join("; ") : GONE;
    this.lacksAlt = Boolean(item?.lacks_alt);
    if (item?.thumb) this.image.src = item.thumb;
    this.image.hidden = !item?.thumb;
    this.alt.placeholder = item?.alt ?? "";
    this.caption.placeholder = item?.caption ?? "";
    this.said = this.note.textContent;
    this.show();
  }

  show() {
    const { alt, caption } = this.node.attrs;
    if (this.alt.value !== (alt ?? "")) this.alt.value = alt ?? "";
    if (this.caption.value !== caption) this.caption.value = caption;
    if (this.said !== undefined) this.note.textContent = [this.said, this.lacksAlt && !alt && NO_ALT].filter(Boolean).join(" ");
    this.note.hidden = !this.note.textContent;
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.image !== this.node.attrs.image) return false;
    this.node = node;
    this.show();
    return true;
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  stopEvent(event) {
    return this.controls.some((one) => one.contains(event.target));
  }

  ignoreMutation() {
    return true;
  }
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
