"""A rule worked out on the wall clock: naive local times, on which a series at 09:00 stays at 09:00.

python-dateutil works rules out. Left alone it looks for a next time until the year 9999 even where there is none
(seconds, for a rule such as 31 April every year), so it is only let loose near the calendar's end.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import dropwhile, takewhile
from typing import Any, Final

from dateutil import rrule as dateutil_rrule

from dateline.domain.recurrence.effort import check_effort
from dateline.domain.recurrence.plain_rules import is_plain, plain_matches
from dateline.domain.recurrence.rrule import SHORT, Rule
from dateline.errors import InvalidInput

_CYCLE: Final = 400
"""Years after which the Gregorian calendar repeats, weekdays included (146,097 days are 20,871 weeks)."""
MOST_STEPS: Final = 50_000
"""How many minutes or seconds of a series are looked at: python-dateutil would look at each of a year."""


def walls(rule: Rule, start: datetime, low: datetime, high: datetime, *, with_start: bool = True) -> Iterator[datetime]:
    """The series' naive wall-clock times within ``low``–``high``, ascending; UNTIL is not looked at.

    ``start`` is always the first one and counts towards COUNT (RFC 5545 section 3.8.5.3), whether the rule names it or
    not; but not for a further rule of the same series (``with_start`` False). The cost is bounded by the window where
    there is no COUNT, else by the time from ``start`` to ``high``.
    """
    if high < start:
        return
    if low <= start and with_start:
        yield start
    named = matches(rule, start, start if rule.count else low, high)
    later = dropwhile(lambda wall: wall <= start if with_start else wall < start, named)
    for taken, wall in enumerate(later, start=2 if with_start else 1):
        if rule.count and taken > rule.count:
            return
        if wall >= low:
            yield wall


def matches(rule: Rule, start: datetime, low: datetime, high: datetime) -> Iterator[datetime]:
    """What the rule itself names, from the period in which ``low`` (or ``start``) lies up to ``high``.

    Raises ``InvalidInput`` for hours that the rule's INTERVAL never reaches, and what ``check_effort`` raises.
    """
    if rule.freq in SHORT:
        yield from _short(rule, start, high)
        return
    anchor = _anchor(rule, start, max(low, start))
    if is_plain(rule):
        yield from plain_matches(rule, start, anchor, high)
        return
    shift = _in_last_cycle(high)
    end = _moved(high, shift)
    try:
        found = dateutil_rrule.rrule(dtstart=_moved(anchor, shift), **_arguments(rule, start))
    except ValueError:
        raise InvalidInput("The rule names no time that exists.") from None
    check_effort()
    for wall in takewhile(lambda wall: wall <= end, found):
        check_effort()
        yield _moved(wall, -shift)


def _short(rule: Rule, start: datetime, high: datetime) -> Iterator[datetime]:
    """What a rule of minutes or seconds names, from its start; no more than ``MOST_STEPS`` of them are looked at."""
    unit = timedelta(seconds=rule.interval * (60 if rule.freq == "MINUTELY" else 1))
    expanded = rule.by.get("BYSECOND", ()) if rule.freq == "MINUTELY" else ()
    kept = {name: values for name, values in rule.by.items() if not (expanded and name == "BYSECOND")}
    weekdays = {weekday for _, weekday in rule.by_day}
    coarse = [(name, kept.pop(name)) for name in ("BYMONTH", "BYMONTHDAY", "BYHOUR") if name in kept]
    step = 0
    while step < MOST_STEPS:
        check_effort()
        wall = start + step * unit
        if wall > high:
            return
        on_day = not weekdays or wall.weekday() in weekdays
        if not (on_day and all(_fits(wall, name, values) for name, values in coarse)):
            step = -((start - wall.replace(minute=0, second=0) - timedelta(hours=1)) // unit)  # in the next hour
            continue
        if all(_fits(wall, name, values) for name, values in kept.items()):
            yield from (wall.replace(second=second) for second in expanded or (wall.second,))
        step += 1


def _fits(wall: datetime, part: str, values: tuple[int, ...]) -> bool:
    if part == "BYMONTHDAY":
        return wall.day in values or wall.day - monthrange(wall.year, wall.month)[1] - 1 in values
    return getattr(wall, part.removeprefix("BY").lower()) in values


def _in_last_cycle(high: datetime) -> int:
    """How many years to move a window towards the end of the calendar.

    A search beyond ``high`` that finds nothing then ends within 400 years, and not after 8,000.
    """
    return (date.max.year - high.year) // _CYCLE * _CYCLE


def _moved(wall: datetime, years: int) -> datetime:
    return wall.replace(year=wall.year + years) if years else wall


def _anchor(rule: Rule, start: datetime, low: datetime) -> datetime:
    """The beginning of the last period of the rule that begins at or before ``low``, in step with its INTERVAL."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if rule.freq == "HOURLY":
        hour = start.replace(minute=0, second=0, microsecond=0)
        return hour + _whole_steps((low - hour) // timedelta(hours=1), rule.interval) * timedelta(hours=1)
    if rule.freq == "DAILY":
        return midnight + timedelta(days=_whole_steps((low - midnight).days, rule.interval))
    if rule.freq == "WEEKLY":
        back = min((midnight.weekday() - rule.week_start) % 7, (midnight - datetime.min).days)
        monday = midnight - timedelta(days=back)
        return monday + timedelta(weeks=_whole_steps((low - monday).days // 7, rule.interval))
    if rule.freq == "MONTHLY":
        passed = (low.year - start.year) * 12 + low.month - start.month
        year, month = divmod(start.year * 12 + start.month - 1 + _whole_steps(passed, rule.interval), 12)
        return midnight.replace(year=year, month=month + 1, day=1)
    return midnight.replace(year=start.year + _whole_steps(low.year - start.year, rule.interval), month=1, day=1)


def _whole_steps(passed: int, interval: int) -> int:
    return passed // interval * interval


def _arguments(rule: Rule, start: datetime) -> dict[str, Any]:
    """dateutil's arguments. What a rule leaves unsaid is taken from ``start``, not from where the search begins."""
    by: dict[str, tuple[int, ...]] = dict(rule.by)
    days = rule.by_day
    if rule.freq != "HOURLY":
        by.setdefault("BYHOUR", (start.hour,))
    by.setdefault("BYMINUTE", (start.minute,))
    by.setdefault("BYSECOND", (start.second,))
    if not days and not {"BYMONTHDAY", "BYYEARDAY"} & by.keys():
        if rule.freq == "WEEKLY" or "BYWEEKNO" in by:
            days = ((0, start.weekday()),)
        elif rule.freq in ("MONTHLY", "YEARLY"):
            by["BYMONTHDAY"] = (start.day,)
            if rule.freq == "YEARLY":
                by.setdefault("BYMONTH", (start.month,))
    return {
        "freq": getattr(dateutil_rrule, rule.freq),
        "interval": rule.interval,
        "wkst": rule.week_start,
        "byweekday": [dateutil_rrule.weekday(weekday, ordinal or None) for ordinal, weekday in days] or None,
        **{name.lower(): values for name, values in by.items()},
    }
