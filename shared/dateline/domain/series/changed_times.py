"""What an edit changes of the times of a series, to be shown before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import each_occurrence
from dateline.domain.recurrence.moments import day_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.edits import SeriesEdit

LOOKED_AHEAD: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTimes:
    """Of the next times those that stay, those that move (from, to), those that are gone, and those that are new.

    ``goes_on`` says that there are more than were looked at.
    """

    kept: tuple[Occurrence, ...]
    moved: tuple[tuple[Occurrence, Occurrence], ...]
    lost: tuple[Occurrence, ...]
    added: tuple[Occurrence, ...]
    goes_on: bool


def changed_times(series: Event, edit: SeriesEdit, zone: ZoneInfo, first: date, limit: int = 10) -> ChangedTimes:
    """What ``edit`` makes of the times of ``series`` from ``first`` on, a day of ``zone``: of the first ``limit`` that
    it has before or after.

    A time moves to one that it gets instead on the same day, else to the next one where as many are new as are gone.
    """
    old, old_more = _next([series], zone, first, limit)
    new, new_more = _next(_after(edit), zone, first, limit)
    last = min(
        (times[-1].start for times, more in ((old, old_more), (new, new_more)) if more), key=day_of, default=None
    )
    if last is not None:
        old, new = ([one for one in times if day_of(one.start) <= day_of(last)] for times in (old, new))
    named = {format_recurrence_id(one.start) for one in new}, {format_recurrence_id(one.start) for one in old}
    kept = [one for one in old if format_recurrence_id(one.start) in named[0]]
    gone = [one for one in old if format_recurrence_id(one.start) not in named[0]]
    come = [one for one in new if format_recurrence_id(one.start) not in named[1]]
    moved = _pairs(gone, come)
    left, arrived = {id(one) for one, _ in moved}, {id(other) for _, other in moved}
    return ChangedTimes(
        kept=tuple(kept),
        moved=tuple(moved),
        lost=tuple(one for one in gone if id(one) not in left),
        added=tuple(one for one in come if id(one) not in arrived),
        goes_on=old_more or new_more,
    )


def _after(edit: SeriesEdit) -> list[Event]:
    edited = edit.occurrence.event if edit.occurrence else None
    return [event for event in (edit.series, edit.following, edited) if event is not None]


def _next(events: Iterable[Event], zone: ZoneInfo, first: date, limit: int) -> tuple[list[Occurrence], bool]:
    """The next times of events, at most ``limit``, and whether there are more."""
    last = min(first, date.max - LOOKED_AHEAD) + LOOKED_AHEAD
    found = [one for event in events for one in islice(each_occurrence(event, first, last, zone), limit + 1)]
    found.sort(key=lambda one: format_recurrence_id(one.start))
    return found[:limit], len(found) > limit


def _pairs(gone: list[Occurrence], come: list[Occurrence]) -> list[tuple[Occurrence, Occurrence]]:
    by_day = {day_of(one.start): one for one in reversed(come)}
    pairs = [(one, by_day.pop(day)) for one in gone if (day := day_of(one.start)) in by_day]
    if len(gone) == len(come) and not pairs:
        return list(zip(gone, come, strict=True))
    return pairs
