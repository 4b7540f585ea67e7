"""Calendars as programs really write them: what readers are shown of each (``tests/faults``)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom

Shown = list[tuple[str, str]]


def starts(items: list[dict[str, Any]]) -> Shown:
    """Day, time and status of each, cancelled ones with their sign."""
    return [(one["start"][:16], one["status"]) for one in items]


def confirmed(items: list[dict[str, Any]]) -> list[str]:
    return [one["start"][:16] for one in items if one["status"] == "confirmed"]


def utc(one: dict[str, Any], which: str = "start") -> str:
    from datetime import UTC, datetime

    return datetime.fromisoformat(one[which]).astimezone(UTC).isoformat()[:16]


def test_a_bare_cancellation(newsroom: Newsroom) -> None:
    newsroom.load_file("01a-cancel-minimal.ics")
    assert starts(newsroom.shown("2029-03")) == [
        ("2029-03-05T09:00", "confirmed"),
        ("2029-03-12T09:00", "cancelled"),
        ("2029-03-19T09:00", "confirmed"),
    ]
    assert {one["title"] for one in newsroom.shown("2029-03")} == {"Weekly briefing"}


def test_an_exception_with_the_series_rule(newsroom: Newsroom) -> None:
    (items,) = newsroom.load_file("01b-moved-with-rrule.ics")
    assert [one["status"] for one in items] == [202, 202] and items[1]["notes"]
    assert confirmed(newsroom.shown("2029-03")) == ["2029-03-05T09:00", "2029-03-13T15:00", "2029-03-19T09:00"]


def test_an_older_version_that_arrives_late(newsroom: Newsroom) -> None:
    first, second = newsroom.load_file("02b-ics-sequence.ics")
    assert (second[0]["status"], second[0]["id"], second[0]["revision"]) == (202, first[0]["id"], 1)
    assert "newer version" in second[0]["notes"][0]["detail"] and not first[0]["notes"]
    (shown,) = newsroom.shown("2029-04", "2029-05")
    assert (shown["title"], utc(shown)) == ("Five", "2029-05-01T09:00")


def message(method: str, *lines: str) -> str:
    """A calendar with one VEVENT of the series ``council``."""
    body = ("BEGIN:VEVENT", "UID:council", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *body, "END:VCALENDAR", ""))


def test_messages_among_calendars_leave_the_event_as_its_organiser_made_it(newsroom: Newsroom) -> None:
    series = ("SUMMARY:Council", "DTSTART:20290305T060000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:1")
    newsroom.load(message("REQUEST", *series))
    before = newsroom.shown("2029-03")
    for method in ("REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"):
        (one,) = newsroom.load(message(method, "SUMMARY:Mine", "DTSTART:20290307T060000Z", "SEQUENCE:5"))
        assert (one["status"], one["errors"]) == (202, []) and method in one["notes"][0]["detail"]
    assert newsroom.shown("2029-03") == before
    for _ in range(2):
        (added,) = newsroom.load(message("ADD", "SUMMARY:Extra", "DTSTART:20290321T070000Z", "SEQUENCE:2"))
        assert (added["status"], added["revision"]) == (202, 1)
    shown = [(one["title"], utc(one)) for one in newsroom.shown("2029-03")]
    assert shown == [("Council", "2029-03-05T06:00"), ("Council", "2029-03-12T06:00"), ("Extra", "2029-03-21T07:00")]
    newsroom.load(message("CANCEL", "SEQUENCE:3"))
    assert {one["status"] for one in newsroom.shown("2029-03") if one["title"] == "Council"} == {"cancelled"}


def test_a_series_that_moves_and_is_cancelled_takes_its_parts_with_it(newsroom: Newsroom) -> None:
    series = ("SUMMARY:Council", "RRULE:FREQ=WEEKLY;COUNT=4")
    newsroom.load(message("REQUEST", *series, "DTSTART:20290305T060000Z"))
    (moved,) = newsroom.load(
        message("REQUEST", "SUMMARY:Moved", "RECURRENCE-ID:20290312T060000Z", "DTSTART:20290314T060000Z")
    )
    later = ("RECURRENCE-ID;RANGE=THISANDFUTURE:20290319T060000Z", "DTSTART:20290319T080000Z", "SUMMARY:Later")
    for _ in range(2):
        newsroom.load(message("REQUEST", *later))
    shown = [utc(one) for one in newsroom.shown("2029-03")]
    assert shown == ["2029-03-05T06:00", "2029-03-14T06:00", "2029-03-19T08:00", "2029-03-26T08:00"]
    newsroom.load(message("REQUEST", *series, "DTSTART:20290306T060000Z", "SEQUENCE:1"))
    shown = [utc(one) for one in newsroom.shown("2029-03")]
    assert shown == [f"2029-03-{day:02}T06:00" for day in (6, 13, 20, 27)]
    assert newsroom.reader.get(f"/v1/events/{moved['id']}").status_code == 410
    newsroom.load(message("REQUEST", *later, "SEQUENCE:2").replace("20290319", "20290320"))
    newsroom.load(message("CANCEL", "SEQUENCE:3"))
    assert starts(newsroom.shown("2029-03")) and {one["status"] for one in newsroom.shown("2029-03")} == {"cancelled"}


@pytest.mark.parametrize(
    ("name", "month", "expected"),
    [
        ("03a-gmt-is-london.ics", "2029-07", ["2029-07-23T09:20"]),
        ("03b-est-is-new-york.ics", "2029-07", ["2029-07-23T14:20"]),
        ("04a-exdate.ics", "2029-03", ["2029-03-05T08:00", "2029-03-19T08:00"]),
        ("04b-recurrence-id.ics", "2029-03", ["2029-03-05T08:00", "2029-03-13T14:00", "2029-03-19T08:00"]),
        ("06a-brasilia-2017.ics", "2027-05", ["2027-05-11T16:30"]),
        ("06b-fixed-0145.ics", "2027-02", ["2027-02-01T08:15"]),
        ("07a-rrule-trailing-semicolon.ics", "2029-03", ["2029-03-01T09:00", "2029-03-08T09:00"]),
    ],
)
def test_instants(newsroom: Newsroom, name: str, month: str, expected: list[str]) -> None:
    newsroom.load_file(name)
    shown = newsroom.shown(month)
    assert [utc(one) for one in shown] == expected
    assert {one["status"] for one in shown} == {"confirmed"} and all(one["timezone"] for one in shown)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("05a-duration.ics", "2029-03-02T09:00", "2029-03-02T12:00"),
        ("05b-end.ics", "2029-03-03T09:00", "2029-03-03T13:00"),
    ],
)
def test_the_length_of_a_period(newsroom: Newsroom, name: str, start: str, end: str) -> None:
    newsroom.load_file(name)
    first, further = newsroom.shown("2029-03")
    assert (utc(first), utc(first, "end")) == ("2029-03-01T09:00", "2029-03-01T10:00")
    assert (utc(further), utc(further, "end")) == (start, end)
    calendar = newsroom.reader.get(f"/events/{first['id']}.ics").text
    assert f"RDATE;VALUE=PERIOD:{re.sub('[-:]', '', start)}00Z/" in calendar
    assert newsroom.whole(first["id"])["periods"]


def test_a_birthday_of_google(newsroom: Newsroom) -> None:
    newsroom.load_file("07b-google-birthday-rdate.ics")
    assert [(one["start"], one["all_day"]) for one in newsroom.shown("2029-03")] == [
        ("2029-03-01", True),
        ("2029-03-10", True),
    ]


def test_html_is_read_as_html(newsroom: Newsroom) -> None:
    (items,) = newsroom.load_file("08a-google-html.ics")
    event = newsroom.whole(items[0]["id"])
    assert event["description_text"] == "Join us\nat the hall"
    assert re.search(r'<br>at <a href="https://e.example/x"[^>]*>the hall</a>', event["description_html"])


def test_references_are_read_as_characters(newsroom: Newsroom) -> None:
    (items,) = newsroom.load_file("08b-entities.ics")
    assert newsroom.whole(items[0]["id"])["description_text"].replace("\xa0", " ") == "Free entry & tea"


# --- what comes in several requests ------------------------------------------------------------------------------

SERIES = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:s
DTSTART;TZID=Europe/Warsaw:20290305T090000
DTEND;TZID=Europe/Warsaw:20290305T100000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Briefing
LOCATION:Hall
END:VEVENT
END:VCALENDAR
"""


