"""Lists that Word writes as paragraphs, each with its bullet or number before the words, and Quill's in one level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ITEM: Final = re.compile(r"<p( [^>]*mso-list:\s?l\d{1,4} level(\d)[^>]*)>", re.IGNORECASE)
_MARK: Final = re.compile(
    r"mso-list:\s?(ignore)[^>]*>(?:<[^>]*>|\s|&nbsp;){0,9}(?:([^\w\s&<]|[oqvnlüØ§])|(\d{1,6})[.)])(?=<|&nbsp;|\s)",
    re.IGNORECASE,
)
"""A bullet (letters are signs of Wingdings) or a number; other marks stay before their paragraphs."""


_QUILL_LIST: Final = re.compile(r"<ol(?: [^>]*)?>((?:(?!</?[ou]l[ >])[^\0])*)</ol>")
_QUILL_ITEM: Final = re.compile(r"<li( [^>]*)>((?:(?!</?li[ >])[^\0])*)</li>")
_QUILL_KIND: Final = re.compile(r'data-list="(bullet|ordered|checked|unchecked)"')
_QUILL_LEVEL: Final = re.compile(r"\bql-indent-(\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A paragraph of a list: its level from 1, and its number; None for a bullet."""

    attributes: str
    content: str
    level: int
    number: int | None

    @property
    def kind(self) -> str:
        """The element of its list."""
        return "ul" if self.number is None else "ol"


def with_word_lists(html: str) -> str:
    """Well-formed ``html`` with those paragraphs as lists, nested by their levels; what numbers say stays."""
    writer = _Writer()
    last = 0
    for start, end, item in _items(html):
        between = html[last:start]
        if between.strip():
            writer.end()
        writer.parts.append(between)
        writer.item(item)
        last = end
    writer.end()
    return "".join([*writer.parts, html[last:]])


def _items(html: str) -> Iterator[tuple[int, int, _Item]]:
    """Where each of those paragraphs begins and ends, and what it is."""
    at = 0
    while begun := _ITEM.search(html, at):
        at = html.find("</p>", begun.end())
        if at < 0:
            return
        content = html[begun.end() : at]
        at += len("</p>")
        if mark := _MARK.search(content):
            item = _Item(
                attributes=begun[1],
                content=f"{content[: mark.start()]}mso-hide:all{content[mark.end(1) :]}",
                level=max(1, int(begun[2])),
                number=int(mark[3]) if mark[3] else None,
            )
            yield begun.start(), at, item


def with_quill_lists(html: str) -> str:
    """Well-formed ``html`` with the lists of Quill 2, where ``data-list`` says what an item is and a class how deep it
    stands, as lists in one another."""
    return _QUILL_LIST.sub(_quill_list, html)


def _quill_list(found: re.Match[str]) -> str:
    items = list(_QUILL_ITEM.finditer(found[1]))
    if not items or not all(_QUILL_KIND.search(item[1]) for item in items) or _QUILL_ITEM.sub("", found[1]).strip():
        return found[0]
    writer = _Writer()
    counted: dict[int, int] = {}
    for item in items:
        kind, deep = _QUILL_KIND.search(item[1]), _QUILL_LEVEL.search(item[1])
        level = int(deep[1]) + 1 if deep else 1
        is_numbered = kind is not None and kind[1] == "ordered"
        counted = {one: count for one, count in counted.items() if one <= level}
        counted[level] = counted.get(level, 0) + is_numbered
        number = counted[level] if is_numbered else None
        writer.item(_Item(attributes=item[1], content=item[2], level=level, number=number))
    writer.end()
    return "".join(writer.parts)


class _Writer:
    """Writes lists, an item's element open until the next one comes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[tuple[str, int]] = []
        """The lists that are open, and the number that the last item of each has."""

    def item(self, item: _Item) -> None:
        """Begin an item, in the list that it belongs to."""
        while len(self._open) > item.level:
            self._end_list()
        if len(self._open) == item.level and self._open[-1][0] != item.kind:
            self._end_list()
        number = item.number or 0
        if len(self._open) < item.level:
            start = f' start="{number}"' if number > 1 else ""
            self.parts.append(f"<{item.kind}{start}><li{item.attributes}>")
            self._open.append((item.kind, number))
        else:
            value = f' value="{number}"' if number and number != self._open[-1][1] + 1 else ""
            self.parts.append(f"</li><li{item.attributes}{value}>")
            self._open[-1] = (item.kind, number)
        self.parts.append(item.content)

    def end(self) -> None:
        """End all lists."""
        while self._open:
            self._end_list()

    def _end_list(self) -> None:
        self.parts.append(f"</li></{self._open.pop()[0]}>")
