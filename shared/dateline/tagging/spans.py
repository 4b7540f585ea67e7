"""Spans: which of several names that overlap is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dateline.tagging.senses import Hit, meaning_of

Claim = tuple[int, int, str]
"""A span and the type of the tag that has it."""

_BEGINS: Final = 1
_INSIDE: Final = 2
_FIRST: Final = bytes((_BEGINS,))
_OTHER: Final = bytes((_INSIDE,))


class Claims:
    """Spans of one text that were given away; none of them overlap.

    One byte a character says whether it is free, begins a span, or is inside one: most questions are answered "free",
    and that takes one search of a few bytes.
    """

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)
        self._at: dict[int, Claim] = {}

    def add(self, start: int, end: int, type: str = "") -> None:
        """Give a span away to a tag of a type."""
        self._taken[start:end] = _FIRST + _OTHER * (end - start - 1)
        self._at[start] = (start, end, type)

    def covering(self, start: int, end: int) -> Claim | None:
        """The span that overlaps (start, end); of several the first."""
        if self._taken[start] == _INSIDE:
            return self._at[self._taken.rfind(_BEGINS, 0, start)]
        first = self._taken.find(_BEGINS, start, end)
        return self._at[first] if first >= 0 else None


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of names that overlap the longest, of two as long the first; in the order of the text.

    One pass over hits sorted by their beginning: a hit yields to a longer one that begins before it ends.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if kept and hit.start < kept[-1].end:
            last = kept[-1]
            if hit.end - hit.start <= last.end - last.start:
                if hit.start == last.start and hit.end == last.end:
                    kept[-1] = Hit(hit.start, hit.end, meaning_of(last.meaning.senses + hit.meaning.senses))
                continue
            kept.pop()
        kept.append(hit)
    return kept
