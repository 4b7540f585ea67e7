"""Long events as bars of whole days: on the days of their own clock, with their rules and exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.formats.ics import CalendarOptions, write_calendar
from unit.test_ics_writer import MINSK, TORONTO, document

NIGHT = datetime(2026, 7, 3, 22, tzinfo=TORONTO)
TOUR = document(start=NIGHT, end=NIGHT + timedelta(hours=28), timezone="America/Toronto", title="Tour")


def days(*documents: EventDocument) -> list[tuple[str, Any, Any]]:
    """What a program shows: title, first day, and the day after the last."""
    data = write_calendar(documents, base_url="https://news.example", name="x", zone=MINSK,
                          options=CalendarOptions(bars=True))  # fmt: skip
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(2026, 1, 1), date(2027, 12, 31))
    return sorted(
        ((str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt) for one in found), key=lambda one: [*map(str, one)]
    )


def test_a_bar_stands_on_the_days_of_the_events_clock() -> None:
    assert days(TOUR) == [("Tour", date(2026, 7, 3), date(2026, 7, 6))]
    until_midnight = replace(TOUR, end=datetime(2026, 7, 5, tzinfo=TORONTO))
    assert days(until_midnight) == [("Tour", date(2026, 7, 3), date(2026, 7, 5))]


@pytest.mark.parametrize("until", ["20260718T015959Z", "20260717"])
def test_the_last_bar_of_a_series_is_the_last_that_begins(until: str) -> None:
    """At 22:00 in Toronto on the 17th it is 02:00 in UTC on the 18th."""
    series = replace(TOUR, rrule=f"FREQ=WEEKLY;UNTIL={until}")
    starts = [start for _, start, _ in days(series)]
    assert starts == [date(2026, 7, 3), date(2026, 7, 10), *([date(2026, 7, 17)] if len(until) == 8 else [])]


def test_dates_left_out_and_added_are_days_too() -> None:
    further = datetime(2026, 8, 1, 23, tzinfo=TORONTO)
    series = replace(
        TOUR, rrule="FREQ=WEEKLY;COUNT=3", exdates=(NIGHT + timedelta(days=7),), rdates=(further,),
        periods=(Occurrence(start=further + timedelta(days=9), end=further + timedelta(days=11)),),
    )  # fmt: skip
    starts = [start for _, start, _ in days(series)]
    assert {date(2026, 7, 3), date(2026, 7, 17), date(2026, 8, 1)} <= set(starts)
    assert date(2026, 7, 10) not in starts


def test_an_exception_stands_for_the_day_of_its_bar() -> None:
    series = replace(TOUR, rrule="FREQ=WEEKLY;COUNT=3")
    short = document(id="e2", title="Only an hour", start=datetime(2026, 7, 11, 9, tzinfo=TORONTO),
                     end=datetime(2026, 7, 11, 10, tzinfo=TORONTO), timezone="America/Toronto",
                     recurrence_id="2026-07-11T02:00:00Z")  # fmt: skip
    found = days(series, short)
    assert [title for title, *_ in found] == ["Only an hour", "Tour", "Tour"]
    assert [start for _, start, _ in found][1:] == [date(2026, 7, 3), date(2026, 7, 17)]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=3;BYHOUR=9,18", "FREQ=HOURLY;INTERVAL=30;COUNT=3"])
def test_what_names_hours_keeps_them(rule: str) -> None:
    assert all(isinstance(start, datetime) for _, start, _ in days(replace(TOUR, rrule=rule)))


def test_what_is_short_or_without_an_end_keeps_its_hour() -> None:
    one = replace(TOUR, end=NIGHT + timedelta(hours=23))
    found = write_calendar([one, replace(TOUR, uid="u2", end=None)], base_url="", name="x", zone=ZoneInfo("UTC"),
                           options=CalendarOptions(bars=True)).decode()  # fmt: skip
    assert found.count("DTSTART;TZID=America/Toronto:20260703T220000") == 2
