"""Calendars as we write them: valid, stable, and the same events when they are read again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Location, Occurrence
from dateline.domain.recurrence import occurrences
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.tag import Tag
from dateline.formats.ics import read_calendar, write_calendar
from dateline.formats.ics.timezones.vtimezone_writer import vtimezone

MINSK = ZoneInfo("Europe/Minsk")
TORONTO = ZoneInfo("America/Toronto")
COMMON: dict[str, Any] = {
    "version": 5,
    "revision": 3,
    "updated_at": datetime(2026, 11, 1, 12, 0, tzinfo=UTC),
    "slug": "x",
}


def document(**parts: Any) -> EventDocument:
    return EventDocument(**{**COMMON, "id": "e1", "uid": "u1", "title": "Fair", "start": date(2026, 7, 3), **parts})


def written(*documents: EventDocument) -> str:
    data = write_calendar(documents, base_url="https://news.example/", name="Events, all", zone=MINSK)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.decode().replace("\r\n ", "")


def again(*documents: EventDocument) -> list[Event]:
    data = write_calendar(documents, base_url="https://news.example", name="Events", zone=MINSK)
    found = read_calendar(data, MINSK)
    assert all(not one.errors for one in found), found
    return [one.event for one in found if one.event]


def test_an_all_day_event() -> None:
    text = written(document(end=date(2026, 7, 5), rrule="FREQ=YEARLY", exdates=(date(2028, 7, 3),)))
    for line in (
        "UID:u1",
        "SEQUENCE:2",
        "LAST-MODIFIED:20261101T120000Z",
        "DTSTAMP:20261101T120000Z",
        "DTSTART;VALUE=DATE:20260703",
        "DTEND;VALUE=DATE:20260706",
        "RRULE:FREQ=YEARLY",
        "EXDATE;VALUE=DATE:20280703",
        "STATUS:CONFIRMED",
        "URL:https://news.example/events/e1/x",
        "X-WR-CALNAME:Events\\, all",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ):
        assert f"\r\n{line}\r\n" in text
    assert "VTIMEZONE" not in text


def test_a_timed_series_with_its_zone() -> None:
    series = document(
        start=datetime(2026, 3, 2, 14, 0, tzinfo=UTC),
        end=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
        timezone="America/Toronto",
        rrule="FREQ=WEEKLY;UNTIL=20260430",
        exdates=(datetime(2026, 3, 9, 13, 0, tzinfo=UTC), date(2026, 3, 16)),
    )
    text = written(series)
    assert "\r\nDTSTART;TZID=America/Toronto:20260302T090000\r\n" in text
    assert "\r\nRRULE:FREQ=WEEKLY;UNTIL=20260501T035959Z\r\n" in text
    assert text.count("EXDATE;TZID=America/Toronto:20260309T090000") == 1
    assert text.count("EXDATE;TZID=America/Toronto:20260316T090000") == 1
    (event,) = again(series)
    window = date(2026, 1, 1), date(2026, 12, 31)
    assert occurrences(event, *window, MINSK) == occurrences(series, *window, MINSK)


def test_the_vtimezone_has_its_onsets_in_the_time_before_them() -> None:
    text = vtimezone("America/Toronto", 2026, 2027).to_ical().decode().replace("\r\n ", "")
    assert re.findall(r"(?:DTSTART|RDATE):(\S+)", text) == [
        "20251231T190000", "20260308T020000", "20270314T020000", "20261101T020000", "20271107T020000",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["America/Toronto", "Europe/Minsk", "Africa/Casablanca", "Australia/Lord_Howe"])
def test_a_vtimezone_gives_what_the_zone_gives(name: str) -> None:
    """dateutil reads it as a subscriber would."""
    from io import StringIO

    from dateutil.tz import tzical

    zone, theirs = ZoneInfo(name), tzical(StringIO(vtimezone(name, 2010, 2030).to_ical().decode())).get()
    for month in range(1, 13):
        for year in (2011, 2019, 2026, 2030):
            moment = datetime(year, month, 17, 12, 0)
            assert moment.replace(tzinfo=theirs).utcoffset() == moment.replace(tzinfo=zone).utcoffset(), moment


def test_a_count_that_programs_would_count_differently_is_written_as_a_day() -> None:
    start = datetime(2026, 12, 2, 19, tzinfo=MINSK)
    unnamed = document(start=start, timezone="Europe/Minsk", rrule="FREQ=WEEKLY;BYHOUR=9,18;COUNT=4")
    assert "RRULE:FREQ=WEEKLY;BYHOUR=9,18;UNTIL=20261216T060000Z\r\n" in written(unnamed)
    assert "RRULE:FREQ=DAILY;COUNT=4\r\n" in written(document(start=start, rrule="FREQ=DAILY;COUNT=4"))
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260706\r\n" in written(document(rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=2"))
    last_day = document(start=date(2024, 2, 29), rrule="FREQ=YEARLY;COUNT=3")
    assert "RRULE:FREQ=YEARLY;COUNT=3;BYMONTH=2;BYMONTHDAY=29\r\n" in written(last_day)


def test_words_are_escaped_and_long_lines_folded() -> None:
    text = written(
        document(
            title="Bread, salt; and \\ tea",
            description_text="Line one\nLine two " + "длинная " * 30,
            organizer="City; Hall",
            location=Location(name="Upper Town", city="Minsk", lat=53.9, lon=27.5),
            tags=(Tag(type="topic", slug="a", label="Fairs, markets"), Tag(type="person", slug="b", label="B")),
        )
    )
    assert "SUMMARY:Bread\\, salt\\; and \\\\ tea" in text
    assert "DESCRIPTION:Line one\\nLine two длинная" in text
    assert "LOCATION:Upper Town\\, Minsk" in text and "GEO:53.9;27.5" in text
    assert "CATEGORIES:Fairs\\, markets" in text and "CONTACT:City\\; Hall" in text


def test_a_line_break_in_a_text_opens_no_component() -> None:
    text = written(document(title="A\r\nEND:VEVENT\r\nBEGIN:VEVENT", organizer="A\nUID:other"))
    assert len(re.findall(r"^BEGIN:VEVENT", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^UID:", text, re.MULTILINE)) == 1


def test_cancelled_and_postponed_are_said() -> None:
    cancelled, postponed = document(status="cancelled"), document(uid="u2", status="postponed")
    text = written(cancelled, postponed)
    assert "STATUS:CANCELLED" in text
    assert "SUMMARY:Postponed: Fair" in text and "STATUS:TENTATIVE" in text
    assert [(one.title, one.status) for one in again(cancelled, postponed)] == [
        ("Fair", "cancelled"),
        ("Fair", "postponed"),
    ]


def test_what_became_of_an_event_stands_below_its_description_and_is_not_read_back() -> None:
    at, before = datetime(2026, 12, 5, 19, tzinfo=MINSK), Occurrence(start=datetime(2026, 12, 3, 16, tzinfo=UTC))
    moved = document(start=at, timezone="Europe/Minsk", previous_times=(before,), reason="The hall is flooded.",
                     description_text="An organ concert.")  # fmt: skip
    text = written(moved)
    told = "Moved from 3 December 2026\\, 19:00. The hall is flooded."
    assert f"DESCRIPTION:An organ concert.\\n\\n{told}\r\n" in text
    off = document(uid="u2", status="cancelled", reason="Too few came.")
    later = document(uid="u3", status="postponed", description_text="Words")
    assert "DESCRIPTION:Cancelled: Too few came.\r\n" in written(off)
    assert "Postponed: the new date is not known yet.\r\n" in written(later)
    assert [one.description_text for one in again(moved, off, later)] == ["An organ concert.", None, "Words"]


def test_an_exception_and_its_series_go_together() -> None:
    series = document(
        start=datetime(2026, 3, 2, 9, tzinfo=TORONTO),
        timezone="America/Toronto",
        rrule="FREQ=WEEKLY;COUNT=4",
        exdates=(datetime(2026, 3, 9, 13, tzinfo=UTC),),
    )
    moved = document(
        id="e2",
        start=datetime(2026, 3, 9, 11, tzinfo=TORONTO),
        timezone="America/Toronto",
        recurrence_id="2026-03-09T13:00:00Z",
    )
    text = written(series, moved)
    assert "RECURRENCE-ID;TZID=America/Toronto:20260309T090000" in text
    assert "EXDATE" not in text
    first, second = again(series, moved)
    assert first.exdates == series.exdates
    assert second.recurrence_id == moved.recurrence_id


def test_withdrawn_ones_are_left_out_and_without_uid_one_is_made() -> None:
    text = written(document(withdrawn=True), document(uid=""))
    assert text.count("BEGIN:VEVENT") == 1
    assert "UID:e1@dateline" in text


def test_the_same_documents_give_the_same_bytes() -> None:
    timed = document(start=datetime(2026, 3, 2, 9, tzinfo=TORONTO), timezone="America/Toronto")
    assert written(timed) == written(timed)
    assert Calendar.from_ical(written(timed)).name == "VCALENDAR"


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=60
).filter(str.isprintable)
ZONES = st.sampled_from(["Europe/Minsk", "America/Toronto", "Asia/Tokyo", "Pacific/Kiritimati", "UTC"])


@settings(deadline=None)
@given(
    TEXT,
    ZONES,
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(
        ["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=9", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20300101T000000Z"]
    ),
    st.booleans(),
)
def test_round_trip(title: str, name: str, moment: datetime, rule: str, all_day: bool) -> None:
    zone = ZoneInfo(name)
    start = moment.replace(microsecond=0, tzinfo=UTC).astimezone(zone)
    given = document(
        title=title,
        start=start.date() if all_day else start,
        end=start.date() if all_day else start,
        timezone="" if all_day else name,
        rrule=rule,
        description_text=title * 3,
        url="https://example.org/x",
    )
    if all_day:
        given = replace(given, rrule=rule.replace("T000000Z", ""))
    (event,) = again(given)
    assert (event.title, event.description_text, event.url) == (title, title * 3, given.url)
    assert (event.start, event.end, event.timezone) == (given.start, given.end, given.timezone) or name == "UTC"
    if "COUNT" in event.rrule or "COUNT" not in given.rrule:  # it becomes UNTIL where the rule doesn't name the start
        assert (event.rrule and parse_rule(event.rrule)) == (given.rrule and parse_rule(given.rrule))
    window = date(2029, 1, 1), date(2029, 12, 31)
    assert occurrences(event, *window, MINSK) == occurrences(given, *window, MINSK)
