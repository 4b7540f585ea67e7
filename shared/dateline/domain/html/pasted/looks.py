"""How the words of an element look, by what it is, its style and its classes: bold, raised, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dateline.domain.html.pasted.comments import is_annotation
from dateline.domain.html.pasted.hiding import is_hidden
from dateline.domain.html.pasted.sizes import LENGTH, is_tiny

_IMPORTANT: Final = re.compile(r"!\s*important")
_BOLD: Final = re.compile(r"bold|bolder|[6-9]\d\d|1000")
_PLAIN_WEIGHT: Final = re.compile(r"normal|lighter|[1-5]\d\d")
_FONT_SIZE: Final = re.compile(
    r"(0|[\d.]+(?:px|pt|pc|em|rem|ex|ch|vw|vh|vmin|vmax|cm|mm|in|q|%)"
    r"|(?:xx?-)?small|medium|(?:xx?x?-)?large|smaller|larger)(?:/.*)?"
)
_OF_PARENT: Final = frozenset({"em", "ex", "ch", "%"})
"""Units that are nothing where the parent's letters have no size."""
_AS_AROUND: Final = ("inherit", "unset", "currentcolor")
_BLOCK: Final = frozenset({
    "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of an element look.

    ``heading``: bold by what it is, so that nothing need say so. ``hidden``: nothing in it is seen. ``invisible``,
    ``sizeless`` and ``transparent``: nor are its words, but an element in it may show its own; the last two are about
    letters, and images are seen.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    heading: bool = False
    hidden: bool = False
    invisible: bool = False
    sizeless: bool = False
    transparent: bool = False

    @property
    def shows_images(self) -> bool:
        """Whether images, lines and links are seen."""
        return not (self.hidden or self.invisible)

    @property
    def shows_words(self) -> bool:
        """Whether words are seen."""
        return not (self.hidden or self.invisible or self.sizeless or self.transparent)

    def tags(self) -> tuple[str, ...]:
        """The elements that make plain words look so, outermost first."""
        wanted = (("strong", self.bold and not self.heading), ("em", self.italic), ("s", self.struck))
        return (*(name for name, is_so in wanted if is_so), *((self.raised,) if self.raised else ()))


PLAIN: Final = Look()
_BY_ELEMENT: Final[dict[str, dict[str, object]]] = {
    "b": {"bold": True}, "strong": {"bold": True}, "i": {"italic": True}, "em": {"italic": True},
    "s": {"struck": True}, "strike": {"struck": True},
    "sub": {"raised": "sub"}, "sup": {"raised": "sup"},
    "th": {"heading": True}, **{f"h{level}": {"heading": True} for level in range(1, 7)},
}  # fmt: skip
DROPPED: Final = frozenset(_BY_ELEMENT) - {"th", "h1", "h2", "h3", "h4", "h5", "h6"} | {"span", "font"}
"""Elements that say nothing but how words look: written anew around the words themselves."""

_NOTE_CLASSES: Final = frozenset({
    "footnote", "footnote-ref", "footnoteref", "footnote-reference", "footnote-link", "footnote-anchor", "noteref",
    "note-ref", "fnref", "fn-ref", "sdfootnoteanc", "sdendnoteanc", "endnote", "endnote-ref", "footnote_referrer",
    "msofootnotereference", "msoendnotereference",
})  # fmt: skip
_NOTE_ADDRESS: Final = re.compile(
    r"(?:_?ftn|_?edn|fn|footnote|endnote|cite_note|note)(?!s?[-_:]?ref)[\w:.-]{0,60}", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?:<[^<>]{0,100}>|\s){0,6}[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?(?:<[^<>]{0,100}>|\s){0,6}</a>",
    re.IGNORECASE,
)


_NONE: Final = frozenset[str]()


def look_of(outer: Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> Look:
    """How words in an element look, by what it stands in, what it is, and its style: the later wins."""
    change = dict(_BY_ELEMENT.get(name, {}))
    classes = frozenset(attributes["class"].lower().split()) if "class" in attributes else _NONE
    if style:
        change |= _by_style(style)
    if (attributes or name == "dialog") and _is_unread(name, attributes, classes, style):
        change["hidden"] = True
    if name in _BLOCK and "raised" not in change:
        change["raised"] = ""
    return replace(outer, **change) if change else outer  # type: ignore[arg-type]


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """The properties of a ``style`` with their values, in lower case; of ``font`` what it is short for."""
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), _IMPORTANT.sub("", value).strip()
        if name == "font":
            yield from _font(value)
        else:
            yield name, value


def _font(value: str) -> Iterator[tuple[str, str]]:
    """The parts of the shorthand (CSS Fonts 4, section 2.7); what it doesn't name is normal."""
    words = value.split(None, 8)
    place = next((place for place, word in enumerate(words) if _FONT_SIZE.fullmatch(word)), None)
    if place is None:
        return
    before = words[:place]
    yield "font-style", next((word for word in before if word.startswith(("italic", "oblique"))), "normal")
    weights = (word for word in before if word != "normal" and (_BOLD.fullmatch(word) or _PLAIN_WEIGHT.fullmatch(word)))
    yield "font-weight", next(weights, "normal")
    yield "font-size", words[place].partition("/")[0]


def _by_style(style: Mapping[str, str]) -> dict[str, object]:
    """What the properties say; a value that says nothing changes nothing."""
    change: dict[str, object] = {}
    weight = style.get("font-weight", "")
    if _BOLD.fullmatch(weight) or _PLAIN_WEIGHT.fullmatch(weight):
        change["bold"] = _BOLD.fullmatch(weight) is not None
    slant = style.get("font-style", "")
    if slant.startswith(("italic", "oblique", "normal")):
        change["italic"] = not slant.startswith("normal")
    line = style.get("text-decoration-line") or style.get("text-decoration") or ""
    if "line-through" in line or line.startswith("none"):
        change["struck"] = "line-through" in line
    raised = style.get("vertical-align", "")
    if raised in ("sub", "super", "baseline"):
        change["raised"] = {"sub": "sub", "super": "sup", "baseline": ""}[raised]
    if (visibility := style.get("visibility", "")) in ("hidden", "collapse", "visible"):
        change["invisible"] = visibility != "visible"
    if "color" in style or "background-clip" in style or "-webkit-background-clip" in style:
        change |= _by_color(style)
    return change | _by_size(style.get("font-size", ""))


def _by_color(style: Mapping[str, str]) -> dict[str, object]:
    """Letters without a color are seen where the background is cut to them."""
    is_transparent = style.get("color", "") in ("transparent", "rgba(0,0,0,0)", "rgba(0, 0, 0, 0)")
    is_clipped = any("background-clip" in name for name in style)
    return {"transparent": is_transparent and not is_clipped} if is_clipped or style["color"] not in _AS_AROUND else {}


def _by_size(size: str) -> dict[str, object]:
    found = LENGTH.fullmatch(size)
    if found and is_tiny(size):
        return {"sizeless": True}
    if found and found[2] in _OF_PARENT:
        return {}
    return {"sizeless": False} if _FONT_SIZE.fullmatch(size) and size not in ("smaller", "larger") else {}


def _is_unread(name: str, attributes: Mapping[str, str], classes: frozenset[str], style: Mapping[str, str]) -> bool:
    return is_hidden(name, attributes, classes, style) or is_annotation(name, attributes, classes, style)


def is_note_mark(attributes: Mapping[str, str], ahead: str) -> bool:
    """Whether a link is the mark of a footnote, by where it leads and what it says: ``ahead`` is how it goes on."""
    if not _NOTE.match(ahead):
        return False
    fragment = attributes.get("href", "").partition("#")[2]
    if attributes.get("role") == "doc-noteref" or _NOTE_ADDRESS.fullmatch(fragment):
        return True
    return not _NOTE_CLASSES.isdisjoint(attributes.get("class", "").lower().split())
