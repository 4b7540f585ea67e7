"""HTML as programs paste it: formatting that stands in style attributes, embedded media, words that nobody saw.

It reads what nh3 wrote: one well-formed stream of tags, in whose attributes and text both angle brackets are escaped.
What comes out is cleaned once more, so nothing here has to be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape
from typing import Final, NamedTuple

from dateline.domain.html.elements import VOID
from dateline.domain.html.pasted import comments
from dateline.domain.html.pasted.embeds import (
    EMBED_ATTRIBUTES,
    EMBEDS,
    PLAYERS,
    POST_ATTRIBUTES,
    holds_address,
    is_seen,
    loaded_address,
    player_address,
    post_address,
    short,
)
from dateline.domain.html.pasted.looks import DROPPED, PLAIN, Look, declarations, is_note_mark, look_of
from dateline.domain.web_address import absolute_address

ELEMENTS: Final = EMBEDS | PLAYERS.keys() | {"font", "param"}
"""Those that no text may hold, and that are read here."""
ANY_ATTRIBUTES: Final = frozenset({"style", "hidden", "popover", "role"}) | comments.ATTRIBUTES | POST_ATTRIBUTES
ATTRIBUTES: Final[Mapping[str, set[str]]] = {
    **{name: set(EMBED_ATTRIBUTES) for name in EMBEDS | {"param", "source"}},
    **{name: {attribute, "src", "title", "playlabel", "style"} for name, (attribute, _) in PLAYERS.items()},
    "dialog": {"open"},
}

_MARKS: Final = (
    "style", "hidden", "data-", "popover", "doc-noteref", "<dialog", "<oembed", "<lite-", "mailto:", "vk_post_",
    "#cmnt", "#_", "#fn", "#comment-", "#footnote", "#note", "#endnote", "#cite_note",
    *(f"<{name}" for name in sorted(EMBEDS)),
)  # fmt: skip
_CLASS: Final = re.compile(
    r"class\s*=\s*[\"']?[^\"'<>]{0,200}?(?:mso|comment|note|fnref|fn-ref|annotation|deletion|embed|sr-only|screen|visual"
    r"|assistive|invisible|d-none|player|fb-|media)",
    re.IGNORECASE,
)
"""Classes that are heeded, and some others."""
_TOKEN: Final = re.compile(r"<(/?)([a-z][^\s/>]*)([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([^\s=]+)="([^"]*)"')
_AHEAD: Final = 200
"""Characters in which the mark of a footnote ends."""
_PHRASING_ONLY: Final = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "span"})
"""Elements that can't hold a figure."""
_NUMBERED: Final = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I",
}  # fmt: skip
_ASIDE: Final = re.compile(r"(?:utm_\w+|ref\w*|igsh\w*|fbclid|gclid|si|s|t|feature|rel|autoplay)=.*", re.DOTALL)
"""What of an address says only where somebody came from, or how it is to be shown."""


class _Open(NamedTuple):
    """An element that is open: how its words look, whether its tag stands at ``begun_at`` - 1 of what is written."""

    name: str
    look: Look
    is_written: bool
    begun_at: int = 0
    post: str = ""
    is_sure: bool = False
    holds_address: bool = False


def is_pasted(html: str) -> bool:
    """Whether ``html`` has anything for ``plain_markup`` to do. Cheap."""
    lowered = html.lower()
    return any(mark in lowered for mark in _MARKS) or ("class" in lowered and _CLASS.search(html) is not None)


