"""Runs of capitalised words: where names are that no vocabulary knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from dateline.tagging.words import words

LONGEST_RUN: Final = 14
"""Words of a run; what is longer is cut, so that a text of nothing but names costs no more than its length."""


class Word(NamedTuple):
    """One word of a run: as it stands, in lower case without an abbreviation's full stop, and its span."""

    text: str
    lower: str
    start: int
    end: int


Single = tuple[str, int]
"""A capitalised word that stands alone, perhaps with a full stop, and where it begins."""


@cache
def _run() -> re.Pattern[str]:
    """A run. It begins with a character class, which the engine finds fastest; ``runs`` checks what is before it.

    A word alone is a run here too: so every word is passed over once, however long the text.
    """
    upper = f"[{_uppercase()}]"
    word = rf"{upper}(?:\.(?:{upper}\.)+|\w*(?:(?:-|['’](?={upper}))\w+)*\.?)"
    link = rf"(?:of|for|and|the|&|{'|'.join(sorted(words().particles))})"
    return re.compile(rf"{word}(?:[ \u00a0](?:{link} ){{0,2}}{word}){{0,{LONGEST_RUN - 1}}}")


def _uppercase() -> str:
    """The capitals of Latin, Greek and Cyrillic, as ranges of a character class."""
    points = [point for point in range(0x530) if chr(point).isupper()]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def runs(text: str, known: dict[int, int]) -> tuple[list[list[Word]], list[Single]]:
    """The runs of several words, linking words (of, for, and, van …) among them, and the words that stand alone.

    What is a ``known`` name from beginning to end is left out.
    """
    found: list[list[Word]] = []
    singles: list[Single] = []
    for match in _run().finditer(text):
        start, end = match.span()
        if known.get(start) == end or (start and text[start - 1].isalnum()):
            continue
        run = match[0]
        if " " in run or "\u00a0" in run:
            _split(run.replace("\u00a0", " "), start, found)
        else:
            singles.append((run, start))
    return found, singles


def standing_alone(text: str, name: str) -> Iterator[int]:
    """Where a word stands in a text, as a word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, end)


def _split(run: str, start: int, found: list[list[Word]]) -> None:
    """A run as its words, cut where a full stop ends a sentence and not an abbreviation."""
    part: list[Word] = []
    for text in run.split(" "):
        end = start + len(text)
        lower = text.lower()
        cut = False
        if text[-1] == ".":
            lower = lower[:-1]
            cut = len(text) > 2 and lower not in words().titles and "." not in lower
        part.append(Word(text[:-1], lower, start, end - 1) if cut else Word(text, lower, start, end))
        start = end + 1
        if cut:
            _keep(part, found)
            part = []
    _keep(part, found)


def _keep(part: list[Word], found: list[list[Word]]) -> None:
    while part and part[0].text.islower():
        del part[0]
    if len(part) > 1:
        found.append(part)
