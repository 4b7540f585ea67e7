"""The times of a VEVENT: start, end, zone, rule, exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from icalendar import vDDDTypes, vDuration

from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.lines import Component, Line
from dateline.schemas.fields import YEARS

Moment = date | datetime


class Clocks(Protocol):
    """The zones that TZIDs mean (``KeyError`` for an unknown one), and the one of times that name none."""

    default: ZoneInfo

    def __getitem__(self, name: str, /) -> ZoneInfo: ...


class Times:
    """What a VEVENT says of its times. Reading them raises ``InvalidInput``, with the event's field."""

    def __init__(self, component: Component, clocks: Clocks) -> None:
        self._component = component
        self._clocks = clocks
        recurrence = self._lines("RECURRENCE-ID")
        self.recurrence_id = self._moment(recurrence[0], "recurrence_id") if recurrence else None
        if recurrence and recurrence[0].parameters.get("RANGE"):
            raise _wrong("recurrence_id", "An exception for this and all later occurrences can't be imported.")
        begin = self._lines("DTSTART")
        if not begin:
            raise _wrong("start", "DTSTART is missing.")
        self.start, self.zone = self._start(begin[0])
        self.end = self._end()
        self.rule = self._rule()
        self.exdates = tuple(self._listed("EXDATE", "exdates"))
        self.rdates = tuple(self._listed("RDATE", "rdates"))

    def _lines(self, name: str) -> list[Line]:
        return [line for line in self._component.lines if line.name == name]

    def _start(self, line: Line) -> tuple[Moment, ZoneInfo]:
        """The start in its zone. A start in UTC that doesn't recur is told on the newsroom's clock."""
        start = self._moment(line, "start")
        if not isinstance(start, datetime):
            return start, self._clocks.default
        if start.tzinfo is not UTC:
            assert isinstance(start.tzinfo, ZoneInfo)
            return start, start.tzinfo
        zone = ZoneInfo("UTC") if self._lines("RRULE") else self._clocks.default
        return start.astimezone(zone), zone

    def _end(self) -> Moment | None:
        given, duration = self._lines("DTEND"), self._component.first("DURATION")
        if given and duration:
            raise _wrong("end", "DTEND and DURATION exclude one another.")
        end: Moment | None = None
        if given:
            end = self._moment(given[0], "end")
        elif duration:
            end = self._after(*_duration(duration))
        if end is None or isinstance(end, datetime) or isinstance(self.start, datetime):
            return end
        return max(self.start, end - timedelta(days=1)) if end >= self.start else end

    def _after(self, days: timedelta, rest: timedelta) -> Moment:
        """Days of a duration are the calendar's, the rest is elapsed time (RFC 5545 section 3.3.6)."""
        if not isinstance(self.start, datetime):
            return self.start + days + rest
        moved = (self.start.replace(tzinfo=None) + days).replace(tzinfo=self.zone)
        return (moved.astimezone(UTC) + rest).astimezone(self.zone)

    def _rule(self) -> str:
        rules = self._lines("RRULE")
        if len(rules) > 1 or self._lines("EXRULE"):
            raise _wrong("rrule", "Only one RRULE can be imported, and no EXRULE.")
        if rules and self.recurrence_id is not None:
            raise _wrong("rrule", "An exception of a series can't recur itself.")
        return rules[0].value.strip().upper() if rules else ""

    def _listed(self, name: str, field: str) -> Iterator[Moment]:
        for line in self._lines(name):
            for value in filter(None, line.value.split(",")):
                moment = self._moment(Line(name, line.parameters, value.partition("/")[0]), field)
                yield self._alike(moment)

    def _alike(self, moment: Moment) -> Moment:
        """A date of the same kind as the start."""
        if isinstance(self.start, datetime):
            local = moment if isinstance(moment, datetime) else datetime.combine(moment, self.start.time(), self.zone)
            return local.astimezone(self.zone)
        return moment.astimezone(self._clocks.default).date() if isinstance(moment, datetime) else moment

    def _moment(self, line: Line, field: str) -> Moment:
        """A date, or a time in UTC or in its own zone."""
        try:
            value: Any = vDDDTypes.from_ical(line.value.strip())  # type: ignore[no-untyped-call]
        except (ValueError, TypeError, OverflowError):
            raise _wrong(field, f"{line.value[:40]!r} is no date or time of RFC 5545.") from None
        if isinstance(value, date) and not YEARS[0] <= value.year <= YEARS[1]:
            raise _wrong(field, f"{line.value[:40]!r} must lie in the years {YEARS[0]} to {YEARS[1]}.")
        if isinstance(value, datetime):
            return value.replace(tzinfo=UTC) if value.tzinfo else value.replace(tzinfo=self._zone(line, field))
        if not isinstance(value, date):
            raise _wrong(field, f"{line.value[:40]!r} is no date or time of RFC 5545.")
        return value

    def _zone(self, line: Line, field: str) -> ZoneInfo:
        name = str(line.parameters.get("TZID") or "")
        if not name:
            return self._clocks.default
        try:
            return self._clocks[name]
        except KeyError:
            raise _wrong(field, f"Nobody knows the time zone {name[:60]!r}.") from None


def recurrence_key(moment: Moment) -> str:
    """A RECURRENCE-ID as it stays the same in whatever zone it is written: a date, or a time in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


def _duration(text: str) -> tuple[timedelta, timedelta]:
    """A duration's weeks and days, and the rest: P1D is a day of the calendar, PT24H are 24 hours."""
    try:
        found: timedelta = vDuration.from_ical(text.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise _wrong("end", f"{text[:40]!r} is no duration of RFC 5545.") from None
    if not timedelta() <= found < timedelta(days=36_600):
        raise _wrong("end", "A duration must not be negative, nor longer than a lifetime.")
    named_days = re.findall(r"([0-9]+)([WD])", text)
    days = timedelta(days=sum(int(number) * (7 if unit == "W" else 1) for number, unit in named_days))
    return days, found - days


def _wrong(name: str, detail: str) -> InvalidInput:
    return InvalidInput(detail, (FieldError(f"/{name}", detail),))
