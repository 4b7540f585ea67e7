"""Events as a calendar that programs subscribe to.

The same documents give the same bytes (DTSTAMP is when the document changed), so that an ETag holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline import __version__
from dateline.domain.document import EventDocument
from dateline.domain.recurrence.effort import check_effort
from dateline.formats.ics.timezones.vtimezone_writer import vtimezone, vtimezone_as_read
from dateline.formats.ics.writing.alarms import alarm_of
from dateline.formats.ics.writing.all_day_bars import as_bars
from dateline.formats.ics.writing.colours import colour_of
from dateline.formats.ics.writing.property_lines import PropertyLines
from dateline.formats.ics.writing.series_parts import parts_kept_together
from dateline.formats.ics.writing.vevent import vevent

REFRESH: Final = timedelta(hours=1)
YEARS_AHEAD: Final = 20
"""How long after the last change of its events a calendar's VTIMEZONEs hold; programs know zones by name besides."""
MOST_YEARS: Final = 100
"""So many years of changes of clocks at most, after today or the first event: working them out takes its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOptions:
    """How a reader wants a calendar. ``alarm``: a reminder so long before each event; ``bars``: what lasts a day or
    longer as bars of whole days."""

    alarm: timedelta | None = None
    bars: bool = False


PLAIN: Final = CalendarOptions()


def write_calendar(
    documents: Iterable[EventDocument],
    *,
    base_url: str,
    name: str,
    zone: ZoneInfo,
    page: str = "",
    source: str = "",
    note: str = "",
    options: CalendarOptions = PLAIN,
) -> bytes:
    """The calendar of ``documents``; withdrawn ones are left out.

    ``base_url`` is the web service's address, ``name`` what a program shows, ``zone`` the clock of events without one.
    ``page`` is where a person reads the same, ``source`` where the calendar itself is; ``note`` tells readers of it.
    An exception whose series is not among the documents is an event of its own: programs drop a RECURRENCE-ID whose
    series they don't know, or change another's.
    """
    events = parts_kept_together([one for one in documents if one.start is not None and not one.withdrawn])
    if options.bars:
        events = as_bars(events, zone)
    calendar = PropertyLines("VCALENDAR")
    _add_head(calendar, events, name, zone)
    for property, address in (("URL", page), ("SOURCE", source)):
        if address:
            calendar.add(property, address, parameters={"VALUE": "URI"} if property == "SOURCE" else None)
    for property in ("DESCRIPTION", "X-WR-CALDESC") if note else ():
        calendar.add(property, note)
    parts = [calendar.to_ical().removesuffix(b"END:VCALENDAR\r\n")]
    parts += [component.to_ical() for component in _zones(events, zone)]
    parts += _vevents(events, base_url.rstrip("/"), zone, options)
    return b"".join([*parts, b"END:VCALENDAR\r\n"])


def _add_head(calendar: PropertyLines, events: Sequence[EventDocument], name: str, zone: ZoneInfo) -> None:
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Dateline//Dateline {__version__}//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    if not any(_recurs_in_utc(one, zone) for one in events):
        calendar.add("X-WR-TIMEZONE", zone.key)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    if events:
        calendar.add("LAST-MODIFIED", max(one.updated_at for one in events).astimezone(UTC))


def _recurs_in_utc(event: EventDocument, zone: ZoneInfo) -> bool:
    """Programs that heed X-WR-TIMEZONE take times in UTC for that zone's: the series would recur on another clock."""
    timed = isinstance(event.start, datetime) and not event.vtimezone
    return timed and bool(event.rrule) and (event.timezone or zone.key) == "UTC"


def _vevents(
    events: Sequence[EventDocument], base_url: str, zone: ZoneInfo, options: CalendarOptions
) -> Iterator[bytes]:
    exceptions = {(one.uid, one.recurrence_id) for one in events if one.recurrence_id}
    for document in events:
        check_effort()
        component = vevent(document, base_url, zone, exceptions)
        if colour := colour_of(document):
            component.add("COLOR", colour)
        if options.alarm is not None and document.status in ("confirmed", "tentative"):
            component.add_component(alarm_of(document, options.alarm))
        yield component.to_ical()


def _zones(events: Sequence[EventDocument], zone: ZoneInfo) -> list[Any]:
    """A VTIMEZONE for each zone that a timed event names (UTC needs none), and for each calendar's own."""
    timed = [one for one in events if isinstance(one.start, datetime)]
    own = sorted({one.vtimezone for one in timed if one.vtimezone})
    names = sorted({one.timezone or zone.key for one in timed if not one.vtimezone} - {"UTC"})
    first = min((one.start.year for one in timed if one.start), default=0) - 1
    last = max((max(one.updated_at.year, one.start.year) for one in timed if one.start), default=0) + YEARS_AHEAD
    last = min(last, max([first, *(one.updated_at.year for one in timed)]) + MOST_YEARS)
    return [*(vtimezone(name, first, last) for name in names), *(vtimezone_as_read(text) for text in own)]
