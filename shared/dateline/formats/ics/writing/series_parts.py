"""A series and the exceptions that stand for some of its times: what is written with RECURRENCE-ID, and what is not.

A program that knows a series takes a VEVENT with its UID and a RECURRENCE-ID for a change of it, and one that doesn't
drops it or shows it by chance: only beside its series does an exception say that it is one. By itself it is an event
of its own, with a UID of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.recorded_parts import uid_of


def parts_kept_together(events: Sequence[EventDocument]) -> list[EventDocument]:
    """``events``, those by themselves that are exceptions of a series which isn't among them."""
    series = {one.uid for one in events if one.uid and not one.recurrence_id}
    return [by_itself(one) if one.recurrence_id and one.uid not in series else one for one in events]


def by_itself(exception: EventDocument) -> EventDocument:
    """An exception as an event of its own; anything else as it is."""
    if not exception.recurrence_id:
        return exception
    return replace(exception, uid=_own_uid(exception, exception.recurrence_id), recurrence_id="")


def at_one_time(event: EventDocument, occurrence: Occurrence) -> EventDocument:
    """One time of a series as an event of its own, under the UID that an exception in its place would have."""
    return replace(
        event,
        uid=_own_uid(event, format_recurrence_id(occurrence.start)),
        start=occurrence.start,
        end=occurrence.end,
        rrule="",
        further_rrules=(),
        exdates=(),
        rdates=(),
        periods=(),
        occurrences=(),
        recurrence_id="",
    )


def _own_uid(event: EventDocument, key: str) -> str:
    return f"{key.replace('-', '').replace(':', '')}-{uid_of(event.uid, event.id)}"
