// The newsroom's pictures to choose from: a dialog with a search, a button each.

const PAUSE = 250;
let dialog = null;

/** Ask for a picture, and give what the search says of it to `done`; nothing where the dialog is closed. */
export function pick(address, done) {
  dialog ??= new Picker(address);
  dialog.open(done);
}

class Picker {
  constructor(address) {
    this.address = address;
    this.asked = 0;
    this.element = make("dialog", { className: "picker" });
    this.element.setAttribute("aria-labelledby", "picker-title");
    const title = make("h2", { id: "picker-title", textContent: "Pictures of the newsroom" });
    const label = make("label", { textContent: "Caption, credit, place, who is on it" });
    this.words = make("input", { type: "search", autocomplete: "off" });
    label.append(this.words);
    const close = make("button", { type: "button", className: "quiet", textContent: "Close" });
    close.addEventListener("click", () => this.element.close());
    const head = make("div", { className: "picker-head" });
    head.append(label, close);
    this.status = make("p", { className: "about" });
    this.status.setAttribute("role", "status");
    this.list = make("ul", { className: "plain" });
    this.more = make("button", { type: "button", className: "quiet", textContent: "Older ones", hidden: true });
    this.more.addEventListener("click", () => this.ask(this.next));
    this.element.append(title, head, this.status, this.list, this.more);
    document.body.append(this.element);
    this.words.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.asked += 1; // what is under way is of other words
      this.list.replaceChildren();
      this.more.hidden = true;
      this.status.textContent = "Looking…";
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.list.querySelector("button")?.focus();
    });
  }

  open(done) {
    this.done = done;
    this.element.showModal();
    this.words.select();
    this.list.replaceChildren();
    this.status.textContent = "Looking…";
    this.ask();
  }

  async ask(cursor = "") {
    const asked = (this.asked += 1);
    const query = new URLSearchParams({ q: this.words.value, ...(cursor ? { cursor } : {}) });
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    if (asked !== this.asked) return;
    if (!found) {
      this.status.textContent = "The pictures can’t be asked for now.";
      return;
    }
    const lines = found.items.map((item) => this.line(item));
    if (cursor) this.list.append(...lines);
    else this.list.replaceChildren(...lines);
    this.next = found.next;
    this.more.hidden = !found.next;
    const { length } = this.list.children;
    this.status.textContent = length ? `${length === 1 ? "1 picture" : `${length} pictures`}${found.next ? ", and more" : ""}` : "None with these words.";
    if (cursor) lines[0]?.firstElementChild.focus();
  }

  line(item) {
    const button = make("button", { type: "button", className: "quiet" });
    const frame = make("span", { className: "thumb" });
    if (item.thumb) frame.append(make("img", { src: item.thumb, alt: "", loading: "lazy" }));
    const words = make("span", { textContent: item.name, dir: "auto" });
    const said = [item.credit, item.lacks_alt && "no alternative text", item.state, item.rights].filter(Boolean);
    const about = make("small", { textContent: said.join(" · ") });
    button.append(frame, words, about);
    button.addEventListener("click", () => {
      this.element.close();
      this.done(item);
    });
    const line = make("li", {});
    line.append(button);
    return line;
  }
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
