"""All events as the desk lists them. What a revision says never changes, so it is read once and kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from dateline.analysis.label_key import label_key
from dateline.domain.event import Event, Location, Occurrence
from dateline.domain.payload import from_payload, is_tombstone
from dateline.domain.recurrence import bounds, days_of, each_occurrence
from dateline.domain.recurrence.moments import clock_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.recurrence.recurring import is_recurring
from dateline.ports.ledger.event_list import EventList, EventRow

_AT_ONCE: Final = 500
MOST_OFFERED: Final = 200
_UNTIL: Final = re.compile(r"UNTIL=(\d{4})(\d\d)(\d\d)")
_A_DAY: Final = timedelta(days=1)
_YEARS: Final = 100
"""A rule that names no day in so many years names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event on record: its newest revision, and what it says, without its text; None where that was erased."""

    row: EventRow
    event: Event | None

    @property
    def label(self) -> str:
        """What it is called."""
        return self.row.label or self.row.id

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers don't have it any more."""
        return self.row.action == "withdraw"

    @property
    def is_series(self) -> bool:
        """Whether it takes place more than once."""
        event = self.event
        return event is not None and is_recurring(event)

    @property
    def places(self) -> tuple[Location, ...]:
        """Where it is."""
        return (*filter(None, (self.event.location,)), *self.event.further_locations) if self.event else ()

    @property
    def folded(self) -> str:
        """The words by which it is found."""
        event = self.event
        said = [place.in_one_line for place in self.places]
        if event:
            said += [event.organizer, *event.categories]
        return label_key(" ".join([self.label, *said]))


class EventRegister:
    """The lines of all events, and what they have in common. Safe for threads."""

    def __init__(self, ledger: EventList) -> None:
        """The register of a ledger."""
        self._ledger = ledger
        self._events: dict[tuple[str, int], Event | None] = {}
        self._times: dict[tuple[str, int, date, str], Occurrence | None] = {}
        self._last_days: dict[tuple[str, int, str], date | None] = {}
        self._own: dict[tuple[str, int, str], tuple[date, date]] = {}
        self._months: dict[tuple[str, int, str, date], tuple[tuple[date, date, Occurrence], ...]] = {}
        self._lock = Lock()

    def lines(self) -> list[EventLine]:
        """Every event, those made last first."""
        rows = self._ledger.event_rows()
        keys = {(row.id, row.text_revision) for row in rows if not row.erased}
        with self._lock:
            self._events = {key: event for key, event in self._events.items() if key in keys}
            missing = sorted(keys - self._events.keys())
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            found = self._ledger.event_payloads(some)
            read = {key: _event(found.get(key)) for key in some}
            with self._lock:
                self._events |= read
        events = self._events
        return [EventLine(row=row, event=events.get((row.id, row.text_revision))) for row in rows]

    def next_time(self, line: EventLine, today: date, zone: ZoneInfo) -> Occurrence | None:
        """The first time of an event that isn't over on ``today``."""
        event = line.event
        if event is None:
            return None
        if not line.is_series:
            return next(times_between(line, today, _far(today), zone), None)
        key = (line.row.id, line.row.text_revision, today, zone.key)
        if key not in self._times:
            if len(self._times) > 4 * len(self._events) + _AT_ONCE:
                self._times = {}  # those of days before
            self._times[key] = next(each_occurrence(event, today, _far(today), cast(Any, clock_of(event, zone))), None)
        return self._times[key]

    def last_day(self, line: EventLine, zone: ZoneInfo) -> date | None:
        """The last day of an event; None for a series without end, or a very long one."""
        event, key = line.event, (line.row.id, line.row.text_revision, zone.key)
        if event is None or not line.is_series:
            return _own_days(event, zone)[1] if event else None
        if until := _until(event):
            return until
        if event.rrule and "COUNT=" not in event.rrule:
            return None
        if key not in self._last_days:
            if len(self._last_days) > 2 * len(self._events) + _AT_ONCE:
                self._last_days = {}
            self._last_days[key] = bounds(event, zone)[1]
        return self._last_days[key]

    def times_between(self, line: EventLine, first: date, last: date, zone: ZoneInfo) -> Iterator[Occurrence]:
        """The times of an event that touch these days of ``zone``, from what was worked out before: by months."""
        event, key = line.event, (line.row.id, line.row.text_revision, zone.key)
        if event is None:
            return
        if key not in self._own:
            if len(self._own) > 2 * len(self._events) + _AT_ONCE:
                self._own = {}
            self._own[key] = _own_days(event, zone)
        begins, ends = self._own[key]
        if not line.is_series:
            if begins <= last and ends >= first:
                yield Occurrence(start=event.start, end=event.end)
            return
        found = (one for month in _months(first, last) for one in self._month(line, month, zone))
        yield from dict.fromkeys(one for begins, ends, one in found if begins <= last and ends >= first)

    def _month(self, line: EventLine, month: date, zone: ZoneInfo) -> tuple[tuple[date, date, Occurrence], ...]:
        """The times of a series that touch a month, with their first and last days."""
        key = (line.row.id, line.row.text_revision, zone.key, month)
        if key not in self._months:
            if len(self._months) > 4 * len(self._events) + _AT_ONCE:
                self._months = {}
            end = (month + timedelta(days=31)).replace(day=1) - _A_DAY
            times = times_between(line, month, end, zone)
            self._months[key] = tuple((*days_of(one, zone), one) for one in times)
        return self._months[key]

    def is_over(self, line: EventLine, today: date, zone: ZoneInfo) -> bool:
        """Whether an event has no time on ``today`` or later."""
        if line.is_series:
            return self.next_time(line, today, zone) is None
        return line.event is not None and _own_days(line.event, zone)[1] < today


