"""HTML as programs paste it: formatting that stands in style attributes, embedded media, words that nobody saw.

It reads what nh3 wrote: one well-formed stream of tags, in whose attributes and text both angle brackets are escaped.
What comes out is cleaned once more, so nothing here has to be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from dateline.domain.html.elements import VOID
from dateline.domain.web_address import absolute_address

EMBEDS: Final = frozenset({"iframe", "video", "audio", "object", "embed"})
"""Elements that load something from elsewhere; a link takes their place, and nothing is loaded."""
EMBED_ATTRIBUTES: Final = frozenset({"src", "data-src", "data", "title", "aria-label"})

POST_ADDRESSES: Final = ("data-href", "data-instgrm-permalink")
"""Attributes in which a script of a social network would look for the post to show."""
_MARKS: Final = ("style", "hidden", *POST_ADDRESSES, *(f"<{name}" for name in sorted(EMBEDS)))
_TOKEN: Final = re.compile(r"<(/?)([a-z][^\s/>]*)([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([^\s=]+)="([^"]*)"')
_IMPORTANT: Final = re.compile(r"!\s*important")
_BOLD: Final = re.compile(r"bold|bolder|[6-9]\d\d|1000")
_PLAIN_WEIGHT: Final = re.compile(r"normal|lighter|[1-5]\d\d")
_BLOCK: Final = frozenset({
    "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_PHRASING_ONLY: Final = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "span"})
"""Elements that can't hold a figure."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words of an element look. ``heading``: bold by what it is, so that nothing need say so."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    heading: bool = False
    hidden: bool = False

    def tags(self) -> tuple[str, ...]:
        """The elements that make plain words look so, outermost first."""
        wanted = (("strong", self.bold and not self.heading), ("em", self.italic), ("s", self.struck))
        return (*(name for name, is_so in wanted if is_so), *((self.raised,) if self.raised else ()))


_PLAIN: Final = _Look()
_BY_ELEMENT: Final[dict[str, dict[str, object]]] = {
    "b": {"bold": True}, "strong": {"bold": True}, "i": {"italic": True}, "em": {"italic": True},
    "s": {"struck": True}, "strike": {"struck": True}, "del": {"struck": True},
    "sub": {"raised": "sub"}, "sup": {"raised": "sup"},
    "th": {"heading": True}, **{f"h{level}": {"heading": True} for level in range(1, 7)},
}  # fmt: skip
_HIDING: Final = {"display": ("none",), "visibility": ("hidden", "collapse"), "mso-hide": ("all",)}
_DROPPED: Final = frozenset(_BY_ELEMENT) - {"th", "h1", "h2", "h3", "h4", "h5", "h6", "del"} | {"span", "font"}
"""Elements that say nothing but how words look: written anew around the words themselves."""


class _Open(NamedTuple):
    name: str
    look: _Look
    is_written: bool
    post: str = ""
    begun_at: int = 0


def is_pasted(html: str) -> bool:
    """Whether ``html`` has anything for ``plain_markup`` to do. Cheap."""
    lowered = html.lower()
    return any(mark in lowered for mark in _MARKS)


def plain_markup(html: str) -> str:
    """Well-formed ``html`` with its looks as elements (strong, em, s, sub, sup), and links where media were embedded.

    An element's own style wins over what the element means: a ``b`` of normal weight is not bold. Hidden words go.
    """
    writer = _Writer()
    embedded = 0
    last = 0
    for token in _TOKEN.finditer(html):
        if not embedded:
            writer.words(html[last : token.start()])
        last = token.end()
        closing, name, attributes = bool(token[1]), token[2], _attributes(token[3])
        if name in EMBEDS and name != "embed" and (embedded or not closing):
            embedded += -1 if closing else 1
        if closing and name in EMBEDS:
            if not embedded:
                writer.end_embed()
        elif name in EMBEDS or embedded:
            writer.embed(attributes, alone=name == "embed" and not embedded)
        elif closing:
            writer.end(name)
        else:
            writer.begin(name, attributes, token[0])
    writer.words(html[last:])
    return str(writer)


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}


class _Writer:
    """Writes elements as they come, and around each run of words the elements that make it look as it did."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[_Open] = []
        self._around: tuple[str, ...] = ()
        self._address = ""
        self._title = ""

    def words(self, text: str) -> None:
        """Write ``text``, unless it was hidden."""
        look = self._look()
        if not text or look.hidden:
            return
        if self._around != look.tags():
            self._end_look()
            self._around = look.tags()
            self._parts += [f"<{name}>" for name in self._around]
        self._parts.append(text)

    def begin(self, name: str, attributes: Mapping[str, str], written: str) -> None:
        """Begin an element, or pass a void one."""
        style = dict(_declarations(attributes.get("style", "")))
        look = _look(self._look(), name, attributes, style)
        if name in VOID:
            if not look.hidden and name != "source":
                self._end_look()
                self._parts.append(written)
            return
        kept = {"lang", "dir"} & attributes.keys()
        if "dir" not in kept and (direction := style.get("direction")) in ("ltr", "rtl"):
            kept, written = kept | {"dir"}, f'{written[:-1]} dir="{direction}">'
        is_written = (name not in _DROPPED or bool(kept)) and not look.hidden
        if is_written:
            self._end_look()
            self._parts.append(written)
        post = next((attributes[one] for one in POST_ADDRESSES if one in attributes), "")
        self._open.append(_Open(name, look, is_written, post, len(self._parts)))

    def end(self, name: str) -> None:
        """End the element that is open."""
        if not self._open or self._open[-1].name != name:
            return
        if (post := self._open[-1].post) and len(self._parts) == self._open[-1].begun_at:
            self.embed({"src": post}, alone=True)
        if self._open.pop().is_written:
            self._end_look()
            self._parts.append(f"</{name}>")

    def embed(self, attributes: Mapping[str, str], *, alone: bool) -> None:
        """Note where embedded media are and what they are called; the first address counts."""
        for name in ("src", "data-src", "data"):
            self._address = self._address or absolute_address(attributes.get(name, "")) or ""
        self._title = self._title or (attributes.get("title") or attributes.get("aria-label") or "").strip()
        if alone:
            self.end_embed()

    def end_embed(self) -> None:
        """Write the link that takes the place of what was embedded."""
        address, title = self._address, self._title
        self._address = self._title = ""
        if not address or self._look().hidden:
            return
        self._end_look()
        link = f'<a href="{escape(address)}">{escape(title or _short(address), quote=False)}</a>'
        inside = {element.name for element in self._open if element.is_written}
        self._parts.append(link if inside & (_PHRASING_ONLY | {"figure"}) else f"<figure>{link}</figure>")

    def _look(self) -> _Look:
        return self._open[-1].look if self._open else _PLAIN

    def _end_look(self) -> None:
        self._parts += [f"</{name}>" for name in reversed(self._around)]
        self._around = ()

    def __str__(self) -> str:
        self._end_look()
        return "".join(self._parts)


def _short(address: str) -> str:
    """An address as its link's text: without scheme and query."""
    parts = urlsplit(address)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def _look(outer: _Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> _Look:
    """How words in an element look, by what it stands in, what it is, and its style: the later wins."""
    change = _BY_ELEMENT.get(name, {}) | _by_style(style)
    if "hidden" in attributes or any(style.get(what) in values for what, values in _HIDING.items()):
        change["hidden"] = True
    if name in _BLOCK and "raised" not in change:
        change["raised"] = ""
    return replace(outer, **change) if change else outer  # type: ignore[arg-type]


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), _IMPORTANT.sub("", value).strip()


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
    return change
