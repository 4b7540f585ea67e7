"""What somebody promised, as a calendar of one's own: each coverage is an entry at the time when it is due.

An event (VEVENT) and no to-do: most programs that subscribe to calendars don't show VTODO.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline import __version__
from dateline.domain.coverage import Coverage
from dateline.formats.ics.writing.property_lines import PropertyLines

REFRESH: Final = timedelta(hours=1)
_LASTS: Final = timedelta(minutes=30)
_BEGINNINGS: Final = {"filed": "Filed: ", "dropped": "Dropped: "}


def write_promises(coverages: Sequence[Coverage], *, base_url: str, name: str, zone: ZoneInfo) -> bytes:
    """The calendar of ``coverages``, called ``name``. ``base_url`` is the desk's address.

    What has no time when it is due lasts all day. What was dropped is CANCELLED, so that it goes from a calendar that
    has it (RFC 5545 section 3.8.1.11). The same coverages give the same bytes.
    """
    calendar = PropertyLines("VCALENDAR")
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Dateline//Dateline {__version__}//EN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", zone.key)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    for one in coverages:
        calendar.add_component(_entry(one, base_url.rstrip("/")))
    return calendar.to_ical()


def _entry(coverage: Coverage, base_url: str) -> PropertyLines:
    entry = PropertyLines("VEVENT")
    entry.add("UID", f"coverage-{coverage.id}@{urlsplit(base_url).hostname or 'localhost'}")
    entry.add("DTSTAMP", coverage.changed_at.astimezone(UTC))
    entry.add("LAST-MODIFIED", coverage.changed_at.astimezone(UTC))
    entry.add("SEQUENCE", coverage.revision - 1)
    if coverage.due_at:
        entry.add("DTSTART", (coverage.due_at - _LASTS).astimezone(UTC))
        entry.add("DTEND", coverage.due_at.astimezone(UTC))
    else:
        entry.add("DTSTART", coverage.day)
        entry.add("DTEND", coverage.day + timedelta(days=1))
    entry.add("SUMMARY", f"{_BEGINNINGS.get(coverage.state, 'Due: ')}{coverage.title} ({coverage.form})")
    if said := "\n\n".join(filter(None, (coverage.note, coverage.reason))):
        entry.add("DESCRIPTION", said)
    entry.add("URL", f"{base_url}/plan?day={coverage.day.isoformat()}")
    entry.add("STATUS", "CANCELLED" if coverage.state == "dropped" else "CONFIRMED")
    entry.add("TRANSP", "TRANSPARENT")
    return entry
