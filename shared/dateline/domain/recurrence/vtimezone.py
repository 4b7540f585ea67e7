"""A clock of a calendar's own: the rules of a VTIMEZONE (RFC 5545 section 3.6.5) as a ``tzinfo``.

Kept as text beside the events that recur on it, since no zone of the IANA database has its offsets. A time that a
change leaves out, or that comes twice, is read as a ``ZoneInfo`` reads it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final

from dateline.domain.recurrence.rrule import Rule, parse_rule
from dateline.domain.recurrence.rrule_expansion import matches
from dateline.errors import InvalidInput

MOST_OBSERVANCES: Final = 200
MOST_RULES: Final = 20
"""Each rule is worked out for every year; a zone's whole history has a dozen."""
MOST_ONSETS: Final = 2_000
MOST_CHARACTERS: Final = 20_000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Rules are worked out within these years; before and after them the nearest offset holds."""

_OFFSET: Final = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_WALL: Final = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


@dataclass(frozen=True, slots=True)
class _Onset:
    """A change of the clocks: when (in UTC, naive), and what holds from then."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


class VTimezone(tzinfo):
    """A zone by its VTIMEZONE. ``text`` holds TZID and observances, a property a line; made by ``vtimezone_of``."""

    def __init__(self, text: str) -> None:
        self.text = text
        header, *_ = text.split("\n", 1)
        self.key = header.removeprefix("TZID:")
        rules = _rules(text)
        onsets = _onsets(text)
        if not onsets:
            raise InvalidInput("A VTIMEZONE needs an observance with DTSTART, TZOFFSETFROM and TZOFFSETTO.")
        self.endless = any(rule.until is None and rule.count is None for rule in rules)
        self._onsets = onsets
        self._utc = [onset.at for onset in onsets]
        self._walls = (
            [onset.at + max(onset.before, onset.after) for onset in onsets],
            [onset.at + min(onset.before, onset.after) for onset in onsets],
        )

    @property
    def onsets(self) -> list[datetime]:
        """The changes of the clocks that are known, in UTC and naive, ascending."""
        return self._utc

    def utcoffset(self, when: datetime | None) -> timedelta:
        """The offset at a local time; by its first change before any of them."""
        place = -1 if when is None else self._place(when)
        return self._onsets[place].after if place >= 0 else self._onsets[0].before

    def dst(self, when: datetime | None) -> timedelta:
        """An hour within DAYLIGHT; how much it is no calendar says."""
        place = -1 if when is None else self._place(when)
        return timedelta(hours=1) if place >= 0 and self._onsets[place].daylight else timedelta()

    def tzname(self, when: datetime | None) -> str:
        """The observance's TZNAME, else the zone's own name."""
        place = -1 if when is None else self._place(when)
        return (self._onsets[place].name if place >= 0 else "") or self.key

    def fromutc(self, when: datetime) -> datetime:
        """The local time of a UTC one."""
        utc = when.replace(tzinfo=None)
        place = bisect_right(self._utc, utc) - 1
        if place < 0:
            return when + self._onsets[0].before
        onset = self._onsets[place]
        return (when + onset.after).replace(fold=int(utc - onset.at < onset.before - onset.after))

    def __repr__(self) -> str:
        return f"VTimezone({self.key!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return vtimezone_of, (self.text,)

    def _place(self, when: datetime) -> int:
        return bisect_right(self._walls[when.fold], when.replace(tzinfo=None, fold=0)) - 1


@lru_cache(maxsize=128)
def vtimezone_of(text: str) -> VTimezone:
    """The zone of a VTIMEZONE's text: ``TZID:…``, then BEGIN:STANDARD or BEGIN:DAYLIGHT with DTSTART, TZOFFSETFROM,
    TZOFFSETTO, and TZNAME, RRULE and RDATE where there are any, END:….

    Raises ``InvalidInput`` for one that says no offset, or says too much.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput("A VTIMEZONE is longer than that of any zone.")
    return VTimezone(text)


def fixed_offset(offset: timedelta, name: str) -> VTimezone:
    """The zone that is always ``offset`` away from UTC."""
    said = written_offset(offset)
    lines = ("BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{said}", f"TZOFFSETTO:{said}", "END:STANDARD")
    return vtimezone_of("\n".join((f"TZID:{name}", *lines)))


def written_offset(offset: timedelta) -> str:
    """A UTC-OFFSET of whole minutes, as ``read_offset`` reads it."""
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def read_offset(text: str) -> timedelta:
    """A UTC-OFFSET (RFC 5545 section 3.3.14). Raises ``InvalidInput``."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(f"{text[:20]!r} is no offset from UTC.")
    sign, hours, minutes, seconds = found.groups()
    amount = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    if amount >= timedelta(hours=24):
        raise InvalidInput(f"{text[:20]!r} is no offset from UTC.")
    return amount if sign == "+" else -amount


