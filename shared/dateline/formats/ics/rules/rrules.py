"""The RRULEs of a calendar, tidied of what programs add to them; what remains is read strictly (``domain``)."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice
from typing import Final

from dateline.domain.recurrence.moments import Moment, day_of, wall_of
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.recurrence.rrule_expansion import walls
from dateline.formats.ics.date_texts import read_moment
from dateline.formats.ics.rules.skip import without_skip
from dateline.formats.ics.rules.vcalendar_rules import rule_of_vcalendar

MOST_CHARACTERS: Final = 2_000
_NOTHING_NEW: Final = frozenset(
    {
        "RSCALE=GREGORIAN",
        "SKIP=OMIT",
        "INTERVAL=0",
        "BYDAY=",
        "BYMONTH=",
        "BYMONTHDAY=",
        "UNTIL=",
        "COUNT=",
        "BYSETPOS=",
        "WKST=",
    }
)

_DAY_NAME: Final = re.compile(r"\b([+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))[A-Z]{1,7}\b")
"""MON, MONDAY"""
_NO_SKIP: Final = "SKIP (RFC 7529) can't be heeded with the rule's other parts: months without such a day are left out."


def tidied(text: str, start: Moment) -> tuple[str, str]:
    """The rule without empty and doubled parts, private ones (``X-…``), what says nothing, and the hours of an all-day
    series (RFC 5545 section 3.3.10); COUNT or UNTIL where both stand, whichever ends the series first.
    And a note; empty where nothing was lost. SKIP is rewritten (``skip``), a rule of vCalendar 1.0 too.

    Raises ``InvalidInput`` for what is no rule, and ``TooMuch`` for one that names too many times.
    """
    old, note = rule_of_vcalendar(text[:MOST_CHARACTERS], start)
    given = re.sub(r"[\s\\]+", "", old or text[:MOST_CHARACTERS]).upper()
    while given.startswith("RRULE:"):
        given = given.removeprefix("RRULE:")
    parts = dict.fromkeys(part for part in given.split(";") if part)
    kept = [_part(part) for part in parts if not part.startswith(("X-", "COUNT=-")) and part not in _NOTHING_NEW]
    kept = _united(kept)
    if "FREQ=WEEKLY" in kept or "FREQ=DAILY" in kept:
        kept = [re.sub(r"[+-]?[0-9]+(?=[A-Z])", "", part) if part.startswith("BYDAY=") else part for part in kept]
    if not isinstance(start, datetime):
        kept = [part for part in kept if not part.startswith(("BYHOUR=", "BYMINUTE=", "BYSECOND="))]
    if any(part.startswith("SKIP=") for part in kept):
        rewritten = without_skip(kept, start)
        note = _NO_SKIP if rewritten is None else ""
        kept = rewritten or [part for part in kept if not part.startswith("SKIP=")]
    rule = ";".join(kept)
    if any(part.startswith("COUNT=") for part in kept) and any(part.startswith("UNTIL=") for part in kept):
        rule = _sooner(kept, start)
    parse_rule(rule)
    return rule, note


def _part(part: str) -> str:
    name, _, value = part.partition("=")
    if name == "UNTIL":
        return f"UNTIL={_until(value)}"
    if name in ("BYDAY", "WKST"):
        value = _DAY_NAME.sub(r"\1", value)
    return f"{name}={value.strip(',')}"


def _united(parts: list[str]) -> list[str]:
    """The parts, those that name days, months and the like once each: BYDAY=MO;BYDAY=TU."""
    found: dict[str, str] = {}
    for part in parts:
        name = part.partition("=")[0]
        if name in found and name.startswith("BY"):
            part = f"{found.pop(name)},{part.partition('=')[2]}"
        found[name if name.startswith("BY") else part] = part
    return [*found.values()]


def _until(value: str) -> str:
    """UNTIL in the form of the standard; as it is where it can't be read."""
    try:
        moment = read_moment(value)
    except ValueError:
        return value
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    if offset := moment.utcoffset():
        moment = (moment - offset).replace(tzinfo=None)
        return f"{moment:%Y%m%dT%H%M%S}Z"
    return f"{moment:%Y%m%dT%H%M%S}" + ("Z" if moment.tzinfo else "")


def _sooner(parts: list[str], start: Moment) -> str:
    """The rule with COUNT, or with UNTIL where that ends before COUNT times are over."""
    counted = ";".join(part for part in parts if not part.startswith("UNTIL="))
    limited = ";".join(part for part in parts if not part.startswith("COUNT="))
    rule, until = parse_rule(counted), parse_rule(limited).until
    wall = wall_of(start)
    far = datetime.max.replace(year=min(wall.year + 100, 9999))
    last = max(islice(walls(rule, wall, wall, far), rule.count), default=wall)
    return limited if until is not None and day_of(until) < last.date() else counted
