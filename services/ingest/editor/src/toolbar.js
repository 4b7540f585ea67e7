// The toolbar: one stop of the Tab key, arrows within it (ARIA Authoring Practices, toolbar pattern).
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import { button } from "./button.js";
import * as commands from "./commands.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const command = navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl+";

const MAIN = [
  ["Heading", "Ctrl+Alt+2", commands.heading, (state) => commands.isWithin(state, nodes.heading)],
  ["Bold", "Ctrl+B", commands.bold, (state) => commands.isMarked(state, marks.strong)],
  ["Italic", "Ctrl+I", commands.italic, (state) => commands.isMarked(state, marks.em)],
  ["Link", "Ctrl+K", "link", (state) => commands.isMarked(state, marks.link)],
  ["Quote", "Ctrl+Shift+9", commands.quote, (state) => commands.isWithin(state, nodes.blockquote)],
  ["List", "Ctrl+Shift+8", commands.bullets, (state) => commands.isWithin(state, nodes.bullet_list)],
  ["Numbers", "Ctrl+Shift+7", commands.numbers, (state) => commands.isWithin(state, nodes.ordered_list)],
  ["Table", "", commands.table, isInTable],
  ["Picture", "of the newsroom; files may be dropped and pasted too", "picture", commands.isFigure],
  ["Correction", "a note at the foot of the text", commands.correction, (state) => commands.isWithin(state, nodes.correction)],
];
const IN_TABLE = [
  ["Row below", addRowAfter],
  ["Column after", addColumnAfter],
  ["Remove row", deleteRow],
  ["Remove column", deleteColumn],
  ["Remove table", deleteTable],
];

export class Toolbar {
  /** @param asking the commands that ask for something first: `link`, `picture` */
  constructor(controls, asking) {
    this.main = bar("Formatting", controls);
    this.table = bar("Table", controls);
    this.asking = Object.values(asking);
    this.buttons = MAIN.map(([name, keys, run, isOn]) => this.button(this.main, name, keys, asking[run] ?? run, isOn));
    for (const [name, run] of IN_TABLE) this.button(this.table, name, "", run);
    this.table.hidden = true;
  }

  /** Show what holds where the cursor is. */
  update(view) {
    this.view = view;
    for (const { element, run, isOn } of this.buttons) {
      const on = isOn(view.state);
      element.setAttribute("aria-pressed", String(on));
      element.setAttribute("aria-disabled", String(!on && !run(view.state))); // it can have the focus all the same
    }
    this.table.hidden = !isInTable(view.state);
  }

  button(toolbar, name, keys, run, isOn) {
    const element = button(name, () => {
      if (element.ariaDisabled === "true") return;
      run(this.view.state, this.view.dispatch, this.view);
      if (!this.asking.includes(run)) this.view.focus();
    });
    if (keys) element.title = `${name} (${keys.replaceAll("Ctrl+", command)})`;
    element.tabIndex = toolbar.childElementCount ? -1 : 0;
    element.addEventListener("mousedown", (event) => event.preventDefault());
    toolbar.append(element);
    return { element, run, isOn };
  }
}

function bar(label, controls) {
  const element = document.createElement("div");
  element.setAttribute("role", "toolbar");
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-controls", controls);
  element.className = "toolbar";
  element.addEventListener("keydown", (event) => move(element, event));
  return element;
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function move(toolbar, event) {
  const buttons = [...toolbar.querySelectorAll("button:not([aria-disabled=true])")];
  const at = buttons.indexOf(document.activeElement);
  const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? Number.NaN);
  if (Number.isNaN(to)) return;
  event.preventDefault();
  const next = buttons.at(to % buttons.length);
  for (const button of toolbar.querySelectorAll("button")) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}
