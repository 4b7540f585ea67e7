// Pasted HTML goes through the server's own cleaning, so that what one sees is what will be stored. Where the server
// can't be asked, the schema alone decides, which keeps less.
import { Plugin } from "prosemirror-state";
import { readSlice } from "./html.js";

/** @param {(html: string) => Promise<string>} clean asks the server */
export function pasting(clean) {
  const plugin = new Plugin({
    state: {
      init: () => [],
      apply(transaction, waiting) {
        const change = transaction.getMeta(plugin);
        const moved = waiting.map((one) => ({
          ...one,
          from: transaction.mapping.map(one.from, -1),
          to: transaction.mapping.map(one.to),
        }));
        return change ? change(moved) : moved;
      },
    },
    props: {
      handlePaste(view, event, slice) {
        const html = event.clipboardData?.getData("text/html");
        if (!html || html.includes("data-pm-slice")) return false;
        const { from, to } = view.state.selection;
        const place = { id: Symbol("paste"), from, to };
        view.dispatch(view.state.tr.setMeta(plugin, (waiting) => [...waiting, place]));
        clean(html)
          .then(readSlice, () => slice)
          .then((cleaned) => insert(view, plugin, place.id, cleaned));
        return true;
      },
    },
  });
  return plugin;
}

function insert(view, plugin, id, slice) {
  const place = plugin.getState(view.state).find((one) => one.id === id);
  const transaction = view.state.tr.setMeta(plugin, (waiting) => waiting.filter((one) => one.id !== id));
  view.dispatch(transaction.replaceRange(place.from, place.to, slice).scrollIntoView().setMeta("paste", true));
}
