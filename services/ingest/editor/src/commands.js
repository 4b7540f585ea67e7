// What the toolbar and the keys do to the text.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export const bold = toggleMark(marks.strong);
export const italic = toggleMark(marks.em);

/** A paragraph becomes a heading, a heading a smaller one, the smallest a paragraph again. */
export function heading(state, dispatch) {
  const { parent } = state.selection.$from;
  if (parent.type !== nodes.heading) return setBlockType(nodes.heading, { level: 2 })(state, dispatch);
  if (parent.attrs.level < 4) return setBlockType(nodes.heading, { level: parent.attrs.level + 1 })(state, dispatch);
  return setBlockType(nodes.paragraph)(state, dispatch);
}

export const quote = (state, dispatch) => (isWithin(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch);
export const bullets = list(nodes.bullet_list);
export const numbers = list(nodes.ordered_list);

/** What readers are told of a correction, at the foot of the text. */
export function correction(state, dispatch) {
  return (isWithin(state, nodes.correction) ? lift : wrapIn(nodes.correction))(state, dispatch);
}

/** A table of three by three, its first row a heading. */
export function table(state, dispatch) {
  if (isInTable(state)) return false;
  if (!dispatch) return true;
  const row = (cell) => nodes.table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()));
  const made = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  const tr = state.tr.replaceSelectionWith(made);
  let at = -1;
  tr.doc.descendants((node, position) => {
    if (node === made) at = position;
    return at < 0;
  });
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at))).scrollIntoView());
  return true;
}

export function isWithin(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

export function isMarked(state, mark) {
  const { from, to, $from, empty } = state.selection;
  return empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
}

function list(type) {
  return (state, dispatch) => (isWithin(state, type) ? liftListItem(nodes.list_item) : wrapInList(type))(state, dispatch);
}
