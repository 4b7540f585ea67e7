"""SKIP of RFC 7529: what a series does in months that have no such day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest

from unit.ics import event, only, times


def expected(first: date, days: list[int], months: list[int], skip: str, until: date) -> list[str]:
    """Worked out month by month, as RFC 7529 section 4.1 tells it."""
    found = set()
    for year in range(first.year, until.year + 1):
        for month in months:
            last = monthrange(year, month)[1]
            for day in days:
                when = date(year, month, min(day, last))
                if day > last and skip == "FORWARD":
                    when += timedelta(days=1)
                if first <= when <= until:
                    found.add(when.isoformat())
    return sorted(found)


@pytest.mark.parametrize("skip", ["BACKWARD", "FORWARD"])
@pytest.mark.parametrize(
    ("start", "rule", "days", "months"),
    [
        ("20270131", "FREQ=MONTHLY", [31], [*range(1, 13)]),
        ("20270130", "FREQ=MONTHLY", [30], [*range(1, 13)]),
        ("20270129", "FREQ=MONTHLY", [29], [*range(1, 13)]),
        ("20270131", "FREQ=MONTHLY;BYMONTHDAY=1,31", [1, 31], [*range(1, 13)]),
        ("20270115", "FREQ=MONTHLY;BYMONTHDAY=15,30,31", [15, 30, 31], [*range(1, 13)]),
        ("20270131", "FREQ=MONTHLY;INTERVAL=3", [31], [1, 4, 7, 10]),
        ("20270831", "FREQ=MONTHLY;INTERVAL=3", [31], [2, 5, 8, 11]),
        ("20270131", "FREQ=MONTHLY;INTERVAL=12", [31], [1]),
        ("20280229", "FREQ=YEARLY", [29], [2]),
        ("20270131", "FREQ=YEARLY;BYMONTH=1,2,4", [31], [1, 2, 4]),
        ("20270131", "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=30,31", [30, 31], [1, 2]),
        ("20270101", "FREQ=MONTHLY;BYMONTHDAY=1", [1], [*range(1, 13)]),
    ],
)
def test_the_month_has_no_such_day(skip: str, start: str, rule: str, days: list[int], months: list[int]) -> None:
    first = date.fromisoformat(start)
    found = event(f"DTSTART;VALUE=DATE:{start}", f"RRULE:RSCALE=GREGORIAN;{rule};SKIP={skip};UNTIL=20331231")
    shown = [day for year in range(2027, 2034) for day in times(found, year=year)]
    assert shown == sorted({first.isoformat(), *expected(first, days, months, skip, date(2033, 12, 31))})


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=3", ["2027-01-31", "2027-03-01", "2027-03-31"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;COUNT=3", ["2027-01-31", "2027-03-31", "2027-05-31"]),
        ("SKIP=BACKWARD;FREQ=MONTHLY;INTERVAL=5;COUNT=3", ["2027-01-31", "2027-06-30", "2027-11-30"]),
        ("RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=FORWARD;COUNT=2", ["2027-01-31", "2027-02-07"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;BYDAY=-1SU;SKIP=FORWARD;COUNT=2", ["2027-01-31", "2027-02-28"]),
    ],
)
def test_counted(rule: str, shown: list[str]) -> None:
    one = only("DTSTART;VALUE=DATE:20270131", f"RRULE:{rule}")
    assert one.event is not None and times(one.event, year=2027) == shown and not one.notes


def test_on_the_clock_several_times_a_day() -> None:
    found = event("DTSTART;TZID=UTC:20270131T090000", "RRULE:FREQ=MONTHLY;BYHOUR=9,18;SKIP=BACKWARD;COUNT=4")
    assert times(found, year=2027) == ["2027-01-31T09:00", "2027-01-31T18:00", "2027-02-28T09:00", "2027-02-28T18:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;INTERVAL=5;SKIP=FORWARD", "FREQ=MONTHLY;BYMONTHDAY=31,-1;SKIP=FORWARD",
             "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=SU;SKIP=BACKWARD", "FREQ=MONTHLY;SKIP=SIDEWAYS"],
)  # fmt: skip
def test_what_cannot_be_heeded_keeps_the_rule_and_says_so(rule: str) -> None:
    one = only("DTSTART;VALUE=DATE:20270131", f"RRULE:RSCALE=GREGORIAN;{rule}")
    assert one.event is not None and one.event.rrule
    assert any("SKIP" in note.detail for note in one.notes)


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;INTERVAL=00", "FREQ=MONTHLY;BYMONTHDAY=99", "RSCALE=CHINESE;FREQ=YEARLY"]
)
def test_a_rule_that_is_none_is_left_out(rule: str) -> None:
    one = only("DTSTART;VALUE=DATE:20270131", f"RRULE:{rule};SKIP=FORWARD")
    assert one.event is not None and not one.event.rrule and "left out" in one.notes[-1].detail
