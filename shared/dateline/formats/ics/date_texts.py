"""A date or a time of a calendar, read as programs write it: 20290310, 20290310T090000Z, and what is near them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from icalendar import vDuration

from dateline.domain.recurrence.moments import Moment
from dateline.schemas.fields import YEARS

_MOMENT: Final = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:[.,][0-9]{1,9})?|T)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_DAYS: Final = re.compile(r"([0-9]{1,6})([WD])")
MOST_DURATION: Final = timedelta(days=36_600)


def read_moment(text: str) -> Moment:
    """A date, a naive time, or one with the offset that it says.

    Seconds and signs may be missing or too many; a date with ``Z`` after it is a date (Google's birthdays), 24:00 is
    the midnight that follows. Raises ``ValueError``; for a year that no event has too.
    """
    found = _MOMENT.fullmatch(text.strip()[:60])
    if found is None:
        raise ValueError(f"{text[:40]!r} is no date or time of RFC 5545.")
    year, month, day, hour, minute, second, offset = found.groups()
    if not YEARS[0] <= int(year) <= YEARS[1]:
        raise ValueError(f"{text[:40]!r} must lie in the years {YEARS[0]} to {YEARS[1]}.")
    try:
        when = date(int(year), int(month), int(day))
        if hour is None:
            return when
        later = timedelta(days=1) if (hour, minute, second or "00") == ("24", "00", "00") else timedelta()
        wall = datetime(when.year, when.month, when.day, int(hour) % 24 if later else int(hour), int(minute),
                        min(int(second or 0), 59)) + later  # fmt: skip
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no date or time that exists.") from None
    return wall.replace(tzinfo=_zone(offset.upper())) if offset else wall


def read_duration(text: str) -> tuple[timedelta, timedelta]:
    """A duration's weeks and days, and the rest: P1D is a day of the calendar, PT24H are 24 hours (RFC 5545 section
    3.3.6). Raises ``ValueError`` for one that is negative, or longer than a lifetime."""
    given = text.strip().upper()[:60]
    try:
        found: timedelta = vDuration.from_ical(given)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:40]!r} is no duration of RFC 5545.") from None
    if not timedelta() <= found < MOST_DURATION:
        raise ValueError("A duration must not be negative, nor longer than a lifetime.")
    days = timedelta(days=sum(int(number) * (7 if unit == "W" else 1) for number, unit in _DAYS.findall(given)))
    return days, found - days


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    amount = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(amount if offset[0] == "+" else -amount)
