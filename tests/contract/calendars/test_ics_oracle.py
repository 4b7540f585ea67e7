"""Random series with zones, dates left out and added, and exceptions: we show what recurring-ical-events shows."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dateline.domain.recurrence import occurrences
from dateline.formats.ics import read_calendar

FIRST, LAST = date(2026, 1, 1), date(2029, 1, 1)
ZONES = ["Europe/Minsk", "Europe/Warsaw", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Sao_Paulo"]
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Shown = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Series:
    """A series as it stands in a calendar."""

    start: datetime
    zone: str
    rule: str
    hours: int

    def at(self, wall: datetime) -> str:
        return f";TZID={self.zone}:{wall:%Y%m%dT%H%M%S}"

    def lines(self) -> list[str]:
        end = self.start + timedelta(hours=self.hours)
        return [f"DTSTART{self.at(self.start)}", f"DTEND{self.at(end)}", f"RRULE:{self.rule}"]

    def utc(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


@st.composite
def series(draw: st.DrawFn) -> Series:
    """One that names its own start, at hours that every clock has."""
    day = draw(st.dates(date(2026, 1, 10), date(2027, 6, 1)))
    start = datetime(day.year, day.month, day.day, draw(st.integers(5, 21)), draw(st.sampled_from([0, 15, 30])))
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}"]
    own = WEEK[start.weekday()]
    if freq == "WEEKLY":
        more = draw(st.lists(st.sampled_from(WEEK), max_size=2))
        parts += [f"BYDAY={','.join(dict.fromkeys([own, *more]))}"]
    if freq == "MONTHLY":
        nth = (start.day - 1) // 7 + 1
        parts += [
            draw(st.sampled_from([f"BYDAY={nth}{own}", f"BYMONTHDAY={start.day}", f"BYDAY={own};BYSETPOS={nth}"]))
        ]
    ending = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if ending == "COUNT":
        parts += [f"COUNT={draw(st.integers(1, 60))}"]
    zone = draw(st.sampled_from(ZONES))
    if ending == "UNTIL":
        until = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(days=draw(st.integers(0, 900)))
        parts += [f"UNTIL={until:%Y%m%dT%H%M%SZ}"]
    return Series(start, zone, ";".join(parts), draw(st.integers(0, 3)))


def vevent(title: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:s", "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}", *lines, "END:VEVENT"))


def calendar(*vevents: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *vevents, "END:VCALENDAR", "")).encode()


def within(shown: Iterable[tuple[str, str, str]]) -> Shown:
    """Without the last days: on which of them something takes place depends on the zone."""
    return sorted(one for one in shown if one[0] < "2028-12-28")


def moment(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def ours(data: bytes) -> Shown:
    found = read_calendar(data, ZoneInfo("UTC"))
    assert not any(one.errors or one.notes for one in found), found
    events = [one.event for one in found if one.event is not None]
    return within(
        (moment(one.start), moment(one.end or one.start), event.title)
        for event in events
        for one in occurrences(event, FIRST, LAST - timedelta(days=1), ZoneInfo("UTC"), 10_000)
    )


def theirs(data: bytes) -> Shown:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FIRST, LAST)
        return within((moment(one["DTSTART"].dt), moment(one["DTEND"].dt), str(one["SUMMARY"])) for one in found)


def walls(given: Series) -> list[datetime]:
    """The wall-clock times of a series, as it is shown without anything else."""
    zone = ZoneInfo(given.zone)
    return [datetime.fromisoformat(start).astimezone(zone).replace(tzinfo=None) for start, *_ in ours(plain(given))]


def plain(given: Series) -> bytes:
    return calendar(vevent("Series", *given.lines()))


SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)


@SLOW
@given(series())
def test_rules_in_zones(given: Series) -> None:
    assert ours(plain(given)) == theirs(plain(given))


@SLOW
@given(series(), st.data())
def test_dates_left_out_and_added(given: Series, data: st.DataObject) -> None:
    times = walls(given)
    assume(len(times) > 2)
    gone = data.draw(st.lists(st.sampled_from(times), max_size=3, unique=True))
    added = data.draw(st.lists(st.integers(1, 700), max_size=3, unique=True))
    lines = [
        f"EXDATE{given.at(wall)}" if n % 2 else f"EXDATE:{given.utc(wall):%Y%m%dT%H%M%SZ}"
        for n, wall in enumerate(gone)
    ]
    for days in added:
        begin = given.start + timedelta(days=days, hours=1, minutes=7)  # no wall clock of any time that the rule names
        if days % 2:
            lines.append(f"RDATE{given.at(begin)}")
        else:
            utc = given.utc(begin)
            lines.append(f"RDATE;VALUE=PERIOD:{utc:%Y%m%dT%H%M%SZ}/{utc + timedelta(hours=5):%Y%m%dT%H%M%SZ}")
    text = calendar(vevent("Series", *given.lines(), *lines))
    assert ours(text) == theirs(text)


@SLOW
@given(series(), st.data())
def test_exceptions(given: Series, data: st.DataObject) -> None:
    times = walls(given)
    assume(len(times) > 2)
    chosen = data.draw(st.lists(st.sampled_from(times), min_size=1, max_size=4, unique=True))
    exceptions = []
    for number, wall in enumerate(chosen):
        moved = wall + timedelta(days=data.draw(st.integers(-3, 3)), hours=data.draw(st.integers(-2, 2)))
        at = given.at(wall) if number % 2 else f":{given.utc(wall):%Y%m%dT%H%M%SZ}"
        end = moved + timedelta(hours=2)
        exceptions.append(
            vevent(f"Moved {number}", f"RECURRENCE-ID{at}", f"DTSTART{given.at(moved)}", f"DTEND{given.at(end)}")
        )
    text = calendar(vevent("Series", *given.lines()), *exceptions)
    assert ours(text) == theirs(text)


@SLOW
@given(series(), st.data())
def test_this_and_all_later_ones(given: Series, data: st.DataObject) -> None:
    times = walls(given)
    assume(len(times) > 3)
    at = data.draw(st.sampled_from(times[1:30]))
    moved = at + timedelta(hours=data.draw(st.integers(-2, 2)))
    later = vevent(
        "Later",
        f"RECURRENCE-ID;RANGE=THISANDFUTURE{given.at(at)}",
        f"DTSTART{given.at(moved)}",
        f"DTEND{given.at(moved + timedelta(hours=1))}",
    )
    text = calendar(vevent("Series", *given.lines()), later)
    assert ours(text) == theirs(text)
