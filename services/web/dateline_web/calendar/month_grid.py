"""A month of events as a grid: weeks of days, with at most three lines a day, and bars over several days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.dates.month_calendar import Day, month_of
from dateline_web.events.timetable import EventLine

LANES: Final = 3
"""How many lines a day shows; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A stretch of ``span`` days of one lane: an event, or nothing.

    ``before`` and ``after`` say that the event began in an earlier week, or goes on in a later one.
    """

    day: Day
    span: int = 1
    line: EventLine | None = None
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days, their lanes from top to bottom, how many events each day has, and how many find no lane."""

    days: tuple[Day, ...]
    lanes: tuple[tuple[Cell, ...], ...]
    more: tuple[int, ...]
    counts: tuple[int, ...]


def grid_days(web: Web, first: date) -> tuple[tuple[Day, ...], ...]:
    """The weeks of ``first``'s month, filled up with days of its neighbours."""
    return month_of(first, {}, web).weeks


def grid_from(web: Web, day: date, weeks: int) -> tuple[tuple[Day, ...], ...]:
    """The week of ``day``, and those after it."""
    first = shift_day(day, -((day.weekday() - web.week_start) % 7))
    days = [shift_day(first, place) for place in range(7 * weeks)]
    made = [Day(date=day, count=0, heat=0, today=day == web.today, outside=False) for day in days]
    return tuple(tuple(made[at : at + 7]) for at in range(0, len(made), 7))


def month_grid(weeks: Iterable[Sequence[Day]], lines: Sequence[EventLine]) -> tuple[Week, ...]:
    """``lines``, in their order, laid into the weeks."""
    return tuple(_week(tuple(days), lines) for days in weeks)


def _week(days: tuple[Day, ...], lines: Sequence[EventLine]) -> Week:
    first, last = days[0].date, days[-1].date
    lines = [line if line.takes_days else replace(line, last=line.first) for line in lines]
    inside = [line for line in lines if line.first <= last and line.last >= first]
    lanes: list[list[EventLine | None]] = [[None] * len(days) for _ in range(LANES)]
    more = [0] * len(days)
    for line in sorted(inside, key=lambda line: _rank(line, first)):
        columns = [place for place, day in enumerate(days) if line.first <= day.date <= line.last]
        there = {shown.of for lane in lanes for column in columns if (shown := lane[column])}
        free = next((lane for lane in lanes if all(lane[column] is None for column in columns)), None)
        if line.of in there:
            free = None  # the same event once more: it leaves the day's other lanes to others
        for column in columns:
            if free is None:
                more[column] += 1
            else:
                free[column] = line
    used = [lane for lane in lanes if any(lane)]
    counts = tuple(sum(line.first <= day.date <= line.last for line in inside) for day in days)
    return Week(days=days, lanes=tuple(_cells(days, lane) for lane in used), more=tuple(more), counts=counts)


def _rank(line: EventLine, first: date) -> tuple[date, int, tuple[str, ...]]:
    """Bars that began earlier lie on top, longer ones above shorter ones, then all go by their order."""
    return max(line.first, first), -(line.last - line.first).days, line.key


def _cells(days: tuple[Day, ...], lane: Sequence[EventLine | None]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    column = 0
    while column < len(days):
        line = lane[column]
        end = column + 1
        while line is not None and end < len(days) and lane[end] is line:
            end += 1
        cells.append(
            Cell(
                day=days[column], span=end - column, line=line,
                before=line is not None and line.first < days[column].date,
                after=line is not None and line.last > days[end - 1].date,
            )
        )  # fmt: skip
        column = end
    return tuple(cells)
