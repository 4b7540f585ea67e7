"""Places that the vocabulary doesn't have, by the words their names are built of: "Brest District", "Lake Svityaz"."""

from __future__ import annotations

from functools import cache
from typing import Final

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import Run
from dateline.tagging.surroundings import word_before_article
from dateline.tagging.wordlists import WordClass, word_lists

PATTERN: Final = 0.5


def find(candidates: Candidates, run: Run) -> None:
    """The places that a run's words tell of, unless an organisation has taken them."""
    if words_of_names().isdisjoint(run.lowers) or candidates.offsets.has_title_case(run.starts[0]):
        return
    lists, classes, texts = word_lists(), run.classes, run.texts
    for i, lower in enumerate(run.lowers):
        if classes[i] == WordClass.KNOWN or not texts[i][0].isupper():
            continue
        if lower in lists.place_tails and i:
            _propose(candidates, run, _beginning(run, i), i)
        elif i + 1 == len(run):
            return
        elif lower in lists.place_heads and classes[i + 1] == WordClass.PLAIN:
            if lower != "st" or _is_located(candidates.text, run.starts[i]):
                _propose(candidates, run, i, i + 1)
        elif (
            lower in lists.place_nouns
            and texts[i + 1] == "of"
            and i + 2 < len(run)
            and classes[i + 2] == WordClass.PLAIN
        ):
            _propose(candidates, run, i, i + 2)
        elif lower in lists.compass and classes[i + 1] == WordClass.PLAIN and i + 2 == len(run):
            _propose(candidates, run, i, i + 1)


@cache
def words_of_names() -> frozenset[str]:
    """The words that places' names are built of, in lower case."""
    lists = word_lists()
    return lists.place_tails | lists.place_heads | lists.place_nouns | lists.compass


def _beginning(run: Run, i: int) -> int:
    """The first word of the place's name that ends with the ``i``-th word: known names count when alone with it."""
    first, classes = i, run.classes
    while first and classes[first - 1] == WordClass.PLAIN:
        first -= 1
    if first == i and (classes[i - 1] == WordClass.KNOWN or run.lowers[i - 1] in ("king", "queen", "prince")):
        first -= 1
    return first


def _propose(candidates: Candidates, run: Run, first: int, last: int) -> None:
    start, end = run.starts[first], run.end_of(last)
    if first == last or candidates.taken.overlapping(start, end) or _is_person(candidates.text, run, first, last):
        return
    candidates.propose("place", start, end, "pattern", PATTERN)


def _is_person(text: str, run: Run, first: int, last: int) -> bool:
    """Whether the name may be somebody's ("Fiona Marsh"), and no preposition says that it is a place."""
    if last - first != 1 or run.texts[first] not in word_lists().given_names:
        return False
    return not _is_located(text, run.starts[first])


def _is_located(text: str, start: int) -> bool:
    return word_before_article(text, start) in word_lists().locating
