"""Which times of a series fall on the days that were typed: its exceptions, further times, and those cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from itertools import islice
from typing import Any, Final, cast

from dateline.domain.event import Event
from dateline.domain.recurrence import each_occurrence
from dateline.domain.recurrence.moments import Moment, at_wall, clock_of, day_of
from dateline.errors import InvalidInput
from dateline_ingest.desk.events.when.rule_words import day_name
from dateline_ingest.desk.events.when.typed_days import TypedDay

YEARS: Final = 20
"""So far ahead a day of every year is looked for."""
_MOST: Final = 20_000


class SeriesDays:
    """The times of a series by the day on which they begin, on the series' own clock; its exceptions don't count."""

    def __init__(self, series: Event, zone: tzinfo) -> None:
        """The days of ``series``; ``zone`` is the newsroom's, whose clock an event without one is on."""
        self.clock = clock_of(series, zone)
        self._series = replace(series, exdates=())
        self._start = on_clock(series.start, self.clock)
        self._last = _years_later(day_of(self._start), YEARS)
        self._by_day: dict[date, list[Moment]] | None = None

    def on(self, day: date) -> list[Moment]:
        """The times that begin on ``day``."""
        if self._by_day is None:
            self._by_day = {}
            for start in self._starts(day_of(self._start), self._last):
                self._by_day.setdefault(day_of(start), []).append(start)
        if day <= self._last and len(self._by_day) < _MOST:
            return self._by_day.get(day, [])
        return [start for start in self._starts(day, day) if day_of(start) == day]

    def near(self, day: date) -> list[date]:
        """The days of the series just before and after ``day``."""
        self.on(day)
        every = sorted(self._by_day or ())
        return [*[one for one in every if one < day][-1:], *[one for one in every if one > day][:1]]

    def excluded(self, typed: Iterable[TypedDay]) -> tuple[list[Moment], list[str]]:
        """The exceptions that these days mean, and what is to be said of days on which nothing takes place."""
        found: list[Moment] = []
        notes: list[str] = []
        for one in typed:
            days = [day for year in self._years(one) if (day := one.in_year(year))]
            hit = [start for day in days for start in self.on(day)]
            if not hit and one.year is not None and days:
                hit = [self.moment(days[0], None)]
                notes.append(f"No time of the series is on {day_name(days[0])}.")
            elif not hit:
                notes.append(f"No time of the series is on {one.text} in the next {YEARS} years.")
            found += hit
        return list(dict.fromkeys(found)), notes

    def further(self, typed: Iterable[TypedDay]) -> list[Moment]:
        """The times that these days add. Raises ``InvalidInput``."""
        if not isinstance(self._start, datetime) and (named := next((one for one in typed if one.time), None)):
            raise InvalidInput(f"{named.text[:60]!r} has a time, and the event is all day.")
        return list(dict.fromkeys(self.moment(self._first(one, ()), one.time) for one in typed))

    def cancelled(self, typed: Iterable[TypedDay]) -> list[Moment]:
        """The times of the series on these days. Raises ``InvalidInput`` for a day that has none."""
        found: list[Moment] = []
        for one in typed:
            day = self._first(one, [day for year in self._years(one) if (day := one.in_year(year)) and self.on(day)])
            if not (hit := self.on(day)):
                near = " and ".join(map(day_name, self.near(day)))
                raise InvalidInput(
                    f"No time of the series is on {day_name(day)}" + (f"; the nearest are {near}." if near else ".")
                )
            found += hit
        return list(dict.fromkeys(found))

    def moment(self, day: date, at: time | None) -> Moment:
        """The time on ``day`` at which the series begins, or ``at``; the day alone of what is all day."""
        if not isinstance(self._start, datetime):
            return day
        return at_wall(datetime.combine(day, at or self._start.time()), self._start, self.clock)

    def _first(self, typed: TypedDay, days: Iterable[date]) -> date:
        """The day that is meant: the first of ``days``, else the first from the series' start on."""
        begin = day_of(self._start)
        found = next(iter(days), None)
        possible = (typed.in_year(year) for year in self._years(typed))
        found = found or next((day for day in possible if day and (typed.year or day >= begin)), None)
        if found is None:
            raise InvalidInput(f"{typed.text[:60]!r} is no day in any year from {begin.year} on.")
        return found

    def _years(self, typed: TypedDay) -> Iterable[int]:
        return (typed.year,) if typed.year else range(day_of(self._start).year, self._last.year + 1)

    def _starts(self, first: date, last: date) -> Iterable[Moment]:
        found = each_occurrence(self._series, first, last, cast(Any, self.clock))
        return (on_clock(one.start, self.clock) for one in islice(found, _MOST))


def on_clock(moment: Moment, clock: tzinfo) -> Moment:
    """A time as ``clock`` shows it; a day as it is."""
    return moment.astimezone(clock) if isinstance(moment, datetime) else moment


def _years_later(day: date, years: int) -> date:
    return date(min(day.year + years, 9998), day.month, 28)
