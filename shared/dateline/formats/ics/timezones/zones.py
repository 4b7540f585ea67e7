"""Time zones of calendars: the rules of a VTIMEZONE as written, and the zone of the IANA database that agrees.

A TZID alone says little: programs write the rules of London under ``GMT``, those of New York under ``EST``, and rules
that a country gave up years ago under its zone's present name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from dateline.domain.recurrence.vtimezone import VTimezone, fixed_offset, vtimezone_of
from dateline.errors import InvalidInput
from dateline.formats.ics.lines import MOST_IN_NAME, Component
from dateline.formats.ics.timezones.vcalendar_zone import vcalendar_clock
from dateline.formats.ics.timezones.windows_zones import windows_name

SETTLED: Final = datetime(2010, 1, 1, tzinfo=UTC)
"""Most VTIMEZONEs say today's rules only: a series without end that began before may differ in its past."""
YEARS_COMPARED: Final = 10

_WELL_KNOWN: Final = (
    "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""Of zones with the same clocks these are named first: nobody knows that Grand Turk has New York's."""

_FAR: Final = datetime(2040, 1, 1, tzinfo=UTC)
"""Rules without end are compared till then: nobody knows what parliaments will do."""
_SAMPLE: Final = timedelta(days=7)
_PROPERTIES: Final = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE")
_MICROSOFT_UTC: Final = "tzone://microsoft/utc"
_OFFSET_NAME: Final = re.compile(
    r"\(?(?:UTC|GMT|Z)?([+\u2212-])([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?:[()].{0,200})?", re.IGNORECASE
)
_UTC_NAMES: Final = frozenset({_MICROSOFT_UTC, "z", "utc0", "gmt+-0", "coordinated universal time"})
_ABBREVIATIONS: Final[Mapping[str, str]] = {
    "cest": "CET", "edt": "EST5EDT", "cdt": "CST6CDT", "mdt": "MST7MDT", "pst": "PST8PDT", "pdt": "PST8PDT",
    "eest": "EET", "west": "WET", "msk": "Europe/Moscow", "mez": "CET", "mesz": "CET", "oez": "EET", "oesz": "EET",
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
    "acst": "Australia/Adelaide", "acdt": "Australia/Adelaide", "awst": "Australia/Perth", "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong",
    "sast": "Africa/Johannesburg", "us/pacific-new": "America/Los_Angeles",
}  # fmt: skip
"""Those that mean one zone, and that the IANA database doesn't have; CST, IST and BST mean several."""


class Clocks(Mapping[str, tzinfo]):
    """The clocks that a calendar's TZIDs mean (``KeyError`` for an unknown one), and that of times that name none."""

    def __init__(self, calendar: Component, newsroom: ZoneInfo) -> None:
        parts = [part for part in calendar.inner if part.name == "VTIMEZONE"]
        self._described = {_tidied(part.first("TZID")): part for part in parts}
        self._folded = {name.casefold(): part for name, part in self._described.items()}
        self._found: dict[str, tzinfo | None] = {}
        self.newsroom = newsroom
        default = self._get(calendar.first("X-WR-TIMEZONE")) or vcalendar_clock(calendar)
        self.default: tzinfo = newsroom if default is None else default

    def __getitem__(self, name: str) -> tzinfo:
        found = self._get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._described)

    def __len__(self) -> int:
        return len(self._described)

    def described(self) -> Iterator[tzinfo]:
        """The clocks of the calendar's VTIMEZONEs, one after the other."""
        yield from filter(None, (self._get(name) for name in self._described))

    def candidates(self, clock: VTimezone) -> Iterator[ZoneInfo]:
        """The zones of the IANA database that a VTIMEZONE says by its names."""
        part = self._described.get(clock.key)
        for name in (clock.key, part.first("X-LIC-LOCATION") if part else ""):
            if zone := zone_named(name):
                yield zone

    def _get(self, name: str) -> tzinfo | None:
        key = _tidied(name)
        if key not in self._found:
            part = self._described.get(key) or self._folded.get(key.casefold())
            own = _described(key, part) if part else None
            self._found[key] = self._agreeing(own) or own or zone_named(key) or _zone_of_offset(key)
        return self._found[key]

    def _agreeing(self, clock: VTimezone | None) -> ZoneInfo | None:
        """The named IANA zone that agrees with all that a VTIMEZONE knows; it knows what was before, too."""
        if clock is None:
            return None
        first = clock.onsets[0].replace(tzinfo=UTC)
        listed = not clock.endless and _changes(clock)
        last = max(clock.onsets[-1].replace(tzinfo=UTC), first) if listed else _FAR
        return next((zone for zone in self.candidates(clock) if agree(clock, zone, first, last)), None)


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone behind a TZID: its own name in any case (``US-Eastern`` too), one of Windows' names for it, or one
    behind a vendor's prefix (``/freeassociation.sourceforge.net/Tzfile/Europe/Berlin``)."""
    cleaned = _tidied(name).replace("\\/", "/").replace("\\", "").strip("/")
    if cleaned.casefold() in _UTC_NAMES:
        return ZoneInfo("UTC")
    parts = cleaned.split("/")
    vendors = len(parts) <= 8 and (name.strip().strip('"').startswith("/") or "." in parts[0])
    behind = ["/".join(parts[at:]) for at in range(1, len(parts))] if vendors else []
    return next((zone for one in (cleaned, *behind) if (zone := _any_name(one))), None)


