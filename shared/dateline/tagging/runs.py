"""Runs of capitalised words: where names are that no vocabulary knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from dateline.tagging.words import words

LONGEST_RUN: Final = 14
"""Words of a run; what is longer is cut, so that a text of nothing but names costs no more than its length."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run, with its span."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case without the full stop of an abbreviation."""
        return self.text.lower().rstrip(".")


@cache
def _uppercase() -> str:
    """A character class of the capitals of Latin, Greek and Cyrillic."""
    return "".join(re.escape(chr(point)) for point in range(0x530) if chr(point).isupper())


@cache
def _run() -> re.Pattern[str]:
    upper = f"[{_uppercase()}]"
    inner = rf"(?:\w|-(?=\w)|['’](?={upper}))*"
    titles = "|".join(title.capitalize() for title in sorted(words().titles))
    particles = "|".join(sorted(words().particles))
    word = rf"(?:(?:{titles})\.|(?:{upper}\.)+|{upper}{inner})"
    link = rf"(?:(?:(?:of|for|and)(?: the)?|&|{particles}) ){{0,2}}"
    return re.compile(rf"(?<![\w'’]){word}(?:[ \u00a0]{link}{word}){{0,{LONGEST_RUN - 1}}}")


def runs(text: str) -> Iterator[list[Word]]:
    """Each run as its words, linking words (of, for, and, van …) among them."""
    for match in _run().finditer(text):
        yield list(_words(match[0], match.start()))


def _words(run: str, start: int) -> Iterator[Word]:
    for text in run.replace("\u00a0", " ").split(" "):
        yield Word(text, start, start + len(text))
        start += len(text) + 1
