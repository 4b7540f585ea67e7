"""A year of events: twelve months, with how many things take place on each day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import Final

from dateline_web.calendar.filters import filters_of
from dateline_web.calendar.layout import Address, CalendarPage, Turn
from dateline_web.context import Web
from dateline_web.dates.days import days_between
from dateline_web.dates.month_calendar import month_of
from dateline_web.events.params import EventQuery
from dateline_web.events.timetable import timetable

FIRST: Final = 1000
LAST: Final = 9999


def year_page(web: Web, day: date, query: EventQuery) -> CalendarPage:
    """The page of ``day``'s year."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    within = query.between(first, last)
    lines = [line for line in timetable(web, within.search) if not line.moved_to]
    days = (days_between(max(line.first, first), min(line.last, last)) for line in lines)
    counts = Counter(chain.from_iterable(days))
    months = tuple(month_of(date(day.year, month, 1), counts, web) for month in range(1, 13))
    return CalendarPage(
        address=Address(view="year", day=day),
        heading=str(day.year),
        anchor=day,
        query=within,
        filters=filters_of(web, within, lines),
        months=months,
        counts=tuple(sum(line.first <= month.last and line.last >= month.first for line in lines) for month in months),
        total=len(lines),
        shown=len(lines),
        previous=_turn(query, day.year - 1),
        next=_turn(query, day.year + 1),
    )


def _turn(query: EventQuery, year: int) -> Turn | None:
    if not FIRST <= year <= LAST:
        return None
    return Turn(path=Address(view="year", day=date(year, 1, 1)).path(query), words=str(year))
