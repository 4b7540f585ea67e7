"""A calendar's series without the times for which their exceptions stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.moments import Moment
from dateline.domain.recurrence.recurrence_id import parse_recurrence_id
from dateline.domain.series.recorded_parts import Parts, tail_at, tail_id, tails_of
from dateline.domain.series.series_times import SeriesTimes
from dateline.domain.series.this_and_future import Split, split_series
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.series.superseded_parts import cancel_parts, follow
from dateline.formats.ics.vevent import IcsEvent

MOST_SPLITS: Final = 50
"""Of one series: each is compared with it, for years."""

_UNKNOWN: Final = FieldError(
    "/recurrence_id", "An exception of this series doesn't say which time it stands for: none of them is certain."
)
_GONE: Final = FieldError(
    "/recurrence_id", "The series is newer, and no longer has the time that this one stands for: it changed nothing."
)
_ALONE: Final = FieldError("/recurrence_id", "Nobody knows its series: it stands for this one time.")


def without_exceptions(
    found: Sequence[IcsEvent],
    zone: ZoneInfo,
    known: Callable[[str], Event | None],
    parts: Parts = lambda uid: (),
    cancelled: Set[str] = frozenset(),
) -> list[IcsEvent]:
    """Each series without the dates for which another VEVENT stands, whether that could be read or not; split in two
    where one stands for all later times as well (RANGE=THISANDFUTURE, RFC 5545 section 3.2.13).

    ``cancelled`` are the UIDs of series that the calendar cancels. What is on record, the series (``known``) and its
    ``parts``, comes out behind the others, as ``implied``, where the calendar changes it.
    """
    events = list(found)
    by_uid: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(events):
        by_uid[one.uid].append(place)
    for uid, places in by_uid.items():
        if any(events[place].private and not events[place].recurrence_id for place in places):
            continue
        exceptions = [place for place in places if events[place].recurrence_id and not events[place].older]
        series = next((place for place in places if _is_series(events[place])), None)
        if series is None and uid in cancelled and not exceptions and (recorded := parts(uid)):
            events += cancel_parts(uid, recorded)
            events[places[0]] = replace(events[places[0]], errors=(), message=True)
        elif series is None:
            _change_recorded(events, uid, exceptions, known, parts, zone)
        elif any(_nameless(events[place]) for place in places):
            events[series] = replace(events[series], event=None, errors=(_UNKNOWN,))
        else:
            recorded = parts(uid)
            before = known(uid) if recorded or exceptions else None
            newest = before if before is not None and _event(events[series]).older_than(before) else None
            whole = _event(events[series])
            _take_out(events, series, exceptions, zone, judge=newest)
            if recorded and newest is None:
                named = [events[place] for place in places if events[place].event is not None]
                head, changed = follow(events[series], whole, before, recorded, named, zone)
                events[series] = head
                events += changed
    return events


def _change_recorded(
    events: list[IcsEvent],
    uid: str,
    exceptions: list[int],
    known: Callable[[str], Event | None],
    parts: Parts,
    zone: ZoneInfo,
) -> None:
    """What exceptions that come without their series make of it: of the part of it that has their time."""
    is_changed = any(events[place].this_and_future or events[place].private for place in exceptions)
    tails = tails_of(uid, parts(uid)) if exceptions else []
    series = known(uid) if tails or is_changed else None
    if series is None:
        for place in exceptions:
            if events[place].this_and_future:
                events[place] = replace(events[place], notes=(*events[place].notes, _ALONE))
        return
    owners = {place: tail_at(tails, parse_recurrence_id(events[place].recurrence_id)) for place in exceptions}
    for tail in (None, *tails):
        group = [place for place, owner in owners.items() if owner is tail]
        if not group or (tail is None and not is_changed):
            continue
        own = series if tail is None else tail.event
        events.append(IcsEvent(uid=uid, event=own, implied=True))
        place = len(events) - 1
        _take_out(events, place, group, zone, moved=partial(tail.moved, series=series, zone=zone) if tail else _stays)
        made = {events[one].event.external_id for one in group if events[one].event}  # type: ignore[union-attr]
        if events[place].event == own or (own.external_id in made and tail):
            events[place] = replace(events[place], event=None, older=True)


def _stays(moment: Moment) -> Moment:
    return moment


def _take_out(
    events: list[IcsEvent],
    series: int,
    exceptions: list[int],
    zone: ZoneInfo,
    *,
    moved: Callable[[Moment], Moment] = _stays,
    judge: Event | None = None,
) -> None:
    """Change the series at its place, and the exceptions that become series of their own. ``moved`` gives the time of
    the series for which an exception stands, ``judge`` is a newer version of it where there is one."""
    whole = _event(events[series])
    times = SeriesTimes(judge or whole, zone)
    at = {place: moved(parse_recurrence_id(events[place].recurrence_id)) for place in exceptions}
    gone = {place for place in exceptions if _overtaken(events[place], judge or whole, at[place], times)}
    for place in gone:
        events[place] = replace(events[place], event=None, older=True, notes=(*events[place].notes, _GONE))
    kept = [place for place in exceptions if place not in gone]
    splits = [place for place in kept if events[place].this_and_future and events[place].event is not None]
    splits = splits[:MOST_SPLITS]
    named = [at[place] for place in kept if place not in splits]
    if not splits:
        events[series] = replace(events[series], event=_excepted(whole, named))
        return
    wanted = [_split(events[place], at[place]) for place in splits]
    head, parts = split_series(whole, wanted, named, zone)
    newest = max((whole.sequence, *(split.event.sequence for split in wanted)))
    events[series] = replace(events[series], event=replace(head, sequence=newest) if events[series].implied else head)
    for place, part in zip(splits, parts, strict=True):
        if isinstance(part, InvalidInput):
            events[place] = replace(events[place], event=None, errors=part.errors)
        else:
            events[place] = replace(events[place], event=part)


def _split(one: IcsEvent, at: Moment) -> Split:
    return Split(at=at, event=_event(one), uid=tail_id(one.uid, parse_recurrence_id(one.recurrence_id)))


def _overtaken(one: IcsEvent, series: Event, at: Moment, times: SeriesTimes) -> bool:
    """Whether an exception is older than its series, which no longer has the time that it stands for."""
    return one.event is not None and one.event.older_than(series) and at not in times


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
