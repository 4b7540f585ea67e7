"""HTML without the pictures that may not be shown: with their figures, captions, and the links to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from dateline.domain.html import clean_html, text_of
from dateline.domain.html.pasted.embeds import FALLBACK
from dateline.domain.html.pasted.late_images import IMAGE_ATTRIBUTES
from dateline.domain.html.tags import TAG
from dateline.domain.web_address import absolute_address
from dateline.formats.ninjs.picture_addresses import is_among

_GONE: Final = "\0"
"""Where a picture stood: clean HTML has no such character."""
_ADDRESS: Final = re.compile(r' (?:href|src)="([^"]*)"')
_CITED: Final = re.compile(r' cite="([^"]*)"')
_EMPTIED: Final = re.compile(
    r"<(a|p|div|span|strong|em|b|i|u|s|small|li|ul|ol|figure|section)(?: [^>]*)?>(?:\s*+\0)++\s*+</\1>"
)
_MOST_AROUND: Final = 20

_WRITTEN: Final = re.compile(
    r"(?P<open><|&(?:amp;){0,3}lt;)(?P<end>/?)(?P<name>picture|noscript|img|amp-img|source)(?=[\s/>&])(?P<said>[^<]*)",
    re.IGNORECASE,
)
"""Tags of images before the HTML was cleaned, escaped ones too."""
_VALUE: Final = re.compile(r"""=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_CANDIDATE: Final = re.compile(r"[^\s,]\S*")
_ADDRESSES: Final = ("src", *sorted(IMAGE_ATTRIBUTES - {FALLBACK}))
_LONGEST: Final = 65_536
_LONGEST_CAPTION: Final = 4_000
_END_OF_TAG: Final = re.compile(r"""(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_NEXT_TAG: Final = re.compile(r"\s*+<(/?[a-z][a-z0-9]*)([^<>]*)>", re.IGNORECASE)
_CAPTION: Final = re.compile(r"""class\s*=\s*(?:"[^"]*caption|'[^']*caption|[^\s"'>]*caption)""", re.IGNORECASE)
"""As WordPress (``wp-caption-text``), Blogger (``tr-caption``) and others write it."""
_BETWEEN: Final = re.compile(r"[^>]*>(?:\s*+<[^>]*>)*+\s*+")
_MOST_BETWEEN: Final = 4_000


@dataclass(slots=True)
class _Figure:
    """A figure that is being read: where it began, and what stood in it."""

    start: int
    shown: int = 0
    is_held: bool = False
    has_lost: bool = False


@dataclass(slots=True)
class _Link:
    start: int
    is_held: bool
    shows: bool = False


def clean_without(html: str, held: frozenset[str]) -> str:
    """``html`` cleaned, without the pictures at the addresses in ``held``. Raises as ``clean_html`` does.

    A figure goes with its caption, and so does an image that links to such a picture; another link to it is words.
    An image of several addresses (``srcset``, ``picture``, ``noscript``) goes for any of them.
    """
    if not held:
        return clean_html(html)
    return _without(clean_html(_marked(html, held)), held)


def _without(html: str, held: frozenset[str]) -> str:
    reader = _Reader(held)
    last = 0
    for tag in TAG.finditer(html):
        reader.parts.append(html[last : tag.start()])
        last = tag.end()
        reader.tag(tag)
    left = "".join([*reader.parts, html[last:]])
    for _ in range(_MOST_AROUND):
        fewer = _EMPTIED.sub(_GONE, left)
        if fewer == left:
            break
        left = fewer
    return left.replace(_GONE, "")


