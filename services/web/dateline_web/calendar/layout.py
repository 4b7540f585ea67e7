"""What a page of the calendar is made of, and its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dateline_web.calendar.filters import Filters
from dateline_web.calendar.hour_grid import HourGrid
from dateline_web.calendar.month_grid import Week
from dateline_web.calendar.params import VIEWS, View
from dateline_web.calendar.ranges import RANGES, RangeName
from dateline_web.context import web
from dateline_web.dates.days import shift_day
from dateline_web.dates.formatting import day_in_words, month_in_words
from dateline_web.dates.month_calendar import Month, Weekday
from dateline_web.events.params import EventQuery
from dateline_web.events.timetable import EventLine
from dateline_web.urls import API_EVENTS, EVENTS, EVENTS_ICS, events_month_path, with_query

EVENTS_WORD: Final = "Events"
"""What a heading without a day begins with."""
Days = tuple[tuple[date, tuple[EventLine, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Which page of the calendar: a view around a day or of a month, or a range of days."""

    view: View = ""
    month: date | None = None
    day: date | None = None
    range: RangeName | None = None

    def path(self, query: EventQuery) -> str:
        """The path, with the filters of ``query``."""
        said = {"view": self.view, "day": self.day.isoformat() if self.day else "", "range": self.range}
        given = [(name, value) for name, value in said.items() if value]
        return with_query(events_month_path(self.month) if self.month else EVENTS, [*given, *query.filters])


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The page before or after: where it is, and its words."""

    path: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A day and what takes place on it; or one or several days on which nothing begins.

    ``goes_on``: something that takes several days is there then.
    """

    first: date
    last: date
    lines: tuple[EventLine, ...] = ()
    more: int = 0
    """Lines that are left to the day's own page."""
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """A page of the calendar, on the days of ``query``.

    ``days`` are a list by day; ``long`` are the events of several days that stand above it. ``hours`` and ``weeks`` are
    the same on a grid, where there is one; ``months`` are a year's. ``anchor`` is the day that other views show.
    """

    address: Address
    heading: str
    anchor: date
    query: EventQuery
    filters: Filters
    weekdays: tuple[Weekday, ...] = ()
    weeks: tuple[Week, ...] = ()
    hours: HourGrid | None = None
    long: tuple[EventLine, ...] = ()
    days: Days = ()
    most_a_day: int | None = None
    """So many lines of a day the list shows; the rest is left to the day's own page."""
    coming: tuple[EventLine, ...] = ()
    past: tuple[EventLine, ...] = ()
    """What words found on any day: to come, and over."""
    postponed: tuple[EventLine, ...] = ()
    """What has no new date yet."""
    months: tuple[Month, ...] = ()
    counts: tuple[int, ...] = ()
    """How many times something takes place in each of the months."""
    total: int = 0
    """How many times something takes place."""
    shown: int = 0
    nearest: EventLine | None = None
    """What takes place next, where nothing does on these days."""
    previous: Turn | None = None
    next: Turn | None = None

    @property
    def view(self) -> View:
        """Which view it is."""
        return self.address.view

    @property
    def title(self) -> str:
        """The heading with the place, where one is chosen: 'Next weekend, 5 and 6 December, in Minsk'."""
        places = [chip.label for chip in self.filters.chips if chip.kind == "place"]
        if len(places) != 1:
            return self.heading
        return f"{self.heading}{'' if self.heading.startswith(EVENTS_WORD) else ','} in {places[0]}"

    @property
    def is_found(self) -> bool:
        """Whether it shows what words found on any day."""
        return self.address == Address() and bool(self.query.search.text)

    @property
    def is_plain(self) -> bool:
        """Whether it's one of the pages for search engines: a month, or the calendar's first one, unfiltered."""
        return not self.query.filters and self.address in (Address(), Address(month=self.address.month))

    @property
    def is_now(self) -> bool:
        """Whether it's the calendar's first page: this week and the next ones."""
        return self.address == Address() and not self.is_found

    @property
    def grid_words(self) -> str:
        """What the grid of weeks shows: a month, or from when to when."""
        first, last = self.query.search.first_day, self.query.search.last_day
        return f"{day_in_words(first)} to {day_in_words(last)}" if self.is_now else month_in_words(first)

    @property
    def is_past(self) -> bool:
        """Whether all its days are over."""
        return self.query.search.last_day < web().today

    @property
    def path(self) -> str:
        """This page."""
        return self.address.path(self.query)

    @property
    def unfiltered(self) -> str:
        """This page without filters."""
        return self.address.path(self.query.unfiltered())

    @property
    def views(self) -> list[tuple[View, str, str]]:
        """Each view with its words, and the same days in it."""
        return [(view, words, self._view(view).path(self.query)) for view, words in VIEWS.items()]

    def _view(self, view: View) -> Address:
        if view == self.view:
            return self.address
        if view == "month":
            return Address(month=self.anchor.replace(day=1))
        if view == "agenda" and self.address.month:
            return replace(self.address, view="agenda")
        return Address(view=view, day=self.anchor)

    @property
    def ranges(self) -> list[tuple[RangeName, str, str]]:
        """The days that readers ask for by name, with words and path."""
        return [(name, words, Address(range=name).path(self.query)) for name, words in RANGES.items()]

    def day_path(self, day: date) -> str:
        """A day."""
        return Address(view="day", day=day).path(self.query)

    def month_path(self, first: date) -> str:
        """A month."""
        return Address(month=first).path(self.query)

    @property
    def stretches(self) -> list[Stretch]:
        """The days of the list."""
        return self._stretches(self.days)

    @property
    def listed(self) -> list[EventLine]:
        """All times of its list at which something is to take place, in their order; not those moved from there."""
        every = [*self.long, *(line for _, lines in self.days for line in lines)]
        return [line for line in every if not line.moved_to]

    @property
    def beside_hours(self) -> tuple[tuple[EventLine, ...], list[Stretch]]:
        """What of the list finds no place on the grid of hours: of several days, and by day."""
        on_grid = self.hours.keys if self.hours else frozenset()
        columns = {column.day for column in self.hours.columns} if self.hours else set()
        days = ((day, tuple(line for line in lines if line.key not in on_grid)) for day, lines in self.days)
        others = [(day, lines) for day, lines in days if lines or day not in columns]
        return tuple(line for line in self.long if line.key not in on_grid), self._stretches(others)

    def _stretches(self, days: Iterable[tuple[date, tuple[EventLine, ...]]]) -> list[Stretch]:
        """The days; those in a row on which nothing begins are one stretch, with something long or without."""
        found: list[Stretch] = []
        for day, lines in days:
            goes_on = any(line.first <= day <= line.last for line in self.long)
            last = found[-1] if found else None
            if lines or not last or last.lines or last.last != shift_day(day, -1) or last.goes_on != goes_on:
                shown = lines[: self.most_a_day]
                more = len(lines) - len(shown)
                found.append(Stretch(first=day, last=day, lines=shown, more=more, goes_on=goes_on))
            else:
                found[-1] = replace(last, last=day)
        return found

    @property
    def json_path(self) -> str:
        """The same events for programs."""
        return with_query(API_EVENTS, [*([] if self.is_found else self.query.days), *self.query.filters])

    @property
    def calendar_path(self) -> str:
        """The calendar one can subscribe to."""
        return with_query(EVENTS_ICS, self.query.filters)
