"""How an event recurs, as ninjs can say it: which is little.

``recurrenceRules`` know a frequency, an interval and an end, and the schema lets no ``recurrenceDates`` be valid. So
all that a series is stands in a description of the role ``recurrence`` as well, in the properties of RFC 5545.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Event
from dateline.domain.recurrence.recurring import is_recurring
from dateline.domain.recurrence.rrule import parse_rule
from dateline.formats.ics.reader import read_calendar
from dateline.formats.ics.writing.vevent import vevent

ROLE: Final = "recurrence"
MEDIA_TYPE: Final = "text/calendar"
_TIMES: Final = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE")
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_SAYABLE: Final = frozenset({"FREQ", "INTERVAL", "UNTIL", "COUNT"})
_MOST: Final = 100_000


def recurrence_text(event: EventDocument, zone: ZoneInfo) -> str:
    """When a series takes place, a property a line; "" for what takes place once on the newsroom's clock, and for a
    clock that no zone has: ninjs knows offsets only."""
    if event.vtimezone or not (is_recurring(event) or event.timezone not in ("", zone.key)):
        return ""
    lines = _FOLD.sub("", vevent(event, "", zone, frozenset()).to_ical().decode()).splitlines()
    return "\n".join(line for line in lines if _named(line))


def recurrence_rules(event: EventDocument) -> list[dict[str, Any]]:
    """The rule of a series that ninjs can say; nothing where it would say something else."""
    parts = dict(part.split("=", 1) for part in event.rrule.upper().split(";") if "=" in part)
    besides = event.exdates or event.rdates or event.periods or event.further_rrules
    if not parts or besides or not set(parts) <= _SAYABLE:
        return []
    rule: dict[str, Any] = {"frequency": parts["FREQ"].lower()}
    rule |= {name.lower(): int(parts[name]) for name in ("INTERVAL", "COUNT") if name in parts}
    until = parse_rule(event.rrule).until
    if until is not None:
        moment = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
        rule["until"] = (moment if moment.tzinfo else moment.replace(tzinfo=_zone(event))).astimezone(UTC).isoformat()
    return [rule]


def series_of(text: str, zone: ZoneInfo) -> Event | None:
    """An event that has the times which ``recurrence_text`` says; None where they can't be read."""
    lines = [line for line in _FOLD.sub("", text[:_MOST]).splitlines() if _named(line)]
    calendar = "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:ninjs", "SUMMARY:x", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    )
    read = read_calendar(calendar.encode(), zone)
    return read[0].event if read else None


def rrule_of(rule: dict[str, Any]) -> str:
    """A rule of ``recurrenceRules`` as an RRULE."""
    parts = [f"FREQ={rule.get('frequency', '').upper()}"]
    parts += [f"{name.upper()}={rule[name]}" for name in ("interval", "count") if name in rule]
    if "until" in rule:
        until = datetime.fromisoformat(rule["until"].upper()).astimezone(UTC)
        parts.append(f"UNTIL={until:%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def _named(line: str) -> bool:
    return re.split("[;:]", line, maxsplit=1)[0].upper() in _TIMES


def _zone(event: EventDocument) -> ZoneInfo:
    return ZoneInfo(event.timezone or "UTC")
