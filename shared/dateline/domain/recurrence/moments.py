"""Days and times of events: a plain date or an aware time, on which clock, and one made of the other's kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.domain.recurrence.vtimezone import vtimezone_of
from dateline.errors import InvalidInput

Moment = date | datetime


class Clocked(Protocol):
    """What takes place on a clock: an event, or its document."""

    @property
    def timezone(self) -> str: ...

    @property
    def vtimezone(self) -> str: ...


def clock_of(event: Clocked, zone: tzinfo) -> tzinfo:
    """The clock on which an event recurs: its calendar's own, that of its IANA zone, else ``zone``, the newsroom's.

    Raises ``InvalidInput`` for a name that is no zone.
    """
    if event.vtimezone:
        return vtimezone_of(event.vtimezone)
    try:
        return ZoneInfo(event.timezone) if event.timezone else zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(f"{event.timezone!r} is no time zone of the IANA database.") from None


def alike(moment: Moment, start: Moment, clock: tzinfo) -> Moment:
    """``moment`` as a start of the same kind as ``start``: programs don't match a day with a time.

    Midnight is the day it is written on, whatever its zone; any other time is on its day on ``clock``.
    """
    if not isinstance(start, datetime):
        if not isinstance(moment, datetime):
            return moment
        return moment.date() if moment.time() == time() else moment.astimezone(clock).date()
    if isinstance(moment, datetime):
        return moment.astimezone(clock)
    return datetime.combine(moment, start.astimezone(clock).time(), clock)


def elapsed(start: Moment, end: Moment) -> timedelta:
    """The time from start to end; two times of one zone would be subtracted by their clocks."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end.astimezone(UTC) - start.astimezone(UTC)
    return day_of(end) - day_of(start)


def later(start: Moment, lasts: timedelta) -> Moment:
    """The end of what begins at ``start`` and lasts so long, in elapsed time."""
    if isinstance(start, datetime):
        return (start.astimezone(UTC) + lasts).astimezone(start.tzinfo)
    return start + lasts


def wall_of(moment: Moment) -> datetime:
    """The naive time on the moment's own clock; midnight of a day."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None, fold=0)
    return datetime.combine(moment, time())


def at_wall(wall: datetime, start: Moment, clock: tzinfo) -> Moment:
    """The moment of a naive time of ``clock``, of the same kind as ``start``; one that a change of clocks leaves out is
    read with the offset before it."""
    if not isinstance(start, datetime):
        return wall.date()
    return wall.replace(tzinfo=clock).astimezone(UTC).astimezone(clock)


def day_of(moment: Moment) -> date:
    """The day on the moment's own clock."""
    return moment.date() if isinstance(moment, datetime) else moment