def vevent(*lines: str, method: str = "") -> str:
    head = f"METHOD:{method}\n" if method else ""
    body = "\n".join(lines)
    return f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    ("lines", "method", "expected"),
    [
        (["RECURRENCE-ID;TZID=Europe/Warsaw:20290312T090000", "STATUS:CANCELLED"], "", "cancelled"),
        (["RECURRENCE-ID:20290312T080000Z"], "CANCEL", "cancelled"),
        (["RECURRENCE-ID:20290312T090000", "STATUS:CANCELLED"], "", "cancelled"),
        (["RECURRENCE-ID;VALUE=DATE:20290312", "STATUS:CANCELLED"], "", "cancelled"),
        (["RECURRENCE-ID:20290312T080000Z", "DTSTART:soon", "SUMMARY:Moved"], "", "postponed"),
    ],
)
def test_an_exception_that_comes_alone(newsroom: Newsroom, lines: list[str], method: str, expected: str) -> None:
    newsroom.load(SERIES)
    (item,) = newsroom.load(vevent("UID:s", *lines, method=method))
    assert (item["status"], item["recurrence_id"]) == (202, "2029-03-12T08:00:00Z")
    assert starts(newsroom.shown("2029-03")) == [
        ("2029-03-05T09:00", "confirmed"),
        ("2029-03-12T09:00", expected),
        ("2029-03-19T09:00", "confirmed"),
    ]
    shown = newsroom.shown("2029-03")[1]
    assert (shown["title"] in ("Briefing", "Moved") and shown["location"]["name"] == "Hall") or "Moved" in lines[-1]


