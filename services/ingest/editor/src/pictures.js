// Pictures of the newsroom in the text: asked for, uploaded, and what is known of each. The page's own modules have the
// dialog and the upload; they hear of it by events at the form.
import { Plugin } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import { insertFigure } from "./commands.js";

export class Pictures {
  constructor(form) {
    this.form = form;
    this.list = form.querySelector(".picture-list");
    this.known = new Map();
  }

  /** Ask for a picture, which then stands in the text. As a command. */
  ask = (state, dispatch, view) => {
    if (!this.list || isInTable(state)) return false;
    if (dispatch) this.tell("picture-pick", { done: (item) => this.insert(view, item) });
    return true;
  };

  insert(view, item) {
    this.known.set(item.id, Promise.resolve(item));
    insertFigure(view, item);
  }

  tell(name, detail) {
    this.form.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** What there is to know of a picture; null where there is none, undefined where the server can't be asked. */
  find(id) {
    if (!this.known.has(id)) this.known.set(id, this.fetch(id));
    return this.known.get(id);
  }

  async fetch(id) {
    const answer = this.list && (await fetch(`${this.list.dataset.named}?ids=${encodeURIComponent(id)}`).catch(() => null));
    return answer?.ok ? ((await answer.json()).items[0] ?? null) : undefined;
  }

  /** Files that are dropped or pasted. */
  files() {
    const take = (view, files) => {
      if (!this.list?.dataset.upload || !files?.length) return false;
      this.tell("picture-upload", { files: [...files], done: (item) => this.insert(view, item) });
      return true;
    };
    return new Plugin({
      props: {
        handlePaste: (view, event) => !event.clipboardData?.getData("text/html") && take(view, event.clipboardData?.files),
        handleDrop: (view, event) => {
          if (!take(view, event.dataTransfer?.files)) return false;
          event.preventDefault();
          return true;
        },
      },
    });
  }
}
