"""The commonest rules by arithmetic: every so many days, weeks, months or years, on weekdays or days of the month.

python-dateutil gives the same times, and takes ten times as long before it gives the first: a calendar of ten thousand
series is asked for one or two times of each.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from dateline.domain.recurrence.effort import check_effort
from dateline.domain.recurrence.rrule import Rule

_BY: Final = {
    "DAILY": {"BYMONTH", "BYMONTHDAY"},
    "WEEKLY": {"BYMONTH"},
    "MONTHLY": {"BYMONTH", "BYMONTHDAY"},
    "YEARLY": {"BYMONTH", "BYMONTHDAY"},
}


def is_plain(rule: Rule) -> bool:
    """Whether ``plain_matches`` can work the rule out: once a day, on days that their months tell."""
    if rule.freq not in _BY or rule.by.keys() - _BY[rule.freq]:
        return False
    ordinals = {bool(ordinal) for ordinal, _ in rule.by_day}
    if len(ordinals) > 1 or (True in ordinals and rule.freq in ("DAILY", "WEEKLY")):
        return False
    return rule.freq != "YEARLY" or "BYMONTH" in rule.by or not (rule.by or rule.by_day)


def plain_matches(rule: Rule, start: datetime, anchor: datetime, high: datetime) -> Iterator[datetime]:
    """What a plain rule names from the period that begins at ``anchor`` up to ``high``, at ``start``'s time of day."""
    time = start.time().replace(microsecond=0)
    for day in _days(rule, start, anchor, high):
        wall = datetime.combine(day, time)
        if wall > high:
            return
        yield wall


def _days(rule: Rule, start: datetime, anchor: datetime, high: datetime) -> Iterator[date]:
    """The days of one period after the other."""
    months = rule.by.get("BYMONTH", ())
    if rule.freq in ("DAILY", "WEEKLY"):
        step = timedelta(days=rule.interval * (7 if rule.freq == "WEEKLY" else 1))
        offsets = _offsets(rule, start)
        day, last = anchor.date(), high.date()
        while day <= last:
            check_effort()
            for offset in offsets:
                if offset > last - day:
                    return
                one = day + offset
                if (not months or one.month in months) and _fits(rule, one):
                    yield one
            if last - day < step:
                return
            day += step
        return
    yearly = rule.freq == "YEARLY"
    within = sorted(set(months)) or ([start.month] if yearly else [])
    number, last_number = anchor.year * 12 + anchor.month - 1, high.year * 12 + high.month - 1
    while number <= last_number:
        check_effort()
        year, month = divmod(number, 12)
        for one_month in within if yearly else [month + 1]:
            if yearly or not months or one_month in months:
                yield from _of_month(rule, start, year, one_month)
        number += rule.interval * (12 if yearly else 1)


def _offsets(rule: Rule, start: datetime) -> list[timedelta]:
    """Which days of a period of days are meant, from its first one."""
    if rule.freq == "DAILY":
        return [timedelta()]
    weekdays = {weekday for _, weekday in rule.by_day} or {start.weekday()}
    return [timedelta(days=offset) for offset in sorted((weekday - rule.week_start) % 7 for weekday in weekdays)]


def _fits(rule: Rule, day: date) -> bool:
    """Whether a day of a daily rule is one of its weekdays and days of the month."""
    if rule.freq == "WEEKLY":
        return True
    monthdays = rule.by.get("BYMONTHDAY", ())
    if monthdays and day.day not in monthdays and day.day - monthrange(day.year, day.month)[1] - 1 not in monthdays:
        return False
    return not rule.by_day or any(day.weekday() == weekday for _, weekday in rule.by_day)


def _of_month(rule: Rule, start: datetime, year: int, month: int) -> list[date]:
    """The days of a month that the rule means."""
    first, length = monthrange(year, month)
    days = set(range(1, length + 1))
    if monthdays := rule.by.get("BYMONTHDAY", () if rule.by_day else (start.day,)):
        days &= {day if day > 0 else length + 1 + day for day in monthdays}
    if rule.by_day:
        days &= {
            day for ordinal, weekday in rule.by_day for day in _weekdays(ordinal, (weekday - first) % 7 + 1, length)
        }
    return [date(year, month, day) for day in sorted(days)]


def _weekdays(ordinal: int, first: int, length: int) -> range:
    """The days of a weekday that is on ``first`` for the first time: all of them, or the one of ``ordinal``."""
    if not ordinal:
        return range(first, length + 1, 7)
    day = first + 7 * (ordinal - 1) if ordinal > 0 else first + (length - first) // 7 * 7 + 7 * (ordinal + 1)
    return range(day, day + 1) if day > 0 else range(0)
