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


@cache
def _run() -> re.Pattern[str]:
    """A run. It begins with a character class, which the engine finds fastest; ``runs`` checks what is before it."""
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


def runs(text: str) -> Iterator[list[Word]]:
    """Each run as its words, linking words (of, for, and, van …) among them."""
    for match in _run().finditer(text):
        start, run = match.start(), match[0]
        if start and text[start - 1].isalnum():
            continue
        if " " not in run and "\u00a0" not in run:
            name = run.rstrip(".")
            yield [Word(name, name.lower(), start, start + len(name))]
        else:
            yield from _sentences(run, start)


def _sentences(run: str, start: int) -> Iterator[list[Word]]:
    """A run's words, cut where a full stop ends a sentence and not an abbreviation."""
    found: list[Word] = []
    titles = words().titles
    for text in run.replace("\u00a0", " ").split(" "):
        end = start + len(text)
        lower = text.lower()
        if text[-1:] == ".":
            lower = lower[:-1]
            if len(text) > 2 and lower not in titles and "." not in lower:
                found.append(Word(text[:-1], lower, start, end - 1))
                yield found
                found = []
                start = end + 1
                continue
        found.append(Word(text, lower, start, end))
        start = end + 1
    while found and found[0].text.islower():
        found.pop(0)
    if found:
        yield found
