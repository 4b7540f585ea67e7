"""What is expected on which day: the times of events with who covers them, and what is covered besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.coverage import Coverage
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of
from dateline.domain.recurrence.moments import day_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline_ingest.event_register import EventLine, EventRegister, is_replaced, replaced_times

CALLED_OFF: Final = frozenset({"cancelled", "postponed"})
Key = tuple[str, str]
"""An event's id and which of its times; "" of one that takes place once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One time of an event on a day. ``more`` are further times of it on the same day that nobody covers;
    ``begins_here`` says whether it begins on this day."""

    line: EventLine
    key: Key
    time: Occurrence
    coverages: tuple[Coverage, ...]
    begins_here: bool
    more: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return self.line.label

    @property
    def is_called_off(self) -> bool:
        """Whether it doesn't take place."""
        return self.line.event is not None and self.line.event.status in CALLED_OFF

    @property
    def is_covered(self) -> bool:
        """Whether anybody covers it, or did, or somebody decided that nobody does."""
        return bool(self.coverages)

    def is_over(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether it has ended."""
        end = self.time.end or self.time.start
        if isinstance(end, datetime):
            return end < now
        return day_of(end) < now.astimezone(zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """A day: its events, those that go on from before last; ``others`` are coverages of nothing that the calendar has
    on these days."""

    day: date
    entries: tuple[PlanEntry, ...]
    others: tuple[Coverage, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected."""
        return not self.entries and not self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTime:
    """A time of an event on a day, and under which keys coverages of it stand."""

    day: date
    line: EventLine
    keys: tuple[Key, ...]
    time: Occurrence
    begins_here: bool


def expected_times(
    first: date, last: date, lines: Sequence[EventLine], register: EventRegister, zone: ZoneInfo
) -> list[ExpectedTime]:
    """What takes place on these days, both inclusive; what began before stands on the first."""
    standing = [line for line in lines if line.event and not line.is_withdrawn]
    replaced, series = replaced_times(standing), series_ids(standing)
    found = []
    for line in standing:
        for time in register.times_between(line, first, last, zone):
            if not is_replaced(line, time, replaced):
                begins, _ = days_of(time, zone)
                keys = coverage_keys(line, time, series)
                found.append(ExpectedTime(day=max(begins, first), line=line, keys=keys, time=time,
                                          begins_here=begins >= first))  # fmt: skip
    return found


def plan_of(first: date, last: date, times: Iterable[ExpectedTime], coverages: Iterable[Coverage]) -> list[PlanDay]:
    """The plan of these days, both inclusive."""
    covered: dict[Key, list[Coverage]] = defaultdict(list)
    for one in coverages:
        covered[one.event_id, one.recurrence_id].append(one)
    entries = list(_entries(times, covered))
    by_day: dict[date, list[PlanEntry]] = defaultdict(list)
    for day, entry in entries:
        by_day[day].append(entry)
    shown = {one.id for _, entry in entries for one in entry.coverages}
    others: dict[date, list[Coverage]] = defaultdict(list)
    for found in covered.values():
        for one in found:
            if one.id not in shown:
                others[one.day].append(one)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        PlanDay(day=day, entries=tuple(_in_order(by_day.get(day, ()))), others=tuple(others.get(day, ())))
        for day in days
    ]


def coverage_keys(line: EventLine, time: Occurrence, series: dict[str, str]) -> tuple[Key, ...]:
    """Under which keys coverages of a time of an event stand. ``series`` are the ids of series by their UIDs: what
    was promised of a time of one is promised of the exception that stands for it."""
    event = line.event
    if event is not None and event.recurrence_id and event.external_id in series:
        return (line.row.id, ""), (series[event.external_id], event.recurrence_id)
    return ((line.row.id, format_recurrence_id(time.start) if line.is_series else ""),)


def series_ids(lines: Iterable[EventLine]) -> dict[str, str]:
    """The ids of series by their UIDs."""
    return {
        line.event.external_id: line.row.id
        for line in lines
        if line.event and line.event.external_id and not line.event.recurrence_id
    }


def _entries(times: Iterable[ExpectedTime], covered: dict[Key, list[Coverage]]) -> Iterable[tuple[date, PlanEntry]]:
    """The times with who covers them, of an event a few a day."""
    of_day: dict[tuple[date, str], list[PlanEntry]] = defaultdict(list)
    for one in times:
        found = tuple(coverage for key in one.keys for coverage in covered.get(key, ()))
        of_day[one.day, one.line.row.id].append(
            PlanEntry(line=one.line, key=one.keys[0], time=one.time, coverages=found, begins_here=one.begins_here)
        )
    for (day, _), entries in of_day.items():
        yield from ((day, entry) for entry in _few(entries))


def _few(entries: list[PlanEntry]) -> list[PlanEntry]:
    """The first time of a day, and those that somebody covers: what takes place every hour is no list."""
    shown = [entry for number, entry in enumerate(entries) if number == 0 or entry.coverages]
    left = len(entries) - len(shown)
    first = shown[0]
    told = PlanEntry(line=first.line, key=first.key, time=first.time, coverages=first.coverages,
                     begins_here=first.begins_here, more=left)  # fmt: skip
    return [told, *shown[1:]]


def _in_order(entries: Iterable[PlanEntry]) -> list[PlanEntry]:
    def order(entry: PlanEntry) -> tuple[bool, bool, float, str]:
        start = entry.time.start
        timed = isinstance(start, datetime)
        return not entry.begins_here, timed, start.timestamp() if isinstance(start, datetime) else 0, entry.title

    return sorted(entries, key=order)
