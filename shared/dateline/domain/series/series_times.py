"""The times of a series: whether it has one, and which of them a RECURRENCE-ID as calendars write it names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import occurrences, whole
from dateline.domain.recurrence.moments import Moment, clock_of, day_of, wall_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.recurrence.recurring import is_recurring
from dateline.errors import InvalidInput, NotFound

MOST_LOOKED_UP: Final = 200
"""Of the times of one series that is too long to be worked out whole."""
_MARGIN: Final = timedelta(days=2)
"""More than two places on earth differ in their date."""
_NAMED: Final = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", re.ASCII)


class SeriesTimes:
    """The times of a series: all of them where they can be kept, else looked up day by day, a bounded number."""

    def __init__(self, series: Event, zone: ZoneInfo) -> None:
        self._series = series
        self._zone = zone
        self._all: frozenset[str] | None = None
        self._looked_up = 0

    def __contains__(self, at: Moment) -> bool:
        self._looked_up += 1
        if self._looked_up == 1 and (every := whole(self._series, self._zone)) is not None:
            self._all = frozenset(format_recurrence_id(one.start) for one in every)
        key = format_recurrence_id(at)
        if self._all is not None:
            return key in self._all
        if self._looked_up > MOST_LOOKED_UP:
            return True
        day = day_of(at)
        found = occurrences(self._series, day - timedelta(days=1), day + timedelta(days=1), self._zone)
        return any(format_recurrence_id(one.start) == key for one in found)


def is_series(event: Event) -> bool:
    """Whether an event takes place more than once by itself."""
    return is_recurring(event) and not event.recurrence_id


def with_every_time(series: Event) -> Event:
    """The series with the times that were taken out, or for which exceptions stand."""
    return replace(series, exdates=())


def read_name(text: str) -> Moment:
    """The moment that a RECURRENCE-ID names: a date (20260703), a time in UTC (20260703T160000Z), or a naive one on the
    series' clock (20260703T190000). Raises ``InvalidInput`` for anything else."""
    found = _NAMED.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day, clock, utc = found.groups()
        moment = datetime.strptime(day + (clock or "000000"), "%Y%m%d%H%M%S")
    except ValueError:
        raise InvalidInput("A time of a series is named like 20260703T190000, or 20260703 when all day.") from None
    if not clock:
        return moment.date()
    return moment.replace(tzinfo=UTC) if utc else moment


def name_of(start: Moment, series: Event, zone: ZoneInfo) -> str:
    """How an address names the time of ``series`` that begins at ``start``: as the ``.ics`` says it on its clock."""
    if not isinstance(start, datetime):
        return f"{start:%Y%m%d}"
    return f"{start.astimezone(clock_of(series, zone)):%Y%m%dT%H%M%S}"


def occurrence_named(series: Event, text: str, zone: ZoneInfo) -> Occurrence:
    """The time of a series that ``text`` names, whether it was taken out or not.

    Raises ``NotFound`` where the series has no such time.
    """
    try:
        wanted = read_name(text)
        day = day_of(wanted)
        found = occurrences(with_every_time(series), day - _MARGIN, day + _MARGIN, zone)
    except (InvalidInput, OverflowError):
        raise NotFound(f"This series has no time {text[:40]!r}.") from None
    for one in found:
        if _is_named(one.start, wanted, series, zone):
            return one
    raise NotFound(f"This series has no time {text!r}: {_hint(series)}")


def _is_named(start: Moment, wanted: Moment, series: Event, zone: ZoneInfo) -> bool:
    if not isinstance(start, datetime) or not isinstance(wanted, datetime):
        return isinstance(start, datetime) == isinstance(wanted, datetime) and start == wanted
    if wanted.tzinfo is not None:
        return start.astimezone(UTC) == wanted
    return wall_of(start.astimezone(clock_of(series, zone))) == wanted


def _hint(series: Event) -> str:
    if isinstance(series.start, datetime):
        return "its times are named on its own clock, like 20260703T190000."
    return "it takes place on whole days, which are named like 20260703."