def _observances(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """STANDARD or DAYLIGHT, with the properties of each."""
    properties: list[tuple[str, str]] = []
    for line in text.split("\n")[1:]:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            properties = []
        elif name == "END":
            yield value, properties
        else:
            properties.append((name, value))


def _rules(text: str) -> list[Rule]:
    found = [parse_rule(value) for _, lines in _observances(text) for name, value in lines if name == "RRULE"]
    if len(found) > MOST_RULES:
        raise InvalidInput(f"A VTIMEZONE has at most {MOST_RULES} rules.")
    return found


def _onsets(text: str) -> list[_Onset]:
    """The changes of the clocks, by time, each once."""
    observances = list(islice(_observances(text), MOST_OBSERVANCES + 1))
    if len(observances) > MOST_OBSERVANCES:
        raise InvalidInput(f"A VTIMEZONE has at most {MOST_OBSERVANCES} observances.")
    named = (onset for kind, lines in observances for onset in _onsets_of(kind, lines))
    found = list(islice(named, MOST_ONSETS + 1))  # no more is worked out than is needed to know that it is too much
    if len(found) > MOST_ONSETS:
        raise InvalidInput(f"A VTIMEZONE has at most {MOST_ONSETS} changes of the clocks.")
    return [next(same) for _, same in groupby(sorted(found, key=lambda onset: onset.at), key=lambda onset: onset.at)]


def _onsets_of(kind: str, lines: list[tuple[str, str]]) -> Iterator[_Onset]:
    """The changes into an observance. DTSTART and RDATE are told on the clock before the change."""
    said = dict(lines)
    if not {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= said.keys():
        raise InvalidInput("An observance needs DTSTART, TZOFFSETFROM and TZOFFSETTO.")
    before, after = read_offset(said["TZOFFSETFROM"]), read_offset(said["TZOFFSETTO"])
    start = _local(said["DTSTART"], before)
    walls = {start, *(_local(value, before) for name, value in lines if name == "RDATE")}
    for name, value in lines:
        if name == "RRULE":
            walls.update(_yearly(parse_rule(value), start, before))
    for wall in walls:
        yield _Onset(wall - before, before, after, said.get("TZNAME", ""), kind == "DAYLIGHT")


def _yearly(rule: Rule, start: datetime, before: timedelta) -> Iterator[datetime]:
    """The rule's onsets within the years that are worked out; UNTIL is told in UTC (RFC 5545 section 3.6.5)."""
    if rule.freq != "YEARLY":
        raise InvalidInput("The rules of a VTIMEZONE recur every year.")
    low = max(start, datetime(FIRST_YEAR, 1, 1))
    until = rule.until
    high = datetime(LAST_YEAR, 1, 1)
    if isinstance(until, datetime):
        high = min(high, until.replace(tzinfo=None) + (before if until.tzinfo else timedelta()))
    elif until is not None:
        high = min(high, datetime(until.year, until.month, until.day, 23, 59, 59))
    for taken, wall in enumerate(matches(rule, start, start if rule.count else low, high)):
        if taken >= (rule.count or MOST_ONSETS + 1):
            return
        if low <= wall <= high:
            yield wall


def _local(value: str, before: timedelta) -> datetime:
    """An onset on the clock before it; some programs write it in UTC, or as a date. Years before 1600 are 1600."""
    found = _WALL.fullmatch(value.strip())
    try:
        if found is None:
            raise ValueError
        day, time, utc = found.groups()
        year = max(int(day[:4]), 1600)
        wall = datetime.strptime(f"{year:04}{day[4:]}{time or '000000'}", "%Y%m%d%H%M%S")
    except ValueError:
        raise InvalidInput(f"{value[:40]!r} is no time of RFC 5545.") from None
    return wall + before if utc else wall
