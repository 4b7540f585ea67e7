"""Writes pasted HTML anew: elements as they come, and around words what makes them look as they did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape
from typing import Final, NamedTuple

from dateline.domain.html.elements import INLINE, VOID
from dateline.domain.html.pasted import comments
from dateline.domain.html.pasted.embeds import (
    PLAYERS,
    holds_address,
    is_seen,
    loaded_address,
    only_address,
    page_of,
    player_address,
    post_address,
    short,
)
from dateline.domain.html.pasted.hiding import stands_in
from dateline.domain.html.pasted.late_images import drawn_sign
from dateline.domain.html.pasted.looks import DROPPED, PLAIN, Look, declarations, is_note_mark, look_of
from dateline.domain.html.pasted.sizes import with_true_size

_PHRASING_ONLY: Final = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "span"})
"""Elements that can't hold a figure."""
_NUMBERED: Final = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1",
}  # fmt: skip
_TYPE: Final = re.compile(r' type="[^"]*"')
_PARTING: Final = {
    **dict.fromkeys(("block", "flow-root", "flex", "grid", "list-item", "table", "table-row", "table-caption"), "<br>"),
    "table-cell": " ",
}
"""How an element that stands in a line otherwise parts the words before and after it, by its ``display``."""
_IN_LINE: Final = INLINE | {"font", "big", "strike"}
_OPENING: Final = frozenset("([{«“‘„")
_NOTE_SIGNS: Final = frozenset({"sdfootnotesym", "sdendnotesym"})
"""Classes of LibreOffice: the number before a note's text."""
_LINES_OF_CARDS: Final = frozenset({"kg-bookmark-author", "kg-bookmark-publisher"})
"""Classes of Ghost's cards for words that stand apart."""
_BULLET: Final = re.compile(r"(?:<[^<>]*>)*(?:[^\w\s&<]|&\w{2,6};|[oqvnlüØ§])(?:<|&nbsp;|\s)")


class _Open(NamedTuple):
    """An element that is open: how its words look, whether its tag stands at ``begun_at`` - 1 of what is written."""

    name: str
    look: Look
    is_written: bool
    begun_at: int = 0
    post: str = ""
    is_sure: bool = False
    holds_address: bool = False
    parts_after: str = ""
    is_list_mark: bool = False


