"""An event that moves: the time at which it was announced stays among its previous ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.recurrence.recurring import is_recurring

MOST_PREVIOUS: Final = 20


def rescheduled(before: Event, event: Event) -> Event:
    """``event`` with the time of ``before`` among its previous ones, where it is at another one now.

    The last 20 are kept. A time at which it takes place again is no previous one. A series has other times instead:
    it is as it was.
    """
    if is_recurring(before) or is_recurring(event):
        return event
    times = [*event.previous_times, Occurrence(start=before.start, end=before.end)]
    known = {format_recurrence_id(one.start): one for one in times}
    known.pop(format_recurrence_id(event.start), None)
    return replace(event, previous_times=tuple(known.values())[-MOST_PREVIOUS:])