def times_between(line: EventLine, first: date, last: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """The times of an event that touch these days of ``zone``; most events are looked at, and not worked out."""
    event = line.event
    if event is None:
        return
    begins, ends = _own_days(event, zone)
    if not line.is_series:
        if begins <= last and ends >= first:
            yield Occurrence(start=event.start, end=event.end)
        return
    alone = not (event.rdates or event.periods or event.further_rrules)
    until = _until(event)
    if alone and (begins > last or (until and until + (ends - begins) + _A_DAY < first)):
        return
    yield from each_occurrence(event, first, last, zone)


def exceptions_of(uid: str, lines: Iterable[EventLine]) -> dict[str, EventLine]:
    """The exceptions of the series with this UID, by the times of the series for which they stand; withdrawn ones are
    none."""
    return {
        line.event.recurrence_id: line
        for line in lines
        if line.event and line.event.recurrence_id and line.event.external_id == uid and not line.is_withdrawn
    }


def replaced_times(lines: Iterable[EventLine]) -> frozenset[tuple[str, str]]:
    """UID and key of each time of a series for which an exception stands."""
    return frozenset(
        (line.event.external_id, line.event.recurrence_id)
        for line in lines
        if line.event and line.event.recurrence_id and not line.is_withdrawn
    )


def is_replaced(line: EventLine, one: Occurrence, replaced: frozenset[tuple[str, str]]) -> bool:
    """Whether an exception stands for this time of a series."""
    event = line.event
    if event is None or event.recurrence_id or not event.external_id:
        return False
    return (event.external_id, format_recurrence_id(one.start)) in replaced


def without_replaced(event: Event, replaced: frozenset[tuple[str, str]]) -> Event:
    """A series without those of its left out times for which exceptions stand: it isn't left out then, but changed."""
    if not event.exdates or not event.external_id:
        return event
    left = (one for one in event.exdates if (event.external_id, format_recurrence_id(one)) not in replaced)
    return replace(event, exdates=tuple(left))


def used(lines: Iterable[EventLine], values: Callable[[EventLine], Iterable[Any]]) -> list[Any]:
    """What events have, those used most first."""
    counted: Counter[Any] = Counter(value for line in lines if line.event for value in values(line) if value)
    return [value for value, _ in counted.most_common(MOST_OFFERED)]


def used_places(lines: Iterable[EventLine]) -> list[Location]:
    """Places of events, each by its name once: as it was said most, those with coordinates first."""
    found = cast(list[Location], used(lines, lambda line: line.places))
    by_name: dict[str, Location] = {}
    for place in sorted(found, key=lambda place: place.lat is None):
        by_name.setdefault(label_key(place.name), place)
    return [place for place in found if by_name[label_key(place.name)] is place]


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of the months that these days are of."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _far(today: date) -> date:
    return date(min(today.year + _YEARS, 9999), 12, 31)


def _own_days(event: Event, zone: ZoneInfo) -> tuple[date, date]:
    """The days that the first time of an event touches."""
    return days_of(Occurrence(start=event.start, end=event.end), zone)


def _until(event: Event) -> date | None:
    """The day of a rule's UNTIL, where the event has nothing besides."""
    found = _UNTIL.search(event.rrule)
    if found is None or event.rdates or event.periods or event.further_rrules:
        return None
    return date(*map(int, found.groups()))


def _event(payload: Any) -> Event | None:
    if not payload or is_tombstone(payload):
        return None
    return replace(from_payload(Event, payload), description_html=None, description_text=None)
