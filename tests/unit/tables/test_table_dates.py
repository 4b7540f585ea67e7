"""Dates and times as people type them into tables."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from dateline.formats.tables.dates import (
    Said,
    Unreadable,
    order_shown,
    read_clock,
    read_clock_range,
    read_date,
    read_range,
    read_time_or_date,
)

FIFTH = date(2017, 12, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2017-12-05", "2017/12/5", "5.12.2017", "05.12.2017 г.", "5.12.2017 года", "5 December 2017",
        "5th December 2017", "December 5, 2017", "Dec 5 2017", "5 декабря 2017", "5 дек. 2017 г.", "5 снежня 2017",
        "Tuesday, 5 December 2017",
        "вт, 05.12.2017", "аўторак 5.12.2017",
    ],
)  # fmt: skip
def test_dates_that_say_one_day(text: str) -> None:
    assert read_date(text, "") == Said(day=FIFTH)


@pytest.mark.parametrize(
    ("text", "clock", "offset"),
    [
        ("2017-12-05T19:00", time(19), ""), ("2017-12-05 19:00:30", time(19, 0, 30), ""),
        ("2017-12-05T19:00:00+03:00", time(19), "+03:00"), ("2017-12-05T16:00Z", time(16), "Z"),
        ("5.12.2017 19:00", time(19), ""), ("5.12.2017, 19.30", time(19, 30), ""), ("5.12.2017 в 19:00", time(19), ""),
        ("5 December 2017 at 7:30 pm", time(19, 30), ""), ("5 декабря 2017 19:00", time(19), ""),
    ],
)  # fmt: skip
def test_dates_with_a_time(text: str, clock: time, offset: str) -> None:
    assert read_date(text, "") == Said(day=FIFTH, clock=clock, offset=offset)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "31.02.2017", "5.12.17", "05/12/2017", "12-05-2017", "43070", "5 Foo 2017", "2017-13-05"]
)
def test_what_is_no_date_or_may_be_two(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text, "")


def test_slashes_mean_what_was_said_or_what_the_column_shows() -> None:
    assert read_date("05/12/2017", "dmy").day == FIFTH
    assert read_date("12/05/2017", "mdy").day == FIFTH
    assert read_date("05/05/2017", "").day == date(2017, 5, 5)
    assert order_shown(["05/12/2017", "13/12/2017"]) == "dmy"
    assert order_shown(["05/12/2017", "12/13/2017"]) == "mdy"
    assert order_shown(["13/12/2017", "12/13/2017"]) == ""
    assert order_shown(["05/12/2017", None, datetime(2017, 1, 1)]) == ""


def test_cells_of_a_workbook() -> None:
    assert read_date(datetime(2017, 12, 5), "") == Said(day=FIFTH)
    assert read_date(datetime(2017, 12, 5, 19), "") == Said(day=FIFTH, clock=time(19))
    assert read_date(FIFTH, "") == Said(day=FIFTH)
    assert read_clock(time(19)) == time(19)
    for cell in (None, 43074, 43074.5, True):
        with pytest.raises(Unreadable):
            read_date(cell, "")


@pytest.mark.parametrize("text", ["19:00", "19.00", "19:00:00", "7 pm", "7 p.m.", "7:00 PM", "19 ч", "19h"])
def test_times(text: str) -> None:
    assert read_clock(text) == time(19)


def test_midnight_and_noon_by_halves_of_the_day() -> None:
    assert (read_clock("12 am"), read_clock("12 pm")) == (time(0), time(12))


@pytest.mark.parametrize("text", ["", "19", "25:00", "19:61", "13 pm", "0 am", "soon"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(Unreadable):
        read_clock(text)


def test_ranges() -> None:
    assert read_range("5.12.2017 – 7.12.2017", "") == (Said(day=FIFTH), Said(day=date(2017, 12, 7)))
    assert read_range("5.12.2017 19:00 – 21:00", "")[1] == Said(clock=time(21))
    assert read_range("2017-12-05", "") == (Said(day=FIFTH), None)
    assert read_clock_range("19:00-21:30") == (time(19), time(21, 30))
    assert read_clock_range("19:00") == (time(19), None)
    assert read_time_or_date("21:00", "") == Said(clock=time(21))
    assert read_time_or_date("7.12.2017", "") == Said(day=date(2017, 12, 7))
