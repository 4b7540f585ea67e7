"""Whether a story means an event: its title stands there, and its place or its day does too, at about that time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import days_of, occurrences
from dateline_indexer.mentions.dates import days_named
from dateline_indexer.mentions.titles import SMALL, Title
from dateline_indexer.mentions.words import Word, is_quoted, stems_of, words_of

BEFORE: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=370)
"""How long after an event, and before it, a story that names its day may stand."""
NEAR_BEFORE: Final = timedelta(days=14)
NEAR_AHEAD: Final = timedelta(days=60)
"""The same for one that names only its place."""
MOST_TIMES: Final = 400
"""Times of a series that are looked at."""

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FORMER: Final = stems_of(
    "last previous former прошлогодний прошлый прежний предыдущий летошні леташні мінулы папярэдні"
)
"""Words before a title that mean another year's."""
_BREAK: Final = re.compile(r"[.!?;:\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """An event as it is looked for: ``titles`` it has, ``places`` (slugs of its tags) and ``named_places`` (in
    words, the city last)."""

    id: str
    titles: tuple[Title, ...]
    event: Event
    places: frozenset[str]
    named_places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class StoryText:
    """A story as it is looked through: its text, the ``day`` it is of, its dateline and the places of its tags."""

    text: str
    day: date
    dateline: str = ""
    places: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> list[Word]:
        """The words in their order."""
        return words_of(self.text)

    @cached_property
    def days(self) -> set[date]:
        """The days that it names."""
        return days_named(self.text, self.day)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a title stands: from one word to before another, and whether in quotation marks."""

    title: Title
    first: int
    last: int
    quoted: bool


def found_titles(story: StoryText, titles: Iterable[tuple[int, Title]]) -> Iterator[Found]:
    """Those of the titles, each with the number of a word, that stand in the story from that word on."""
    for first, title in titles:
        last = first + len(title.stems)
        run = story.words[first:last]
        if tuple(word.stem for word in run) != title.stems or _broken(story.text, run):
            continue
        quoted = is_quoted(story.text, run[0].start, run[-1].end)
        if (quoted or run[0].capital or not title.capital) and not _is_former(story.words, first):
            yield Found(title, first, last, quoted)


def means(story: StoryText, known: KnownEvent, found: Sequence[Found], zone: ZoneInfo) -> bool:
    """Whether ``story``, in which the event's titles were ``found``, means this event at one of its times."""
    spans = _spans(story, known, zone)
    if not spans:
        return False
    named = any(first <= day <= last for first, last in spans for day in story.days)
    near = any(first - NEAR_AHEAD <= story.day <= last + NEAR_BEFORE for first, last in spans)
    years = {day.year for span in spans for day in span}
    for one in found:
        strong = one.title.is_strong or (one.quoted and one.title.telling >= 2)
        if _other_year(story.words, one, years) or not (strong or one.quoted or _stands_alone(story, known, one)):
            continue
        placed = _names_place(story, known, one)
        if (placed and named) or (strong and (named or (placed and near))):
            return True
    return False


def _spans(story: StoryText, known: KnownEvent, zone: ZoneInfo) -> list[tuple[date, date]]:
    """The first and last days of the event's times around the story's day."""
    first, last = story.day - BEFORE, story.day + AHEAD
    return [days_of(one, zone) for one in occurrences(known.event, first, last, zone, MOST_TIMES)]


def _broken(text: str, run: Sequence[Word]) -> bool:
    """Whether a sentence ends within the words."""
    return any(_BREAK.search(text, before.end, after.start) for before, after in pairwise(run))


def _is_former(words: Sequence[Word], first: int) -> bool:
    return any(word.stem in _FORMER for word in words[max(0, first - 3) : first])


def _other_year(words: Sequence[Word], one: Found, years: set[int]) -> bool:
    """Whether a year stands beside the title, and none is the event's."""
    beside = [*words[max(0, one.first - 4) : one.first], *words[one.last : one.last + 4]]
    said = {int(word.stem) for word in beside if _YEAR.fullmatch(word.stem)}
    return bool(said) and not said & years


def _stands_alone(story: StoryText, known: KnownEvent, one: Found) -> bool:
    """Whether the title is no part of a longer name: 'Frankfurt Book Fair', 'Yanka Kupala Park'."""
    own = SMALL | {stem for place in known.named_places for stem in place}
    first, last = story.words[one.first], story.words[one.last - 1]
    before = [(word, word.end, first.start) for word in story.words[max(0, one.first - 1) : one.first]]
    after = [(word, last.end, word.start) for word in story.words[one.last : one.last + 1]]
    return not any(
        word.capital and word.stem not in own and story.text[left:right].isspace()
        for word, left, right in (*before, *after)
    )


def _names_place(story: StoryText, known: KnownEvent, one: Found) -> bool:
    """Whether the story names the event's place, in other words than those of the title."""
    in_title = bool(known.named_places) and _stands(known.named_places[-1], one.title.stems)
    if not in_title and story.places & known.places:
        return True
    stems = [word.stem for word in story.words]
    others = [stems[: one.first], stems[one.last :], [word.stem for word in words_of(story.dateline)]]
    return any(_stands(place, part) for place in known.named_places for part in others)


def _stands(run: Sequence[str], within: Sequence[str]) -> bool:
    size = len(run)
    return any(tuple(within[at : at + size]) == tuple(run) for at in range(len(within) - size + 1))
