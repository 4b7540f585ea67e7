"""The month's grid and the bars of a histogram."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel import Locale

from dateline.settings import WEEKDAYS, read_settings
from dateline_web.context import Web
from dateline_web.dates.days import shift_month
from dateline_web.dates.month_calendar import heat_of, month_of
from dateline_web.search.histogram import bars_of


def web(**settings: str) -> Web:
    made = read_settings({}, **settings)
    return Web(
        settings=made, index=None, media=None, locale=Locale.parse(made.language),  # type: ignore[arg-type]
        now=lambda: datetime(2017, 12, 5, 21, 30, tzinfo=UTC),
    )  # fmt: skip


def test_december_2017_as_the_seed_page_shows_it() -> None:
    month = month_of(date(2017, 12, 5), {date(2017, 12, 5): 3}, web())
    assert [weekday.short for weekday in month.weekdays] == ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]
    assert [day.date.day for day in month.weeks[0] if not day.outside] == [1, 2]
    assert len(month.weeks) == 6
    assert month.total == 3
    assert (month.previous, month.next) == (date(2017, 11, 1), date(2018, 1, 1))


def test_today_is_the_newsrooms_day() -> None:
    days = [day for week in month_of(date(2017, 12, 1), {}, web()).weeks for day in week]
    assert [day.date for day in days if day.today] == [date(2017, 12, 6)]


@pytest.mark.parametrize("start", WEEKDAYS)
@pytest.mark.parametrize("first", [date(2024, 2, 1), date(2026, 2, 1), date(1, 1, 1), date(9999, 12, 1)])
def test_whole_weeks_from_any_weekday(start: str, first: date) -> None:
    month = month_of(first, {}, web(week_start=start))
    inside = [day.date for week in month.weeks for day in week if not day.outside]
    assert all(len(week) == 7 for week in month.weeks)
    assert inside == [first.replace(day=number) for number in range(1, len(inside) + 1)]
    assert inside[-1] == month.last
    column = next(place for place, day in enumerate(month.weeks[0]) if not day.outside)
    assert WEEKDAYS[(WEEKDAYS.index(start) + column) % 7] == WEEKDAYS[first.weekday()]


def test_names_are_in_the_readers_language() -> None:
    month = month_of(date(2017, 12, 1), {}, web(language="be", week_start="monday"))
    assert [weekday.short for weekday in month.weekdays][:2] == ["пн", "аў"]


def test_the_calendar_ends() -> None:
    assert shift_month(date(1, 1, 1), -1) is None
    assert shift_month(date(9999, 12, 1), 1) is None


@pytest.mark.parametrize(
    ("count", "most", "heat"), [(0, 0, 0), (0, 9, 0), (1, 1, 1), (1, 100, 1), (4, 4, 4), (50, 100, 2)]
)
def test_heat(count: int, most: int, heat: int) -> None:
    assert heat_of(count, most) == heat


def test_bars_fill_the_months_between() -> None:
    bars = bars_of({(2017, 11): 10, (2018, 2): 5})
    assert [(bar.first, bar.count, bar.height) for bar in bars] == [
        (date(2017, 11, 1), 10, 100), (date(2017, 12, 1), 0, 0), (date(2018, 1, 1), 0, 0), (date(2018, 2, 1), 5, 50),
    ]  # fmt: skip
    assert bars[-1].last == date(2018, 2, 28)


def test_many_months_are_counted_by_year() -> None:
    bars = bars_of({(2010, 1): 1, (2010, 2): 2, (2017, 12): 6})
    assert [(bar.first.year, bar.count, bar.year) for bar in bars][::7] == [(2010, 3, True), (2017, 6, True)]
    assert sum(bar.count for bar in bars) == 9
    assert bars_of({}) == ()
