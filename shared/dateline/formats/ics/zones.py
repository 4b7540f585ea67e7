"""Time zones of calendars: whichever name a program gave them, as one of the IANA database; and as VTIMEZONE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from dateline.formats.ics.lines import Component

Offsets = tuple[timedelta, timedelta]

_STEP: Final = timedelta(days=7)
"""No zone changes its clocks twice within so short a time and is back where it was, but for a few before 1950."""


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone behind a TZID: its own name, Windows' name for it, or one behind a vendor's prefix."""
    cleaned = name.strip().strip('"').strip("/")
    candidates = [cleaned, WINDOWS_TO_OLSON.get(cleaned, "")]
    parts = cleaned.split("/")
    candidates += ["/".join(parts[at:]) for at in range(1, len(parts))] if name.strip().startswith("/") else []
    return next((zone for candidate in candidates if (zone := _zone(candidate))), None)


def zone_described(component: Component, newsroom: ZoneInfo) -> ZoneInfo | None:
    """The IANA zone that a VTIMEZONE means: by its names, else by its present offsets, the newsroom's own first."""
    for name in (component.first("TZID"), component.first("X-LIC-LOCATION")):
        if name and (zone := zone_named(name)):
            return zone
    offsets = _offsets_of(component)
    if offsets is None:
        return None
    if _offsets(newsroom.key) == offsets:
        return newsroom
    fixed = [offsets[0]] if offsets[0] == offsets[1] else []
    names = [f"Etc/GMT{-int(one / timedelta(hours=1)):+d}" for one in fixed if one % timedelta(hours=1) == timedelta()]
    names += sorted(set(WINDOWS_TO_OLSON.values()))
    return next((_zone(name) for name in names if _zone(name) and _offsets(name) == offsets), None)


def _zone(name: str) -> ZoneInfo | None:
    if name not in _names():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _offsets(name: str) -> Offsets:
    """The offsets of winter and summer of a year that is typical for now."""
    zone = ZoneInfo(name)
    january, july = (datetime(2026, month, 15, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7))
    return january, july


def _offsets_of(component: Component) -> Offsets | None:
    """The same of a VTIMEZONE: the newest standard and daylight offsets; daylight in summer, north or south."""
    newest: dict[str, tuple[str, timedelta, int]] = {}
    for part in component.inner:
        offset, start = _offset(part.first("TZOFFSETTO")), part.first("DTSTART")
        if offset is None or not start[:8].isdigit():
            return None
        if part.name not in newest or newest[part.name][0] < start:
            newest[part.name] = (start, offset, int(_month(part.first("RRULE")) or start[4:6]))
    if "STANDARD" not in newest:
        return None
    _, standard, _ = newest["STANDARD"]
    _, daylight, month = newest.get("DAYLIGHT", ("", standard, 3))
    return (standard, daylight) if month < 7 else (daylight, standard)


def _month(rule: str) -> str:
    found = dict(part.partition("=")[::2] for part in rule.upper().split(";")).get("BYMONTH", "")
    return found if found.isdecimal() else ""


def _offset(text: str) -> timedelta | None:
    digits = text[1:]
    if text[:1] not in ("+", "-") or not digits.isdecimal() or len(digits) not in (4, 6):
        return None
    amount = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return amount if text[0] == "+" else -amount


# --- writing -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of an IANA zone (RFC 5545 section 3.6.5): each change of clocks of the years given.

    Onsets are in the local time before the change, as the standard wants them; ``Timezone.from_tzid`` of icalendar 7.3
    gives them in the time after it.
    """
    zone = ZoneInfo(name)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, begin, datetime(last_year + 1, 1, 1, tzinfo=UTC)))
    component = Timezone()
    component.add("TZID", name)
    component.add_component(_observance(zone, begin, begin.astimezone(zone).utcoffset(), [begin]))
    grouped: dict[tuple[object, ...], list[datetime]] = {}
    for change in changes:
        local, before = change.astimezone(zone), (change - timedelta(seconds=1)).astimezone(zone)
        grouped.setdefault((before.utcoffset(), local.utcoffset(), local.tzname(), local.dst()), []).append(change)
    for moments in grouped.values():
        before_first = (moments[0] - timedelta(seconds=1)).astimezone(zone).utcoffset()
        component.add_component(_observance(zone, moments[0], before_first, moments))
    return component


def _observance(
    zone: ZoneInfo, first: datetime, offset_from: timedelta | None, moments: list[datetime]
) -> TimezoneStandard | TimezoneDaylight:
    local = first.astimezone(zone)
    before = offset_from or timedelta()
    onsets = [(moment + before).replace(tzinfo=None) for moment in moments]
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", local.utcoffset())
    part.add("TZNAME", local.tzname())
    part.add("DTSTART", onsets[0])
    if onsets[1:]:
        part.add("RDATE", onsets[1:])
    return part


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the zone's offset or name changes."""
    low = begin
    while low < end:
        high = low + _STEP
        if _state(zone, low) != _state(zone, high):
            yield _change(zone, low, high)
        low = high


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if _state(zone, middle) == _state(zone, low):
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _state(zone: ZoneInfo, moment: datetime) -> Mapping[str, object]:
    local = moment.astimezone(zone)
    return {"offset": local.utcoffset(), "name": local.tzname(), "dst": local.dst()}
