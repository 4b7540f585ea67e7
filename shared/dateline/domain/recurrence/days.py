"""The days, in a zone, on which what takes place is found."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence.recurrence_id import parse_recurrence_id


def days_of(occurrence: Occurrence, zone: ZoneInfo) -> tuple[date, date]:
    """The first and last day, in ``zone``, that an occurrence touches."""
    start, end = occurrence.start, occurrence.end or occurrence.start
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = start.astimezone(zone), end.astimezone(zone)
        if last > first and last.time() == time():
            last -= timedelta(microseconds=1)
        return first.date(), last.date()
    return start, max(start, end)


def days_found(event: EventDocument, zone: ZoneInfo) -> list[tuple[date, date]]:
    """The first and last days, in ``zone``, of the times at which an index finds an event, each once: its occurrences,
    those from which it was moved, and what an exception stands for (its RECURRENCE-ID), since its series must not be
    shown there."""
    days = dict.fromkeys(days_of(one, zone) for one in (*event.occurrences, *event.previous_times))
    if event.recurrence_id:
        days[days_of(Occurrence(start=parse_recurrence_id(event.recurrence_id)), zone)] = None
    return list(days)


def touches(occurrence: Occurrence, first: date, last: date, zone: ZoneInfo) -> bool:
    """Whether an occurrence takes place on one of the days ``first``–``last`` of ``zone``."""
    begins, ends = days_of(occurrence, zone)
    return begins <= last and ends >= first
