"""iCalendar (RFC 5545): calendars read into events, and events written as calendars to subscribe to."""

from dateline.formats.ics.reading import IcsEvent, read_calendar
from dateline.formats.ics.writing import write_calendar

__all__ = ["IcsEvent", "read_calendar", "write_calendar"]