def _any_name(name: str) -> ZoneInfo | None:
    """The zone of a name without a prefix."""
    folded = "_".join(name.casefold().split())
    for one in (folded, folded.replace("-", "/"), _ABBREVIATIONS.get(folded, "").casefold()):
        if found := _folded_names().get(one):
            return _zone(found)
    plain = " ".join(name.casefold().split())
    short = re.sub(r"(?: (?:standard|daylight|summer))?(?: time)?$", "", plain) + " standard time"
    windows = _windows_names().get(plain) or WINDOWS_TO_OLSON.get(windows_name(name)) or _windows_names().get(short, "")
    return _zone(windows) or _zone_of_cities(name)


def _zone_of_cities(name: str) -> ZoneInfo | None:
    """The zone of ``(GMT+01.00) Sarajevo/Warsaw/Zagreb``: that of a city in it which has this offset in winter."""
    found = _OFFSET_NAME.fullmatch(name)
    offset = _zone_of_offset(name)
    if found is None or offset is None:
        return None
    said = _offset(offset, SETTLED)
    for city in re.split(r"[,/;]", name[max(name.rfind(")"), found.end(2)) + 1 :]):
        zone = _zone(_cities().get("_".join(city.casefold().split()), ""))
        if zone and said in (_offset(zone, SETTLED), _offset(zone, SETTLED + timedelta(days=182))):
            return zone
    return None


def zone_of_series(clock: VTimezone, clocks: Clocks, first: datetime, last: datetime | None) -> ZoneInfo | None:
    """The IANA zone that tells the times of a series as ``clock`` does; None where there is none.

    The zone that the calendar names comes first, then the newsroom's, then any. ``last`` None is a series without end.
    """
    for zone in clocks.candidates(clock):
        low = first if last else max(first, SETTLED)
        if agree(clock, zone, low, last or _later(low)):
            return zone
    end = last or _later(first)
    for zone in (clocks.newsroom, *_likely(clock, first)):
        if agree(clock, zone, first, max(end, first + timedelta(days=366))):
            return zone
    return None


def zone_of_times(clock: VTimezone, clocks: Clocks, *times: datetime) -> ZoneInfo | None:
    """The IANA zone that the calendar names, where it tells these times as ``clock`` does."""
    named = clocks.candidates(clock)
    return next((zone for zone in named if all(_offset(zone, t) == _offset(clock, t) for t in times)), None)


