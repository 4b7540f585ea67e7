"""An event as a VEVENT: its times as rules and exceptions, which programs work out themselves, and its words."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument
from dateline.domain.recurrence import occurrences
from dateline.domain.recurrence.moments import Moment, alike, clock_of, day_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.recurrence.vtimezone import vtimezone_of
from dateline.domain.series.recorded_parts import uid_of
from dateline.formats.ics.particulars import OUR_FIELD
from dateline.formats.ics.texts import POSTPONED, TOLD
from dateline.formats.ics.timezones.vtimezone_writer import renamed
from dateline.formats.ics.writing.property_lines import PropertyLines, Verbatim
from dateline.formats.ics.writing.rules import rule_written
from dateline.formats.ics.writing.told import told_of

_SEVERAL_A_DAY: Final = ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE", "BYSECOND")
_STATUSES: Final = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}


def vevent(document: EventDocument, base_url: str, zone: ZoneInfo, exceptions: Set[tuple[str, str]]) -> PropertyLines:
    """The VEVENT of ``document``. ``exceptions`` are UID and RECURRENCE-ID of those that stand beside it: what stands
    for a time of a series isn't left out of it besides."""
    event = PropertyLines("VEVENT")
    event.add("UID", uid_of(document.uid, document.id))
    event.add("DTSTAMP", document.updated_at.astimezone(UTC))
    event.add("LAST-MODIFIED", document.updated_at.astimezone(UTC))
    event.add("SEQUENCE", max(0, document.revision - 1))
    _add_times(event, document, _clock(document, zone), exceptions)
    postponed = document.status == "postponed"
    language = {"LANGUAGE": document.language} if document.language else {}
    event.add("SUMMARY", POSTPONED + document.title if postponed else document.title, parameters=language)
    event.add("STATUS", _STATUSES.get(document.status, "TENTATIVE"))
    if postponed:
        event.add("X-DATELINE-STATUS", "POSTPONED")
    event.add("TRANSP", "TRANSPARENT")
    event.add("URL", document.url or f"{base_url}/events/{quote(document.id, safe='')}/{document.slug}")
    told = told_of(document, _clock(document, zone))
    described = "\n\n".join(filter(None, (document.description_text, told)))
    for property, text in (("DESCRIPTION", described), (TOLD, told), ("CONTACT", document.organizer)):
        if text:
            event.add(property, text)
    _add_particulars(event, document, base_url)
    if (location := document.location) is not None:
        event.add("LOCATION", location.in_one_line)
        if location.lat is not None and location.lon is not None:
            event.add("GEO", (location.lat, location.lon))
    return event


def _add_particulars(event: PropertyLines, document: EventDocument, base_url: str) -> None:
    """Whom to ask, why it is off, where to take part, its pictures; categories, and topics as such."""
    if document.contact:
        event.add("CONTACT", document.contact, parameters={OUR_FIELD: "contact"})
    if document.reason:
        event.add("COMMENT", document.reason)
    if document.online_url:
        event.add("CONFERENCE", document.online_url, parameters={"VALUE": "URI"})
    for image in document.images:
        ours = {"FMTTYPE": "image/jpeg"} if image.sha256 else {}
        address = base_url + image.url if image.sha256 else image.url
        event.add("IMAGE", address, parameters={"VALUE": "URI", "DISPLAY": "FULLSIZE", **ours})
    topics = [tag.label for tag in document.accepted_tags if tag.type == "topic"]
    if words := list({label_key(word): word for word in (*topics, *document.categories)}.values()):
        event.add("CATEGORIES", words)


def _add_times(event: PropertyLines, document: EventDocument, clock: tzinfo, exceptions: Set[tuple[str, str]]) -> None:
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
    for place, rule in enumerate((document.rrule, *document.further_rrules)):
        if rule:
            event.add("RRULE", Verbatim(rule_written(rule, start, clock, is_first=not place)))
    exdates = [moment for one in document.exdates for moment in _times_off(document, one, clock)]
    _add_dates(event, "EXDATE", [one for one in exdates if (document.uid, format_recurrence_id(one)) not in exceptions])
    _add_dates(event, "RDATE", [alike(one, start, clock) for one in document.rdates])
    for period in document.periods:
        if isinstance(period.start, datetime) and isinstance(period.end, datetime):
            times = period.start.astimezone(UTC), period.end.astimezone(UTC)
            event.add("RDATE", [times], parameters={"VALUE": "PERIOD"})


def _times_off(document: EventDocument, exdate: Moment, clock: tzinfo) -> list[Moment]:
    """The times that an exception takes out: a plain day takes out all of a timed series on that day."""
    start = document.start
    assert start is not None
    if isinstance(exdate, datetime) or not isinstance(start, datetime):
        return [alike(exdate, start, clock)]
    if not any(by in document.rrule for by in _SEVERAL_A_DAY) and not document.further_rrules:
        return [alike(exdate, start, clock)]
    whole = replace(document, exdates=(), occurrences=())
    zone = clock if isinstance(clock, ZoneInfo) else ZoneInfo("UTC")
    found = occurrences(whole, exdate - timedelta(days=1), exdate + timedelta(days=1), zone)
    starts = [alike(one.start, start, clock) for one in found]
    return [moment for moment in starts if day_of(moment) == exdate]


def _add_dates(event: PropertyLines, property: str, moments: Sequence[Moment]) -> None:
    """One line a date: programs read that more reliably than a list."""
    for moment in moments:
        parameters = {} if isinstance(moment, datetime) else {"VALUE": "DATE"}
        event.add(property, moment, parameters=parameters)


def _written(moment: Moment, clock: tzinfo) -> Moment:
    return moment.astimezone(clock) if isinstance(moment, datetime) else moment


def _clock(document: EventDocument, zone: ZoneInfo) -> tzinfo:
    """The clock of an event, under the name that its VTIMEZONE has here."""
    return vtimezone_of(renamed(document.vtimezone)) if document.vtimezone else clock_of(document, zone)
