"""Date-times as programs write them (ISO 8601), and as they may go out (RFC 3339 section 5.6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

_LEAP_SECOND: Final = re.compile(r"(?<=[Tt ])(\d\d:\d\d:|\d{4})60(?=\D|$)", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(?<=[Tt ])24(?=(?::?00){0,2}(?:[.,]0+)?(?:[Zz+-]|$))", re.ASCII)
_FRACTION: Final = re.compile(r"(?<=[Tt ])(\d\d(?::?\d\d)?)[.,](\d{1,9})\d*(?=[Zz+-])", re.ASCII)
"""A fraction of the hour or minute, the lowest part that is written (ISO 8601-1 section 5.3.1.4)."""
_MINUS: Final = "\u2212"
"""What ISO 8601 calls minus; a hyphen may stand for it (ISO 8601-1 section 3.2.1)."""
_SHAPE: Final = re.compile(
    r"[0-9W-]{7,10}[Tt ]\d\d(?::\d\d(?::\d\d)?|\d\d(?:\d\d)?)?(?:[.,]\d{1,60})?"
    rf"(?:[Zz]|[+{_MINUS}-]\d\d(?::[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,60}})?)?|[0-5]\d(?:[0-5]\d(?:[.,]\d{{1,60}})?)?)?)",
    re.ASCII,
)
"""``fromisoformat`` also takes a colon or a point that nothing follows, half a minute (``101Z``), and offsets with
minutes above 59 or with parts of hours."""


def read_timestamp(text: str) -> datetime:
    """The aware time that ``text`` says: every form of ISO 8601 that ``datetime.fromisoformat`` reads, with an offset;
    a leap second is the second after it, 24:00 the next day's midnight, and a fraction one of what stands before it.
    A minus may be the sign U+2212. Ordinal dates (``2026-321``) are not read, nor is any separator but T and a space.

    An offset of seconds, which RFC 3339 has no form for, becomes UTC. Raises ``ValueError`` for anything else, and for
    what lies outside the years 1 to 9999.
    """
    if not _SHAPE.fullmatch(text):
        raise ValueError(f"{text!r} is no ISO 8601 date-time with an offset")
    text = text.replace(_MINUS, "-")
    later, is_leap = timedelta(), _LEAP_SECOND.search(text) is not None
    if _MIDNIGHT.search(text):
        later = timedelta(days=1)
        text = _MIDNIGHT.sub("00", text)
    if fraction := _FRACTION.search(text):
        unit = timedelta(hours=1) if len(fraction[1]) == 2 else timedelta(minutes=1)
        text, later = _FRACTION.sub(r"\g<1>", text), later + unit * int(fraction[2]) / 10 ** len(fraction[2])
    elif is_leap:
        text, later = _LEAP_SECOND.sub(r"\g<1>59", text), timedelta(seconds=1)
    moment = datetime.fromisoformat(text.upper().replace(",", "."))
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    try:
        if is_leap and moment.astimezone(UTC).strftime("%H:%M") != "23:59":
            raise ValueError(f"{text!r}: leap seconds end a day of UTC")
        return with_whole_offset(moment + later)
    except OverflowError:
        raise ValueError(f"{text!r} lies outside the years 1 to 9999") from None


def with_whole_offset(moment: datetime) -> datetime:
    """``moment``, in UTC where its offset isn't whole minutes (local mean time, before zones were kept)."""
    offset = moment.utcoffset() or timedelta()
    return moment if offset % timedelta(minutes=1) == timedelta() else moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """An aware time as RFC 3339 writes it."""
    return with_whole_offset(moment).isoformat()


def day_or_rfc3339(when: date | datetime) -> str:
    """A plain day (RFC 3339's full-date), or an aware time as RFC 3339 writes it."""
    return rfc3339(when) if isinstance(when, datetime) else when.isoformat()
