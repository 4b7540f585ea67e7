"""What became of an event, in words: programs show a description, and neither COMMENT nor what a status means."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dateline.domain.document import EventDocument
from dateline.domain.recurrence.moments import Moment


def told_of(event: EventDocument, clock: tzinfo) -> str:
    """'Moved from 5 December 2026, 19:00. The hall is flooded.'; "" of what takes place as it was announced."""
    if event.status == "cancelled":
        return f"Cancelled: {event.reason}" if event.reason else ""
    if event.status == "postponed":
        return " ".join(filter(None, ("Postponed: the new date is not known yet.", event.reason)))
    if not event.previous_times:
        return ""
    before = " and ".join(_day_and_hour(time.start, clock) for time in event.previous_times)
    return " ".join(filter(None, (f"Moved from {before}.", event.reason)))


def _day_and_hour(moment: Moment, clock: tzinfo) -> str:
    if isinstance(moment, datetime):
        moment = moment.astimezone(clock)
        return f"{moment.day} {moment:%B} {moment.year}, {moment:%H:%M}"
    return f"{moment.day} {moment:%B} {moment.year}"
