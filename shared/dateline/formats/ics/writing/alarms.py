"""Reminders (VALARM, RFC 5545 section 3.6.6), which a reader chose for all events of a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from dateline.domain.document import EventDocument
from dateline.formats.ics.writing.property_lines import PropertyLines

MORNING: Final = timedelta(hours=9)
"""What lasts all day has no hour before which to remind: it is said at nine, so many whole days before."""


def alarm_of(event: EventDocument, before: timedelta) -> PropertyLines:
    """A reminder so long before each time of ``event``."""
    alarm = PropertyLines("VALARM")
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", event.title)
    timed = isinstance(event.start, datetime)
    alarm.add("TRIGGER", -before if timed else MORNING - timedelta(days=before.days))
    return alarm
