"""Names that the vocabulary doesn't have: each run of capitalised words is looked at once, and proposed as what its
words and what stands around them say it is."""

from __future__ import annotations

from functools import cache

from dateline.tagging import organisations, people, places_by_pattern
from dateline.tagging.found import Found
from dateline.tagging.marks import Mark, marked
from dateline.tagging.meaning import Hit
from dateline.tagging.runs import runs
from dateline.tagging.spans import Claims
from dateline.tagging.words import words


def find_unknown(found: Found, names: list[Hit], claims: Claims) -> None:
    """Propose the unknown people, organisations and places of the text, and link later mentions to them."""
    sure = {hit.start: hit.end for hit in names if hit.meaning.sure}
    builders = _building_words()
    text = found.reading.text
    acronyms: dict[str, str] = {}
    again: list[people.Segment] = []
    known = _beginnings_of_words(text, sure)
    found_runs, singles = runs(text, sure)
    for run in found_runs:
        marks = marked(run, known)
        if not builders.isdisjoint([word.lower for word in run]):
            organisations.propose(found, run, marks, claims, acronyms)
            places_by_pattern.propose(found, run, marks, claims)
        if text.startswith(" (", run[-1].end):
            organisations.propose_introduced(found, run, marks, claims, acronyms)
        if Mark.PLAIN in marks:
            organisations.propose_described(found, run, marks, claims)
            again += people.propose(found, run, marks, claims)
    people.find_again(found, again, claims)
    organisations.find_described(found, singles, claims)
    organisations.find_acronyms(found, singles, claims, acronyms)
    people.find_surnames(found, names, claims)


@cache
def _building_words() -> frozenset[str]:
    """Words of which the names of organisations and places are built."""
    lists = words()
    legal = {form.lower() for form in lists.legal_forms}
    return lists.organisation_tails | lists.organisation_heads | lists.place_tails | lists.place_heads | legal


def _beginnings_of_words(text: str, sure: dict[int, int]) -> set[int]:
    """Where the words begin of names that break a run."""
    starts = set(sure)
    for start, end in sure.items():
        space = text.find(" ", start, end)
        while space >= 0:
            starts.add(space + 1)
            space = text.find(" ", space + 1, end)
    return starts
