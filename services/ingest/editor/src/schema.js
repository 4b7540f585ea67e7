// What a text written in the editor may hold: a part of what the server keeps (domain/html/elements.py), so that what
// is sent is stored as it is.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const tables = tableNodes({ tableGroup: "block", cellContent: "paragraph+", cellAttributes: {} });
const blocks = "(paragraph | heading | blockquote | bullet_list | ordered_list | table | horizontal_rule)+";

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(Math.max(level, 2), 4) } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: { content: blocks, group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    attrs: { start: { default: 1 } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: (list) => ({ start: list.start }) }],
    toDOM: (node) => (node.attrs.start === 1 ? ["ol", 0] : ["ol", { start: node.attrs.start }, 0]),
  },
  list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  correction: {
    content: "paragraph+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "footer" }],
    toDOM: () => ["footer", 0],
  },
  figure: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { image: {}, alt: { default: null }, caption: { default: "" } },
    parseDOM: [{ tag: "figure", getAttrs: figure }],
    toDOM: ({ attrs }) => [
      "figure",
      ["img", set({ "data-image": attrs.image, alt: attrs.alt })],
      ...(attrs.caption ? [["figcaption", attrs.caption]] : []),
    ],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  ...tables,
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  image: {
    inline: true,
    group: "inline",
    draggable: true,
    attrs: { src: {}, alt: { default: "" }, width: { default: null }, height: { default: null } },
    parseDOM: [{ tag: "img[src]", getAttrs: (image) => pick(image, ["src", "alt", "width", "height"]) }],
    toDOM: (node) => ["img", set(node.attrs)],
  },
};

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (link) => pick(link, ["href"]) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer" }, 0],
  },
  strong: simple("strong", [{ tag: "strong" }, { tag: "b" }]),
  em: simple("em", [{ tag: "em" }, { tag: "i" }]),
  s: simple("s"),
  code: simple("code"),
  sub: simple("sub"),
  sup: simple("sup"),
};

export const schema = new Schema({ nodes, marks });

function simple(name, parseDOM = [{ tag: name }]) {
  return { parseDOM, toDOM: () => [name, 0] };
}

/** A picture of the newsroom with its caption; any other figure is not known. */
function figure(element) {
  const [image, ...others] = element.querySelectorAll("img, table, video, audio, iframe");
  if (others.length || !image?.dataset.image) return false;
  const { image: id } = image.dataset;
  return { image: id, alt: image.getAttribute("alt"), caption: element.querySelector("figcaption")?.textContent.trim() ?? "" };
}

function pick(element, names) {
  return Object.fromEntries(names.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]));
}

function set(attributes) {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
