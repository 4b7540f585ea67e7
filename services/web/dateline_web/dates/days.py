"""Days of the calendar: counting on and back, and where it ends."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dateline.errors import NotFound


def day_at(year: int, month: int = 1, day: int = 1) -> date:
    """That day. Raises ``NotFound`` when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        raise NotFound("There is no such day in the calendar.") from None


def last_day_of(day: date) -> date:
    """The last day of ``day``'s month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift_month(day: date, months: int) -> date | None:
    """The first of the month ``months`` away; None outside the years 1–9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1) if 1 <= year <= 9999 else None


def shift_day(day: date, days: int) -> date:
    """The day ``days`` away, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def days_between(first: date, last: date) -> list[date]:
    """The days from ``first`` to ``last``, both included."""
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]
