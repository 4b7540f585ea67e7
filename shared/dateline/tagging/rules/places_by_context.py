"""Places that the vocabulary doesn't have, by what stands around their names: "Hiram, Maine", "the village of Ruba",
"Cosham station", "near Ruba", "in Ruba."; and words in which, the text says again and again, something is."""

from __future__ import annotations

from functools import cache
from typing import Final

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import Run, Single
from dateline.tagging.marks import Mark
from dateline.tagging.senses import DEMONYM, WEAK, Hit
from dateline.tagging.wordlists import words

LOCATED: Final = 0.5
SCORES: Final = {"in a region": LOCATED, "called a place": LOCATED, "located": 0.45}
"""How sure each rule is."""

_LOOK_BACK: Final = 24
_WHERE: Final = frozenset((" in ", " at ", "rom ", "ear ", "ide "))
"""How "in", "at", "from", "near" and "outside" end."""
_SURELY_WHERE: Final = ("ear ", "ide ")
_STOPS: Final = (",", ".", ";", ")")
"""What is "in Zaruchye" and nothing more is in a place; "in Zaruchye style" may be anything."""


def propose_with_region(found: Found, run: Run, hits: dict[int, Hit]) -> None:
    """A run of plain words with the region or country they lie in behind a comma: "in Cold Harbor, Virginia"."""
    first = len(run)
    while first and run.marks[first - 1] == Mark.PLAIN:
        first -= 1
    if first and run.lowers[first - 1] == "new":
        first -= 1
    if 0 < len(run) - first < 4:
        start, end = run.starts[first], run.end(-1)
        if _lies_in(found.reading.text, start, end, hits) and not found.claims.covering(start, end):
            found.propose("place", start, end, "in a region", LOCATED)


def find_located(found: Found, singles: list[Single], hits: dict[int, Hit], at: dict[str, list[int]]) -> None:
    """Words alone that the text uses as places, and their other mentions (``at``: where each word stands)."""
    text, kinds, nouns, where = found.reading.text, _beginnings_of_kinds(), _ends_of_place_words(), _WHERE
    rules: dict[str, str] = {}
    counts: dict[str, int] = {}
    for word, start in singles:
        if word[-1] == ".":
            word = word[:-1]
        end = start + len(word)
        before, after = text[start - 4 : start], text[end : end + 4]
        if before in where:
            surely = before in _SURELY_WHERE or (before == " in " and after[:1] in _STOPS)
            counts[word] = counts.get(word, 0) + (2 if surely else 1)
        elif before in nouns and _is_called_a_place(text, start):
            rules[word] = "called a place"
        if after in kinds:
            if _is_before_a_kind(text, start, end):
                rules[word] = "called a place"
        elif after[:2] == ", " and end + 2 in hits and _lies_in(text, start, end, hits):
            rules[word] = "in a region"
    for word, count in counts.items():
        if count > 1 and word not in rules and _may_be_a_place(text, word):
            rules[word] = "located"
    for word, rule in rules.items():
        if len(word) > 2 and word.lower() not in words().not_places:
            for start in at[word]:
                if start not in hits and not found.claims.covering(start, start + len(word)):
                    found.propose("place", start, start + len(word), rule, SCORES[rule])


def _word_before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : max(0, start - 1)].rpartition(" ")[2]


def _lies_in(text: str, start: int, end: int, hits: dict[int, Hit]) -> bool:
    """ "in Hiram, Maine"."""
    if not text.startswith(", ", end):
        return False
    hit = hits.get(end + 2)
    if hit is None or _word_before(text, start).lower() not in words().locating:
        return False
    if text.startswith(("'s", "’s"), hit.end):
        return False
    return any(
        entry.kind in ("region", "country") and not flags & (DEMONYM | WEAK) for entry, flags in hit.meaning.places
    )


@cache
def _ends_of_place_words() -> frozenset[str]:
    """What stands before a place's name after one of the words for such things."""
    return frozenset(f"{word[-3:]} " for word in words().place_adjectives) | {" of "}


@cache
def _beginnings_of_kinds() -> frozenset[str]:
    return frozenset(f" {kind[:3]}" for kind in words().place_kinds)


def _is_called_a_place(text: str, start: int) -> bool:
    """ "the village of Ruba", "southern Oahu"."""
    before = text[max(0, start - _LOOK_BACK) : start - 1].split(" ")
    if before[-1] == "of":
        return len(before) > 1 and before[-2] in words().place_nouns
    return before[-1] in words().place_adjectives


def _is_before_a_kind(text: str, start: int, end: int) -> bool:
    """ "Cosham village", unless a sentence begins there ("Remote village")."""
    following = text[end + 1 : end + _LOOK_BACK].partition(" ")[0].rstrip(".,;:?!)")
    return following in words().place_kinds and text[start - 2 : start - 1].isalnum()


def _may_be_a_place(text: str, word: str) -> bool:
    """Whether a word that something is in may be a place: the text has it in capitals only for its name's sake."""
    return not word.isupper() and word.lower() not in text