def test_a_series_is_cancelled_by_its_uid_alone(newsroom: Newsroom) -> None:
    (made,) = newsroom.load(SERIES)
    (item,) = newsroom.load(vevent("UID:s", "SEQUENCE:1", method="CANCEL"))
    assert (item["status"], item["id"], item["revision"]) == (202, made["id"], 2)
    assert {status for _, status in starts(newsroom.shown("2029-03"))} == {"cancelled"}


def test_a_cancellation_of_what_nobody_knows_is_refused(newsroom: Newsroom) -> None:
    (item,) = newsroom.load(vevent("UID:nobody", "RECURRENCE-ID:20290312T080000Z", "STATUS:CANCELLED"))
    assert (item["status"], item["errors"][0]["pointer"]) == (422, "/start")


def version(title: str, *lines: str) -> str:
    return vevent("UID:v", "DTSTART:20290501T090000Z", f"SUMMARY:{title}", *lines)


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (["SEQUENCE:5"], ["SEQUENCE:3"], "First"),
        (["SEQUENCE:5"], [], "First"),
        (["SEQUENCE:5"], ["SEQUENCE:5"], "Second"),
        (["SEQUENCE:5"], ["SEQUENCE:10"], "Second"),
        (["LAST-MODIFIED:20260102T000000Z"], ["LAST-MODIFIED:20260101T000000Z"], "First"),
        (["LAST-MODIFIED:20260102T000000Z"], ["LAST-MODIFIED:20260103T000000Z"], "Second"),
        (["LAST-MODIFIED:20260102T000000Z"], ["SEQUENCE:1", "LAST-MODIFIED:20260101T000000Z"], "Second"),
        (["LAST-MODIFIED:20260102T000000Z"], [], "Second"),
        (["LAST-MODIFIED:soon"], ["SEQUENCE:-1"], "Second"),
    ],
)
def test_which_version_stays(newsroom: Newsroom, first: list[str], second: list[str], shown: str) -> None:
    newsroom.load(version("First", *first))
    (item,) = newsroom.load(version("Second", *second))
    assert item["status"] == 202 and bool(item["notes"]) == (shown == "First")
    assert [one["title"] for one in newsroom.shown("2029-05")] == [shown]


