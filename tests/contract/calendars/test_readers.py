"""Calendars that go out, read by the libraries that calendar programs are built of: icalendar with
recurring-ical-events, vobject, and ical.js (that of Thunderbird). Same titles, same instants, same exceptions."""

from __future__ import annotations

import json
import subprocess
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence
from dateline.domain.recurrence import occurrences
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.formats.ics import CalendarOptions, at_one_time, write_calendar
from servers.node import install

MINSK: Final = ZoneInfo("Europe/Minsk")
TORONTO: Final = ZoneInfo("America/Toronto")
FIRST, LAST = date(2026, 11, 1), date(2028, 3, 1)
ICAL_JS: Final = Path(__file__).with_name("ical_js")

Times = list[tuple[str, str]]
Reader = Callable[[bytes], Times]


def document(number: int, title: str, start: Any, **parts: Any) -> EventDocument:
    given = {"id": f"e{number}", "version": 1, "revision": 1, "slug": "x", "uid": f"u{number}"}
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return EventDocument(**{**given, "updated_at": at, "title": title, "start": start, **parts})


def minsk(*wall: int) -> datetime:
    return datetime(*wall, tzinfo=MINSK)  # type: ignore[misc]


DOCUMENTS: Final = [
    document(1, "Concert", minsk(2026, 11, 28, 19), end=minsk(2026, 11, 28, 21), timezone="Europe/Minsk"),
    document(2, "Fair, bread; and \\ salt\nof the city", date(2026, 12, 1), end=date(2026, 12, 3)),
    document(3, "Holiday", date(2014, 7, 3), rrule="FREQ=YEARLY", exdates=(date(2027, 7, 3),)),
    document(4, "Кірмаш " + "у горадзе " * 12, minsk(2026, 11, 2, 9), timezone="Europe/Minsk",
             rrule="FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270301T000000Z", exdates=(date(2026, 12, 7),)),
    document(5, "Toronto", datetime(2026, 10, 5, 9, 30, tzinfo=TORONTO), end=datetime(2026, 10, 5, 11, tzinfo=TORONTO),
             timezone="America/Toronto", rrule="FREQ=WEEKLY;INTERVAL=2",
             rdates=(datetime(2026, 12, 24, 20, tzinfo=TORONTO),), exdates=(minsk(2026, 11, 30, 17, 30),)),
    document(6, "Toronto moved", datetime(2027, 3, 23, 15, tzinfo=TORONTO), uid="u5", timezone="America/Toronto",
             recurrence_id="2027-03-22T13:30:00Z"),
    document(7, "Toronto off", datetime(2027, 4, 5, 9, 30, tzinfo=TORONTO), uid="u5", timezone="America/Toronto",
             recurrence_id="2027-04-05T13:30:00Z", status="cancelled"),
    document(8, "Leap day", date(2024, 2, 29), rrule="FREQ=YEARLY"),
    document(9, "Last Friday", minsk(2026, 11, 27, 18), timezone="Europe/Minsk",
             rrule="FREQ=MONTHLY;BYDAY=-1FR;COUNT=7"),
    document(10, "Twice a day", minsk(2026, 11, 3, 9), timezone="Europe/Minsk", rrule="FREQ=DAILY;BYHOUR=9,18;COUNT=12",
             exdates=(date(2026, 11, 5),)),
    document(11, "Kiritimati", datetime(2026, 12, 31, 23, tzinfo=ZoneInfo("Pacific/Kiritimati")),
             timezone="Pacific/Kiritimati", rrule="FREQ=MONTHLY;BYMONTHDAY=31"),
    document(12, "Alone", minsk(2027, 1, 4, 10), uid="elsewhere", timezone="Europe/Minsk",
             recurrence_id="2027-01-04T06:00:00Z"),
    document(13, "Festival", minsk(2026, 12, 10, 10), end=minsk(2026, 12, 12, 0), timezone="Europe/Minsk",
             rrule="FREQ=YEARLY;UNTIL=20271210T080000Z",
             location=Location(name="Upper Town", city="Minsk", lat=53.9, lon=27.55)),
    document(14, "Lord Howe", datetime(2027, 3, 28, 10, 45, tzinfo=ZoneInfo("Australia/Lord_Howe")),
             timezone="Australia/Lord_Howe", rrule="FREQ=WEEKLY;COUNT=4"),
]  # fmt: skip
IN_UTC: Final = document(16, "Late on Fridays", datetime(2026, 11, 27, 22, 30, tzinfo=UTC), timezone="UTC",
                         rrule="FREQ=MONTHLY;BYDAY=-1FR")  # fmt: skip
LATE: Final = document(15, "Of its own length", minsk(2026, 11, 9, 9), end=minsk(2026, 11, 9, 10),
                       timezone="Europe/Minsk", rrule="FREQ=WEEKLY;COUNT=3",
                       periods=(Occurrence(start=minsk(2026, 11, 12, 9), end=minsk(2026, 11, 12, 15)),))  # fmt: skip


