"""The calendar's pages: a month as a grid, with its agenda; days and weeks; a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dateline.errors import NotFound
from dateline_web.calendar.days_page import days_page
from dateline_web.calendar.few_of_each import days_that_fit, shown_of
from dateline_web.calendar.filters import filters_of
from dateline_web.calendar.found_page import found_page
from dateline_web.calendar.layout import EVENTS_WORD, Address, CalendarPage, Turn
from dateline_web.calendar.month_grid import grid_days, grid_from, month_grid
from dateline_web.calendar.nearest import next_after
from dateline_web.calendar.params import CalendarRequest, View
from dateline_web.calendar.ranges import RANGES, days_of_range
from dateline_web.calendar.year_page import year_page
from dateline_web.context import Web
from dateline_web.dates.days import last_day_of, shift_day, shift_month
from dateline_web.dates.formatting import day_and_month, days_in_words, month_in_words, weekday_in_words
from dateline_web.dates.month_calendar import Day, weekdays_of
from dateline_web.events.params import DAYS_AHEAD, EventQuery
from dateline_web.events.timetable import EventLine, timetable
from dateline_web.events.upcoming import postponed_events

MAX_LINES: Final = 150
"""An agenda of more is to be narrowed down."""
MAX_LINES_BESIDE: Final = 60
"""The same where it stands beside a grid, for phones: a page has its weight."""
MAX_OF_ONE: Final = 3
"""Lines of one event that a day's list shows; as many as a day of the grid has lanes."""
MAX_POSTPONED: Final = 12
WEEKS: Final = 5
FIRST_YEAR: Final = 1000


def calendar_page(web: Web, month: date | None, request: CalendarRequest) -> CalendarPage:
    """The page of ``month``; without one, of the days that ``request`` names, else of today. Raises ``NotFound``."""
    day = request.day or _day_within(month, web.today)
    if day.year < FIRST_YEAR or (month and month.year < FIRST_YEAR):
        raise NotFound("There is no such day in this calendar.")
    if request.query.search.text and not (month or request.day or request.view or request.range):
        return found_page(web, request.query)
    if request.range:
        return _range_page(web, request)
    match request.view:
        case "year":
            return year_page(web, day, request.query)
        case "day":
            return _day_page(web, day, request.query)
        case "week":
            return _week_page(web, day, request.query)
        case "agenda" if not month:
            return _agenda_page(web, day, request.day, request.query)
    if not (month or request.view or request.day):
        return _now_page(web, request.query)
    return _month_page(web, month or (day.replace(day=1) if request.day else None), request.view, request.query)


def _range_page(web: Web, request: CalendarRequest) -> CalendarPage:
    assert request.range
    first, last = days_of_range(request.range, web.today)
    words = {"today": weekday_in_words(first), "next-month": month_in_words(first)}
    heading = f"{RANGES[request.range]}, {words.get(request.range) or days_in_words(first, last)}"
    return days_page(web, Address(range=request.range), heading, request.query.between(first, last))


def _day_page(web: Web, day: date, query: EventQuery) -> CalendarPage:
    before, after = (
        Turn(path=Address(view="day", day=there).path(query), words=day_and_month(there))
        for there in (shift_day(day, -1), shift_day(day, 1))
    )
    address = Address(view="day", day=day)
    return days_page(web, address, weekday_in_words(day), query.between(day, day), before, after)


def _week_page(web: Web, day: date, query: EventQuery) -> CalendarPage:
    first = shift_day(day, -((day.weekday() - web.week_start) % 7))
    last = shift_day(first, 6)
    before, after = (
        Turn(path=Address(view="week", day=there).path(query), words=f"Week of {day_and_month(there)}")
        for there in (shift_day(first, -7), shift_day(first, 7))
    )
    address = Address(view="week", day=day)
    heading = f"{days_in_words(first, last)} {last.year}"
    return days_page(web, address, heading, query.between(first, last), before, after)


