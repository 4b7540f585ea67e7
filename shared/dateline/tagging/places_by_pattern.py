"""Places that the vocabulary doesn't have, by the words their names are built of: "Brest District", "Lake Svityaz"."""

from __future__ import annotations

from typing import Final

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark
from dateline.tagging.runs import Word
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

PATTERN: Final = 0.5


def propose(found: Found, run: list[Word], marks: list[Mark], claims: Claims) -> None:
    """The places that a run's words tell of, unless an organisation has taken them."""
    lists = words()
    for i, word in enumerate(run):
        if marks[i] is Mark.KNOWN:
            continue
        if word.lower in lists.place_tails and i and word.text[0].isupper():
            first = i
            while first and marks[first - 1] is Mark.PLAIN:
                first -= 1
            if first == i and marks[i - 1] is Mark.KNOWN:
                first -= 1
            _propose(found, run[first : i + 1], claims)
        elif word.lower in lists.place_heads and i + 1 < len(run) and marks[i + 1] is Mark.PLAIN:
            _propose(found, run[i : i + 2], claims)


def _propose(found: Found, part: list[Word], claims: Claims) -> None:
    start, end = part[0].start, part[-1].end
    if len(part) > 1 and not claims.covering(start, end):
        found.of_name("place", found.reading.text[start:end]).add(start, end, "pattern", PATTERN)
        claims.add(start, end)
