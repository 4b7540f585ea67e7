// Finds and marks the words of a tag in what is being written. A place is told by the characters before it that are no
// white space, since an editor's text has other white space than the stored one, and Markdown has signs besides.

const NAME = "tag-words";

/** The code points of the text fields of a page that are no white space, each with where it stands. */
function characters(root) {
  const found = [];
  const add = (text, node) => {
    let at = 0;
    for (const character of text) {
      if (/\S/u.test(character)) found.push({ character, node, at });
      at += character.length;
    }
  };
  if (root instanceof HTMLInputElement || root instanceof HTMLTextAreaElement) add(root.value, root);
  else {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) add(walker.currentNode.data, walker.currentNode);
  }
  return found;
}

/** Where the words stand that are nearest to `before`: the numbers of their first and last character; null if nowhere. */
export function nearest(characters, text, before) {
  const wanted = Array.from(text.replace(/\s+/gu, ""));
  let best = null;
  for (let first = 0; first + wanted.length <= characters.length; first++) {
    if (!wanted.every((character, number) => characters[first + number].character === character)) continue;
    if (best === null || Math.abs(first - before) < Math.abs(best - before)) best = first;
  }
  return best === null ? null : [best, best + wanted.length - 1];
}

function fieldOf(form, name) {
  if (name !== "body_text") return form.elements[name];
  return form.querySelector(".editor") ?? document.getElementById("body_text") ?? document.getElementById("body_html");
}

function select(field, first, last) {
  const end = last.at + last.character.length;
  if (field === first.node) {
    field.focus();
    field.setSelectionRange(first.at, end);
  } else getSelection().setBaseAndExtent(first.node, first.at, last.node, end);
}

export function unmark() {
  globalThis.CSS?.highlights?.delete(NAME);
}

/** Marks the words, and says how many: in the editor all of them; where that can't be, the first is selected. */
export function mark(form, words) {
  unmark();
  const spans = [];
  for (const field of new Set(words.map((one) => fieldOf(form, one.field)).filter(Boolean))) {
    const text = characters(field);
    for (const one of words.filter((one) => fieldOf(form, one.field) === field)) {
      const span = nearest(text, one.text, one.before);
      if (span) spans.push({ field, first: text[span[0]], last: text[span[1]] });
    }
  }
  const ranges = globalThis.Highlight ? spans.filter((span) => span.field !== span.first.node).map(range) : [];
  if (ranges.length) {
    CSS.highlights.set(NAME, new Highlight(...ranges));
    ranges[0].startContainer.parentElement.scrollIntoView({ block: "nearest" });
  } else if (spans.length) select(spans[0].field, spans[0].first, spans[0].last);
  return ranges.length || Math.min(spans.length, 1);
}

function range({ first, last }) {
  const made = new Range();
  made.setStart(first.node, first.at);
  made.setEnd(last.node, last.at + last.character.length);
  return made;
}
