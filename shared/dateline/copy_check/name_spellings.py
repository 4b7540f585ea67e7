"""One name spelt two ways within a story: Lukashenka and Lukashenko, Тихановская and Тихоновская."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from dateline.analysis.edit_distance import edits
from dateline.copy_check.remark import TEXT_FIELDS, CheckedText, Remark, TextField, about

SHORTEST: Final = 5
LONGEST: Final = 40
MOST_GIVEN: Final = 5
MOST_NAMES: Final = 400
"""Names that are compared with one another."""

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_BEFORE_NAMES: Final = """
Mr Mrs Ms Dr President Minister Premier Chancellor Senator Governor Judge General Colonel Captain Professor Prime
The And But Or If As When While After Before Since Because Although However Meanwhile Later Then Now Earlier Today
Yesterday On In At For From With Without Under Until Where Who What Why How Also Only Even So Yet Still Like That This
"""
_NO_NAMES: Final = frozenset(_BEFORE_NAMES.split())
"""Titles, and what sentences begin with: capitalised words before a surname that are no given names."""
_VOWELS: Final = frozenset("aeiou")
_BETWEEN: Final = re.compile(r"[ \u00a0]")


@dataclass(slots=True)
class _Name:
    """A capitalised word of a text: where it stands first, how often, and the names before it."""

    word: str
    where: tuple[TextField, int]
    times: int = 0
    given: set[str] = field(default_factory=set)
    is_given: bool = False
    """It stands before another name, as a given name does."""


def name_spelling_remarks(text: CheckedText) -> Iterator[Remark]:
    """Surnames that differ by a letter within the story, where both are of one person as far as can be seen."""
    names = _names(text)
    for one, other in combinations(names[:MOST_NAMES], 2):
        if _is_one_name(one, other):
            rarer, usual = sorted((one, other), key=lambda name: name.times)
            place, start = rarer.where
            message = f"“{rarer.word}” and “{usual.word}”: is this one name?"
            yield about(text, "name-spelling", place, (start, start + len(rarer.word)), message)


def _names(text: CheckedText) -> list[_Name]:
    """The capitalised words that the text never writes small, in the order in which they come."""
    small: set[str] = set()
    names: dict[str, _Name] = {}
    for place in TEXT_FIELDS:
        words = text.text(place)
        before: re.Match[str] | None = None
        for found in WORD.finditer(words):
            if found[0].islower():
                small.add(found[0])
            elif found[0][0].isupper() and not found[0].isupper():
                near = before is not None and _BETWEEN.fullmatch(words, before.end(), found.start()) is not None
                _note(names, found, place, before[0] if near and before else "")
                before = found
                continue
            before = None
    return [name for name in names.values() if name.word.lower() not in small]


def _note(names: dict[str, _Name], found: re.Match[str], place: TextField, given: str) -> None:
    word = re.sub(r"[’']s$", "", found[0])
    if SHORTEST <= len(word) <= LONGEST:
        name = names.setdefault(word, _Name(word, (place, found.start())))
        name.times += 1
        if given and given not in _NO_NAMES and len(name.given) < MOST_GIVEN:
            name.given.add(given)
    if given in names:
        names[given].is_given = True


def _is_one_name(one: _Name, other: _Name) -> bool:
    if one.is_given or other.is_given or one.word[0] != other.word[0]:
        return False
    if not (one.given or other.given) or not _differ_by_a_letter(one.word, other.word):
        return False
    if one.given and other.given:
        return any(_same_given(a, b) for a in one.given for b in other.given)
    return True


def _same_given(one: str, other: str) -> bool:
    """Whether it is the same word before both, whatever its case."""
    return one == other or (len(one) > 4 and one[:-1] == other[: len(one) - 1] and abs(len(one) - len(other)) < 2)


def _differ_by_a_letter(one: str, other: str) -> bool:
    """Whether two words differ by one letter, and not as forms of one word do."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    if long.startswith(short):
        return len(long) == len(short) + 1 and long[-1] == long[-2]
    if _CYRILLIC.search(one):
        stem = max(SHORTEST, len(short) - 2)  # behind it stands what a case changes
        return len(short) > stem and edits(short[:stem], long[:stem]) == 1 and short[: stem - 1] != long[: stem - 1]
    if short[:-1] == long[:-1] and not {short[-1], long[-1]} <= _VOWELS:
        return False  # Germany, Germans
    return edits(short, long) == 1
