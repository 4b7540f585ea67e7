"""How much markup is taken: one linear look at HTML before a parser's time and memory are its sender's to spend.

What is counted errs to the safe side: where it isn't sure what a parser will make of a tag (in a comment, a script, a
table), it assumes what costs more. The limits are no settings: a text on record must be read in every version.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from dateline.domain.html.elements import SELF_CLOSING, VOID
from dateline.errors import InvalidInput

MOST_NESTED: Final = 200
MOST_TAGS: Final = 60_000
MOST_AMPERSANDS: Final = 200_000
"""No text needs more, and the parser's time grows with the square of the depth, and of the references in a row. An end
tag in a comment or an attribute ends nothing, so the depth is no more than a good guess, and tags are bounded too."""
MOST_ATTRIBUTES: Final = 100
"""Of one tag: the parser compares each with all before it."""
LONGEST_ATTRIBUTE: Final = 65_536
"""Name and value; a picture pasted as ``data:`` may be longer, since it isn't kept."""
MOST_TIMES_REPEATED: Final = 10
"""How much formatting the parser may write again, for what there is in all: what isn't ended goes on in each paragraph
that follows."""
ALWAYS_TAKEN: Final = 1_000
"""Characters that need no look at their tags."""
MOST_UNENDED: Final = 1_000

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""The end tag of one ends any of them."""
_FORMATTING: Final = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
"""Elements that a parser opens again where a block ended them (HTML, section 13.2.4.3)."""
_BLOCKS: Final = _HEADINGS | {
    "address", "article", "aside", "blockquote", "button", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "li", "listing", "main", "menu", "nav",
    "ol", "p", "pre", "search", "section", "summary", "ul",
}  # fmt: skip
_FENCES: Final = frozenset({
    "applet", "body", "caption", "col", "colgroup", "frameset", "head", "html", "iframe", "marquee", "math", "noembed",
    "noframes", "noscript", "object", "optgroup", "option", "plaintext", "script", "select", "style", "svg", "table",
    "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "xmp",
})  # fmt: skip
"""Elements that change what tags after them mean: an end tag beyond one may not end what was begun before it."""
_BLOCKS_ENDED_THROUGH: Final = 8
"""How many open blocks an end tag of formatting reaches through (HTML, section 13.2.6.4.7, adoption agency)."""
_TIMES_READ: Final = 4
"""How often the same characters may be taken for parts of tags: in attributes, tags may stand in one another."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\t\n\f\r />]*)")
_COMMENT: Final = "!"
_ATTRIBUTE_PATTERN: Final = (
    r"[\t\n\f\r /]*+[^\t\n\f\r />][^\t\n\f\r />=]*+"
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\t\n\f\r >]*+))?+"""
)
"""An attribute as the tokenizer reads it (HTML, sections 13.2.5.32 to 13.2.5.39)."""
_TAG_OR_COMMENT: Final = re.compile(
    rf"<(?:(/?)([a-zA-Z][^\t\n\f\r />]*+)((?:{_ATTRIBUTE_PATTERN}){{0,{MOST_ATTRIBUTES}}}+)({_ATTRIBUTE_PATTERN})?+"
    r"|[!?/])"
)
_ATTRIBUTE: Final = re.compile(_ATTRIBUTE_PATTERN)
_DATA: Final = re.compile(r"""[\s/]*+(?:src|href|data|poster|srcset)\s*+=\s*+["']?data:""", re.IGNORECASE)


