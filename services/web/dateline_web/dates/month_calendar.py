"""A month as a grid of weeks: the calendar of archive and events."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import get_day_names

from dateline_web.context import Web
from dateline_web.dates.days import last_day_of, shift_month

HEATS: Final = 4
"""Days with news come in this many weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the grid. ``heat`` is 0 without news, and up to ``HEATS`` for the busiest days."""

    date: date
    count: int
    heat: int
    today: bool
    outside: bool
    """Whether the day belongs to the month before or after, and only fills the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A column: 'Su' and 'Sunday'."""

    short: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month's weeks, each of seven days, with the weekdays in the order in which this newsroom's weeks run."""

    first: date
    weekdays: tuple[Weekday, ...]
    weeks: tuple[tuple[Day, ...], ...]
    previous: date | None
    next: date | None

    @property
    def last(self) -> date:
        """The month's last day."""
        return last_day_of(self.first)

    @property
    def total(self) -> int:
        """How much there is in the month."""
        return sum(day.count for week in self.weeks for day in week if not day.outside)


def month_of(day: date, counts: Mapping[date, int], web: Web) -> Month:
    """The grid of ``day``'s month. ``counts`` say how much there is on each day; the busiest of them sets the heat."""
    first = day.replace(day=1)
    most = max(counts.values(), default=0)
    days = [_day(when, counts, most, web.today, outside) for when, outside in _filled(first, web.week_start)]
    return Month(
        first=first,
        weekdays=weekdays_of(web),
        weeks=tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7)),
        previous=shift_month(first, -1),
        next=shift_month(first, 1),
    )


def weekdays_of(web: Web) -> tuple[Weekday, ...]:
    """The seven weekdays from the one a week begins with."""
    short = get_day_names("short", context="stand-alone", locale=web.locale)
    names = get_day_names("wide", context="stand-alone", locale=web.locale)
    order = [(web.week_start + place) % 7 for place in range(7)]
    return tuple(Weekday(short=short[weekday], name=names[weekday]) for weekday in order)


def heat_of(count: int, most: int) -> int:
    """0 for nothing, else 1–``HEATS`` in proportion to the busiest; one story alone is never hot."""
    return -(-HEATS * count // max(most, HEATS))


def _filled(first: date, week_start: int) -> list[tuple[date, bool]]:
    """The days of whole weeks, and whether they are another month's; beyond the calendar's ends the last day stays."""
    before = (first.weekday() - week_start) % 7
    length = calendar.monthrange(first.year, first.month)[1]
    places = range(-before, -(-(before + length) // 7) * 7 - before)
    low, high = date.min.toordinal(), date.max.toordinal()
    begin = first.toordinal()
    return [(date.fromordinal(min(max(begin + place, low), high)), not 0 <= place < length) for place in places]


def _day(when: date, counts: Mapping[date, int], most: int, today: date, outside: bool) -> Day:
    count = 0 if outside else counts.get(when, 0)
    return Day(date=when, count=count, heat=heat_of(count, most), today=when == today and not outside, outside=outside)
