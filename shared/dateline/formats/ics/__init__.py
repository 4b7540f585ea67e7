"""iCalendar (RFC 5545): calendars read into events, and events written as calendars to subscribe to."""

from dateline.formats.ics.reader import read_calendar
from dateline.formats.ics.vevent import IcsEvent
from dateline.formats.ics.writing.calendar import CalendarOptions, write_calendar
from dateline.formats.ics.writing.series_parts import at_one_time, by_itself

__all__ = ["CalendarOptions", "IcsEvent", "at_one_time", "by_itself", "read_calendar", "write_calendar"]