def check_bounds(html: str) -> None:
    """Raise ``InvalidInput`` when ``html`` has more tags, references, attributes or nested elements than are taken."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        raise InvalidInput(f"The HTML has more than {MOST_TAGS} tags.")
    if tags > MOST_NESTED:
        _refuse_nests(html)
    if html.count("&") > MOST_AMPERSANDS:
        raise InvalidInput(f"The HTML has more than {MOST_AMPERSANDS} character references.")
    if len(html) > ALWAYS_TAKEN:
        _check_tags(html)


def _refuse_nests(html: str) -> None:
    """Count what is open: an end tag ends only what was begun, and within SVG and MathML nothing ends by itself."""
    begun: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        name = "h1" if name in _HEADINGS else name
        if (name in VOID or name in SELF_CLOSING) and not (begun["svg"] or begun["math"]):
            continue
        if not tag[1]:
            begun[name] += 1
            depth += 1
        elif begun[name]:
            begun[name] -= 1
            depth -= 1
        if depth > MOST_NESTED:
            raise InvalidInput(f"The HTML is nested more than {MOST_NESTED} elements deep.")


def _check_tags(html: str) -> None:
    """Look at every tag, and at each ``<!`` and ``<?``; within attributes too, where a parser may see tags."""
    formatting = _OpenFormatting(MOST_TIMES_REPEATED * (len(html) + ALWAYS_TAKEN))
    at = end = read = 0
    while tag := _TAG_OR_COMMENT.search(html, at):
        start, at = tag.span()
        if tag[4] is not None:
            raise InvalidInput(f"A tag has more than {MOST_ATTRIBUTES} attributes.")
        if at - start > LONGEST_ATTRIBUTE:
            _refuse_long_attributes(tag[2], tag[3])
        name = (tag[2] or _COMMENT).lower()
        if formatting.is_open or name in _FORMATTING:
            formatting.take(name, tag[0], is_end=bool(tag[1]), is_sure=start >= end and name != _COMMENT)
        end = max(end, at)
        if html.find("<", start + 1, at) > 0:
            read += at - start
            at = start + 1
        if read > _TIMES_READ * len(html):
            raise InvalidInput("The HTML's tags can't be told apart: quotes or angle brackets are missing.")


def _refuse_long_attributes(name: str, attributes: str) -> None:
    parts = [name, *(part[0] for part in _ATTRIBUTE.finditer(attributes) if not _DATA.match(part[0]))]
    if max(map(len, parts)) > LONGEST_ATTRIBUTE:
        raise InvalidInput(f"An attribute has more than {LONGEST_ATTRIBUTE} characters.")


@dataclass(slots=True)
class _Begun:
    """Formatting that was begun: after how many fences, and with how many blocks begun since."""

    name: str
    text: str
    fence: int
    block: int


class _OpenFormatting:
    """Works out, at the most, how much formatting a parser writes again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: list[_Begun] = []
        self._length = 0
        self._repeated = 0
        self._fences = 0
        self._blocks = 0

    @property
    def is_open(self) -> bool:
        """Whether any formatting was begun and not ended."""
        return bool(self._open)

    def take(self, name: str, text: str, *, is_end: bool, is_sure: bool) -> None:
        """Pass a tag. Not ``is_sure``: it may stand in another's attribute, or a comment begins.

        Raises ``InvalidInput`` when what is written again becomes too much.
        """
        self._repeated += self._length
        if not is_sure or name in _FENCES:
            self._fences += 1
        if name in _FORMATTING and not is_end:
            self._begin(name, text)
            self._fences += not is_sure
        elif name in _FORMATTING and is_sure:
            self._end(name)
        elif name in _BLOCKS and not is_end:
            self._blocks += 1
        if self._repeated > self._most or len(self._open) > MOST_UNENDED:
            raise InvalidInput("The HTML has too much formatting that isn't ended before its paragraph ends.")

    def _begin(self, name: str, text: str) -> None:
        if name == "a":
            self._end("a")  # a link ends the one before (HTML, section 13.2.6.4.7)
        same = [one for one in self._open[-MOST_NESTED:] if one.text == text and one.fence == self._fences]
        if len(same) == 3:  # of the same formatting three are kept (HTML, section 13.2.4.3)
            self._remove(same[0])
        self._open.append(_Begun(name, text, self._fences, self._blocks))
        self._length += len(text)

    def _end(self, name: str) -> None:
        for place, one in enumerate(reversed(self._open)):
            if one.fence != self._fences:
                return
            if one.name == name:
                if place:  # misnested: what is open within it is written again, block by block
                    self._repeated += _BLOCKS_ENDED_THROUGH * self._length
                if self._blocks - one.block <= _BLOCKS_ENDED_THROUGH:
                    self._remove(one)
                return

    def _remove(self, one: _Begun) -> None:
        self._open.remove(one)
        self._length -= len(one.text)
