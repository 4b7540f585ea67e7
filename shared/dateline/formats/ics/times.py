"""The times of a VEVENT: start, end, clock, rules, exceptions. What is blemished costs that property, with a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from icalendar.parser import Parameters

from dateline.domain.event import Occurrence
from dateline.domain.recurrence.moments import Moment, alike, day_of, elapsed
from dateline.errors import FieldError, InvalidInput, TooMuch
from dateline.formats.ics.date_texts import read_duration, read_moment
from dateline.formats.ics.lines import Component, Line
from dateline.formats.ics.rules.rrules import tidied
from dateline.formats.ics.timezones.zones import Clocks

MOST_DATES: Final = 1_000
"""Of EXDATE and RDATE each: as many as a series keeps occurrences."""
LONGEST: Final = timedelta(days=3_660)

_DAY: Final = timedelta(days=1)
_ALL_DAY: Final = (
    "X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY", "X-ALLDAY"
)  # fmt: skip


class Times:
    """What a VEVENT says of its times. ``otherwise`` is the clock of a start without a zone that anybody knows.

    Reading them raises ``InvalidInput``, with the event's field, for a start that can't be told, and for what is too
    much; everything else that can't be read is left out, and ``notes`` say so.
    """

    def __init__(
        self, component: Component, clocks: Clocks, *, recurs: bool = True, otherwise: tzinfo | None = None
    ) -> None:
        self._component = component
        self._clocks = clocks
        self._otherwise = otherwise or clocks.default
        self.notes: list[FieldError] = []
        begin = component.all("DTSTART")
        if not begin:
            raise refusal("start", "DTSTART is missing.")
        self.start, self.clock = self._start(begin[0])
        self._marked = isinstance(self.start, datetime) and is_marked_all_day(component)
        if self._marked:
            self._begin_as_day(self._first(begin[0]))
        self.end = self._end()
        self.rules = tuple(self._rules()) if recurs else ()
        self.exdates = tuple(dict.fromkeys(start for start, _ in self._listed("EXDATE"))) if recurs else ()
        further = list(self._listed("RDATE")) if recurs else []
        usual = None if self.end is None else elapsed(self.start, self.end)
        own = {start: end for start, end in further if end is not None and elapsed(start, end) != usual}
        self.rdates = tuple(dict.fromkeys(start for start, _ in further if start not in own))
        self.periods = tuple(Occurrence(start=start, end=end) for start, end in own.items())

    def _note(self, name: str, detail: str) -> None:
        self.notes.append(FieldError(f"/{name}", detail))

    def _start(self, line: Line) -> tuple[Moment, tzinfo]:
        """The start on its clock. A start in UTC that doesn't recur is told on the newsroom's clock."""
        try:
            start = self._first(line)
        except ValueError as error:
            raise refusal("start", str(error)) from None
        if not isinstance(start, datetime):
            return start, self._clocks.default
        clock = start.tzinfo or self._clocks.default
        if isinstance(clock, timezone):
            clock = ZoneInfo("UTC") if self._component.all("RRULE") else self._clocks.default
        return start.astimezone(UTC).astimezone(clock), clock

    def _begin_as_day(self, written: Moment) -> None:
        """An event that a program marks as all day, and writes from midnight to midnight of some zone."""
        own = written.tzinfo if isinstance(written, datetime) else None
        for clock in (own, self.clock, self._clocks.default, *self._clocks.described()):
            local = self.start.astimezone(clock) if isinstance(self.start, datetime) else None
            if clock is not None and local is not None and local.time() == time():
                self.start, self.clock = local.date(), clock
                return
        self._marked = False
        self._note("start", "Marked as all day, but doesn't begin at midnight: read as it stands.")

    def _first(self, line: Line) -> Moment:
        try:
            return moment_of(line, self._clocks, self._otherwise)
        except KeyError:
            zone = str(line.parameters.get("TZID"))
            which = "the calendar's" if self._otherwise is self._clocks.default else "its series'"
            self._note("timezone", f"Nobody knows the time zone {zone[:60]!r}: read on {which} clock.")
            return moment_of(Line(line.name, Parameters(), line.value), self._clocks, self._otherwise)

    def _end(self) -> Moment | None:
        """The end; of an all-day event the last day, which a calendar says exclusively."""
        given, duration = self._component.all("DTEND"), self._component.first("DURATION")
        if given and duration:
            self._note("end", "DTEND and DURATION exclude one another: DTEND counts.")
        end = self._given_end(given[0]) if given else None
        if end is None and duration:
            end = self._lasting(duration)
        if end is not None and elapsed(self.start, end) > LONGEST:
            self._note("end", "The end lies more than ten years after the start, and is left out.")
            return None
        return end

    def _given_end(self, line: Line) -> Moment | None:
        try:
            end = self._moment(line)
        except ValueError as error:
            self._note("end", str(error))
            return None
        if self._marked and isinstance(end, datetime):
            end = _midnight_after(end.astimezone(self.clock))
        if isinstance(end, datetime) and not isinstance(self.start, datetime) and end.time() != time():
            self._begin_at_midnight("end", "The start is a date, the end a time: it starts where that day begins.")
        if not isinstance(self.start, datetime):
            return self._last_day(end, self.start)
        if not isinstance(end, datetime):
            self._note("end", "The end is a date, the start a time: it ends where that day begins.")
            end = datetime(end.year, end.month, end.day, tzinfo=self.clock)
            end += _DAY if end < self.start else timedelta()
        if end >= self.start:
            return end
        return self._turned_round(end, self.start)

    def _turned_round(self, end: datetime, start: datetime) -> datetime | None:
        """The likely reading of an end before the start: past midnight, or swapped with it, whichever is shorter."""
        early = elapsed(end, start)
        if early >= _DAY or (2 * early <= _DAY and self._component.all("RRULE")):
            self._note("end", "The end lies before the start, and is left out.")
            return None
        if 2 * early > _DAY:
            self._note("end", "The end lies before the start: read as a time of the next day.")
            return (end.astimezone(self.clock) + _DAY).astimezone(end.tzinfo)
        self._note("end", "The end lies before the start: read as swapped with it.")
        self.start = end.astimezone(self.clock)
        return start

    def _last_day(self, end: Moment, start: date) -> Moment | None:
        day = end.date() if isinstance(end, datetime) else end
        if day < start:
            self._note("end", "The end lies before the start, and is left out.")
            return None
        return max(start, day - _DAY)

    def _lasting(self, duration: str) -> Moment | None:
        try:
            days, rest = read_duration(duration)
        except ValueError as error:
            self._note("end", str(error))
            return None
        if rest % _DAY and not isinstance(self.start, datetime):
            self._begin_at_midnight("end", "The start is a date, and it lasts hours: it starts where that day begins.")
        return self._after(self.start, days, rest)

    def _begin_at_midnight(self, name: str, detail: str) -> None:
        self._note(name, detail)
        self.start = datetime.combine(day_of(self.start), time(), self.clock)

    def _after(self, start: Moment, days: timedelta, rest: timedelta) -> Moment:
        """``start`` and a duration: days on the wall clock, the rest in elapsed time; of days the last one."""
        if not isinstance(start, datetime):
            return max(start, start + days + rest - _DAY)
        moved = start.astimezone(self.clock).replace(tzinfo=None) + days
        return (moved.replace(tzinfo=self.clock).astimezone(UTC) + rest).astimezone(self.clock)

    def _rules(self) -> Iterator[str]:
        if self._component.all("EXRULE"):
            raise refusal("rrule", "EXRULE is no longer a part of RFC 5545: give the dates as EXDATE.")
        for line in self._component.all("RRULE"):
            try:
                rule, note = tidied(self._until_day(line.value), self.start)
            except TooMuch as error:
                raise refusal("rrule", str(error)) from None
            except InvalidInput as error:
                self._note("rrule", f"A rule that can't be read is left out: {error}")
            else:
                if note:
                    self._note("rrule", note)
                yield rule

    def _until_day(self, rule: str) -> str:
        """The rule of an all-day event, with the day on its clock for the instant of UNTIL: where it is marked as such,
        else where that instant begins or ends a day there, and none of UTC."""
        if isinstance(self.start, datetime):
            return rule
        found = re.search(r"(?<=UNTIL=)[^;]{1,40}", rule, re.IGNORECASE)
        try:
            until = read_moment(found[0]) if found else None
        except ValueError:
            return rule
        if found is None or not isinstance(until, datetime) or until.tzinfo is None:
            return rule
        local = until.astimezone(self.clock)
        if not self._marked and (_is_edge(until.astimezone(UTC)) or not _is_edge(local)):
            return rule
        day = alike(local, self.start, self.clock)
        return f"{rule[: found.start()]}{day:%Y%m%d}{rule[found.end() :]}"

    def _listed(self, name: str) -> Iterator[tuple[Moment, Moment | None]]:
        """The starts, of the same kind as the series' own, and the ends where there are any."""
        count = 0
        for line in self._component.all(name):
            for value in filter(None, (value.strip() for value in re.split("[,;]", line.value))):
                count += 1
                if count > MOST_DATES:
                    raise refusal(f"{name.lower()}s", f"An event has at most {MOST_DATES} of {name}.")
                try:
                    yield self._period(line, value)
                except (ValueError, OverflowError) as error:
                    self._note(f"{name.lower()}s", str(error))

    def _period(self, line: Line, value: str) -> tuple[Moment, Moment | None]:
        begin, _, until = value.partition("/")
        first = self._moment(Line(line.name, line.parameters, begin))
        if until and isinstance(self.start, datetime) and not isinstance(first, datetime):
            first = datetime.combine(first, time(), self.clock)
        start = alike(first, self.start, self.clock)
        if until and not isinstance(start, datetime):
            self._note("rdates", "The days of an all-day event have no length of their own.")
        if not until or not isinstance(start, datetime):
            return start, None
        if until.upper().startswith("P"):
            end = self._after(start, *read_duration(until))
        else:
            end = self._moment(Line(line.name, line.parameters, until))
            end = end if isinstance(end, datetime) else datetime.combine(end, time(), self.clock)
        if elapsed(start, end) < timedelta():
            raise ValueError(f"{value[:40]!r} ends before it begins.")
        return start, end

    def _moment(self, line: Line) -> Moment:
        """A time of the series: one without a zone, or with one that nobody knows, stands on the series' clock."""
        try:
            return moment_of(line, self._clocks, self.clock)
        except KeyError:
            self._note(line.name.lower(), "Nobody knows the time zone: read on the clock of the start.")
            return moment_of(Line(line.name, Parameters(), line.value), self._clocks, self.clock)


