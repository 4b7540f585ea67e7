"""Long events as bars of whole days, as some readers want them: a fair of ten days is no block of 240 hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence.moments import Moment, clock_of, day_of, elapsed
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.recurrence.rrule import parse_rule

LONG: Final = timedelta(hours=24)
"""What lasts so long, or longer, becomes a bar."""
_OF_THE_DAY: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})


def as_bars(events: Sequence[EventDocument], zone: ZoneInfo) -> list[EventDocument]:
    """``events``, the long ones on the days of their clock. An exception stands for a day of a series of days."""
    series = {one.uid: clock_of(one, zone) for one in events if one.uid and not one.recurrence_id and _is_long(one)}
    return [_in_days(one, series, clock_of(one, zone)) for one in events]


def _in_days(event: EventDocument, series: dict[str, tzinfo], clock: tzinfo) -> EventDocument:
    if event.recurrence_id:
        if (of_series := series.get(event.uid)) is not None:
            event = replace(event, recurrence_id=_day_key(event.recurrence_id, of_series))
        if not _is_long(event):
            return event
    elif not _is_long(event):
        return event
    assert event.start is not None
    return replace(
        event,
        start=_first_day(event.start, clock),
        end=None if event.end is None else _last_day(event.end, clock),
        timezone="",
        vtimezone="",
        rrule=_rule_of_days(event.rrule, event.start, clock),
        further_rrules=tuple(_rule_of_days(rule, event.start, clock) for rule in event.further_rrules),
        exdates=tuple(_first_day(one, clock) for one in event.exdates),
        rdates=tuple(_first_day(one, clock) for one in event.rdates),
        periods=tuple(
            Occurrence(start=_first_day(one.start, clock), end=one.end and _last_day(one.end, clock))
            for one in event.periods
        ),
    )


def _is_long(event: EventDocument) -> bool:
    """Whether it can be told in days, and lasts as long as one. Rules that name hours can't."""
    if not isinstance(event.start, datetime) or event.end is None or elapsed(event.start, event.end) < LONG:
        return False
    rules = [parse_rule(rule) for rule in (event.rrule, *event.further_rrules) if rule]
    return not any(rule.freq in ("HOURLY", "MINUTELY", "SECONDLY") or _OF_THE_DAY & rule.by.keys() for rule in rules)


def _rule_of_days(rule: str, start: Moment, clock: tzinfo) -> str:
    """The rule with an UNTIL that names the last day on which the series begins."""
    until = parse_rule(rule).until if rule else None
    if not isinstance(until, datetime) or not isinstance(start, datetime):
        return rule
    wall = until.astimezone(clock) if until.tzinfo else until
    before = wall.time() < start.astimezone(clock).time()
    return re.sub(r"UNTIL=[^;]*", f"UNTIL={wall.date() - timedelta(days=before):%Y%m%d}", rule.upper())


def _first_day(moment: Moment, clock: tzinfo) -> date:
    return day_of(moment.astimezone(clock)) if isinstance(moment, datetime) else moment


def _last_day(moment: Moment, clock: tzinfo) -> date:
    """The day on which it ends; midnight doesn't touch the day that begins then."""
    if not isinstance(moment, datetime):
        return moment
    wall = moment.astimezone(clock)
    return wall.date() - timedelta(days=1) if wall.time() == time() else wall.date()


def _day_key(key: str, clock: tzinfo) -> str:
    return format_recurrence_id(_first_day(parse_recurrence_id(key), clock))
