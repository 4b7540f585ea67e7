"""Any RRULE in words, for the form that can't show it and for lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Final

from babel.dates import get_day_names, get_month_names

from dateline.domain.recurrence.moments import Moment
from dateline.domain.recurrence.rrule import Rule, parse_rule

LOCALE: Final = "en_GB"
_UNITS: Final = {
    "YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour", "MINUTELY": "minute",
    "SECONDLY": "second",
}  # fmt: skip
_ORDINALS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_WORKDAYS: Final = ((0, 0), (0, 1), (0, 2), (0, 3), (0, 4))


def rule_in_words(text: str, start: Moment, clock: tzinfo) -> str:
    """'Every second week on Thursday, until 30 June 2027'. Raises ``InvalidInput`` for what is no rule."""
    rule = parse_rule(text)
    day = start.astimezone(clock).date() if isinstance(start, datetime) else start
    said = [_every(rule), _days(rule, day), _times(rule)]
    return " ".join(filter(None, said)) + _ending(rule, start, clock)


def ordinal(number: int) -> str:
    """'second', '21st', 'last', 'last but two'."""
    if number < 0:
        return "last" if number == -1 else f"last but {_small(-number - 1)}"
    if number in _ORDINALS:
        return _ORDINALS[number]
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def weekday_name(number: int) -> str:
    """'Thursday' for 3."""
    return str(get_day_names("wide", context="stand-alone", locale=LOCALE)[number])


def day_name(day: date) -> str:
    """'25 December 2026'."""
    return f"{day.day} {_month(day.month)} {day.year}"


def listed(words: Iterable[str]) -> str:
    """'a, b and c'."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _every(rule: Rule) -> str:
    unit = _UNITS[rule.freq]
    if rule.interval == 1:
        return f"Every {unit}"
    return f"Every second {unit}" if rule.interval == 2 else f"Every {rule.interval} {unit}s"


def _days(rule: Rule, start: date) -> str:
    by, said = rule.by, []
    positions = by.get("BYSETPOS", ())
    if rule.by_day:
        said.append("on " + _positioned(rule, positions))
    elif rule.freq == "WEEKLY":
        said.append(f"on {weekday_name(start.weekday())}")
    if days := by.get("BYMONTHDAY", ()):
        said.append("on " + _month_days(days))
        if rule.by_day:
            said[-1] = "if it is " + _month_days(days)
    elif rule.freq == "MONTHLY" and not rule.by_day:
        said.append(f"on day {start.day}")
    if days := by.get("BYYEARDAY", ()):
        said.append("on " + listed(f"the {ordinal(day)} day" for day in days) + " of the year")
    if weeks := by.get("BYWEEKNO", ()):
        said.append("in " + listed(f"week {week}" if week > 0 else f"the {ordinal(week)} week" for week in weeks))
    if rule.freq == "YEARLY" and not rule.by_day and not by.keys() - {"BYMONTH", "BYHOUR", "BYMINUTE", "BYSECOND"}:
        months = by.get("BYMONTH", (start.month,))
        return " ".join([*said, "on " + listed(f"{start.day} {_month(month)}" for month in months)])
    if months := by.get("BYMONTH", ()):
        said.append(("of " if rule.by_day or "BYMONTHDAY" in by else "in ") + listed(map(_month, months)))
    if positions and not rule.by_day:
        said.append(f"(the {listed(map(ordinal, positions))} of these)")
    return " ".join(said)


def _positioned(rule: Rule, positions: tuple[int, ...]) -> str:
    plain = tuple(sorted(rule.by_day)) == _WORKDAYS
    if positions:
        chosen = "workday (Monday to Friday)" if plain else " or ".join(_weekday(*one) for one in rule.by_day)
        return f"the {listed(map(ordinal, positions))} {chosen}"
    return "workdays (Monday to Friday)" if plain else listed(_weekday(*one) for one in rule.by_day)


def _weekday(number: int, weekday: int) -> str:
    return f"the {ordinal(number)} {weekday_name(weekday)}" if number else weekday_name(weekday)


def _month_days(days: tuple[int, ...]) -> str:
    named = [
        f"day {day}" if day > 0 else f"the {ordinal(day)} day" for day in sorted(days, key=lambda day: (day < 0, day))
    ]
    return listed(named)


def _times(rule: Rule) -> str:
    hours, minutes, seconds = (rule.by.get(name, ()) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if hours and len(minutes) < 2 and len(seconds) < 2:
        return "at " + listed(f"{hour:02}:{minutes[0]:02}" if minutes else f"{hour:02} hours" for hour in hours)
    said = [("at the hours ", hours), ("at the minutes ", minutes), ("at the seconds ", seconds)]
    return " ".join(words + listed(map(str, numbers)) for words, numbers in said if numbers)


def _ending(rule: Rule, start: Moment, clock: tzinfo) -> str:
    if rule.count:
        return f", {rule.count} times in all" if rule.count > 1 else ", once"
    if rule.until is None:
        return ""
    until = rule.until
    if isinstance(until, datetime):
        wall = until.astimezone(clock) if until.tzinfo else until
        whole = not isinstance(start, datetime) or wall.time() >= start.astimezone(clock).time()
        return f", until {day_name(wall.date())}" + ("" if whole else f", {wall:%H:%M}")
    return f", until {day_name(until)}"


def _month(number: int) -> str:
    return str(get_month_names("wide", locale=LOCALE)[number])


def _small(number: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four"}.get(number, str(number))