def moment_of(line: Line, clocks: Clocks, default: tzinfo) -> Moment:
    """The date or aware time of a property; one without a zone stands on the clock ``default``.

    Raises ``ValueError`` for what can't be read, and ``KeyError`` for a TZID that nobody knows.
    """
    moment = read_moment(line.value)
    if str(line.parameters.get("VALUE") or "").upper() == "DATE":
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        return moment
    zone = str(line.parameters.get("TZID") or "")
    return moment.replace(tzinfo=clocks[zone] if zone else default)


def is_marked_all_day(component: Component) -> bool:
    """Whether a program says that what has times in the calendar is shown as whole days."""
    return any(component.first(name).strip().upper() in ("TRUE", "1") for name in _ALL_DAY)


def _midnight_after(end: datetime) -> datetime:
    """The last minute of a day as the midnight that follows: some programs end a day at 23:59."""
    if (end.hour, end.minute) != (23, 59):
        return end
    return datetime.combine(end.date() + _DAY, time(), end.tzinfo)


def _is_edge(moment: datetime) -> bool:
    """Whether a day begins then, or is in its last minute."""
    return moment.time() == time() or (moment.hour, moment.minute) == (23, 59)


def refusal(name: str, detail: str) -> InvalidInput:
    """The error of an event that can't be read, at its field."""
    return InvalidInput(detail, (FieldError(name and f"/{name}", detail),))
