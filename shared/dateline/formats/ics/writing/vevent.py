"""Events as a calendar that programs subscribe to. They expand series themselves: rules and exceptions are kept.

The same documents give the same bytes (DTSTAMP is when the document changed), so that an ETag holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDuration, vRecur, vText
from icalendar import Event as VEvent

from dateline import __version__
from dateline.domain.document import EventDocument
from dateline.domain.recurrence.effort import check_effort
from dateline.domain.recurrence.moments import Moment, alike, clock_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.recurrence.vtimezone import vtimezone_of
from dateline.formats.ics.texts import POSTPONED
from dateline.formats.ics.timezones.vtimezone_writer import renamed, vtimezone, vtimezone_as_read

REFRESH: Final = timedelta(hours=1)
YEARS_AHEAD: Final = 20
"""How long after the last change of its events a calendar's VTIMEZONEs hold; programs know zones by name besides."""

_STATUSES: Final = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}


def write_calendar(documents: Iterable[EventDocument], *, base_url: str, name: str, zone: ZoneInfo) -> bytes:
    """The calendar of ``documents``; withdrawn ones are left out.

    ``base_url`` is the web service's address, ``name`` what a program shows, ``zone`` the clock of events without one.
    """
    events = [document for document in documents if document.start is not None and not document.withdrawn]
    calendar = Calendar()
    calendar.add("PRODID", f"-//Dateline//Dateline {__version__}//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", vText(name))
    calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("X-WR-TIMEZONE", zone.key)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for component in _zones(events, zone):
        calendar.add_component(component)
    exceptions = {(one.uid, one.recurrence_id) for one in events if one.recurrence_id}
    for document in events:
        check_effort()
        calendar.add_component(_vevent(document, base_url.rstrip("/"), zone, exceptions))
    written: bytes = calendar.to_ical()
    return written


def _vevent(document: EventDocument, base_url: str, zone: ZoneInfo, exceptions: set[tuple[str, str]]) -> VEvent:
    event = VEvent()
    event.add("UID", document.uid or f"{document.id}@dateline")
    event.add("DTSTAMP", document.updated_at.astimezone(UTC))
    event.add("LAST-MODIFIED", document.updated_at.astimezone(UTC))
    event.add("SEQUENCE", max(0, document.revision - 1))
    _add_times(event, document, _clock(document, zone), exceptions)
    postponed = document.status == "postponed"
    event.add("SUMMARY", POSTPONED + document.title if postponed else document.title)
    event.add("STATUS", _STATUSES.get(document.status, "TENTATIVE"))
    if postponed:
        event.add("X-DATELINE-STATUS", "POSTPONED")
    event.add("TRANSP", "TRANSPARENT")
    event.add("URL", document.url or f"{base_url}/events/{quote(document.id, safe='')}/{document.slug}")
    for property, text in (("DESCRIPTION", document.description_text), ("CONTACT", document.organizer)):
        if text:
            event.add(property, text)
    if labels := [tag.label for tag in document.tags if tag.status == "accepted" and tag.type == "topic"]:
        event.add("CATEGORIES", labels)
    if (location := document.location) is not None:
        event.add("LOCATION", location.in_one_line)
        if location.lat is not None and location.lon is not None:
            event.add("GEO", (location.lat, location.lon))
    return event


def _add_times(event: VEvent, document: EventDocument, clock: tzinfo, exceptions: set[tuple[str, str]]) -> None:
    start = document.start
    assert start is not None
    event.add("DTSTART", _written(start, clock))
    if document.end == date.max:
        event.add("DURATION", date.max - start + timedelta(days=1))  # the day after it, DTEND, can't be said
    elif document.end is not None:
        end = document.end if isinstance(document.end, datetime) else document.end + timedelta(days=1)
        event.add("DTEND", _written(end, clock))
    if document.recurrence_id:
        event.add("RECURRENCE-ID", _written(parse_recurrence_id(document.recurrence_id), clock))
    for rule in (document.rrule, *document.further_rrules):
        if rule:
            event.add("RRULE", vRecur.from_ical(_rule(rule, start, clock)))
    exdates = [alike(one, start, clock) for one in document.exdates]
    _add_dates(event, "EXDATE", [one for one in exdates if (document.uid, format_recurrence_id(one)) not in exceptions])
    _add_dates(event, "RDATE", [alike(one, start, clock) for one in document.rdates])

    for period in document.periods:
        if isinstance(period.start, datetime) and isinstance(period.end, datetime):
            times = period.start.astimezone(UTC), period.end.astimezone(UTC)
            event.add("RDATE", [times], parameters={"VALUE": "PERIOD"})


def _add_dates(event: VEvent, property: str, moments: Sequence[Moment]) -> None:
    """One line a date: programs read that more reliably than a list."""
    for moment in moments:
        parameters = {} if isinstance(moment, datetime) else {"VALUE": "DATE"}
        event.add(property, moment, parameters=parameters)


def _written(moment: Moment, clock: tzinfo) -> Moment:
    return moment.astimezone(clock) if isinstance(moment, datetime) else moment


def _rule(text: str, start: Moment, clock: tzinfo) -> str:
    """The rule with UNTIL as the standard wants it: in UTC for a timed series, a date for one of days."""
    until = parse_rule(text).until
    if until is None:
        return text
    if isinstance(start, datetime):
        moment = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=clock)
        said = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    else:
        said = f"{until:%Y%m%d}"
    return re.sub(r"UNTIL=[^;]*", f"UNTIL={said}", text.upper())


def _zones(documents: Sequence[EventDocument], zone: ZoneInfo) -> list[Any]:
    """A VTIMEZONE for each zone that a timed event names (UTC needs none), and for each calendar's own."""
    timed = [one for one in documents if isinstance(one.start, datetime)]
    own = sorted({one.vtimezone for one in timed if one.vtimezone})
    names = sorted({one.timezone or zone.key for one in timed if not one.vtimezone} - {"UTC"})
    first = min((one.start.year for one in timed if one.start), default=0) - 1
    last = max((max(one.updated_at.year, one.start.year) for one in timed if one.start), default=0) + YEARS_AHEAD
    return [*(vtimezone(name, first, last) for name in names), *(vtimezone_as_read(text) for text in own)]


def _clock(document: EventDocument, zone: ZoneInfo) -> tzinfo:
    """The clock of an event, under the name that its VTIMEZONE has here."""
    return vtimezone_of(renamed(document.vtimezone)) if document.vtimezone else clock_of(document, zone)