def test_an_older_version_stays_old_after_an_editors_correction(newsroom: Newsroom) -> None:
    (item,) = newsroom.load(version("Five", "SEQUENCE:5"))
    event = newsroom.ask("GET", f"/v1/events/{item['id']}").get_json()["event"]
    answer = newsroom.ask(
        "PUT", f"/v1/events/{item['id']}", json={**event, "title": "Corrected"}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 202, answer.text
    (late,) = newsroom.load(version("Three", "SEQUENCE:3"))
    assert (late["status"], late["revision"]) == (202, 2) and late["notes"]
    assert [one["title"] for one in newsroom.shown("2029-05")] == ["Corrected"]


def test_a_new_date_of_export_is_no_new_version(newsroom: Newsroom) -> None:
    newsroom.load(version("Same", "LAST-MODIFIED:20260102T000000Z", "DTSTAMP:20260102T000000Z"))
    (item,) = newsroom.load(version("Same", "LAST-MODIFIED:20260202T000000Z", "DTSTAMP:20260202T000000Z"))
    assert item["revision"] == 1


# --- a clock that no zone has ------------------------------------------------------------------------------------

OWN_CLOCK = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Desk-zone
BEGIN:STANDARD
DTSTART:20200329T010000
TZOFFSETFROM:+0145
TZOFFSETTO:+0145
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:own
DTSTART;TZID=Desk-zone:20270201T003000
DTEND;TZID=Desk-zone:20270201T010000
RRULE:FREQ=WEEKLY;BYDAY=MO
SUMMARY:Call
END:VEVENT
END:VCALENDAR
"""


def test_a_series_on_a_clock_of_its_own(newsroom: Newsroom) -> None:
    """The rule is worked out on that clock: its Mondays are Sundays in UTC."""
    (item,) = newsroom.load(OWN_CLOCK)
    shown = newsroom.shown("2027-03")
    assert [utc(one) for one in shown] == [f"2027-{day}T22:45" for day in ("02-28", "03-07", "03-14", "03-21")]
    assert {(one["start"][16:], one["timezone"]) for one in shown} == {(":00+01:45", None)}
    assert newsroom.whole(item["id"])["vtimezone"].startswith("TZID:Desk-zone")
    page = newsroom.reader.get(shown[0]["url"].partition("localhost")[2]).text
    assert "00:30 to 01:00" in page and "UTC+01:45" in page and "In Minsk: Monday, 1 March 2027, 01:45" in page


def test_it_comes_out_as_it_came_in_and_is_read_again(newsroom: Newsroom) -> None:
    (item,) = newsroom.load(OWN_CLOCK)
    before = [utc(one) for one in newsroom.shown("2027-03")]
    calendar = newsroom.reader.get(f"/events/{item['id']}.ics").text
    assert "TZOFFSETTO:+0145" in calendar and calendar.count("BEGIN:VTIMEZONE") == 1
    newsroom.load(calendar)
    assert [utc(one) for one in newsroom.shown("2027-03")] == before


def test_a_correction_keeps_the_clock_unless_it_names_one(newsroom: Newsroom) -> None:
    (item,) = newsroom.load(OWN_CLOCK)
    address = f"/v1/events/{item['id']}"
    event = newsroom.ask("GET", address).get_json()["event"]
    assert newsroom.ask("PUT", address, json=event, headers={"If-Match": '"1"'}).status_code == 202
    newsroom.load(vevent("UID:other", "DTSTART:20200101", "SUMMARY:Other"))
    assert newsroom.whole(item["id"])["vtimezone"]
    named = {**event, "timezone": "Europe/Minsk"}
    assert newsroom.ask("PUT", address, json=named, headers={"If-Match": '"2"'}).status_code == 202
    newsroom.load(vevent("UID:another", "DTSTART:20200101", "SUMMARY:Another"))
    assert (newsroom.whole(item["id"])["vtimezone"], newsroom.whole(item["id"])["timezone"]) == (None, "Europe/Minsk")
