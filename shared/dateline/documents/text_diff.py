"""The passages in which two texts differ, sentence by sentence, in bounded time.

Sentences that each text has once are matched first (a patience diff), and what lies between is compared by itself. A
stretch in which too much is left to compare is one passage: it changed throughout.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

Passage = tuple[str, str]
"""What stood there, and what stands there now."""

MOST_SENTENCES: Final = 20_000
"""A longer text changed throughout."""
MOST_COMPARED: Final = 40_000
"""Pairs of sentences that may be compared within stretches without a sentence of their own, in one diff."""
MOST_READ: Final = 1_000_000
"""Sentences that may be looked through for those that a stretch has once, in one diff."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def changed_passages(before: str, after: str, most: int) -> list[Passage]:
    """The first ``most`` passages that differ, in the order of the text."""
    if before == after:
        return []
    old, new = _sentences(before), _sentences(after)
    if len(old) + len(new) > MOST_SENTENCES:
        return [(before, after)]
    numbers: dict[str, int] = {}
    comparison = _Comparison(
        [numbers.setdefault(sentence, len(numbers)) for sentence in old],
        [numbers.setdefault(sentence, len(numbers)) for sentence in new],
    )
    return [(" ".join(old[a:b]), " ".join(new[c:d])) for a, b, c, d in comparison.changes()[:most]]


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]


Stretch = tuple[int, int, int, int]
"""Of the old text from, to; of the new one from, to."""


class _Comparison:
    """Compares two lists of numbers, a number a sentence."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        self._old = old
        self._new = new
        self._left = MOST_COMPARED
        self._unread = MOST_READ

    def changes(self) -> list[Stretch]:
        """The stretches that differ, in order; those that touch are one."""
        joined: list[Stretch] = []
        waiting: list[Stretch] = [(0, len(self._old), 0, len(self._new))]
        while waiting:
            a, b, c, d = self._trimmed(*waiting.pop())
            if a == b and c == d:
                continue
            if parts := self._parts(a, b, c, d):
                waiting += reversed(parts)
            elif joined and joined[-1][1] == a and joined[-1][3] == c:
                joined[-1] = (joined[-1][0], b, joined[-1][2], d)
            else:
                joined.append((a, b, c, d))
        return joined

    def _trimmed(self, a: int, b: int, c: int, d: int) -> Stretch:
        """The stretch without what both begin and end with."""
        while a < b and c < d and self._old[a] == self._new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and self._old[b - 1] == self._new[d - 1]:
            b, d = b - 1, d - 1
        return a, b, c, d

    def _parts(self, a: int, b: int, c: int, d: int) -> list[Stretch]:
        """The stretches between what both have; none when all of it changed, or is too much to compare."""
        self._unread -= b - a + d - c
        if a == b or c == d or self._unread < 0:
            return []
        same = self._own_in_both(a, b, c, d)
        if not same and (b - a) * (d - c) <= self._left:
            self._left -= (b - a) * (d - c)
            return self._compared(a, b, c, d)
        return list(_between(same, (a, b, c, d))) if same else []

    def _own_in_both(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """Places of sentences that each stretch has once, as many as stand in the same order in both."""
        once = {n for n, count in Counter(self._old[a:b]).items() if count == 1}
        once &= {n for n, count in Counter(self._new[c:d]).items() if count == 1}
        place = {n: at for at, n in enumerate(self._old[a:b], a) if n in once}
        return _longest_rise([(place[n], at) for at, n in enumerate(self._new[c:d], c) if n in once])

    def _compared(self, a: int, b: int, c: int, d: int) -> list[Stretch]:
        blocks = SequenceMatcher(None, self._old[a:b], self._new[c:d], autojunk=False).get_matching_blocks()
        if len(blocks) == 1:
            return []
        same = [(a + block.a + n, c + block.b + n) for block in blocks for n in range(block.size)]
        return list(_between(same, (a, b, c, d)))


def _between(same: Sequence[tuple[int, int]], whole: Stretch) -> Iterator[Stretch]:
    """What lies before, between and after the places of ``same``."""
    a, b, c, d = whole
    for old, new in same:
        if (a, c) != (old, new):
            yield a, old, c, new
        a, c = old + 1, new + 1
    if (a, c) != (b, d):
        yield a, b, c, d


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs``, which rise in the second, that rises in the first too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (old, _) in enumerate(pairs):
        length = bisect_left(tops, old)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [old]
        ends[length : length + 1] = [number]
    rise: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        rise.append(pairs[number])
        number = before[number]
    return rise[::-1]
