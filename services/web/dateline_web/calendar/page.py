"""The calendar's pages: a month as a grid, a week, an agenda; with what they can be narrowed down to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.errors import NotFound
from dateline.ports.index import Facet
from dateline_web.calendar.few_of_each import days_that_fit, shown_of
from dateline_web.calendar.month_grid import Week, grid_days, month_grid
from dateline_web.calendar.params import View
from dateline_web.context import Web
from dateline_web.dates.days import days_between, last_day_of, shift_day, shift_month
from dateline_web.dates.month_calendar import Weekday, weekdays_of
from dateline_web.events.params import DAYS_AHEAD, EventQuery
from dateline_web.events.timetable import EventLine, timetable
from dateline_web.urls import EVENTS, EVENTS_ICS, Parameters, events_month_path, with_query

MAX_LINES: Final = 300
"""An agenda of more is to be narrowed down."""
MAX_OF_ONE: Final = 3
"""Lines of one event that a day's list shows; as many as a day of the grid has lanes."""
MAX_CHOICES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    """A filter's value: how many lines carry it, and the query with it chosen, or no longer."""

    name: Facet
    value: str
    label: str
    count: int
    selected: bool
    query: EventQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """A page of the calendar. ``previous`` and ``next`` are (path, first day); ``days`` the agenda or the week."""

    view: View
    first: date
    query: EventQuery
    at: str
    weekdays: tuple[Weekday, ...]
    weeks: tuple[Week, ...]
    days: tuple[tuple[date, tuple[EventLine, ...]], ...]
    total: int
    shown: int
    choices: tuple[FilterChoice, ...]
    previous: tuple[str, date] | None
    next: tuple[str, date] | None

    def path(self, view: View) -> str:
        """This page in another view."""
        return with_query(self.at, _parameters(view, self.query))

    def day_path(self, day: date) -> str:
        """The agenda at a day."""
        return f"{with_query(events_month_path(day), _parameters('agenda', self.query))}#{day:day-%Y-%m-%d}"

    def filtered(self, query: EventQuery) -> str:
        """This page with other filters."""
        return with_query(self.at, _parameters(self.view, query))

    @property
    def calendar_path(self) -> str:
        """The calendar one can subscribe to."""
        return with_query(EVENTS_ICS, self.query.filters)


def calendar_page(web: Web, month: date | None, parameters: tuple[View, date | None, EventQuery]) -> CalendarPage:
    """The page of ``month``; without one, of today: then the agenda begins today. Raises ``NotFound``."""
    view, day, query = parameters
    first = (month or web.today).replace(day=1)
    if first.year < 1000:
        raise NotFound("There is no such month in this calendar.")
    if view == "week":
        return _week_page(web, day or _day_within(first, web.today), query)
    grid = grid_days(web, first)
    agenda = (first, last_day_of(first)) if month or view == "month" else (web.today, shift_day(web.today, DAYS_AHEAD))
    begin, end = min(grid[0][0].date, agenda[0]), max(grid[-1][-1].date, agenda[1])
    every = timetable(web, query.between(begin, end).search)
    lines = [line for line in every if line.first <= agenda[1] and line.last >= agenda[0]]
    days = days_that_fit(_by_day(lines, agenda[0]), MAX_OF_ONE, MAX_LINES)
    at = events_month_path(first) if month else EVENTS
    return CalendarPage(
        view=view,
        first=first,
        query=query.between(first, last_day_of(first)),
        at=at,
        weekdays=weekdays_of(web),
        weeks=month_grid(grid, every) if view != "agenda" else (),
        days=tuple((day, inside) for day, inside in days if inside),
        total=len(lines),
        shown=shown_of(days),
        choices=_choices(query, every),
        previous=_turn(view, query, shift_month(first, -1)),
        next=_turn(view, query, shift_month(first, 1)),
    )


def _week_page(web: Web, day: date, query: EventQuery) -> CalendarPage:
    first = shift_day(day, -((day.weekday() - web.week_start) % 7))
    last = shift_day(first, 6)
    lines = timetable(web, query.between(first, last).search)
    inside = [(day, [line for line in lines if line.first <= day <= line.last]) for day in days_between(first, last)]
    days = days_that_fit(inside, MAX_OF_ONE, MAX_LINES)
    return CalendarPage(
        view="week",
        first=first,
        query=query.between(first, last),
        at=events_month_path(day),
        weekdays=weekdays_of(web),
        weeks=(),
        days=days,
        total=len(lines),
        shown=shown_of(days),
        choices=_choices(query, lines),
        previous=_week_turn(query, shift_day(first, -7)),
        next=_week_turn(query, shift_day(first, 7)),
    )


def _day_within(first: date, today: date) -> date:
    """Today when it lies in the month, else the month's first day."""
    return today if (today.year, today.month) == (first.year, first.month) else first


def _by_day(lines: Iterable[EventLine], first: date) -> list[tuple[date, list[EventLine]]]:
    """Each line once, on its first day; what goes on already stands on the first day shown."""
    days: dict[date, list[EventLine]] = {}
    for line in lines:
        days.setdefault(max(line.first, first), []).append(line)
    return sorted(days.items())


def _parameters(view: View, query: EventQuery) -> Parameters:
    """How an address says the view and the filters."""
    return [*([("view", view)] if view else []), *query.filters]


def _turn(view: View, query: EventQuery, first: date | None) -> tuple[str, date] | None:
    if first is None or first.year < 1000:
        return None
    return with_query(events_month_path(first), _parameters(view, query)), first


def _week_turn(query: EventQuery, first: date) -> tuple[str, date] | None:
    parameters = [("view", "week"), ("day", first.isoformat()), *query.filters]
    return with_query(events_month_path(first), parameters), first


def _choices(query: EventQuery, lines: Sequence[EventLine]) -> tuple[FilterChoice, ...]:
    """What the events shown can be narrowed down to, and what was chosen."""
    counts: Counter[tuple[Facet, str]] = Counter()
    labels: dict[tuple[Facet, str], str] = {}
    for event in {line.event.id: line.event for line in lines}.values():
        named: list[tuple[Facet, str, str]] = [(tag.type, tag.slug, tag.label) for tag in event.accepted_tags]
        named += [("section", crumb.slug, crumb.label) for crumb in event.sections]
        for kind, slug, label in named:
            counts[kind, slug] += 1
            labels[kind, slug] = label
    chosen = set(query.filters)
    twice = {label for label, number in Counter(label.casefold() for label in labels.values()).items() if number > 1}
    offered = [*sorted(chosen), *[key for key, _ in counts.most_common() if key not in chosen]]
    return tuple(
        FilterChoice(
            name=name, value=value, label=_told_apart(name, labels.get((name, value), value.replace("-", " ")), twice),
            count=counts[name, value], selected=(name, value) in chosen, query=query.toggled(name, value),
        )
        for name, value in offered[: MAX_CHOICES + len(chosen)]
    )  # fmt: skip


def _told_apart(name: str, label: str, twice: set[str]) -> str:
    """A label with its kind, where another kind has the same: a section and a topic may both be Culture."""
    return f"{label} ({name})" if label.casefold() in twice else label
