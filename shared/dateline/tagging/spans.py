"""Spans: which of several names that overlap is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from dateline.tagging.meaning import Hit, meaning_of

Claim = tuple[int, int, str]
"""A span and the type of the tag that has it."""


class Claims:
    """Spans that were given away; none of them overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._spans: list[Claim] = []

    def add(self, start: int, end: int, type: str = "") -> None:
        """Give a span away to a tag of a type."""
        at = bisect_right(self._starts, start)
        self._starts.insert(at, start)
        self._spans.insert(at, (start, end, type))

    def covering(self, start: int, end: int) -> Claim | None:
        """The span that overlaps (start, end)."""
        at = bisect_right(self._starts, start)
        for span in self._spans[max(at - 1, 0) : at + 1]:
            if span[0] < end and start < span[1]:
                return span
        return None


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
