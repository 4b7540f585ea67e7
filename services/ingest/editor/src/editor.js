// The editor of a story's text: it takes the place of the text field of the form, which remains for plain text and for
// what the editor doesn't know.
import { history } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { BodyFields } from "./body_fields.js";
import { button } from "./button.js";
import { FigureView } from "./figure_view.js";
import { paragraphs, plainText, read, unknownIn, words, write } from "./html.js";
import { keys, lineStarts } from "./keys.js";
import { LinkRow } from "./link_row.js";
import { pasting } from "./pasting.js";
import { Pictures } from "./pictures.js";
import { Toolbar } from "./toolbar.js";

const PLAIN = "dateline.plain-text";

class StoryEditor {
  constructor(form) {
    this.form = form;
    this.fields = new BodyFields(form);
    this.area = this.fields.area;
    this.id = this.area.id;
    this.label = form.querySelector(`label[for=${this.id}]`);
    this.label.id = `${this.id}-label`;
    this.label.addEventListener("click", () => this.view?.focus());
    this.linkRow = new LinkRow();
    this.pictures = new Pictures(form);
    this.toolbar = new Toolbar(this.id, { link: this.linkRow.ask, picture: this.pictures.ask });
    this.switch = button("", () => this.toggle(), "quiet switch");
    this.note = document.createElement("p");
    this.note.className = "about";
    this.label.before(this.switch);
    this.area.before(this.toolbar.main, this.toolbar.table, this.linkRow.element, this.note);
    this.area.addEventListener("input", () => this.fields.setTyped());
    if (localStorage.getItem(PLAIN) && !this.fields.holdsHtml) this.showPlain();
    else this.showRich();
  }

  toggle() {
    if (this.view) {
      this.toPlain();
      localStorage.setItem(PLAIN, "yes");
    } else {
      localStorage.removeItem(PLAIN);
      this.showRich();
    }
    (this.view ?? this.area).focus();
  }

  showRich() {
    const html = this.fields.holdsHtml ? this.area.value : paragraphs(this.area.value);
    const unknown = unknownIn(html);
    if (unknown.length) {
      this.showPlain(`Here as HTML, since the editor doesn't know all of it: ${unknown.join(", ")}.`);
      return;
    }
    const kept = this.keptFor(this.area.value);
    this.view = new EditorView({ mount: this.place() }, { ...this.props(), state: kept ?? this.state(read(html)) });
    this.toolbar.update(this.view);
    this.show(true);
    this.write();
  }

  /** Plain text in the field; what the editor held comes back with all it had if the words stay the same. */
  toPlain() {
    const { state } = this.view;
    const text = plainText(state.doc);
    this.kept = { text, state };
    this.view.dom.remove();
    this.view.destroy();
    this.view = null;
    this.fields.holdsHtml = false;
    this.area.value = text;
    this.showPlain();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keptFor(text) {
    return this.kept?.text === text ? this.kept.state : null;
  }

  showPlain(why = "") {
    this.fields.setTyped();
    this.show(false);
    this.note.textContent = why;
    this.note.hidden = !why;
    this.switch.hidden = Boolean(why);
  }

  show(rich) {
    this.area.hidden = rich;
    this.area.id = rich ? `${this.id}-plain` : this.id;
    this.toolbar.main.hidden = !rich;
    if (!rich) this.toolbar.table.hidden = this.linkRow.element.hidden = true;
    this.note.hidden = true;
    this.label.firstChild.textContent = this.fields.holdsHtml && !rich ? "Text (HTML)" : "Text";
    this.switch.textContent = rich ? "Plain text" : "Formatted text";
    if (rich) this.label.removeAttribute("for");
    else this.label.htmlFor = this.id;
  }

  /** Where the text is edited: it stands for the field, to which the list of errors leads. */
  place() {
    const place = document.createElement("div");
    this.area.id = `${this.id}-plain`;
    place.id = this.id;
    this.area.after(place);
    return place;
  }

  props() {
    const marks = ["aria-invalid", "aria-describedby"].filter((name) => this.area.hasAttribute(name));
    return {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": this.label.id,
        "aria-required": String(this.area.required),
        class: "editor",
        dir: "auto",
        ...Object.fromEntries(marks.map((name) => [name, this.area.getAttribute(name)])),
      },
      nodeViews: { figure: (node, view, position) => new FigureView(node, view, position, this.pictures) },
      dispatchTransaction: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        this.toolbar.update(this.view);
        if (transaction.docChanged) this.write();
      },
    };
  }

  state(document_) {
    const plugins = [lineStarts(), ...keys(this.linkRow.ask), history(), tableEditing(), this.pictures.files(), pasting((html) => this.clean(html))];
    return EditorState.create({ doc: document_, plugins });
  }

  write() {
    this.fields.setHtml(write(this.view.state.doc), words(this.view.state.doc));
  }

  async clean(html) {
    const body = new URLSearchParams({ html, csrf_token: this.form.elements.csrf_token.value });
    const answer = await fetch(this.form.dataset.cleaning, { method: "POST", body });
    if (!answer.ok) throw new Error(`pasted text could not be cleaned: ${answer.status}`);
    return answer.text();
  }
}

for (const form of document.querySelectorAll("form[data-cleaning]")) new StoryEditor(form);
