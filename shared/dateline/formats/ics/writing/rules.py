"""RRULE as it is written: so that programs which read a rule differently at its edges give the same times."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from dateline.domain.recurrence.moments import Moment, at_wall, day_of, wall_of
from dateline.domain.recurrence.rrule import Rule, parse_rule
from dateline.domain.recurrence.rrule_expansion import matches, walls

_EVERY_MONTH_HAS: Final = 28
_FAR: Final = timedelta(days=100 * 366)


def rule_written(text: str, start: Moment, clock: tzinfo, *, is_first: bool = True) -> str:
    """The rule of a series that begins at ``start``.

    UNTIL is as the standard wants it (RFC 5545 section 3.3.10): in UTC for a timed series, a date for one of days.
    A day that not every month has is named: where it is left to the start, some go on to the next month.
    Where the first of a series' rules doesn't name its start, COUNT becomes UNTIL: some count the start, some don't.
    """
    rule = parse_rule(text)
    if isinstance(start, datetime):
        start = start.astimezone(clock)
    day = day_of(start)
    if day.day > _EVERY_MONTH_HAS and rule.freq in ("MONTHLY", "YEARLY") and not rule.by and not rule.by_day:
        text += f";BYMONTH={day.month}" * (rule.freq == "YEARLY") + f";BYMONTHDAY={day.day}"
    if is_first and rule.count and not _names(rule, start):
        return re.sub(r"COUNT=[^;]*", f"UNTIL={_written(_last(rule, start, clock), start, clock)}", text.upper())
    if rule.until is None:
        return text
    return re.sub(r"UNTIL=[^;]*", f"UNTIL={_written(rule.until, start, clock)}", text.upper())


def _names(rule: Rule, start: Moment) -> bool:
    wall = wall_of(start)
    return wall in matches(rule, wall, wall, wall)


def _last(rule: Rule, start: Moment, clock: tzinfo) -> Moment:
    wall = wall_of(start)
    (last,) = deque(walls(rule, wall, datetime.min, min(wall, datetime.max - 2 * _FAR) + _FAR), maxlen=1)
    return start if last == wall else at_wall(last, start, clock)


def _written(until: Moment, start: Moment, clock: tzinfo) -> str:
    if not isinstance(start, datetime):
        return f"{until.year:04}{until:%m%d}"
    moment = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=clock)).astimezone(UTC)
    return f"{moment.year:04}{moment:%m%dT%H%M%SZ}"
