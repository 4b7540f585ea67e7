"""A RECURRENCE-ID: which time of its series an exception stands for (RFC 5545 section 3.8.4.4), as a key.

The key stays the same in whatever zone a calendar writes it: a plain date (2026-07-03), or a time in UTC
(2026-07-03T16:00:00Z).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

Moment = date | datetime


def format_recurrence_id(moment: Moment) -> str:
    """The key of a series' time: the start of one of its occurrences."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


def parse_recurrence_id(key: str) -> Moment:
    """The day or the aware time that a key names. Raises ``ValueError`` for a text that is no key."""
    return datetime.fromisoformat(key) if "T" in key else date.fromisoformat(key)