class _Reader:
    """Takes the tags of clean HTML in their order, and keeps what may be shown."""

    def __init__(self, held: frozenset[str]) -> None:
        self.parts: list[str] = []
        self._held = held
        self._figures: list[_Figure] = []
        self._links: list[_Link] = []

    def tag(self, tag: re.Match[str]) -> None:
        """Keep ``tag``, or take away what it ends."""
        match tag[2], bool(tag[1]):
            case "figure", False:
                self._figures.append(_Figure(len(self.parts)))
                self.parts.append(tag[0])
            case "figure", True if self._figures:
                self._end_figure(tag[0])
            case "a", False:
                self._links.append(_Link(len(self.parts), self._is_held(tag[3])))
                self.parts.append("" if self._links[-1].is_held else tag[0])
            case "a", True if self._links:
                self._end_link(tag[0])
            case "img", _:
                self._image(tag)
            case _:
                self.parts.append(_CITED.sub(self._cited, tag[0]) if " cite=" in tag[3] else tag[0])

    def _is_held(self, attributes: str) -> bool:
        address = _ADDRESS.search(attributes)
        return address is not None and is_among(unescape(address[1]), self._held)

    def _cited(self, cited: re.Match[str]) -> str:
        return "" if is_among(unescape(cited[1]), self._held) else cited[0]

    def _image(self, tag: re.Match[str]) -> None:
        for link in self._links:
            link.shows = True
        if any(link.is_held for link in self._links) or self._is_held(tag[3]):
            self.parts.append(_GONE)
            if self._figures:
                self._figures[-1].is_held = True
            return
        self.parts.append(tag[0])
        if self._figures:
            self._figures[-1].shown += 1

    def _end_link(self, written: str) -> None:
        link = self._links.pop()
        if not link.is_held:
            self.parts.append(written)
            return
        if is_among(text_of("".join(self.parts[link.start :])).strip(), self._held):
            self.parts[link.start :] = [_GONE]
        if self._figures and not link.shows:
            self._figures[-1].has_lost = True

    def _end_figure(self, written: str) -> None:
        figure = self._figures.pop()
        outer = self._figures[-1] if self._figures else None
        if figure.is_held or (figure.has_lost and not figure.shown):
            self.parts[figure.start :] = [_GONE]
            if outer:
                outer.has_lost = True
            return
        self.parts.append(written)
        if outer:
            outer.shown += figure.shown


def _marked(html: str, held: frozenset[str]) -> str:
    """``html`` in which each image that has such an address has no other, since of several the cleaning keeps one; and
    without the caption behind it that only a class tells."""
    tags = list(_WRITTEN.finditer(html))
    groups = _groups(html, tags)
    named = {group: address for tag, group in zip(tags, groups, strict=True) if (address := _held_in(tag, held))}
    parts: list[str] = []
    last = 0
    for tag, group in zip(tags, groups, strict=True):
        is_image = tag["name"].lower() in ("img", "amp-img", "source") and not tag["end"]
        if group not in named or not is_image or tag.start() < last:
            continue
        address = named[group]
        for _ in range(1 + _times_escaped(tag)):
            address = escape(address)
        end = tag.end("name")
        said = tag["said"].lower()
        parts += [html[last:end], *(f' {name}="{address}"' for name in _ADDRESSES if name == "src" or name in said)]
        last = end
        if caption := _caption_behind(html, end):
            parts.append(html[last : caption[0]])
            last = caption[1]
    return "".join([*parts, html[last:]])


def _caption_behind(html: str, at: int) -> tuple[int, int] | None:
    """Where an element stands that is called a caption, with no words between it and the image whose name ends ``at``;
    None where there is none."""
    end = _END_OF_TAG.match(html, at, at + _LONGEST)
    for _ in range(_MOST_AROUND):
        end = end and _NEXT_TAG.match(html, end.end())
        if end is None or not _CAPTION.search(end[2]):
            continue
        open_ones = 1
        same = re.compile(rf"<(/?){end[1]}(?=[\s/>])[^<>]*>", re.IGNORECASE)
        for tag in same.finditer(html, end.end(), end.end() + _LONGEST_CAPTION):
            open_ones += -1 if tag[1] else 1
            if not open_ones:
                return end.start(1) - 1, tag.end()
        return None
    return None


def _groups(html: str, tags: list[re.Match[str]]) -> list[int]:
    """The number of the image to which each tag belongs: all of a ``picture`` are one, and what ``noscript`` has."""
    groups: list[int] = []
    within = {"picture": False, "noscript": False}
    for place, tag in enumerate(tags):
        name = tag["name"].lower()
        joins = any(within.values()) or (place > 0 and name == "noscript" and _is_beside(html, tags[place - 1], tag))
        if name in within:
            within[name] = not tag["end"]
        groups.append(groups[-1] if joins else place)
    return groups


def _is_beside(html: str, before: re.Match[str], tag: re.Match[str]) -> bool:
    """Whether no words stand between two tags."""
    between = html[before.end("name") : tag.start()]
    return len(between) < _MOST_BETWEEN and _BETWEEN.fullmatch(between) is not None


def _times_escaped(tag: re.Match[str]) -> int:
    return int(tag["open"].count("&") + tag["open"].count("amp;"))


def _held_in(tag: re.Match[str], held: frozenset[str]) -> str:
    """The first address in a tag of an image that is held; empty without one."""
    if tag["name"].lower() in ("picture", "noscript"):
        return ""
    said = tag["said"]
    for _ in range(_times_escaped(tag)):
        said = unescape(said)
    for value in _VALUE.findall(said):
        for candidate in _CANDIDATE.findall(unescape(value.strip("\"'")[:_LONGEST])):
            address = absolute_address(candidate.rstrip(","))
            if address and is_among(address, held):
                return address
    return ""
