"""The events that a text announces, sentence by sentence, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateline.announcements.clock import Clock, clock_in
from dateline.announcements.cues import announces
from dateline.announcements.day_words import possible_days
from dateline.announcements.days import Days, Span, days_in
from dateline.announcements.sentences import clause_at, sentences_at

_STARTS: Final = re.compile(r"^(?:начало|старт|пачатак|start|starts|starting|beginning|it starts)\b", re.IGNORECASE)
MOST: Final = 20
"""Events of one text: more is a listing, which comes in as a calendar."""

MOST_READ: Final = 1_000
"""Sentences of one text that are read: a worker must not spend seconds on a long one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An event that a sentence announces, and where: ``at`` is the sentence's place in the text, ``said`` that of the
    date within it. All day where ``start`` is a date; ``end`` is then inclusive. ``rule`` names how it was read."""

    start: date | datetime
    end: date | datetime | None
    rrule: str
    sentence: str
    at: int
    said: Span
    rule: str


def announcements(text: str, today: date, zone: ZoneInfo) -> list[Announcement]:
    """What ``text``, which is of ``today`` in ``zone``, announces, in its order."""
    return list(islice(_announced(text, today, zone), MOST))


def _announced(text: str, today: date, zone: ZoneInfo) -> Iterator[Announcement]:
    for at, sentence, following in islice(sentences_at(text, possible_days(text)), MOST_READ):
        days = days_in(sentence, today) if any(True for _ in possible_days(sentence)) else None
        if days is None:
            continue
        vague = days.vague or (days.first == today and not days.rule)
        if not announces(sentence, clause_at(sentence, *days.at), vague=vague):
            continue
        clock = clock_in(sentence, (days.at,)) or (clock_in(following) if _STARTS.match(following) else None)
        yield _announcement(days, clock, zone, sentence, at)


def _announcement(days: Days, clock: Clock | None, zone: ZoneInfo, sentence: str, at: int) -> Announcement:
    start: date | datetime = days.first
    end: date | datetime | None = days.last
    if clock is not None and days.last is None:
        start = datetime.combine(days.first, clock.start, zone)
        end = None
        if clock.end is not None and clock.end != clock.start:
            last = days.first + timedelta(days=1) if clock.end < clock.start else days.first
            end = datetime.combine(last, clock.end, zone)
    return Announcement(
        start=start, end=end, rrule=days.rule, sentence=sentence, at=at, said=days.at, rule=days.how
    )  # fmt: skip
