"""Places that the vocabulary doesn't have, by the words their names are built of: "Brest District", "Lake Svityaz"."""

from __future__ import annotations

from typing import Final

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import Run, preceding_word
from dateline.tagging.marks import Mark
from dateline.tagging.wordlists import words

PATTERN: Final = 0.5


def propose(found: Found, run: Run) -> None:
    """The places that a run's words tell of, unless an organisation has taken them."""
    lists, marks, texts = words(), run.marks, run.texts
    for i, lower in enumerate(run.lowers):
        if marks[i] == Mark.KNOWN or not texts[i][0].isupper():
            continue
        if lower in lists.place_tails and i:
            _propose(found, run, _beginning(run, i), i)
        elif i + 1 == len(run):
            return
        elif lower in lists.place_heads and marks[i + 1] == Mark.PLAIN:
            if lower != "st" or _is_located(found.reading.text, run.starts[i]):
                _propose(found, run, i, i + 1)
        elif lower in lists.place_nouns and texts[i + 1] == "of" and i + 2 < len(run) and marks[i + 2] == Mark.PLAIN:
            _propose(found, run, i, i + 2)
        elif lower in lists.compass and marks[i + 1] == Mark.PLAIN and i + 2 == len(run):
            _propose(found, run, i, i + 1)


def _beginning(run: Run, i: int) -> int:
    """The first word of the place's name that ends with the ``i``-th word: known names count when alone with it."""
    first, marks = i, run.marks
    while first and marks[first - 1] == Mark.PLAIN:
        first -= 1
    if first == i and (marks[i - 1] == Mark.KNOWN or run.lowers[i - 1] in ("king", "queen", "prince")):
        first -= 1
    return first


def _propose(found: Found, run: Run, first: int, last: int) -> None:
    start, end = run.starts[first], run.end(last)
    if first == last or found.claims.covering(start, end) or _is_person(found.reading.text, run, first, last):
        return
    found.propose("place", start, end, "pattern", PATTERN)


def _is_person(text: str, run: Run, first: int, last: int) -> bool:
    """Whether the name may be somebody's ("Fiona Marsh"), and no preposition says that it is a place."""
    if last - first != 1 or run.texts[first] not in words().given_names:
        return False
    return not _is_located(text, run.starts[first])


def _is_located(text: str, start: int) -> bool:
    return preceding_word(text, start) in words().locating
