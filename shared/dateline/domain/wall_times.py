"""The times of an event as its clock says them, on record: they stay what they are when the rules of a zone change.

A concert at 19:00 in Minsk is at 19:00 whatever offset Minsk will have. So what is on record is the time on the event's
clock with the offset of the day on which it was written; a zone that has another offset by now has its time at 19:00.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.domain.event import Event, Occurrence

Moment = date | datetime


def on_own_clock(event: Event) -> Event:
    """The event with each time as its clock says it: the same instants, whatever offset they were written with."""
    zone = _zone_of(event)
    return _changed(event, lambda moment: moment.astimezone(zone)) if zone else event


def by_todays_rules(event: Event) -> Event:
    """The event as it was written on its own clock; where its zone has another offset by now, at the same time of that
    clock."""
    zone = _zone_of(event)

    def today(moment: datetime) -> datetime:
        if moment.astimezone(zone).utcoffset() == moment.utcoffset():
            return moment
        return moment.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)

    return _changed(event, today) if zone else event


def _zone_of(event: Event) -> ZoneInfo | None:
    """The zone of a timed event; None where it has none that is known here."""
    if event.all_day or not event.timezone or event.vtimezone:
        return None
    try:
        return ZoneInfo(event.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _changed(event: Event, change: Callable[[datetime], datetime]) -> Event:
    def moment_of(moment: Moment) -> Moment:
        return change(moment) if isinstance(moment, datetime) else moment

    def time_of(time: Occurrence) -> Occurrence:
        return Occurrence(start=moment_of(time.start), end=None if time.end is None else moment_of(time.end))

    return replace(
        event,
        start=moment_of(event.start),
        end=None if event.end is None else moment_of(event.end),
        exdates=tuple(map(moment_of, event.exdates)),
        rdates=tuple(map(moment_of, event.rdates)),
        periods=tuple(map(time_of, event.periods)),
        previous_times=tuple(map(time_of, event.previous_times)),
    )
