"""Exceptions of series: events that stand for one time of a series (RFC 5545 section 3.8.4.4, RECURRENCE-ID).

A calendar may bring a series today and the exception next month. Then the series doesn't say that it leaves a time out;
whoever shows its times asks here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.recurrence.recurring import is_recurring
from dateline.ports.index import Index

Replaced = frozenset[tuple[str, str]]
"""UID and RECURRENCE-ID of each exception."""


def exceptions_of(index: Index, series: Iterable[EventDocument], first: date, last: date) -> list[EventDocument]:
    """The exceptions of these series between two days, whatever tags they carry; tombstones are none."""
    uids = {event.uid for event in series if event.uid and is_recurring(event)}
    return index.exceptions(uids, first, last) if uids else []


def replaced_by(events: Iterable[EventDocument]) -> Replaced:
    """The times for which these events stand."""
    return frozenset((event.uid, event.recurrence_id) for event in events if event.recurrence_id)


def takes_place(event: EventDocument, occurrence: Occurrence, replaced: Replaced) -> bool:
    """Whether ``event`` itself takes place then, and no exception instead."""
    if not replaced or event.recurrence_id:
        return True
    return (event.uid, format_recurrence_id(occurrence.start)) not in replaced
