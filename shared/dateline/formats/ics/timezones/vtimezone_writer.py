"""VTIMEZONE as it is written: the changes of a zone's clocks, or the rules that a calendar brought."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vText
from icalendar.parser import Parameters

from dateline.domain.recurrence.effort import check_effort

_STEP: Final = timedelta(days=7)
"""No zone changes its clocks twice within so short a time and is back where it was, but for a few before 1950."""
_NO_CHANGE_BEFORE: Final = datetime(1800, 1, 1, tzinfo=UTC)
"""The IANA database knows no change of clocks before the middle of the nineteenth century."""
_YEARS: Final = (2, 9998)
"""Each instant of these years can be told in every zone."""


@lru_cache(maxsize=1024)
def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of an IANA zone (RFC 5545 section 3.6.5): each change of clocks of the years given.

    Onsets are in the local time before the change, as the standard wants them; ``Timezone.from_tzid`` of icalendar 7.3
    gives them in the time after it. Years at the ends of the calendar, which have no room for an offset, are left out.
    """
    zone = ZoneInfo(name)
    begin = datetime(max(first_year, _YEARS[0]), 1, 1, tzinfo=UTC)
    end = datetime(min(last_year, _YEARS[1]) + 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, max(begin, _NO_CHANGE_BEFORE), end))
    component = Timezone()
    component.add("TZID", name)
    component.add_component(_observance(zone, begin.astimezone(zone).utcoffset(), [begin]))
    grouped: dict[tuple[timedelta | None, timedelta | None, str | None, timedelta | None], list[datetime]] = {}
    for change in changes:
        local, before = change.astimezone(zone), (change - timedelta(seconds=1)).astimezone(zone)
        grouped.setdefault((before.utcoffset(), local.utcoffset(), local.tzname(), local.dst()), []).append(change)
    for (offset_before, *_), moments in grouped.items():
        component.add_component(_observance(zone, offset_before, moments))
    return component


def _observance(
    zone: ZoneInfo, offset_from: timedelta | None, moments: list[datetime]
) -> TimezoneStandard | TimezoneDaylight:
    local = moments[0].astimezone(zone)
    before = offset_from or timedelta()
    onsets = [(moment + before).replace(tzinfo=None) for moment in moments]
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", local.utcoffset())
    part.add("TZNAME", local.tzname())
    part.add("DTSTART", onsets[0])
    for onset in onsets[1:]:
        part.add("RDATE", onset)  # a line each: ical.js reads no more than the first of a list
    return part


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the zone's offset or name changes."""
    low, before = begin, _state(zone, begin)
    while low < end:
        check_effort()
        high = low + _STEP
        after = _state(zone, high)
        if before != after:
            yield _change(zone, low, high)
        low, before = high, after


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if _state(zone, middle) == _state(zone, low):
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None, timedelta | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname(), local.dst()


def renamed(text: str) -> str:
    """The text of a clock that a calendar brought, under a name that no other zone has.

    A calendar may bring rules of its own under the name of a zone whose rules another event here stands on.
    """
    name, _, rules = text.partition("\n")
    return f"{name} {hashlib.sha256(rules.encode()).hexdigest()[:8]}\n{rules}"


def vtimezone_as_read(text: str) -> Timezone:
    """The VTIMEZONE of a clock that a calendar brought (``domain.recurrence.vtimezone``), renamed.

    It is put together here: read by icalendar, its rules would be worked out and kept for the whole process.
    """
    component = Timezone()
    name, *lines = renamed(text).split("\n")
    component.add("TZID", name.removeprefix("TZID:"))
    part: TimezoneStandard | TimezoneDaylight = TimezoneStandard()
    for line in lines:
        property, _, value = line.partition(":")
        if property == "BEGIN":
            part = TimezoneDaylight() if value == "DAYLIGHT" else TimezoneStandard()
            component.add_component(part)
        elif property != "END":
            part.add(property, vText(value) if property == "TZNAME" else _Said(value), encode=False)
    return component


class _Said(str):
    """A value that is written as it stands."""

    params: ClassVar[Parameters] = Parameters()

    def to_ical(self) -> bytes:
        return self.encode()
