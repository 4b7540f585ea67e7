"""How an event recurs as the form's fields say it, to an RRULE (RFC 5545 section 3.3.10) and back.

A rule that the fields can't say has none; it is kept as it is, and ``rule_words`` says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final, Literal

from dateline.domain.recurrence.moments import Moment
from dateline.domain.recurrence.rrule import Rule, parse_rule

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS: Final = (0, 1, 2, 3, 4)
ORDINALS: Final = (1, 2, 3, 4, 5, -1)
_FORM_FREQUENCIES: Final[tuple[Frequency, ...]] = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_END_OF_DAY: Final = time(23, 59, 59)
_CLOCK_PARTS: Final[Mapping[str, str]] = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFields:
    """'Every ``interval`` ``freq``', on what days of it, and how long.

    ``weekdays`` are those of a week (0 is Monday); ``month_days`` those of a month, -1 its last. ``ordinal`` and
    ``ordinal_day`` are 'the last Friday': of a month, or of the month of the year in which the series begins;
    ``ordinal_day`` is one of ``WEEKDAYS``, or 'workday' for Monday to Friday. Without any of these it is the weekday,
    the day of the month or the date on which the series begins. It ends after ``until``, after ``count`` times, or
    never.
    """

    freq: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    ordinal: int = 0
    ordinal_day: str = ""
    until: date | None = None
    count: int | None = None


def rule_of(fields: RuleFields, start: Moment, clock: tzinfo) -> str:
    """The RRULE that ``fields`` say of a series that begins at ``start`` on ``clock``."""
    parts = [f"FREQ={fields.freq}"]
    if fields.interval != 1:
        parts.append(f"INTERVAL={fields.interval}")
    if fields.freq == "WEEKLY" and fields.weekdays:
        parts.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in sorted(set(fields.weekdays))))
    if fields.freq == "YEARLY" and fields.ordinal:
        parts.append(f"BYMONTH={_day(start, clock).month}")
    if fields.freq in ("MONTHLY", "YEARLY") and fields.ordinal:
        parts.append(_ordinal_part(fields))
    elif fields.freq == "MONTHLY" and fields.month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, sorted(set(fields.month_days)))))
    if fields.count:
        parts.append(f"COUNT={fields.count}")
    elif fields.until:
        parts.append(f"UNTIL={until_value(fields.until, start, clock)}")
    return ";".join(parts)


def until_value(day: date, start: Moment, clock: tzinfo) -> str:
    """The UNTIL after which nothing of that day on ``clock`` is left: in UTC for what has times (RFC 5545)."""
    if not isinstance(start, datetime):
        return f"{day:%Y%m%d}"
    return f"{datetime.combine(day, _END_OF_DAY, clock).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def fields_of(text: str, start: Moment, clock: tzinfo) -> RuleFields | None:
    """The fields that say the RRULE ``text`` of a series that begins at ``start``; None where they can't say all of it.

    Raises ``InvalidInput`` for what is no rule.
    """
    rule = _without_own_time(parse_rule(text), start, clock)
    fields = _read(rule, start, clock)
    if fields is None:
        return None
    again = parse_rule(rule_of(fields, start, clock))
    return fields if _says_the_same(rule, again, start, clock) else None


def _read(rule: Rule, start: Moment, clock: tzinfo) -> RuleFields | None:
    freq = next((one for one in _FORM_FREQUENCIES if one == rule.freq), None)
    if freq is None:
        return None
    until = _until_day(rule, start, clock)
    fields = RuleFields(freq=freq, interval=rule.interval, count=rule.count, until=until)
    weekdays = tuple(day for _, day in rule.by_day)
    if freq == "WEEKLY":
        return replace(fields, weekdays=tuple(sorted(weekdays)))
    if freq == "DAILY" and rule.interval == 1 and weekdays and not rule.by:
        return replace(fields, freq="WEEKLY", weekdays=tuple(sorted(weekdays)))
    if len(rule.by_day) == 1 and rule.by_day[0][0] in ORDINALS:
        ordinal, day = rule.by_day[0]
        return replace(fields, ordinal=ordinal, ordinal_day=WEEKDAYS[day])
    position = rule.by.get("BYSETPOS", ())
    if weekdays and len(position) == 1:
        name = WEEKDAYS[weekdays[0]] if len(weekdays) == 1 else "workday"
        return replace(fields, ordinal=position[0], ordinal_day=name)
    return replace(fields, month_days=rule.by.get("BYMONTHDAY", ())) if freq == "MONTHLY" else fields


def _ordinal_part(fields: RuleFields) -> str:
    if fields.ordinal_day == "workday":
        return f"BYDAY={','.join(WEEKDAYS[day] for day in WORKDAYS)};BYSETPOS={fields.ordinal}"
    return f"BYDAY={fields.ordinal}{fields.ordinal_day}"


def _without_own_time(rule: Rule, start: Moment, clock: tzinfo) -> Rule:
    """``rule`` without what it says of hours that ``start`` says, and of the date of a yearly one."""
    wall = start.astimezone(clock) if isinstance(start, datetime) else None
    own = {part: (getattr(wall, name),) for part, name in _CLOCK_PARTS.items()} if wall else {}
    by = {name: values for name, values in rule.by.items() if own.get(name) != values}
    day = _day(start, clock)
    if rule.freq == "YEARLY" and not rule.by_day and by == {"BYMONTH": (day.month,), "BYMONTHDAY": (day.day,)}:
        by = {}
    return replace(rule, by=by)


def _says_the_same(rule: Rule, again: Rule, start: Moment, clock: tzinfo) -> bool:
    if rule.freq == "DAILY" and again.freq == "WEEKLY":  # every day on weekdays is every week on them
        return not rule.by and sorted(rule.by_day) == sorted(again.by_day)
    if _days_of(rule) != _days_of(again):
        return False
    if rule.week_start != again.week_start and rule.freq == "WEEKLY" and rule.interval > 1 and len(rule.by_day) > 1:
        return False
    return _until_day(rule, start, clock) is not None or rule.until is None


def _days_of(rule: Rule) -> tuple[object, ...]:
    """What a rule says but for its end; the third Friday by position is that by number."""
    by, by_day = dict(rule.by), tuple(sorted(rule.by_day))
    within_months = rule.freq == "MONTHLY" or "BYMONTH" in by
    if len(by_day) == 1 and by_day[0][0] == 0 and len(by.get("BYSETPOS", ())) == 1 and within_months:
        by_day = ((by.pop("BYSETPOS")[0], by_day[0][1]),)
    return rule.freq, rule.interval, rule.count, by, by_day


def _until_day(rule: Rule, start: Moment, clock: tzinfo) -> date | None:
    """The last day of a rule, where it takes that whole: None for an end in the middle of a day's times."""
    until = rule.until
    if not isinstance(until, datetime) or not isinstance(start, datetime):
        return until.date() if isinstance(until, datetime) else until
    wall = until.astimezone(clock) if until.tzinfo else until
    return wall.date() if wall.time() >= start.astimezone(clock).time() else None


def _day(start: Moment, clock: tzinfo) -> date:
    return start.astimezone(clock).date() if isinstance(start, datetime) else start
