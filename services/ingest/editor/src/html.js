// HTML in, a document out, and back; and whether a text can be edited here without losing anything.
import { DOMParser, DOMSerializer } from "prosemirror-model";
import { schema } from "./schema.js";

const parser = DOMParser.fromSchema(schema);
const serializer = DOMSerializer.fromSchema(schema);

export function read(html) {
  return parser.parse(fragment(html));
}

export function readSlice(html) {
  return parser.parseSlice(fragment(html));
}

/** The document as HTML; an item or a cell that is one paragraph holds its words directly. */
export function write(document_) {
  if (isEmpty(document_)) return "";
  const holder = document.createElement("div");
  holder.append(serializer.serializeFragment(document_.content));
  for (const paragraph of holder.querySelectorAll("li > p:first-child, td > p:only-child, th > p:only-child")) {
    if (paragraph.nextElementSibling?.tagName !== "P") paragraph.replaceWith(...paragraph.childNodes);
  }
  return holder.innerHTML;
}

/** The document's words: blocks apart by a blank line, as the server parts plain text into paragraphs. */
export function words(document_, figure = (attrs) => attrs.caption) {
  const { hard_break: lineBreak, figure: picture } = schema.nodes;
  const leafWords = ({ type, attrs }) => (type === lineBreak ? "\n" : type === picture ? figure(attrs) : "");
  return document_.textBetween(0, document_.content.size, "\n\n", leafWords).trim();
}

/** The document as plain text; its pictures as Markdown has them. */
export function plainText(document_) {
  return words(document_, ({ image, alt, caption }) => {
    const said = caption ? ` "${caption.replace(/["\\]/g, "\\$&").replaceAll("\n", " ")}"` : "";
    return `![${(alt ?? "").replace(/[[\]\\]/g, "\\$&")}](image:${image}${said})`;
  });
}

const PICTURE = /^!\[((?:[^\]\\]|\\.)*)\]\(image:([0-9a-hjkmnp-tv-z]{26})(?: "((?:[^"\\]|\\.)*)")?\)$/;

function figureOf(block) {
  const [whole, alt, image, caption] = block.match(PICTURE) ?? [];
  if (!whole) return null;
  const plain = (text) => text.replace(/\\(.)/g, "$1");
  const attrs = { image, alt: alt ? plain(alt) : null, caption: plain(caption ?? "") };
  return serializer.serializeNode(schema.nodes.figure.create(attrs));
}

/** Plain text as HTML: blank lines part paragraphs, as on the server. */
export function paragraphs(text) {
  const holder = document.createElement("div");
  for (const block of text.replaceAll("\r\n", "\n").split(/\n[ \t]*\n\s*/)) {
    const figure = figureOf(block.trim());
    if (figure) {
      holder.append(figure);
      continue;
    }
    const paragraph = document.createElement("p");
    block.trim().split("\n").forEach((line, at) => paragraph.append(...(at ? [document.createElement("br"), line] : [line])));
    if (paragraph.textContent) holder.append(paragraph);
  }
  return holder.innerHTML;
}

/** The elements of `html` that the editor would lose; none where it shows the text whole. */
export function unknownIn(html) {
  const before = count(fragment(html));
  const after = count(fragment(write(read(html))));
  return [...before.keys()].filter((name) => before.get(name) > (after.get(name) ?? 0));
}

function isEmpty(document_) {
  return document_.childCount === 1 && document_.firstChild.isTextblock && !document_.firstChild.content.size;
}

function fragment(html) {
  return new window.DOMParser().parseFromString(`<body>${html}`, "text/html").body;
}

const SAME = { b: "strong", i: "em" };

/** How often each element stands there, by name and attributes, and how many characters of text there are. */
function count(root) {
  const seen = new Map([["text", root.textContent.replace(/\s/g, "").length]]);
  for (const element of root.querySelectorAll("*")) {
    const tag = element.tagName.toLowerCase();
    if (tag === "p" && element.matches("li > p, td > p, th > p")) continue;
    const attributes = element.getAttributeNames().filter((name) => name !== "rel").sort();
    const name = [SAME[tag] ?? tag, ...attributes].join(" ");
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return seen;
}
