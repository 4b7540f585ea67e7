// The keys. Tab leaves the text, as in any field; only within a table it goes to the next cell.
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { goToNextCell } from "prosemirror-tables";
import * as commands from "./commands.js";
import { schema } from "./schema.js";

const { nodes } = schema;

const lineBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

export function keys(askForLink) {
  return [
    keymap({
      "Mod-b": commands.bold,
      "Mod-i": commands.italic,
      "Mod-k": askForLink,
      "Mod-Alt-2": commands.heading,
      "Mod-Shift-7": commands.numbers,
      "Mod-Shift-8": commands.bullets,
      "Mod-Shift-9": commands.quote,
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Shift-Enter": lineBreak,
      "Mod-]": sinkListItem(nodes.list_item),
      "Mod-[": liftListItem(nodes.list_item),
      "Alt-ArrowUp": commands.moveFigure(-1),
      "Alt-ArrowDown": commands.moveFigure(1),
      Enter: splitListItem(nodes.list_item),
      Tab: goToNextCell(1),
      "Shift-Tab": goToNextCell(-1),
    }),
    keymap(baseKeymap),
  ];
}

/** What is typed at the start of a line: "## ", "> ", "- ", "1. ", "---". */
export function lineStarts() {
  const rule = new InputRule(/^---$/, (state, _match, start, end) =>
    state.tr.replaceRangeWith(start - 1, end, nodes.horizontal_rule.create()),
  );
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ start: Number(match[1]) })),
      rule,
    ],
  });
}