def agree(clock: VTimezone, zone: tzinfo, first: datetime, last: datetime) -> bool:
    """Whether two clocks show the same from ``first`` to ``last``, or for as long as a list of changes reaches."""
    low, high = first.astimezone(UTC), min(last.astimezone(UTC), _known_until(clock, first))
    moments = [low + step * _SAMPLE for step in range(max(1, (high - low) // _SAMPLE + 1))]
    for onset in clock.onsets:
        at = onset.replace(tzinfo=UTC)
        if low < at <= high:
            moments += [at - timedelta(seconds=1), at]
    return all(_offset(clock, moment) == _offset(zone, moment) for moment in moments)


def _changes(clock: VTimezone) -> bool:
    """Whether a VTIMEZONE lists changes of the clocks. One that has a single offset says so of all times to come."""
    return len({_offset(clock, onset.replace(tzinfo=UTC)) for onset in clock.onsets}) > 1


def _known_until(clock: VTimezone, first: datetime) -> datetime:
    """How far a VTIMEZONE knows the clocks: one without a rule ends with its last change, if that is still to come."""
    far = datetime(9000, 1, 1, tzinfo=UTC)
    if clock.endless:
        return far
    last = clock.onsets[-1].replace(tzinfo=UTC)
    return last if last > first and len(clock.onsets) > 1 else far


def _later(when: datetime) -> datetime:
    return when.astimezone(UTC) + timedelta(days=366 * YEARS_COMPARED)


def _likely(clock: VTimezone, first: datetime) -> Iterator[ZoneInfo]:
    """Zones with the offsets that a clock has half a year apart: those that are so always, then Windows'."""
    moments = [first.astimezone(UTC) + timedelta(days=days) for days in (0, 91, 182, 273)]
    offsets = [_offset(clock, moment) for moment in moments]
    hours = offsets[0] / timedelta(hours=1)
    names = [f"Etc/GMT{-int(hours):+d}"] if hours == int(hours) and len(set(offsets)) == 1 else []
    for name in dict.fromkeys([*names, *_WELL_KNOWN, *sorted(set(WINDOWS_TO_OLSON.values()))]):
        zone = _zone(name)
        if zone and [_offset(zone, moment) for moment in moments] == offsets:
            yield zone


def _described(key: str, component: Component) -> VTimezone | None:
    """The clock of a VTIMEZONE; None where it says no offset that can be read."""
    lines = [f"TZID:{key}"]
    for part in component.inner:
        if part.name in ("STANDARD", "DAYLIGHT"):
            lines += [f"BEGIN:{part.name}", *_said(part), f"END:{part.name}"]
    try:
        return vtimezone_of("\n".join(lines))
    except InvalidInput:
        return None


def _said(part: Component) -> Iterator[str]:
    for line in part.lines:
        value = line.value.strip()
        if line.name == "RDATE":
            yield from (f"RDATE:{one.partition('/')[0].strip()}" for one in value.split(",") if one.strip())
        elif line.name in _PROPERTIES and value:
            yield f"{line.name}:{value.rstrip(';')}"


def _zone_of_offset(name: str) -> tzinfo | None:
    """The clock of a name such as GMT+01:00, +0300 or ``GMT+0100 (CET)``, which no zone has: east of Greenwich is +, as
    people write it."""
    found = _OFFSET_NAME.fullmatch(name.replace(" ", ""))
    if found is None or int(found[2]) > 15 or int(found[3] or 0) > 59:
        return None
    amount = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return fixed_offset(amount if found[1] == "+" else -amount, name)


def _tidied(name: str) -> str:
    """A TZID as names are compared; a longer one than any zone has is none."""
    return name.strip().strip('"').strip() if len(name) <= MOST_IN_NAME else ""


def _offset(zone: tzinfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    if name not in _names():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime", "posixrules"})


@cache
def _folded_names() -> Mapping[str, str]:
    return {name.casefold(): name for name in sorted(_names())}


@cache
def _windows_names() -> Mapping[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> Mapping[str, str]:
    """The last part of each zone's name, as it is compared -> the zone."""
    return {name.rpartition("/")[2].casefold(): name for name in sorted(_names()) if name.count("/") == 1}
