"""Days on a grid of hours."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of
from dateline_web.calendar.hour_grid import HourGrid, hour_grid
from dateline_web.events.timetable import EventLine
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event
from unit.web.test_events_pages import words

DAY = date(2026, 11, 28)


def line(hour: float, hours: float | None = 1.0, *, day: date = DAY) -> EventLine:
    start = datetime(day.year, day.month, day.day, tzinfo=MINSK) + timedelta(hours=hour)
    end = None if hours is None else start + timedelta(hours=hours)
    return made(start, end)


def made(start: Any, end: Any = None) -> EventLine:
    occurrence = Occurrence(start=start, end=end)
    first, last = days_of(occurrence, MINSK)
    return EventLine(event=event("E", start, end=end), occurrence=occurrence, first=first, last=last)


def grid_of(*lines: EventLine, lanes: int = 2, long: tuple[EventLine, ...] = ()) -> HourGrid:
    days = sorted({line.first for line in lines})
    grid = hour_grid([(day, [line for line in lines if line.first == day]) for day in days], long, MINSK, lanes)
    assert grid
    return grid


def test_few_events_are_no_grid() -> None:
    assert hour_grid([(DAY, [line(10), line(12)])], (), MINSK, 2) is None


def test_hours_without_events_are_left_out() -> None:
    grid = grid_of(line(10), line(11, 0.5), line(19.5, 1.5))
    assert [(row.hour, row.spans, row.gap) for row in grid.rows] == [
        ("10:00", 1, False), ("11:00", 2, False), ("", 0, False), ("19:00", 2, True), ("", 0, False),
        ("20:00", 1, False),
    ]  # fmt: skip


def test_what_takes_place_at_one_time_stands_side_by_side() -> None:
    grid = grid_of(line(10, 2), line(10.5), line(11), line(12), lanes=2)
    (column,) = grid.columns
    assert column.lanes == 2 and len(column.left) == 1
    assert [slot.lanes for row in grid.rows for slot in row.slots if slot.line] == [1, 1, 2]


def test_a_night_ends_with_its_day() -> None:
    grid = grid_of(line(22, 5), line(23), line(20))
    (late,) = [slot for row in grid.rows for slot in row.slots if slot.line and slot.line.last > DAY]
    assert late.rows == 2


def test_bars_lie_over_the_days_that_they_touch() -> None:
    fair = made(DAY - timedelta(days=3), DAY + timedelta(days=1))
    other = made(DAY + timedelta(days=9), DAY + timedelta(days=10))
    grid = grid_of(line(10), line(10), line(11, day=DAY + timedelta(days=2)), long=(fair, other))
    (bars,) = grid.bars
    assert [(bar.lanes, bar.line, bar.before, bar.after) for bar in bars] == [
        (2, fair, True, True), (1, None, False, False),
    ]  # fmt: skip
    assert fair.key in grid.keys and other.key not in grid.keys


HALVES = st.integers(0, 47).map(lambda half: half / 2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 2), HALVES, st.none() | st.floats(0.1, 30)), min_size=3, max_size=25),
    st.integers(1, 4),
)
def test_every_row_fills_all_lanes_and_nothing_is_lost(
    given: list[tuple[int, float, float | None]], lanes: int
) -> None:
    lines = [line(hour, hours, day=DAY + timedelta(days=day)) for day, hour, hours in given]
    grid = grid_of(*lines, lanes=lanes)
    width = sum(column.lanes for column in grid.columns)
    covered = [0] * (len(grid.rows) + 60)
    for number, row in enumerate(grid.rows):
        for slot in row.slots:
            for below in range(slot.rows):
                covered[number + below] += slot.lanes
    assert covered == [width] * len(grid.rows) + [0] * 60
    shown = [slot.line.key for row in grid.rows for slot in row.slots if slot.line]
    left = [line.key for column in grid.columns for line in column.left]
    assert sorted([*shown, *left]) == sorted(line.key for line in lines)
    assert sum(row.spans for row in grid.rows) == len(grid.rows)


def test_a_week_has_columns_for_days_with_something_only(client: FlaskClient, fill: Fill) -> None:
    fill([event(f"E{n}", datetime(2026, 11, 27 + n % 2, 10 + n, tzinfo=MINSK)) for n in range(4)])
    page = client.get("/events?view=week&day=2026-11-28").text
    (grid,) = re.findall(r'<table class="hour-grid".*?</table>', page, re.DOTALL)
    assert re.findall(r'scope="col".*?>(\w+), \d+ November', grid) == ["Friday", "Saturday"]
    assert "Sunday, 22 November to Thursday, 26 November: nothing" in words(page)
    assert page.count("<th scope=") == len(re.findall(r"<th ", page))
