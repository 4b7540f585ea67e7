"""A month of events on the desk: a table of weeks, and for each day what takes place."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date
from flask import render_template, request

from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of
from dateline.settings import WEEKDAYS
from dateline_ingest.context import parts
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.events.when.rule_words import LOCALE, weekday_name
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.event_register import EventLine, is_replaced, replaced_times, times_between

_MOST: Final = 6
"""Lines that a day shows; the list has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """What takes place on a day: the event, and at what time it begins there; "" for what goes on or is all day."""

    line: EventLine
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A day of the table; ``entries`` are the first few, ``more`` how many besides."""

    day: date
    is_of_month: bool
    is_today: bool
    entries: tuple[DayEntry, ...]
    more: int


def month_page() -> str:
    """The month that the address names (``month=2026-12``), or this one."""
    first = _month(query_fields(request.args).get("month", "")) or today_here().replace(day=1)
    begin = WEEKDAYS.index(parts().settings.week_start)
    starts = [*range(begin, 7), *range(begin)]
    weeks = _weeks(first, begin)
    return render_template(
        "desk/events/month.html", weeks=weeks, weekdays=[weekday_name(day) for day in starts], first=first,
        title_words=str(format_date(first, "LLLL y", locale=LOCALE)), previous=_shifted(first, -1),
        following=_shifted(first, 1),
    )  # fmt: skip


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date() if text else None
    except ValueError:
        return None


def _shifted(first: date, by: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + by, 12)
    return f"{year:04}-{month + 1:02}" if 1 <= year <= 9998 else ""


def _weeks(first: date, week_start: int) -> list[list[MonthDay]]:
    days = [week for week in calendar.Calendar(week_start).monthdatescalendar(first.year, first.month)]
    entries = _entries(days[0][0], days[-1][-1])
    return [[_month_day(day, first, entries.get(day, [])) for day in week] for week in days]


def _month_day(day: date, first: date, entries: list[DayEntry]) -> MonthDay:
    return MonthDay(
        day=day, is_of_month=day.month == first.month, is_today=day == today_here(), entries=tuple(entries[:_MOST]),
        more=max(0, len(entries) - _MOST),
    )  # fmt: skip


def _entries(first: date, last: date) -> dict[date, list[DayEntry]]:
    """What takes place on each of these days, all-day events first."""
    zone = parts().settings.timezone
    lines = [line for line in parts().event_register.lines() if line.event and not line.is_withdrawn]
    replaced = replaced_times(lines)
    found: dict[date, list[DayEntry]] = {}
    for line in lines:
        for one in times_between(line, first, last, zone):
            if not is_replaced(line, one, replaced):
                for day in _days(one, first, last):
                    found.setdefault(day, []).append(DayEntry(line=line, time=_time(one, day)))
    return {day: sorted(entries, key=lambda entry: (entry.time, entry.line.label)) for day, entries in found.items()}


def _days(one: Occurrence, first: date, last: date) -> list[date]:
    begins, ends = days_of(one, parts().settings.timezone)
    begins, ends = max(begins, first), min(ends, last)
    return [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]


def _time(one: Occurrence, day: date) -> str:
    if not isinstance(one.start, datetime):
        return ""
    start = one.start.astimezone(parts().settings.timezone)
    return f"{start:%H:%M}" if start.date() == day else ""
