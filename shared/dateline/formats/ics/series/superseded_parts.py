"""What a series that comes again makes of its parts on record: exceptions, and series into which it was split.

A request of the series is one of all its times, and replaces what was (RFC 5546 section 3.2.2); its cancellation
cancels all of them (section 3.2.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.recurrence_id import parse_recurrence_id
from dateline.domain.series.recorded_parts import Tail, tails_of
from dateline.domain.series.series_times import SeriesTimes
from dateline.domain.series.this_and_future import before
from dateline.errors import FieldError
from dateline.formats.ics.vevent import IcsEvent


def follow(
    one: IcsEvent,
    series: Event,
    earlier: Event | None,
    parts: Sequence[Event],
    named: Sequence[IcsEvent],
    zone: ZoneInfo,
) -> tuple[IcsEvent, list[IcsEvent]]:
    """``one``, which is ``series`` without its exceptions, and the ``parts`` on record that change with it.

    ``earlier`` is the series on record, ``named`` what else of it the calendar says. A cancelled series cancels its
    parts. One of a higher SEQUENCE takes off (``lapsed``) the series into which it was split, and exceptions older than
    itself that stand for none of its times; one whose times changed without that takes off the exceptions too. Any
    other ends where it was split.
    """
    said = {_name(other.event) for other in named if other.event is not None}
    others = [part for part in parts if _name(part) not in said]
    tails = [tail for tail in tails_of(series.external_id, others)]
    if series.status == "cancelled":
        return _ending(one, tails, zone), cancel_parts(one.uid, others, series)
    newer = earlier is not None and series.sequence > earlier.sequence
    if not newer and (tails or earlier is None or _times_of(series) == _times_of(earlier)):
        return _ending(one, tails, zone), []
    gone = {tail.event.external_id for tail in tails}
    times = SeriesTimes(series, zone)
    lapsed = [part for part in others if part.external_id in gone or _stands_for_nothing(part, series, times)]
    return _noted(one, len(lapsed)), [_lapsed(one, part, series) for part in lapsed]


def cancel_parts(uid: str, parts: Sequence[Event], series: Event | None = None) -> list[IcsEvent]:
    """The parts on record of a series that is cancelled as a whole (RFC 5546 section 3.2.5), known or not."""
    found = []
    for part in parts:
        if part.status != "cancelled":
            newest = max(part.sequence, series.sequence if series else 0)
            modified = (series.modified if series else None) or part.modified
            event = replace(part, status="cancelled", sequence=newest, modified=modified)
            found.append(IcsEvent(uid=uid, recurrence_id=part.recurrence_id, event=event, implied=True))
    return found


def _stands_for_nothing(part: Event, series: Event, times: SeriesTimes) -> bool:
    """Whether a part is an exception, no newer than its series, for a time that this doesn't have."""
    own = part.external_id == series.external_id and bool(part.recurrence_id)
    return own and not series.older_than(part) and parse_recurrence_id(part.recurrence_id) not in times


def _times_of(series: Event) -> tuple[object, ...]:
    return series.start, series.rrule, series.further_rrules, series.rdates, series.periods, series.vtimezone


def _ending(one: IcsEvent, tails: Sequence[Tail], zone: ZoneInfo) -> IcsEvent:
    """The series up to where it was split."""
    if not tails or one.event is None:
        return one
    return replace(one, event=before(one.event, tails[0].at, zone))


def _lapsed(one: IcsEvent, part: Event, series: Event) -> IcsEvent:
    event = replace(part, sequence=series.sequence)
    return IcsEvent(uid=one.uid, recurrence_id=part.recurrence_id, event=event, implied=True, lapsed=True)


def _noted(one: IcsEvent, count: int) -> IcsEvent:
    detail = f"The series has other times now: {count} of its exceptions and later parts on record are withdrawn."
    return replace(one, notes=(*one.notes, FieldError("/recurrence_id", detail))) if count else one


def _name(event: Event) -> tuple[str, str]:
    return event.external_id, event.recurrence_id
