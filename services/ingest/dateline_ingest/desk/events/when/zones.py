"""Time zones by their names or cities; and what a change of clocks does to a time on a wall clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from dateline.errors import InvalidInput

MOST: Final = 20
_NO_PLACES: Final = re.compile(r"(?:Etc|SystemV|posix|right)/|localtime|Factory|[A-Z0-9+-]+$|posixrules")
"""Zones that are no places."""

Change = Literal["", "left out", "twice"]


def zone_called(name: str) -> ZoneInfo:
    """The zone of an IANA name ('Europe/Minsk') or of a city's ('Minsk'), in any case. Raises ``InvalidInput``."""
    if name in available_timezones():  # one that is no place too, as other programs write them
        return ZoneInfo(name)
    wanted = _plain(name)
    keys = [key for key in _keys() if _plain(key) == wanted] or [
        key for key in _keys() if _plain(city_of(key)) == wanted
    ]
    if len(keys) == 1:
        return ZoneInfo(keys[0])
    if not keys:
        near = zones_matching(name)[:3]
        raise InvalidInput(f"{name[:60]!r} is no time zone." + (f" Is it {' or '.join(near)}?" if near else ""))
    raise InvalidInput(f"{name[:60]!r} may be {' or '.join(keys[:5])}.")


def zones_matching(typed: str) -> list[str]:
    """IANA names in which what was typed stands; those of whose city it is the beginning first."""
    wanted = _plain(typed)
    found = [key for key in _keys() if wanted in _plain(key)]
    return sorted(found, key=lambda key: (not _plain(city_of(key)).startswith(wanted), key))[:MOST]


def city_of(key: str) -> str:
    """'New York' of America/New_York."""
    return key.rpartition("/")[2].replace("_", " ")


def offset_in_words(moment: datetime) -> str:
    """'UTC+03:00': what the clock of ``moment`` is ahead of UTC then."""
    offset = f"{moment:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"


def clock_in_words(clock: tzinfo, moment: datetime) -> str:
    """'Minsk time (UTC+03:00)'; the offset alone of a clock that is no place's."""
    offset = offset_in_words(moment.astimezone(clock))
    return f"{city_of(clock.key)} time ({offset})" if isinstance(clock, ZoneInfo) else offset


def change_at(wall: datetime, clock: tzinfo) -> Change:
    """Whether a naive time on ``clock`` is left out by a change of clocks, or comes twice."""
    first, second = wall.replace(tzinfo=clock, fold=0), wall.replace(tzinfo=clock, fold=1)
    if first.utcoffset() == second.utcoffset():
        return ""
    there = first.astimezone(UTC).astimezone(clock).replace(tzinfo=None, fold=0)
    return "twice" if there == wall else "left out"


def change_in_words(wall: datetime, clock: tzinfo) -> str:
    """What is said of a time that a change of clocks leaves out or doubles; "" of any other."""
    match change_at(wall, clock):
        case "left out":
            later = wall.replace(tzinfo=clock).astimezone(UTC).astimezone(clock)
            return f"The clocks skip {wall:%H:%M} on {_day(wall.date())}: it takes place at {later:%H:%M}."
        case "twice":
            first = wall.replace(tzinfo=clock, fold=0)
            return (
                f"{wall:%H:%M} comes twice on {_day(wall.date())}: the first one is meant ({offset_in_words(first)})."
            )
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


@cache
def _keys() -> tuple[str, ...]:
    return tuple(sorted(key for key in available_timezones() if key == "UTC" or not _NO_PLACES.match(key)))
