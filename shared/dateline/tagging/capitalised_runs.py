"""Runs of capitalised words: where names are that no vocabulary knows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Final

from dateline.tagging.candidates import MOST_REMEMBERED
from dateline.tagging.wordlists import WordClass, word_classes, word_lists

LONGEST_RUN: Final = 14
"""Words of a run; what is longer is cut, so that a text of nothing but names costs no more than its length."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand together, as columns: each as it stands, in lower case without an abbreviation's full stop,
    how far it is from the beginning of its run, and its class. ``has_stops``: one of them ends with a full stop."""

    texts: tuple[str, ...]
    lowers: tuple[str, ...]
    offsets: tuple[int, ...]
    classes: tuple[str, ...]
    has_stops: bool


class Run:
    """``Words`` as they stand in a text: where each begins, and its class there."""

    __slots__ = ("classes", "end", "lowers", "starts", "texts")

    def __init__(self, words: Words, starts: list[int], classes: list[str]) -> None:
        self.texts = words.texts
        self.lowers = words.lowers
        self.starts = starts
        self.classes = classes
        self.end = starts[-1] + len(words.texts[-1])

    def __len__(self) -> int:
        return len(self.texts)

    def end_of(self, i: int) -> int:
        """Where the ``i``-th word ends."""
        return self.starts[i] + len(self.texts[i])

    def first_of_name(self, i: int, after: int = -1) -> int:
        """The first word of the name whose last or head word is the ``i``-th; behind the word ``after``."""
        classes, texts, first = self.classes, self.texts, i
        while first - 1 > after and (
            classes[first - 1] in (WordClass.PLAIN, WordClass.KNOWN) or texts[first - 1] == "&"
        ):
            first -= 1
        return first

    def last_of_name(self, i: int) -> int:
        """The last word of the name that begins with the ``i``-th."""
        while i < len(self.texts) and self.classes[i] in (WordClass.PLAIN, WordClass.KNOWN):
            i += 1
        return i - 1


Single = tuple[str, int]
"""A capitalised word that stands alone, perhaps with a full stop, and where it begins."""

_PLAIN: Final = WordClass.PLAIN
_OPENER: Final = WordClass.OPENER
_OPENER_AND_NAME: Final = [_OPENER, _PLAIN]


class CapitalisedWords:
    """The capitalised words of one text: ``runs`` of several, linking words (of, for, and, van …) among them, and
    ``singles``, the words alone that may be names.

    ``known`` are the spans of sure names of the vocabulary. What is one from beginning to end is left out; where one
    stands in a run, its words are classed so.
    """

    def __init__(self, text: str, known: dict[int, int]) -> None:
        self.runs: list[Run] = []
        self.singles: list[Single] = []
        self._known = _beginnings_of_words(text, known)
        text = text.replace("\u00a0", " ").replace("\u02bc", "’") + "  "  # so that there is a character on each side
        singles, never_names = self.singles, _never_names()
        for match in _run().finditer(text):
            run = match[0]
            if run in never_names:
                continue
            start, end = match.span()
            if known.get(start) == end or text[start - 1].isalnum():
                continue
            if text[start - 2].isdigit() or text[end + 1].isdigit():
                run, start = _without_month(text, run, start)
                if not run:
                    continue
            if " " in run:
                self._keep(_words_of(run) if len(run) <= MOST_REMEMBERED else _read_words(run), start)
            else:
                singles.append((run, start))

    def positions(self) -> dict[str, list[int]]:
        """Where each word stands, without a full stop."""
        at: dict[str, list[int]] = defaultdict(list)
        for run in self.runs:
            for text, start in zip(run.texts, run.starts, strict=True):
                at[text].append(start)
        for text, start in self.singles:
            at[text if text[-1] != "." else text[:-1]].append(start)
        return at

    def _keep(self, parts: tuple[Words, ...], start: int) -> None:
        """Keep the parts of a run; one of a single word, or with an opener before it, is a word alone."""
        known = self._known
        for words in parts:
            texts = words.texts
            starts = list(map(start.__add__, words.offsets))
            if len(starts) == 1:
                if words.classes[0] == _PLAIN and starts[0] not in known:
                    self.singles.append((texts[0], starts[0]))
                continue
            classes = list(words.classes)
            if not known.isdisjoint(starts):
                _class_known(texts, starts, known, classes)
            if classes == _OPENER_AND_NAME and words.lowers[0] != "new" and texts[0][-1] != ".":
                self.singles.append((texts[1], starts[1]))
                continue
            if words.has_stops and _OPENER in classes:
                _class_initials(texts, starts, known, classes)
            self.runs.append(Run(words, starts, classes))


def _read_words(run: str) -> tuple[Words, ...]:
    """The words of a run, cut where a full stop ends a sentence and not an abbreviation."""
    texts, lowers = run.split(" "), run.lower().split(" ")
    offsets = [0, *accumulate(len(text) + 1 for text in texts)]
    cuts: list[int] = []
    for i, lower in enumerate(lowers):
        if lower[-1] == ".":
            lowers[i] = lower[:-1]
            if len(lower) > 2 and lowers[i] not in word_lists().titles and "." not in lowers[i]:
                texts[i] = texts[i][:-1]
                cuts.append(i + 1)
    parts = (_columns(texts[i:j], lowers[i:j], offsets[i:j]) for i, j in pairwise((0, *cuts, len(texts))))
    return tuple(part for part in parts if part is not None)


_words_of: Final = lru_cache(maxsize=8192)(_read_words)
"""The same names come again and again."""


def _columns(texts: list[str], lowers: list[str], offsets: list[int]) -> Words | None:
    """Words from their first capital on; None when they have none."""
    while texts and texts[0].islower():
        del texts[0], lowers[0], offsets[0]
    if not texts:
        return None
    classes = (word_classes().get(lower, _PLAIN) for lower in lowers)
    has_stops = any(text[-1] == "." for text in texts)
    return Words(tuple(texts), tuple(lowers), tuple(offsets), tuple(classes), has_stops)


@cache
def _run() -> re.Pattern[str]:
    """A run. It begins with a character class, which the engine finds fastest; what is before it is checked then.

    A word alone is a run here too: so every word is passed over once, however long the text.
    """
    upper = f"[{_uppercase()}]"
    word = rf"{upper}(?:\.(?:{upper}\.)+|\w*(?:(?:-|['’](?={upper}))\w+)*\.?)"
    link = rf"(?:of|for|and|the|&|{'|'.join(sorted(word_lists().particles))})"
    return re.compile(rf"{word}(?: (?:{link} ){{0,2}}{word}){{0,{LONGEST_RUN - 1}}}")


def _without_month(text: str, run: str, start: int) -> tuple[str, int]:
    """A run beside a number without the month that makes a date of it ("5 MAG -", "5 MAG Roma", "MAG 5")."""
    months = word_lists().months
    first, _, others = run.partition(" ")
    if start > 1 and text[start - 2].isdigit() and first.rstrip(".").lower() in months:
        return others, start + len(first) + 1
    if not others and text[start + len(run) + 1 :][:1].isdigit() and first.rstrip(".").lower() in months:
        return "", start
    return run, start


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


@cache
def _never_names() -> frozenset[str]:
    """Openers, links, days and roles as they begin a sentence: most of the words that stand alone."""
    return frozenset(word.capitalize() for word, class_ in word_classes().items() if class_ != WordClass.TITLE)


def _beginnings_of_words(text: str, spans: dict[int, int]) -> set[int]:
    starts = set(spans)
    for start, end in spans.items():
        space = text.find(" ", start, end)
        while space >= 0:
            starts.add(space + 1)
            space = text.find(" ", space + 1, end)
    return starts


def _class_known(texts: tuple[str, ...], starts: list[int], known: set[int], classes: list[str]) -> None:
    given = word_lists().given_names
    for i, start in enumerate(starts):
        if start in known and classes[i] not in (WordClass.LINK, WordClass.TITLE):
            # "John Denver" is no place.
            named = i and classes[i - 1] == WordClass.PLAIN and texts[i - 1] in given
            classes[i] = WordClass.PLAIN if named else WordClass.KNOWN


def _class_initials(texts: tuple[str, ...], starts: list[int], known: set[int], classes: list[str]) -> None:
    """ "A. Novik" has no article."""
    for i, text in enumerate(texts):
        if classes[i] == WordClass.OPENER and len(text) == 2 and text[1] == "." and starts[i] not in known:
            classes[i] = WordClass.PLAIN
