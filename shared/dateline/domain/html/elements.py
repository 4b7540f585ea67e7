"""The elements of HTML that a news text may hold, by how they part its words."""

from __future__ import annotations

from typing import Final

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
LINES: Final = frozenset({
    "br", "caption", "dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
RENAMED: Final = {
    "h1": "h2", "center": "div", "form": "div", "fieldset": "div", "main": "div", "nav": "div", "menu": "ul",
    "dir": "ul", "legend": "div", "button": "div", "hgroup": "div", "search": "div", "option": "div", "dialog": "div",
    "strike": "s", "big": "strong",
}  # fmt: skip
"""Elements that pages don't show as they are; what they hold stays, and stays apart from its neighbours."""
VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
"""Elements that HTML ends by themselves (HTML, section 13.1.2)."""
SELF_CLOSING: Final = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup",
})  # fmt: skip
"""Elements whose end tag may be left out wherever they stand (HTML, section 13.1.2.4): a row of them is no nest."""
KNOWN: Final = BLOCKS | LINES | INLINE | RENAMED.keys()
