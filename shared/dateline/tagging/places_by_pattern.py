"""Places that the vocabulary doesn't have, by the words their names are built of: "Brest District", "Lake Svityaz"."""

from __future__ import annotations

from typing import Final

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark
from dateline.tagging.runs import Run
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

PATTERN: Final = 0.5


def propose(found: Found, run: Run, claims: Claims) -> None:
    """The places that a run's words tell of, unless an organisation has taken them."""
    lists, marks = words(), run.marks
    for i, lower in enumerate(run.lowers):
        if marks[i] == Mark.KNOWN:
            continue
        if lower in lists.place_tails and i and run.texts[i][0].isupper():
            first = i
            while first and marks[first - 1] == Mark.PLAIN:
                first -= 1
            if first == i and marks[i - 1] == Mark.KNOWN:
                first -= 1
            _propose(found, run, first, i, claims)
        elif lower in lists.place_heads and i + 1 < len(run) and marks[i + 1] == Mark.PLAIN:
            _propose(found, run, i, i + 1, claims)


def _propose(found: Found, run: Run, first: int, last: int, claims: Claims) -> None:
    start, end = run.starts[first], run.end(last)
    if first < last and not claims.covering(start, end):
        found.of_name("place", found.reading.text[start:end]).add(start, end, "pattern", PATTERN)
        claims.add(start, end)