class MarkupWriter:
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
        self._line = ""
        self._apart = ""

    def words(self, text: str) -> None:
        """Write ``text``, unless it was hidden."""
        look = self._look()
        if not text or not look.shows_words:
            return
        if self._open and self._open[-1].holds_address and (address := only_address(text)):
            self._link(address, "")
            return
        if self._open and self._open[-1].is_list_mark and unescape(text).isspace():
            text = " "
        self._part_from(text)
        if self._around != look.tags():
            self._end_look()
            self._around = look.tags()
            self._parts += [f"<{name}>" for name in self._around]
        self._parts.append(text)
        if not text.isspace():
            self._shown_at = len(self._parts)
            self._apart = ""
        self._line = text[-1] if not text.isspace() else self._line and " "

    def begin(self, name: str, attributes: Mapping[str, str], written: str, ahead: str = "") -> None:
        """Begin an element, or pass a void one; ``ahead`` is what a link begins with."""
        style = dict(declarations(attributes.get("style", "")))
        look = look_of(self._look(), name, attributes, style)
        is_bullet = style.get("mso-list") == "ignore" and _BULLET.match(ahead)
        if is_bullet or stands_in(name, attributes, self._open[-1].name if self._open else ""):
            look = Look(hidden=True)
        if name == "a" and not look.raised and is_note_mark(attributes, ahead):
            look = replace(look, raised="sup")
        if name == "img" and (sign := drawn_sign(attributes)):
            self.words(escape(sign, quote=False))
            return
        if name in VOID or name == "param":
            if look.shows_images and name not in ("source", "param") and (name != "img" or is_seen(attributes, style)):
                self._end_look()
                self._parts.append(with_true_size(written, attributes) if name == "img" else written)
                self._shown_at = len(self._parts) if name == "img" else self._shown_at
                if name in ("br", "hr"):
                    self._begin_line()
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
        if name == "ol" and (numbered := _numbered(style)):
            written = _TYPE.sub("", written)
            written = written if numbered == "1" else f'{written[:-1]} type="{numbered}">'
        parts_after = self._part_by(name, attributes, style, look)
        is_written = (name not in DROPPED or bool(kept)) and look.shows_images and name not in PLAYERS
        is_written = is_written and not comments.is_tracked_insertion(name, attributes)
        if is_written:
            self._end_look()
            if self._apart == "<br>":
                self._parts.append(self._apart)
                self._begin_line()
            self._parts.append(written)
        if name == "a" and look.shows_images:
            self._linked.add(page_of(attributes.get("href", "")))
        post, is_sure = post_address(attributes) if attributes else ("", False)
        outer = bool(self._open) and self._open[-1].holds_address and name in ("p", "div", "span")
        bare = outer or holds_address(name, attributes)
        is_mark = style.get("mso-list") == "ignore" or (bool(self._open) and self._open[-1].is_list_mark)
        self._open.append(_Open(name, look, is_written, len(self._parts), post, is_sure, bare, parts_after, is_mark))
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
        is_told = self._link_at > ended.begun_at or page_of(ended.post) in self._linked
        if ended.post and (is_empty or (ended.is_sure and not is_told)):
            self._link(ended.post, "")
        if self._open.pop().is_written:
            self._end_look()
            self._parts.append(f"</{name}>")
        if name not in _IN_LINE and name not in PLAYERS:
            self._begin_line()
        self._part(ended.parts_after)

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
        page = page_of(address)
        if page in self._linked or not self._look().shows_images:
            return
        self._linked.add(page)
        self._end_look()
        link = f'<a href="{escape(address)}">{escape(title or short(address), quote=False)}</a>'
        inside = {element.name for element in self._open if element.is_written}
        if inside & (_PHRASING_ONLY | {"figure"}):
            self._part_from(title or "x")
            is_glued = bool(self._line.strip()) and self._line not in _OPENING
            self._parts.append(f" {link}" if is_glued else link)
            self._line, self._apart = "x", " "
        else:
            self._parts.append(f"<figure>{link}</figure>")
            self._begin_line()
        self._shown_at = self._link_at = len(self._parts)

    def _begin_line(self) -> None:
        self._line = self._apart = ""

    def _part_by(self, name: str, attributes: Mapping[str, str], style: Mapping[str, str], look: Look) -> str:
        """Note that words before an element stand apart from its own; gives what parts those from what follows it."""
        if name not in _IN_LINE:
            if name not in PLAYERS:
                self._begin_line()
            return ""
        if not look.shows_words:
            return ""
        classes = attributes.get("class", "").lower().split()
        parting = _PARTING.get(style.get("display", ""), "") or ("" if _LINES_OF_CARDS.isdisjoint(classes) else "<br>")
        self._part(parting)
        return parting or (" " if not _NOTE_SIGNS.isdisjoint(classes) else "")

    def _part(self, by: str) -> None:
        """Note that the next words of the line stand apart from those before."""
        if self._line and self._apart != "<br>":
            self._apart = by or self._apart

    def _part_from(self, text: str) -> None:
        """Write what parts ``text`` from the words before it."""
        if self._apart == "<br>" and not text.isspace():
            self._end_look()
            self._parts.append("<br>")
            self._begin_line()
        elif self._apart and text[0].isalnum() and not self._line.isspace():
            self._parts.append(" ")
            self._line, self._apart = " ", ""

    def _look(self) -> Look:
        return self._open[-1].look if self._open else PLAIN

    def _end_look(self) -> None:
        self._parts += [f"</{name}>" for name in reversed(self._around)]
        self._around = ()

    def __str__(self) -> str:
        self._end_look()
        return "".join(self._parts)


def _numbered(style: Mapping[str, str]) -> str:
    """The ``type`` of a list's numbers that its style tells."""
    said = style.get("list-style-type") or style.get("list-style") or ""
    return next((_NUMBERED[word] for word in said.split(None, 3) if word in _NUMBERED), "")
