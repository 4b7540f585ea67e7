"""A calendar's series without the times for which their exceptions stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import occurrences, whole
from dateline.domain.recurrence.moments import Moment, day_of
from dateline.domain.recurrence.recurrence_id import parse_recurrence_id
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.this_and_future import Split, split_series
from dateline.formats.ics.vevent import IcsEvent

MOST_SPLITS: Final = 50
"""Of one series: each is compared with it, for years."""
MOST_LOOKED_UP: Final = 200
"""Of the times of one series that is too long to be worked out whole."""

_UNKNOWN: Final = FieldError(
    "/recurrence_id", "An exception of this series doesn't say which time it stands for: none of them is certain."
)
_GONE: Final = FieldError(
    "/recurrence_id", "The series is newer, and no longer has the time that this one stands for: it changed nothing."
)
_ALONE: Final = FieldError("/recurrence_id", "Nobody knows its series: it stands for this one time.")


def without_exceptions(
    found: Sequence[IcsEvent], zone: ZoneInfo, known: Callable[[str], Event | None]
) -> list[IcsEvent]:
    """Each series without the dates for which another VEVENT stands, whether that could be read or not; split in two
    where one stands for all later times as well (RANGE=THISANDFUTURE, RFC 5545 section 3.2.13).

    A series on record (``known``) that is split comes out behind the others, as ``implied``.
    """
    events = list(found)
    by_uid: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(events):
        by_uid[one.uid].append(place)
    for uid, places in by_uid.items():
        exceptions = [place for place in places if events[place].recurrence_id and not events[place].older]
        series = next((place for place in places if _is_series(events[place])), None)
        if series is None and any(events[place].this_and_future for place in exceptions):
            series = _recorded(events, known(uid), uid)
        if series is None:
            _leave_alone(events, exceptions)
        elif any(_nameless(events[place]) for place in places):
            events[series] = replace(events[series], event=None, errors=(_UNKNOWN,))
        else:
            _take_out(events, series, exceptions, zone)
    return events


def _recorded(events: list[IcsEvent], series: Event | None, uid: str) -> int | None:
    if series is None:
        return None
    events.append(IcsEvent(uid=uid, event=series, implied=True))
    return len(events) - 1


def _leave_alone(events: list[IcsEvent], exceptions: list[int]) -> None:
    for place in exceptions:
        if events[place].this_and_future:
            events[place] = replace(events[place], notes=(*events[place].notes, _ALONE))


def _take_out(events: list[IcsEvent], series: int, exceptions: list[int], zone: ZoneInfo) -> None:
    """Change the series at its place, and the exceptions that become series of their own."""
    whole = _event(events[series])
    times = _Times(whole, zone)
    gone = {place for place in exceptions if _overtaken(events[place], whole, times)}
    for place in gone:
        events[place] = replace(events[place], event=None, older=True, notes=(*events[place].notes, _GONE))
    kept = [place for place in exceptions if place not in gone]
    splits = [place for place in kept if events[place].this_and_future and events[place].event is not None]
    splits = splits[:MOST_SPLITS]
    named = [parse_recurrence_id(events[place].recurrence_id) for place in kept if place not in splits]
    if not splits:
        events[series] = replace(events[series], event=_excepted(whole, named))
        return
    wanted = [
        Split(at=parse_recurrence_id(events[place].recurrence_id), event=_event(events[place])) for place in splits
    ]
    head, parts = split_series(whole, wanted, named, zone)
    newest = max((whole.sequence, *(split.event.sequence for split in wanted)))
    events[series] = replace(events[series], event=replace(head, sequence=newest) if events[series].implied else head)
    for place, part in zip(splits, parts, strict=True):
        if isinstance(part, InvalidInput):
            events[place] = replace(events[place], event=None, errors=part.errors)
        else:
            events[place] = replace(events[place], event=part)


class _Times:
    """The times of a series: all of them where they can be kept, else looked up day by day, a bounded number."""

    def __init__(self, series: Event, zone: ZoneInfo) -> None:
        self._series = series
        self._zone = zone
        self._all: frozenset[Moment] | None = None
        self._looked_up = 0

    def __contains__(self, at: Moment) -> bool:
        self._looked_up += 1
        if self._looked_up == 1 and (every := whole(self._series, self._zone)) is not None:
            self._all = frozenset(one.start for one in every)
        if self._all is not None:
            return at in self._all
        if self._looked_up > MOST_LOOKED_UP:
            return True
        day = day_of(at)
        found = occurrences(self._series, day - timedelta(days=1), day + timedelta(days=1), self._zone)
        return any(one.start == at for one in found)


def _overtaken(one: IcsEvent, series: Event, times: _Times) -> bool:
    """Whether an exception is older than its series, which no longer has the time that it stands for."""
    return (
        one.event is not None and one.event.older_than(series) and parse_recurrence_id(one.recurrence_id) not in times
    )


def _excepted(series: Event, dates: list[Moment]) -> Event:
    known = set(series.exdates)
    new = [when for when in dict.fromkeys(dates) if when not in known]
    return replace(series, exdates=(*series.exdates, *new)) if new else series


def _is_series(one: IcsEvent) -> bool:
    return one.event is not None and not one.recurrence_id


def _nameless(one: IcsEvent) -> bool:
    return any(error.pointer == "/recurrence_id" for error in one.errors) and not one.recurrence_id


def _event(one: IcsEvent) -> Event:
    assert one.event is not None
    return one.event