def said(moment: date) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()


def within(found: Iterable[tuple[str, str]]) -> Times:
    """Without the days at the edges: on which of them something takes place depends on the zone."""
    return sorted((title, start) for title, start in found if "2026-11-02" <= start < "2028-02-28")


def expected(documents: Iterable[EventDocument]) -> Times:
    """What takes place: a series leaves out what an exception stands for."""
    given = list(documents)
    instead = {(one.uid, one.recurrence_id) for one in given if one.recurrence_id}
    return within(
        (one.title, said(time.start))
        for one in given
        for time in occurrences(one, FIRST, LAST, MINSK, 10_000)
        if one.recurrence_id or (one.uid, format_recurrence_id(time.start)) not in instead
    )


def by_icalendar(data: bytes) -> Times:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FIRST, LAST)
    return within((str(one["SUMMARY"]), said(one["DTSTART"].dt)) for one in found)


def by_vobject(data: bytes) -> Times:
    """It expands series; which exception stands for a time of them is left to programs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = vobject.readOne(data.decode()).vevent_list
        instead = {(one.uid.value, said(one.recurrence_id.value)) for one in events if hasattr(one, "recurrence_id")}
        found = []
        for one in events:
            start = one.dtstart.value
            times: Iterable[Any] = [start]
            if one.rruleset:
                first = datetime(2026, 11, 1)
                low = first.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else first
                times = one.getrruleset(addRDate=True).between(low, low + timedelta(days=500), inc=True)
            for time in times:
                moment = said(
                    time if isinstance(start, datetime) else time.date() if isinstance(time, datetime) else time
                )
                if hasattr(one, "recurrence_id") or (one.uid.value, moment) not in instead:
                    found.append((one.summary.value, moment))
        return within(found)


def by_ical_js(data: bytes) -> Times:
    return within((title, start) for title, start, *_ in read_by_ical_js(data))


def read_by_ical_js(data: bytes) -> list[list[str]]:
    install(ICAL_JS, "ical.js", "ical.js")
    line = ["node", "reader.mjs", FIRST.isoformat(), LAST.isoformat()]
    done = subprocess.run(line, cwd=ICAL_JS, input=data, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    found: list[list[str]] = json.loads(done.stdout)
    return found


def written(documents: Iterable[EventDocument], **options: Any) -> bytes:
    return write_calendar(
        documents, base_url="https://news.example", name="Events", zone=MINSK, options=CalendarOptions(**options)
    )


@pytest.fixture(params=[by_icalendar, by_vobject, by_ical_js])
def read(request: pytest.FixtureRequest) -> Reader:
    """A reader of others."""
    reader: Reader = request.param
    return reader


def test_others_read_the_same(read: Reader) -> None:
    assert read(written(DOCUMENTS)) == expected(DOCUMENTS)


def test_others_read_the_same_with_reminders(read: Reader) -> None:
    assert read(written(DOCUMENTS, alarm=timedelta(minutes=30))) == expected(DOCUMENTS)


def test_others_read_the_days_of_long_ones(read: Reader) -> None:
    (festival,) = (one for one in DOCUMENTS if one.title == "Festival")
    days = [(festival.title, "2026-12-10"), (festival.title, "2027-12-10")]
    found = read(written(DOCUMENTS, bars=True))
    assert found == sorted([*(one for one in expected(DOCUMENTS) if one[0] != festival.title), *days])


def test_a_series_on_the_clock_of_utc_stays_there(read: Reader) -> None:
    """A calendar's zone (X-WR-TIMEZONE), where it says one, is taken for the clock of what is in UTC."""
    assert read(written([IN_UTC])) == expected([IN_UTC])


def test_a_time_of_its_own_length() -> None:
    """vobject and ical.js read no RDATE;VALUE=PERIOD of series."""
    assert by_icalendar(written([LATE])) == expected([LATE])


def test_ical_js_sees_reminders_and_what_is_cancelled() -> None:
    found = read_by_ical_js(written(DOCUMENTS, alarm=timedelta(minutes=30)))
    assert {trigger for title, *_, trigger in found if title == "Concert"} == {"-PT30M"}
    assert {(status, trigger) for title, _, status, trigger in found if title == "Toronto off"} == {("CANCELLED", "")}


def test_one_time_beside_its_series_is_another_event() -> None:
    """A reader who subscribes to the series, and puts one time of it into the same calendar, has both."""
    series = DOCUMENTS[3]
    time = occurrences(series, FIRST, LAST, MINSK)[3]
    both = written([series, replace(at_one_time(series, time), title="One evening")])
    assert by_icalendar(both) == sorted([*expected([series]), ("One evening", said(time.start))])
