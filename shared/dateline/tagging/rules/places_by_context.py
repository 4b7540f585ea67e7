"""Places that the vocabulary doesn't have, by what stands around their names: "Hiram, Maine", "the village of Ruba",
"Cosham station", "near Ruba", "in Ruba."; and words in which, the text says again and again, something is."""

from __future__ import annotations

from functools import cache
from typing import Final

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import Run, Single
from dateline.tagging.senses import DEMONYM, WEAK
from dateline.tagging.surroundings import LOOK_BACK, TextWords, token_before
from dateline.tagging.wordlists import WordClass, word_lists

LOCATED: Final = 0.5
SCORES: Final = {"in a region": LOCATED, "called a place": LOCATED, "located": 0.45}
"""How sure each rule is."""

_WHERE: Final = frozenset((" in ", " at ", "rom ", "ear ", "ide "))
"""How "in", "at", "from", "near" and "outside" end."""
_SURELY_WHERE: Final = ("ear ", "ide ")
_STOPS: Final = (",", ".", ";", ")")
"""What is "in Zaruchye" and nothing more is in a place; "in Zaruchye style" may be anything."""


def find(candidates: Candidates, run: Run) -> None:
    """A run of plain words with the region or country they lie in behind a comma: "in Cold Harbor, Virginia"."""
    first, end = len(run), run.end
    while first and run.classes[first - 1] == WordClass.PLAIN:
        first -= 1
    if first and run.lowers[first - 1] == "new":
        first -= 1
    if 0 < len(run) - first < 4:
        start = run.starts[first]
        if _lies_in(candidates, start, end) and not candidates.taken.overlapping(start, end):
            candidates.propose("place", start, end, "in a region", LOCATED)


def find_alone(candidates: Candidates, singles: list[Single], at: dict[str, list[int]]) -> None:
    """Words alone that the text uses as places, and their other mentions (``at``: where each word stands)."""
    text, names_at = candidates.text, candidates.names_at
    kinds, nouns, where = beginnings_of_kinds(), _ends_of_place_words(), _WHERE
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
        elif after[:2] == ", " and end + 2 in names_at and _lies_in(candidates, start, end):
            rules[word] = "in a region"
    for word, count in counts.items():
        if count > 1 and word not in rules and _may_be_a_place(candidates.words, word):
            rules[word] = "located"
    for word, rule in rules.items():
        if len(word) > 2 and word.lower() not in word_lists().not_places:
            for start in at[word]:
                if start not in names_at and not candidates.taken.overlapping(start, start + len(word)):
                    candidates.propose("place", start, start + len(word), rule, SCORES[rule])


def _lies_in(candidates: Candidates, start: int, end: int) -> bool:
    """ "in Hiram, Maine"."""
    text = candidates.text
    if not text.startswith(", ", end):
        return False
    name = candidates.names_at.get(end + 2)
    if name is None or token_before(text, start).lower() not in word_lists().locating:
        return False
    if text.startswith(("'s", "’s"), name.end):
        return False
    return any(
        entry.kind in ("region", "country") and not flags & (DEMONYM | WEAK) for entry, flags in name.senses.places
    )


@cache
def ends_before_places() -> frozenset[str]:
    """What stands before a word that may be a place."""
    return _WHERE | _ends_of_place_words()


@cache
def _ends_of_place_words() -> frozenset[str]:
    """What stands before a place's name after one of the words for such things."""
    return frozenset(f"{word[-3:]} " for word in word_lists().place_adjectives) | {" of "}


@cache
def beginnings_of_kinds() -> frozenset[str]:
    """What stands behind a place's name before what it is ("Cosham village")."""
    return frozenset(f" {kind[:3]}" for kind in word_lists().place_kinds)


def _is_called_a_place(text: str, start: int) -> bool:
    """ "the village of Ruba", "southern Oahu"."""
    before = text[max(0, start - LOOK_BACK) : start - 1].split(" ")
    if before[-1] == "of":
        return len(before) > 1 and before[-2] in word_lists().place_nouns
    return before[-1] in word_lists().place_adjectives


def _is_before_a_kind(text: str, start: int, end: int) -> bool:
    """ "Cosham village", unless a sentence begins there ("Remote village")."""
    following = text[end + 1 : end + LOOK_BACK].partition(" ")[0].rstrip(".,;:?!)")
    return following in word_lists().place_kinds and text[start - 2 : start - 1].isalnum()


def _may_be_a_place(words: TextWords, word: str) -> bool:
    """Whether a word that something is in may be a place: the text has it in capitals only for its name's sake."""
    return not word.isupper() and not words.has(word.lower())
