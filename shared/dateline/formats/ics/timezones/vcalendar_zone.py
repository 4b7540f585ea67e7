"""The clock of a vCalendar 1.0: TZ, the offset in winter, and DAYLIGHT, when summer time begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from dateline.domain.recurrence.vtimezone import VTimezone, fixed_offset, vtimezone_of, written_offset
from dateline.errors import InvalidInput
from dateline.formats.ics.date_texts import read_moment
from dateline.formats.ics.lines import Component

MOST_SUMMERS: Final = 50

_OFFSET: Final = re.compile(r"([+\u2212-]?)([0-9]{1,2})(?::?([0-9]{2}))?(?::?00)?", re.ASCII)
_NAME: Final = "vCalendar"


def vcalendar_clock(calendar: Component) -> VTimezone | None:
    """The clock of a calendar's local times; None where it says none. A summer that can't be read is left out."""
    winter = _offset(calendar.first("TZ"))
    if winter is None:
        return None
    summers = [one for line in calendar.all("DAYLIGHT")[:MOST_SUMMERS] if (one := list(_summer(line.value, winter)))]
    if not summers:
        return fixed_offset(winter, _NAME)
    first = ["BEGIN:STANDARD", "DTSTART:19700101T000000", *_offsets(winter, winter), "END:STANDARD"]
    try:
        return vtimezone_of("\n".join([f"TZID:{_NAME}", *first, *(line for one in summers for line in one)]))
    except InvalidInput:
        return fixed_offset(winter, _NAME)


def _summer(value: str, winter: timedelta) -> Iterator[str]:
    """The observances of ``TRUE;+02;20290325T020000;20291028T030000;CET;CEST``."""
    is_kept, offset, begin, end, *_ = [*(part.strip() for part in value.split(";")), "", "", "", ""]
    summer = _offset(offset)
    if is_kept.upper() != "TRUE" or summer is None:
        return
    try:
        begins, ends = _wall(begin, winter), _wall(end, summer)
    except ValueError:
        return
    yield from ("BEGIN:DAYLIGHT", f"DTSTART:{begins}", *_offsets(winter, summer), "END:DAYLIGHT")
    yield from ("BEGIN:STANDARD", f"DTSTART:{ends}", *_offsets(summer, winter), "END:STANDARD")


def _wall(text: str, offset: timedelta) -> str:
    """A time as the clock with ``offset`` shows it. Raises ``ValueError``."""
    moment = read_moment(text)
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None) + offset
    return f"{moment:%Y%m%dT%H%M%S}"


def _offsets(before: timedelta, after: timedelta) -> Iterator[str]:
    yield f"TZOFFSETFROM:{written_offset(before)}"
    yield f"TZOFFSETTO:{written_offset(after)}"


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip()[:20])
    if found is None or int(found[2]) > 15 or int(found[3] or 0) > 59:
        return timedelta() if text.strip().upper() == "Z" else None
    amount = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -amount if found[1] in ("-", "\u2212") else amount
