"""The value of an RRULE (RFC 5545 section 3.3.10), read strictly: what is senseless or too much is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from math import prod
from typing import Final

from dateline.errors import InvalidInput, TooMuch

MOST_CHARACTERS: Final = 500
MOST_TIMES: Final = 10_000
"""The largest COUNT: a daily series of 27 years."""
MOST_INTERVAL: Final = 1_000
MOST_A_DAY: Final = 24
MOST_TOGETHER: Final = 100
"""Times a day that all rules of an event may name together."""
MOST_IN_MONTH: Final = 5
"""So often a weekday may come in a month."""

SHORT: Final = ("MINUTELY", "SECONDLY")
"""Only with a near end."""
_FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", *SHORT)
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RANGES: Final[Mapping[str, tuple[int, int, bool]]] = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
    "BYSETPOS": (1, 366, True),
}
"""Part -> lowest value, highest, whether it may count from the end."""
_ONLY_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYSETPOS": ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"),
    "BYMONTHDAY": ("YEARLY", "MONTHLY", "DAILY", "HOURLY", *SHORT),
}
"""RFC 5545 lets BYYEARDAY and BYSETPOS go with HOURLY too; nobody means that, and it takes long to work out."""
_MEANINGLESS: Final = (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT"))
_DAYS: Final = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}
_LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it was read. ``until`` is a plain date, an aware time (UTC), or a naive one on the series' clock."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    week_start: int = 0
    by: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    by_day: tuple[tuple[int, int], ...] = ()
    """Pairs of (ordinal, weekday): (0, 0) is every Monday, (-1, 4) the last Friday."""


@lru_cache(maxsize=4096)
def parse_rule(text: str) -> Rule:
    """The rule of an RRULE's value; a leading ``RRULE:`` is let through.

    RSCALE=GREGORIAN (RFC 7529) says nothing new. Raises ``InvalidInput`` for what RFC 5545 doesn't allow, and for what
    would recur too often.
    """
    given = text.strip().upper().removeprefix("RRULE:")
    if len(given) > MOST_CHARACTERS:
        raise TooMuch(f"A recurrence rule has at most {MOST_CHARACTERS} characters.")
    parts = _parts(given)
    rule = Rule(
        freq=_frequency(parts.pop("FREQ", "")),
        interval=_whole("INTERVAL", parts.pop("INTERVAL", "1"), MOST_INTERVAL),
        count=_whole("COUNT", parts.pop("COUNT"), MOST_TIMES) if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL")) if "UNTIL" in parts else None,
        week_start=_weekday(parts.pop("WKST", "MO")),
        by_day=tuple(_by_day(value) for value in parts.pop("BYDAY").split(",")) if "BYDAY" in parts else (),
        by={name: _numbers(name, value) for name, value in parts.items()},
    )
    _check_parts(rule)
    return rule


def check_together(texts: Sequence[str]) -> None:
    """Return when these may be the rules of one event. Raises ``TooMuch``; ``InvalidInput`` as ``parse_rule`` does."""
    rules = [parse_rule(text) for text in dict.fromkeys(texts)]
    if sum(rule.count or 0 for rule in rules) > MOST_TIMES:
        raise TooMuch(f"The rules of an event have together at most a COUNT of {MOST_TIMES}.")
    if len(rules) > 1 and sum(map(_times_a_day, rules)) > MOST_TOGETHER:
        raise TooMuch(f"The rules of an event can't name more than {MOST_TOGETHER} times a day together.")


def _times_a_day(rule: Rule) -> float:
    if rule.freq in SHORT:
        return MOST_TOGETHER / 2
    times = prod(len(rule.by.get(name, (0,))) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if rule.freq == "HOURLY" and "BYHOUR" not in rule.by:
        return times * MOST_A_DAY / min(rule.interval, MOST_A_DAY)
    return times


def ends_before(rule: Rule, start: date | datetime) -> bool:
    """Whether UNTIL lies before ``start``."""
    until = rule.until
    if until is None:
        return False
    if isinstance(until, datetime) and until.tzinfo and isinstance(start, datetime) and start.tzinfo:
        return until < start
    return until.timetuple()[:3] < start.timetuple()[:3]


def is_over_on_its_first_day(rule: str, start: date | datetime) -> bool:
    """Whether UNTIL lies before ``start`` within the same day: a program meant the day."""
    read = parse_rule(rule)
    until = read.until
    if not isinstance(until, datetime) or not isinstance(start, datetime) or not ends_before(read, start):
        return False
    return until.astimezone(start.tzinfo).date() == start.date()


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        name, equals, value = piece.partition("=")
        if (name, value) in _MEANINGLESS:
            continue
        known = name in ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY") or name in _RANGES
        if not equals or not known:
            raise InvalidInput(f"{piece[:40]!r} is no part of a recurrence rule, which is like FREQ=WEEKLY;BYDAY=MO.")
        if name in parts:
            raise InvalidInput(f"{name} stands twice in the recurrence rule.")
        parts[name] = value
    return parts


def _frequency(value: str) -> str:
    if value not in _FREQUENCIES:
        raise InvalidInput("A recurrence rule needs FREQ: one of " + ", ".join(_FREQUENCIES) + ".")
    return value


def _whole(name: str, value: str, most: int) -> int:
    says = f"{name} must be a whole number from 1 to {most}."
    if not re.fullmatch(r"[0-9]+", value) or not value.strip("0"):
        raise InvalidInput(says)
    if len(value) > 20 or int(value) > most:
        raise TooMuch(says)
    return int(value)


def _until(value: str) -> date | datetime:
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", value)
    try:
        if found is None:
            raise ValueError
        day, clock, utc = found.groups()
        when = datetime.strptime(day + (clock or ""), "%Y%m%d%H%M%S" if clock else "%Y%m%d")
    except ValueError:
        raise InvalidInput("UNTIL must be like 20261231T235959Z, or 20261231 for an all-day event.") from None
    if clock is None:
        return when.date()
    return when.replace(tzinfo=UTC) if utc else when


def _weekday(value: str) -> int:
    if value not in _WEEKDAYS:
        raise InvalidInput(f"{value[:20]!r} is none of the weekdays " + ", ".join(_WEEKDAYS) + ".")
    return _WEEKDAYS.index(value)


def _by_day(value: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", value)
    if found is None or (found[1] and not 1 <= abs(int(found[1])) <= 53):
        raise InvalidInput(f"{value[:20]!r} is no day for BYDAY, which is like MO, 2SA or -1FR.")
    return int(found[1] or 0), _weekday(found[2])


def _numbers(name: str, value: str) -> tuple[int, ...]:
    low, high, from_end = _RANGES[name]
    values = value.split(",")
    good = all(re.fullmatch(r"[+-]?[0-9]{1,3}", one) for one in values)
    numbers = tuple(sorted({int(one) for one in values})) if good else ()
    if not good or not all(low <= (abs(n) if from_end else n) <= high for n in numbers):
        raise InvalidInput(f"{name} takes numbers from {low} to {high}" + (", or from the end." if from_end else "."))
    return numbers


def _check_parts(rule: Rule) -> None:
    """The rules of RFC 5545 section 3.3.10 on which parts go together, and how often a day is enough."""
    if rule.freq in SHORT and not (rule.count or rule.until):
        raise TooMuch("An event can't recur more often than hourly without a near end: COUNT or UNTIL.")
    if rule.count and rule.until:
        raise InvalidInput("COUNT and UNTIL exclude one another.")
    for name, frequencies in _ONLY_WITH.items():
        if name in rule.by and rule.freq not in frequencies:
            raise InvalidInput(f"{name} doesn't go with FREQ={rule.freq}.")
    ordinals = any(ordinal for ordinal, _ in rule.by_day)
    if ordinals and (rule.freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in rule.by):
        raise InvalidInput("BYDAY takes numbers only with FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO.")
    within_months = rule.freq == "MONTHLY" or "BYMONTH" in rule.by
    if within_months and any(abs(ordinal) > MOST_IN_MONTH for ordinal, _ in rule.by_day):
        raise InvalidInput("BYDAY numbers the weekdays of a month, of which there are at most five.")
    if "BYSETPOS" in rule.by and not rule.by_day and len(rule.by) == 1:
        raise InvalidInput("BYSETPOS needs another BY part to choose from.")
    if rule.freq in SHORT:
        return
    times = prod(len(rule.by.get(name, (0,))) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if times > (1 if rule.freq == "HOURLY" and "BYHOUR" not in rule.by else MOST_A_DAY):
        raise TooMuch(f"An event can't recur more than {MOST_A_DAY} times a day.")
    if min(map(abs, rule.by.get("BYSETPOS", (1,)))) > times * _DAYS.get(rule.freq, 1):
        raise InvalidInput("BYSETPOS chooses from more times than there are.")
    months, days = rule.by.get("BYMONTH", ()), rule.by.get("BYMONTHDAY", ())
    if months and days and not any(abs(day) <= _LONGEST_MONTHS[month - 1] for month in months for day in days):
        raise InvalidInput("The rule names no day that exists.")
