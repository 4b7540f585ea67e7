"""Runs of capitalised words: where names are that no vocabulary knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from dateline.tagging.marks import Mark, marks_of_words
from dateline.tagging.wordlists import words

_LOOK_BACK: Final = 12
LONGEST_RUN: Final = 14
"""Words of a run; what is longer is cut, so that a text of nothing but names costs no more than its length."""


class Run:
    """Words that stand together, as columns: each as it stands, in lower case without an abbreviation's full stop,
    where it begins, and its mark."""

    __slots__ = ("lowers", "marks", "starts", "texts")

    def __init__(self, texts: list[str], lowers: list[str], starts: list[int], marks: list[str]) -> None:
        self.texts = texts
        self.lowers = lowers
        self.starts = starts
        self.marks = marks

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, i: int) -> int:
        """Where the ``i``-th word ends."""
        return self.starts[i] + len(self.texts[i])

    def beginning(self, i: int, after: int) -> int:
        """Where the name begins whose last or head word is the ``i``-th; behind the word ``after``."""
        marks, texts, first = self.marks, self.texts, i
        while first - 1 > after and (marks[first - 1] in (Mark.PLAIN, Mark.KNOWN) or texts[first - 1] == "&"):
            first -= 1
        return first


_OPENER_AND_NAME: Final = [Mark.OPENER, Mark.PLAIN]

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


def runs(text: str, known: dict[int, int]) -> tuple[list[Run], list[Single]]:
    """The runs of several words, linking words (of, for, and, van …) among them, and the words alone that may be names.

    ``known`` are the spans of sure names of the vocabulary. What is one from beginning to end is left out; where one
    stands in a run, its words are marked so.
    """
    found: list[Run] = []
    singles: list[Single] = []
    words_of_known = _beginnings_of_words(text, known)
    never_names = _never_names()
    for match in _run().finditer(text):
        start, end = match.span()
        if known.get(start) == end or (start and text[start - 1].isalnum()):
            continue
        run = match[0]
        if " " in run or "\u00a0" in run:
            _split(run.replace("\u00a0", " "), start, words_of_known, found, singles)
        elif run not in never_names:
            singles.append((run, start))
    return found, singles


def occurrences(found: list[Run], singles: list[Single]) -> dict[str, list[int]]:
    """Where each capitalised word stands, without a full stop, but for those that are known names as a whole."""
    at: dict[str, list[int]] = defaultdict(list)
    for run in found:
        for text, start in zip(run.texts, run.starts, strict=True):
            at[text].append(start)
    for text, start in singles:
        at[text if text[-1] != "." else text[:-1]].append(start)
    return at


@cache
def _never_names() -> frozenset[str]:
    """Openers, links, days and roles as they begin a sentence: most of the words that stand alone."""
    return frozenset(word.capitalize() for word, mark in marks_of_words().items() if mark != Mark.TITLE)


def _beginnings_of_words(text: str, spans: dict[int, int]) -> set[int]:
    starts = set(spans)
    for start, end in spans.items():
        space = text.find(" ", start, end)
        while space >= 0:
            starts.add(space + 1)
            space = text.find(" ", space + 1, end)
    return starts


def standing_alone(text: str, name: str) -> Iterator[int]:
    """Where a word stands in a text, as a word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, end)


def preceding_word(text: str, start: int) -> str:
    """The word before a name, past its article; in small letters, "" at the beginning of a text."""
    before = text[max(0, start - _LOOK_BACK) : start].split()
    if before[-1:] == ["the"]:
        before.pop()
    return before[-1].lower() if before else ""


def _split(run: str, start: int, known: set[int], found: list[Run], singles: list[Single]) -> None:
    """A run as its words, cut where a full stop ends a sentence and not an abbreviation."""
    texts = run.split(" ")
    lowers = run.lower().split(" ")
    starts = []
    for text in texts:
        starts.append(start)
        start += len(text) + 1
    if "." not in run:
        _keep(texts, lowers, starts, known, found, singles)
        return
    first = 0
    for i, lower in enumerate(lowers):
        if lower[-1] == ".":
            lowers[i] = lower[:-1]
            if len(lower) > 2 and lower[:-1] not in words().titles and "." not in lower[:-1]:
                texts[i] = texts[i][:-1]
                _keep(texts[first : i + 1], lowers[first : i + 1], starts[first : i + 1], known, found, singles)
                first = i + 1
    _keep(texts[first:], lowers[first:], starts[first:], known, found, singles)


def _keep(
    texts: list[str], lowers: list[str], starts: list[int], known: set[int], found: list[Run], singles: list[Single]
) -> None:
    """Keep a run from its first capital on; of one word, or with an opener before it, it is a word alone."""
    while texts and texts[0].islower():
        del texts[0], lowers[0], starts[0]
    mark_of, plain = marks_of_words().get, Mark.PLAIN
    if len(texts) < 2:
        if texts and lowers[0] not in marks_of_words() and starts[0] not in known:
            singles.append((texts[0], starts[0]))
        return
    marks = [mark_of(lower, plain) for lower in lowers]
    if not known.isdisjoint(starts):
        _mark_known(texts, starts, known, marks)
    if marks == _OPENER_AND_NAME and lowers[0] != "new" and texts[0][-1] != ".":
        singles.append((texts[1], starts[1]))
        return
    if Mark.OPENER in marks and any(text[-1] == "." for text in texts):
        _mark_initials(texts, starts, known, marks)
    found.append(Run(texts, lowers, starts, marks))


def _mark_initials(texts: list[str], starts: list[int], known: set[int], marks: list[str]) -> None:
    """ "A. Novik" has no article."""
    for i, text in enumerate(texts):
        if marks[i] == Mark.OPENER and len(text) == 2 and text[1] == "." and starts[i] not in known:
            marks[i] = Mark.PLAIN


def _mark_known(texts: list[str], starts: list[int], known: set[int], marks: list[str]) -> None:
    given = words().given_names
    for i, start in enumerate(starts):
        if start in known and marks[i] not in (Mark.LINK, Mark.TITLE):
            # "John Denver" is no place.
            named = i and marks[i - 1] == Mark.PLAIN and texts[i - 1] in given
            marks[i] = Mark.PLAIN if named else Mark.KNOWN
