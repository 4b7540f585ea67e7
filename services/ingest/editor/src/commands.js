// What the toolbar and the keys do to the text.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, TextSelection } from "prosemirror-state";
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

/** A picture behind the block in which the selection ends, or in its place where that is empty. */
export function insertFigure(view, picture) {
  const { tr, selection } = view.state;
  const { $to } = selection;
  const figure = nodes.figure.create({ image: picture.id });
  const empty = $to.depth === 1 && $to.parent.isTextblock && !$to.parent.content.size;
  const at = empty ? $to.before(1) : $to.depth ? $to.after(1) : $to.pos;
  if (empty) tr.replaceRangeWith(at, $to.after(1), figure);
  else tr.insert(at, figure);
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
  view.focus();
}

export function isFigure(state) {
  return state.selection.node?.type === nodes.figure;
}

/** The chosen picture changes places with the block before it, or behind it. */
export function moveFigure(step) {
  return (state, dispatch) => {
    if (!isFigure(state)) return false;
    const { node, from, to, $from } = state.selection;
    const beside = $from.parent.maybeChild($from.index() + step);
    if (beside && dispatch) {
      const at = step < 0 ? from - beside.nodeSize : from + beside.nodeSize;
      const tr = state.tr.delete(from, to).insert(at, node);
      dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
    }
    return true;
  };
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