def plain_markup(html: str) -> str:
    """Well-formed ``html`` with its looks as elements (strong, em, s, sub, sup), and links where media were embedded.

    An element's own style wins over what the element means: a ``b`` of normal weight is not bold. Hidden words go, and
    those of comments and tracked deletions.
    """
    writer = _Writer()
    within = _Embedded()
    last = 0
    for token in _TOKEN.finditer(html):
        if not within:
            writer.words(html[last : token.start()])
        last = token.end()
        closing, name = bool(token[1]), token[2]
        if within:
            if within.ends(name, closing=closing):
                writer.end_embed()
            elif not closing:
                writer.source(_attributes(token[3]))
        elif closing:
            writer.end(name)
        elif name in EMBEDS:
            writer.begin_embed(_attributes(token[3]))
            if name == "embed":
                writer.end_embed()
            else:
                within.begin(name)
        else:
            writer.begin(name, _attributes(token[3]), token[0], html[last : last + _AHEAD] if name == "a" else "")
    writer.words(html[last:])
    return str(writer)


class _Embedded:
    """Whether the stream is within an embedding element, until that ends."""

    def __init__(self) -> None:
        self._name = ""
        self._depth = 0

    def __bool__(self) -> bool:
        return self._depth > 0

    def begin(self, name: str) -> None:
        """Go into the element."""
        self._name, self._depth = name, 1

    def ends(self, name: str, *, closing: bool) -> bool:
        """Pass a tag within; whether it ends the element."""
        if name == self._name:
            self._depth += -1 if closing else 1
        return not self._depth


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def _page(address: str) -> str:
    """An address without what says only where somebody came from."""
    before, _, query = address.partition("#")[0].partition("?")
    told = sorted(one for one in query.split("&", 20) if one and not _ASIDE.fullmatch(one))
    return "?".join([before.partition("://")[2].removeprefix("www.").rstrip("/"), *told])


def _only_address(text: str) -> str:
    """The address that ``text`` is; empty where it says anything else."""
    words = unescape(text).split(None, 1)
    return absolute_address(words[0]) or "" if len(words) == 1 else ""


