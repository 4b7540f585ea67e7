"""A text in sentences, and a sentence in clauses, each with where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Final

_END: Final = re.compile(r"[.!?…][»”\")]?\s+(?=[A-ZА-ЯЁЎІ«“\"(])")
_SHORT: Final = re.compile(r"(?:\b[^\W\d]|\b[ap]\.m|\b(?:ул|им|вул|im|St|Mr|Mrs|Ms|Dr|пр|г|гг))$", re.IGNORECASE)
"""What ends with a point within a sentence: initials, abbreviations before names."""
_CLAUSE: Final = re.compile(r"[;,](?=\s)|\s[–—]\s(?=[a-zа-яёўі]{3})")
LONGEST: Final = 600
"""Characters of a sentence that is read."""


def sentences_at(text: str, places: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """The sentences of the paragraphs in which these ``places`` are, which ascend: where each begins, its words, and
    the sentence behind it in its paragraph. No other paragraph is parted."""
    done = -1
    for place in places:
        if place < done:
            continue
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        done = len(text) if end < 0 else end
        yield from ((at, words, following) for (at, words), (_, following) in _pairs(_sentences(text, start, done)))


def sentence_around(text: str, start: int, end: int, longest: int) -> tuple[int, int]:
    """Where the sentence of what stands from ``start`` to ``end`` begins and ends; of one that is longer than
    ``longest`` what is beside that."""
    for at, words, _ in sentences_at(text, (start,)):
        if at <= start and end <= at + len(words) <= at + longest:
            return at, at + len(words)
    first = max(text.rfind("\n", 0, start) + 1, start - longest // 2)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + longest // 2)
    return (text.find(" ", first, start) + 1 or first) if first and text[first - 1].isalnum() else first, last


def _pairs(sentences: Iterable[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    """Each with the next one; the last with an empty one."""
    return pairwise(chain(sentences, [(0, "")]))


def _sentences(text: str, start: int, last: int) -> Iterator[tuple[int, str]]:
    for end in _END.finditer(text, start, last):
        if text[end.start()] == "." and _SHORT.search(text, max(start, end.start() - 5), end.start()):
            continue
        yield from _stripped(text, start, end.start() + 1)
        start = end.end()
    yield from _stripped(text, start, last)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    found = text[start:end]
    words = found.strip()
    if words and len(words) <= LONGEST:
        yield start + found.index(words[0]), words


def clause_at(sentence: str, start: int, end: int) -> str:
    """The clause in which a date stands; one without a verb of its own, as ', 12 May,', goes with what is before it."""
    cuts = [0, *(cut.start() for cut in _CLAUSE.finditer(sentence)), len(sentence)]
    first = max((place for place, cut in enumerate(cuts) if cut <= start), default=0)
    last = next((place for place, cut in enumerate(cuts) if cut >= end), len(cuts) - 1)
    while first and len(re.findall(r"[^\W\d]{3,}", sentence[cuts[first] : cuts[last]])) < 3:
        first -= 1
    return sentence[cuts[first] : cuts[last]]
