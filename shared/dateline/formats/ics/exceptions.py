"""A calendar's series without the times for which their exceptions stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.moments import Moment
from dateline.domain.recurrence_id import parse_recurrence_id
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.split import Split, split_series
from dateline.formats.ics.vevent import IcsEvent

MOST_SPLITS: Final = 50
"""Of one calendar: each is compared with the series that it splits, for years."""

_UNKNOWN: Final = FieldError(
    "/recurrence_id", "An exception of this series doesn't say which time it stands for: none of them is certain."
)


def without_exceptions(found: Sequence[IcsEvent], zone: ZoneInfo) -> list[IcsEvent]:
    """Each series without the dates for which another VEVENT stands, whether that could be read or not; split in two
    where one stands for all later times as well (RANGE=THISANDFUTURE, RFC 5545 section 3.2.13)."""
    events = list(found)
    by_uid: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(events):
        by_uid[one.uid].append(place)
    for places in by_uid.values():
        series = next((place for place in places if _is_series(events[place])), None)
        exceptions = [place for place in places if events[place].recurrence_id and not events[place].older]
        if series is None:
            _refuse_splits(events, exceptions)
        elif any(_nameless(events[place]) for place in places):
            events[series] = replace(events[series], event=None, errors=(_UNKNOWN,))
        else:
            _take_out(events, series, exceptions, zone)
    return events


def _take_out(events: list[IcsEvent], series: int, exceptions: list[int], zone: ZoneInfo) -> None:
    """Change the series at its place, and the exceptions that become series of their own."""
    splits = [place for place in exceptions if events[place].this_and_future and events[place].event is not None]
    splits = splits[:MOST_SPLITS]
    whole = events[series].event
    assert whole is not None
    named = [parse_recurrence_id(events[place].recurrence_id) for place in exceptions if place not in splits]
    if not splits:
        events[series] = replace(events[series], event=_excepted(whole, named))
        return
    wanted = {place: Split(at=parse_recurrence_id(events[place].recurrence_id), event=_event(events[place]))
              for place in splits}  # fmt: skip
    head, parts = split_series(whole, list(wanted.values()), named, zone)
    events[series] = replace(events[series], event=head)
    for place, part in zip(wanted, parts, strict=True):
        if isinstance(part, InvalidInput):
            events[place] = replace(events[place], event=None, errors=part.errors)
        else:
            events[place] = replace(events[place], event=part)


def _refuse_splits(events: list[IcsEvent], exceptions: list[int]) -> None:
    error = FieldError("/recurrence_id", "The series that this one changes from a time on isn't in this calendar.")
    for place in exceptions:
        if events[place].this_and_future:
            events[place] = replace(events[place], event=None, errors=(error,))


def _excepted(series: Event, dates: list[Moment]) -> Event:
    new = [when for when in dict.fromkeys(dates) if when not in series.exdates]
    return replace(series, exdates=(*series.exdates, *new)) if new else series


def _is_series(one: IcsEvent) -> bool:
    return one.event is not None and not one.recurrence_id


def _nameless(one: IcsEvent) -> bool:
    return any(error.pointer == "/recurrence_id" for error in one.errors) and not one.recurrence_id


def _event(one: IcsEvent) -> Event:
    assert one.event is not None
    return one.event
