"""Some days, each with what takes place: on a grid of hours where there is room and enough to show, else as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from dateline_web.calendar.few_of_each import days_that_fit, shown_of
from dateline_web.calendar.filters import filters_of
from dateline_web.calendar.hour_grid import HourGrid, hour_grid
from dateline_web.calendar.layout import Address, CalendarPage, Days, Turn
from dateline_web.calendar.nearest import next_after
from dateline_web.context import Web
from dateline_web.dates.days import days_between
from dateline_web.events.params import EventQuery
from dateline_web.events.timetable import EventLine, timetable

MAX_LINES: Final = 150
MAX_A_DAY: Final = 8
"""Where a grid may stand beside the list; the day's own page has the rest."""
MAX_OF_WEEK: Final = 1000
MAX_LONG: Final = 30
MAX_OF_ONE: Final = 3
MAX_ON_GRID: Final = 7
"""More days are a list."""
LANES: Final = 2
"""How many events stand side by side on a day among others; a day alone has room for more."""
LANES_OF_A_DAY: Final = 6


def days_page(
    web: Web, address: Address, heading: str, query: EventQuery, before: Turn | None = None, after: Turn | None = None
) -> CalendarPage:
    """The page of the days of ``query``."""
    first, last = query.search.first_day, query.search.last_day
    lines = timetable(web, query.search)
    long = [line for line in lines if line.takes_days or line.first < first]
    begun = [line for line in lines if not (line.takes_days or line.first < first)]
    few = 1 < (last - first).days + 1 <= MAX_ON_GRID
    by_day = days_that_fit(_days_within(first, last, begun), MAX_OF_ONE, MAX_OF_WEEK if few else MAX_LINES)
    shown = days_that_fit([(first, long)], MAX_OF_ONE, MAX_LONG)
    return CalendarPage(
        address=address,
        heading=heading,
        anchor=first,
        query=query,
        filters=filters_of(web, query, lines),
        hours=_grid(web, by_day, shown[0][1]),
        long=shown[0][1],
        days=by_day,
        most_a_day=MAX_A_DAY if few else None,
        total=len(lines),
        shown=shown_of(by_day) + shown_of(shown),
        nearest=None if lines else next_after(web, query),
        previous=before,
        next=after,
    )


def _days_within(first: date, last: date, lines: list[EventLine]) -> list[tuple[date, list[EventLine]]]:
    """All days from ``first`` to ``last``, each with the lines that begin on it."""
    days: dict[date, list[EventLine]] = {day: [] for day in days_between(first, last)}
    for line in lines:
        days[line.first].append(line)
    return list(days.items())


def _grid(web: Web, days: Days, long: Sequence[EventLine]) -> HourGrid | None:
    if len(days) > MAX_ON_GRID:
        return None
    return hour_grid(days, long, web.settings.timezone, LANES if len(days) > 1 else LANES_OF_A_DAY)
