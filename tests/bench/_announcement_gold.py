"""Sentences that announce events, and sentences that don't, with what is to be read in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from dateline.announcements.reader import Announcement

FOLDER: Final = Path(__file__).parents[1] / "corpus/announcements"
ZONE: Final = ZoneInfo("Europe/Minsk")


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence, the day of its story, and the event that it announces, as ``in_words`` says one; '' for none."""

    language: str
    day: date
    sentence: str
    event: str


@dataclass(slots=True)
class Count:
    """How many events were found, how many of them rightly, and how many there are."""

    right: int = 0
    found: int = 0
    there: int = 0

    @property
    def precision(self) -> float:
        """Of what was found, how much is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.right / self.there if self.there else 1.0


def gold(part: str) -> Iterator[Gold]:
    """The sentences of a part: ``tune`` or ``measure``."""
    for line in (FOLDER / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, day, sentence, event = line.split(" | ")
            yield Gold(language, date.fromisoformat(day), sentence, "" if event == "-" else event)


def measured(sentences: Iterable[Gold], read: Callable[[str, date], list[str]]) -> Count:
    """What ``read`` finds in them: an event counts as right only if its start, end and rule are."""
    count = Count()
    for one in sentences:
        found = read(one.sentence, one.day)
        count.found += len(found)
        count.there += bool(one.event)
        count.right += one.event in found
    return count


def in_words(one: Announcement) -> str:
    """start[..end] [RRULE]"""
    end = f"..{_moment(one.end)}" if one.end is not None else ""
    return f"{_moment(one.start)}{end} {one.rrule}".strip()


def _moment(at: date | datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}" if isinstance(at, datetime) else at.isoformat()