class _Writer:
    """Writes elements as they come, and around each run of words the elements that make it look as it did."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[_Open] = []
        self._around: tuple[str, ...] = ()
        self._address = ""
        self._title = ""
        self._is_seen = True
        self._linked: set[str] = set()
        self._shown_at = 0
        self._link_at = 0
        self._is_comment = False

    def words(self, text: str) -> None:
        """Write ``text``, unless it was hidden."""
        look = self._look()
        if not text or not look.shows_words:
            return
        if self._open and self._open[-1].holds_address and (address := _only_address(text)):
            self._link(address, "")
            return
        if self._around != look.tags():
            self._end_look()
            self._around = look.tags()
            self._parts += [f"<{name}>" for name in self._around]
        self._parts.append(text)
        if not text.isspace():
            self._shown_at = len(self._parts)

    def begin(self, name: str, attributes: Mapping[str, str], written: str, ahead: str = "") -> None:
        """Begin an element, or pass a void one; ``ahead`` is what a link begins with."""
        style = dict(declarations(attributes.get("style", "")))
        look = look_of(self._look(), name, attributes, style)
        if name == "a" and not look.raised and is_note_mark(attributes, ahead):
            look = replace(look, raised="sup")
        if name in VOID or name == "param":
            if look.shows_images and name not in ("source", "param") and (name != "img" or is_seen(attributes, style)):
                self._end_look()
                self._parts.append(written)
                self._shown_at = len(self._parts) if name == "img" else self._shown_at
            return
        if comments.leads_back(name, attributes):
            self._hide_begun()
            look = Look(hidden=True)
        if name in ("dt", "dd"):
            self._is_comment = comments.begins_comment(name, attributes) or (name == "dd" and self._is_comment)
            look = Look(hidden=True) if self._is_comment else look
        self._write(name, attributes, style, written, look)

    def _write(
        self, name: str, attributes: Mapping[str, str], style: Mapping[str, str], written: str, look: Look
    ) -> None:
        kept = {"lang", "dir"} & attributes.keys()
        if "dir" not in kept and (direction := style.get("direction")) in ("ltr", "rtl"):
            kept, written = kept | {"dir"}, f'{written[:-1]} dir="{direction}">'
        numbered = _NUMBERED.get(style.get("list-style-type") or style.get("list-style") or "")
        if name == "ol" and numbered and "type" not in attributes:
            written = f'{written[:-1]} type="{numbered}">'
        is_written = (name not in DROPPED or bool(kept)) and look.shows_images and name not in PLAYERS
        is_written = is_written and not comments.is_tracked_insertion(name, attributes)
        if is_written:
            self._end_look()
            self._parts.append(written)
        if name == "a" and look.shows_images:
            self._linked.add(_page(attributes.get("href", "")))
        post, is_sure = post_address(attributes) if attributes else ("", False)
        outer = bool(self._open) and self._open[-1].holds_address and name in ("p", "div", "span")
        bare = outer or holds_address(name, attributes)
        self._open.append(_Open(name, look, is_written, len(self._parts), post, is_sure, bare))
        if name in PLAYERS:
            self._title = (attributes.get("title") or attributes.get("playlabel") or "").strip()
            self._address, self._is_seen = player_address(name, attributes), True
            self.end_embed()

    def end(self, name: str) -> None:
        """End the element that is open."""
        if not self._open or self._open[-1].name != name:
            return
        ended = self._open[-1]
        is_empty = len(self._parts) == ended.begun_at
        is_told = self._link_at > ended.begun_at or _page(ended.post) in self._linked
        if ended.post and (is_empty or (ended.is_sure and not is_told)):
            self._link(ended.post, "")
        if self._open.pop().is_written:
            self._end_look()
            self._parts.append(f"</{name}>")

    def _hide_begun(self) -> None:
        """Hide the block that has just begun, with all that it will hold: a comment of Google Docs begins with a link
        back to its mark."""
        place = len(self._open)
        while place and self._open[place - 1].begun_at > self._shown_at:
            place -= 1
            if self._open[place].name == "div":
                break
        hidden = self._open[place:]
        if not hidden:
            return
        self._end_look()
        del self._parts[hidden[0].begun_at - hidden[0].is_written :]
        self._open[place:] = [one._replace(look=Look(hidden=True), is_written=False, post="") for one in hidden]

    def begin_embed(self, attributes: Mapping[str, str]) -> None:
        """Note what embedded media are called, and whether they are seen."""
        style = dict(declarations(attributes.get("style", "")))
        self._is_seen = look_of(self._look(), "iframe", attributes, style).shows_images and is_seen(attributes, style)
        self._address = loaded_address(attributes)
        self._title = (attributes.get("title") or attributes.get("aria-label") or "").strip()

    def source(self, attributes: Mapping[str, str]) -> None:
        """Note where embedded media are; the first address counts."""
        self._address = self._address or loaded_address(attributes)
        self._title = self._title or (attributes.get("title") or attributes.get("aria-label") or "").strip()

    def end_embed(self) -> None:
        """Write the link that takes the place of what was embedded."""
        if self._address and self._is_seen and self._look().shows_images:
            self._link(self._address, self._title)
        self._address = self._title = ""

    def _link(self, address: str, title: str) -> None:
        """Write the link to something embedded, once."""
        page = _page(address)
        if page in self._linked or not self._look().shows_images:
            return
        self._linked.add(page)
        self._end_look()
        link = f'<a href="{escape(address)}">{escape(title or short(address), quote=False)}</a>'
        inside = {element.name for element in self._open if element.is_written}
        self._parts.append(link if inside & (_PHRASING_ONLY | {"figure"}) else f"<figure>{link}</figure>")
        self._shown_at = self._link_at = len(self._parts)

    def _look(self) -> Look:
        return self._open[-1].look if self._open else PLAIN

    def _end_look(self) -> None:
        self._parts += [f"</{name}>" for name in reversed(self._around)]
        self._around = ()

    def __str__(self) -> str:
        self._end_look()
        return "".join(self._parts)
