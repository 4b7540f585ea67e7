"""How alike names are, whatever their script, case, diacritics and the order of their words.

A name is compared with those alone that begin or end a word as it does: few of 100,000, so that a page of names takes
some milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from text_unidecode import unidecode

ONE_NAME: Final = 95.0
"""Two names that are so much alike, of 100, are one in two spellings."""
LONGEST: Final = 120
"""Characters of a name that are compared."""
_PART: Final = 3
"""Letters at the ends of a word by which names are looked up."""
_WITHIN: Final = 0.87
"""What a name counts that stands within another, as a surname in a full name."""
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LikeName:
    """What a name may be: the ``key`` that the like name was given with, and how alike they are, of 100."""

    key: str
    likeness: float


@lru_cache(maxsize=8192)
def form_of(name: str) -> str:
    """The form in which names are compared: Latin lower-case letters and digits, the words in alphabetical order."""
    plain = name[:LONGEST] if name.isascii() else unidecode(unicodedata.normalize("NFKC", name[:LONGEST]))
    return " ".join(sorted(_NOT_LETTERS.sub(" ", plain.replace("'", "").lower()).split()))


class NameIndex:
    """Names by the ends of their words."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """``named``: names, each with the key of what has it."""
        self._names: list[tuple[str, str]] = []
        self._by_part: dict[str, list[int]] = defaultdict(list)
        for name, key in named:
            self.add(name, key)

    def add(self, name: str, key: str) -> None:
        """Know one more name."""
        form = form_of(name)
        number = len(self._names)
        self._names.append((form, key))
        for part in set(_parts(form)):
            self._by_part[part].append(number)

    def like(self, name: str, *, least: float, limit: int, within: bool = False) -> list[LikeName]:
        """What has names at least so much like ``name``, the most alike first, each once. ``within``: what has it as a
        part of its name is like it too."""
        from rapidfuzz import fuzz, process  # here, since it takes a web process a while that never asks

        form = form_of(name)
        numbers = {number for part in set(_parts(form)) for number in self._by_part.get(part, ())}
        choices = {number: self._names[number][0] for number in numbers}
        best: dict[str, float] = {}
        for _, likeness, number in process.extract(form, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None):
            self._note(best, number, likeness)
        words = set(form.split())
        for number in numbers if within and len(form) > _PART else ():
            if words.issubset(choices[number].split()):
                self._note(best, number, 100 * _WITHIN)
        ranked = sorted(best.items(), key=lambda one: (-one[1], one[0]))
        return [LikeName(key, likeness) for key, likeness in ranked[:limit] if likeness >= least]

    def _note(self, best: dict[str, float], number: int, likeness: float) -> None:
        key = self._names[number][1]
        best[key] = max(likeness, best.get(key, 0.0))


def _parts(form: str) -> Iterator[str]:
    """The beginning and the end of each word."""
    for word in form.split():
        yield word[:_PART]
        if len(word) > _PART:
            yield f"-{word[-_PART:]}"