def _agenda_page(web: Web, day: date, asked: date | None, query: EventQuery) -> CalendarPage:
    """The next 30 days; or 30 days from the one that was asked for."""
    first, last = day, shift_day(day, DAYS_AHEAD)
    before, after = (
        Turn(path=Address(view="agenda", day=there).path(query), words=f"From {day_and_month(there)}")
        for there in (shift_day(day, -DAYS_AHEAD - 1), shift_day(day, DAYS_AHEAD + 1))
    )
    return days_page(
        web, Address(view="agenda", day=asked), f"{days_in_words(first, last)} {last.year}",
        query.between(first, last), before, after,
    )  # fmt: skip


def _now_page(web: Web, query: EventQuery) -> CalendarPage:
    """The calendar's first page: this week and the next four, and for phones the next 30 days."""
    this = web.today.replace(day=1)
    agenda = web.today, shift_day(web.today, DAYS_AHEAD)
    page = _grid_page(web, Address(), EVENTS_WORD, grid_from(web, web.today, WEEKS), agenda, query)
    shown = query.between(page.weeks[0].days[0].date, page.weeks[-1].days[-1].date)
    return replace(
        page,
        query=shown,
        postponed=postponed_events(web, query.search, MAX_POSTPONED),
        previous=_turn("", query, this),
        next=_turn("", query, shift_month(this, 1)),
    )


def _month_page(web: Web, month: date | None, view: View, query: EventQuery) -> CalendarPage:
    """A month's grid, and its agenda for phones; without a month this one."""
    first = month or web.today.replace(day=1)
    days = first, last_day_of(first)
    page = _grid_page(
        web, Address(view=view, month=month), month_in_words(first), grid_days(web, first), days, query.between(*days)
    )
    return replace(
        page, previous=_turn(view, query, shift_month(first, -1)), next=_turn(view, query, shift_month(first, 1))
    )


def _grid_page(
    web: Web,
    address: Address,
    heading: str,
    grid: Sequence[Sequence[Day]],
    agenda: tuple[date, date],
    query: EventQuery,
) -> CalendarPage:
    """Weeks as a grid, but in an agenda, and the days of the agenda as a list."""
    begin, end = min(grid[0][0].date, agenda[0]), max(grid[-1][-1].date, agenda[1])
    every = timetable(web, query.between(begin, end).search)
    lines = [line for line in every if line.first <= agenda[1] and line.last >= agenda[0]]
    most = MAX_LINES if address.view == "agenda" else MAX_LINES_BESIDE
    days = days_that_fit(_by_day(lines, agenda[0]), MAX_OF_ONE, most)
    return CalendarPage(
        address=address,
        heading=heading,
        anchor=_day_within(address.month, web.today),
        query=query,
        filters=filters_of(web, query.between(begin, end), every),
        weekdays=weekdays_of(web),
        weeks=month_grid(grid, every) if address.view != "agenda" else (),
        days=tuple((day, inside) for day, inside in days if inside),
        total=len(lines),
        shown=shown_of(days),
        nearest=None if lines else next_after(web, query.between(*agenda)),
    )


def _day_within(first: date | None, today: date) -> date:
    """Today when it lies in the month, else the month's first day."""
    return today if first is None or (today.year, today.month) == (first.year, first.month) else first


def _by_day(lines: Iterable[EventLine], first: date) -> list[tuple[date, list[EventLine]]]:
    """Each line once, on its first day; what goes on already stands on the first day shown."""
    days: dict[date, list[EventLine]] = {}
    for line in lines:
        days.setdefault(max(line.first, first), []).append(line)
    return sorted(days.items())


def _turn(view: View, query: EventQuery, first: date | None) -> Turn | None:
    if first is None or first.year < FIRST_YEAR:
        return None
    return Turn(path=Address(view=view, month=first).path(query), words=month_in_words(first))
