"""Calendars one subscribes to: their addresses, what stands in them, and the page where a reader makes one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from dateline.domain.document import EventDocument
from dateline.domain.event import Price
from dateline_web.subscriptions import calendars
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event, tag, term, terms_of


def vevents(client: FlaskClient, address: str) -> dict[str, Any]:
    """The VEVENTs of a calendar by title."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar"), answer.text
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}


@pytest.fixture
def calendar(client: FlaskClient, fill: Fill) -> FlaskClient:
    """A newsroom with events of several years."""
    music, minsk = tag("topic", "Music"), tag("place", "Minsk")
    fair = event("Fair", datetime(2026, 12, 1, 10, tzinfo=MINSK), end=datetime(2026, 12, 4, 0, tzinfo=MINSK))
    given = [
        event("Concert", datetime(2026, 12, 5, 19, tzinfo=MINSK), tags=(music, minsk)),
        event("Jubilee", date(2044, 5, 1), tags=(music,)),
        event("Holiday", date(2014, 7, 3), rrule="FREQ=YEARLY"),
        event("Spring", date(2026, 3, 1)),
        event("Long ago", date(2020, 3, 1)),
        fair,
    ]
    fill([*given, *terms_of([]), term("topic", "Music"), term("place", "Minsk"), term("person", "Ann Lee")])
    return client


def test_a_calendar_has_what_is_to_come_without_end_and_a_year_back(calendar: FlaskClient) -> None:
    assert vevents(calendar, "/events.ics").keys() == {"Concert", "Jubilee", "Holiday", "Spring", "Fair"}
    assert vevents(calendar, "/events.ics?from=2020-01-01").keys() >= {"Long ago", "Jubilee"}
    assert vevents(calendar, "/events.ics?to=2026-12-02").keys() == {"Holiday", "Spring", "Fair"}
    assert calendar.get("/events.ics?from=2026-12-02&to=2026-12-01").status_code == 422


@pytest.mark.parametrize("path", ["/topics/music", "/places/minsk"])
def test_a_term_has_a_calendar_which_its_page_names(calendar: FlaskClient, path: str) -> None:
    titles = {"Concert", "Jubilee"} if path == "/topics/music" else {"Concert"}
    assert vevents(calendar, f"{path}.ics").keys() == titles
    assert vevents(calendar, f"{path}.ics?topic=nothing&place=minsk").keys() == (
        {"Concert"} if "music" in path else set()
    )
    page = calendar.get(path).text
    assert f'<link rel="alternate" type="text/calendar" href="http://localhost{path}.ics"' in page
    assert f'<a href="{path}.ics" type="text/calendar">' in page
    text = calendar.get(f"{path}.ics?alarm=PT30M").text.replace("\r\n ", "")
    assert f"SOURCE;VALUE=URI:http://localhost{path}.ics?alarm=PT30M\r\n" in text
    assert f"URL:http://localhost{path}\r\n" in text


def test_a_section_has_its_calendar_and_unknown_terms_have_none(client: FlaskClient, fill: Fill) -> None:
    given = event("Match", date(2026, 12, 1), section="sport")
    fill([given, term("section", "Sport"), term("topic", "Old", withdrawn=True, merged_into="topic:new"),
          term("topic", "New")])  # fmt: skip
    assert client.get("/people/nobody.ics").status_code == 404
    assert client.get("/planets/mars.ics").status_code == 404
    assert client.get("/sections/sport.ics").status_code == 200
    moved = client.get("/topics/old.ics?alarm=PT10M")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/topics/new.ics?alarm=PT10M")


def test_a_reminder_stands_in_each_event_that_takes_place(client: FlaskClient, fill: Fill) -> None:
    fill([
        event("Talk", datetime(2026, 12, 1, 19, tzinfo=MINSK)),
        event("Day", date(2026, 12, 1)),
        event("Off", date(2026, 12, 1), status="cancelled"),
        event("Later", date(2026, 12, 1), status="postponed"),
    ])  # fmt: skip
    found = {title: one.walk("VALARM") for title, one in vevents(client, "/events.ics?alarm=PT30M").items()}
    assert not found["Off"] and not found["Postponed: Later"]
    (talk,), (day,) = found["Talk"], found["Day"]
    assert (talk["TRIGGER"].dt, str(talk["ACTION"]), str(talk["DESCRIPTION"])) == (
        -timedelta(minutes=30),
        "DISPLAY",
        "Talk",
    )
    assert day["TRIGGER"].dt == timedelta(hours=9)  # at nine that morning, and not at half past eleven the night before
    (day,) = vevents(client, "/events.ics?alarm=P1D")["Day"].walk("VALARM")
    assert day["TRIGGER"].dt == -timedelta(hours=15)
    assert not vevents(client, "/events.ics?alarm=")["Talk"].walk("VALARM")


@pytest.mark.parametrize("wrong", ["30", "PT", "P", "PT30S", "-PT5M", "P5W", "PT99999M", "P1Y", "PT٣M", "PT5M\r\nX:1"])
def test_what_is_no_reminder(calendar: FlaskClient, wrong: str) -> None:
    for path in ("/events.ics", "/topics/music.ics", "/events/subscribe"):
        assert calendar.get(path, query_string={"alarm": wrong}).status_code == 422


def test_long_ones_as_whole_days(calendar: FlaskClient) -> None:
    plain, bars = vevents(calendar, "/events.ics"), vevents(calendar, "/events.ics?long=days")
    assert plain["Fair"]["DTSTART"].dt == datetime(2026, 12, 1, 10, tzinfo=MINSK)
    assert (bars["Fair"]["DTSTART"].dt, bars["Fair"]["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 4))
    assert bars["Concert"]["DTSTART"].dt == plain["Concert"]["DTSTART"].dt
    assert calendar.get("/events.ics?long=weeks").status_code == 422


def test_events_in_a_language(client: FlaskClient, fill: Fill) -> None:
    fill([event("Unsaid", date(2026, 12, 1))])
    assert vevents(client, "/events.ics?language=en").keys() == {"Unsaid"}
    assert vevents(client, "/events.ics?language=be").keys() == set()
    for wrong in ('"', "a", "b" * 9, "be-", "be\n"):
        assert client.get("/events.ics", query_string={"language": wrong}).status_code == 422


@pytest.fixture
def tour(fill: Fill) -> tuple[EventDocument, EventDocument]:
    """A weekly tour, and its second time, moved by hours."""
    at = datetime(2026, 12, 7, 11, tzinfo=MINSK)
    series = event("Tour", at - timedelta(days=7), rrule="FREQ=WEEKLY", uid="u", tags=(tag("topic", "Music"),))
    moved = event("Tour at night", at + timedelta(hours=9), uid="u", recurrence_id="2026-12-07T08:00:00Z")
    fill([series, moved, term("topic", "Music")])
    return series, moved


def test_one_time_of_a_series_is_an_event_of_its_own(
    client: FlaskClient, tour: tuple[EventDocument, EventDocument]
) -> None:
    """A program that subscribes to the series, and is given one of its times as a file, keeps both."""
    series, moved = tour
    (one,) = vevents(client, f"/events/{series.id}.ics?on=20261214T080000Z").values()
    assert str(one["UID"]) == "20261214T080000Z-u"
    assert not {"RRULE", "RECURRENCE-ID", "EXDATE"} & one.keys()
    assert one["DTSTART"].dt == datetime(2026, 12, 14, 11, tzinfo=MINSK)
    assert "on=20261214T080000Z" in one["URL"]
    page = client.get(f"/events/{series.id}/tour?on=20261214T080000Z").text
    assert f'href="/events/{series.id}.ics?on=20261214T080000Z"' in page
    (other,) = vevents(client, f"/events/{moved.id}.ics").values()
    assert (str(other["UID"]), other["DTSTART"].dt) == ("20261207T080000Z-u", moved.start)
    assert "RECURRENCE-ID" not in other
    for key in ("20261207T080000Z", "20261215T080000Z", "soon", "99999999"):
        assert client.get(f"/events/{series.id}.ics?on={key}").status_code == 404


def test_an_exception_is_none_where_its_series_is_not(
    client: FlaskClient, tour: tuple[EventDocument, EventDocument]
) -> None:
    both = vevents(client, "/topics/music.ics")
    assert {str(one["UID"]) for one in both.values()} == {"u"} and "RECURRENCE-ID" in both["Tour at night"]
    alone = vevents(client, "/events.ics?to=2026-12-07&from=2026-12-07")
    assert "RECURRENCE-ID" in alone["Tour at night"]  # its series may have times on any day


def test_what_does_not_fit_is_left_out_and_said(calendar: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST_BYTES", 3 * calendars.LINES_OF_ONE)
    assert vevents(calendar, "/events.ics").keys() == {"Holiday", "Fair", "Concert"}
    text = calendar.get("/events.ics").text.replace("\r\n ", "")
    assert "X-WR-CALDESC:3 of 5 events are in this calendar. Choose fewer: http://localhost/events/subscribe" in text


def test_a_series_and_its_exceptions_are_kept_or_left_out_together(
    client: FlaskClient, fill: Fill, tour: tuple[EventDocument, EventDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill([event("First", date(2026, 11, 25))])
    monkeypatch.setattr(calendars, "MOST_BYTES", 2 * calendars.LINES_OF_ONE)
    assert vevents(client, "/events.ics").keys() == {"First"}
    monkeypatch.setattr(calendars, "MOST_BYTES", 3 * calendars.LINES_OF_ONE)
    assert vevents(client, "/events.ics").keys() == {"First", "Tour", "Tour at night"}


def test_the_head_of_a_calendar(calendar: FlaskClient) -> None:
    answer = calendar.get("/events.ics?topic=music")
    head = answer.text.partition("BEGIN:VEVENT")[0].replace("\r\n ", "")
    for line in (
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "NAME:Dateline: music", "METHOD:PUBLISH",
        "SOURCE;VALUE=URI:http://localhost/events.ics?topic=music", "URL:http://localhost/events",
        "LAST-MODIFIED:20261124T120000Z",
    ):  # fmt: skip
        assert f"\r\n{line}\r\n" in head
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    again = calendar.get("/events.ics?topic=music", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


# --- the page ----------------------------------------------------------------------------------------------------


def address_on(page: str) -> str:
    (found,) = re.findall(r'<input id="address"[^>]* value="([^"]*)"', page)
    return unescape(found)


def test_a_reader_makes_a_calendar_without_script(calendar: FlaskClient) -> None:
    page = calendar.get("/events/subscribe").text
    assert address_on(page) == "http://localhost/events.ics"
    assert '<input type="checkbox" name="topic" value="music">' in page
    made = calendar.get("/events/subscribe?topic=music&place=minsk&alarm=PT1H&long=days&language=en&on=x").text
    address = address_on(made)
    assert address == "http://localhost/events.ics?topic=music&place=minsk&language=en&alarm=PT1H&long=days"
    assert '<input type="checkbox" name="topic" value="music" checked>' in made
    assert "1 event to come, with a reminder" in made
    (only,) = vevents(calendar, address).values()
    assert only.walk("VALARM")
    links = {unescape(one) for one in re.findall(r'<a href="([^"]*)"', made)}
    webcal = "webcal" + address.removeprefix("http")
    assert webcal in links
    (google,) = (one for one in links if "google" in one)
    assert parse_qs(urlsplit(google).query)["cid"] == [webcal]
    assert {parse_qs(urlsplit(one).query)["url"][0] for one in links if "outlook" in one} == {address}


def test_words_price_and_place_narrow_a_calendar_and_name_it(client: FlaskClient, fill: Fill) -> None:
    fill([
        event("Jazz", date(2026, 12, 1), price=Price(free=True), attendance="online", categories=("Live music",)),
        event("Jazz for money", date(2026, 12, 1), price=Price(amount="5", currency="BYN")),
        event("Song", date(2026, 12, 1), language="be-tarask"),
    ])  # fmt: skip
    address = address_on(client.get("/events/subscribe?q=jazz&free=1&online=1&category=LIVE%20music&alarm=PT30M").text)
    assert "category=live+music" in address or "category=live%20music" in address
    assert vevents(client, address).keys() == {"Jazz"}
    assert "NAME:Dateline: jazz\\, live music\\, free\\, online\r\n" in client.get(address).text.replace("\r\n ", "")
    assert vevents(client, "/events.ics?q=jazz").keys() == {"Jazz", "Jazz for money"}
    assert vevents(client, "/events.ics?language=be").keys() == {"Song"}
    page = client.get("/events/subscribe").text
    assert "Belarusian" in page and '<input type="checkbox" name="language" value="be-tarask">' in page
    assert '<a href="/events.atom?q=jazz" type="application/atom+xml">' in client.get("/events/subscribe?q=jazz").text
    assert '<input type="checkbox" name="category" value="live music">' in page


def test_the_page_escapes_what_it_is_given(calendar: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    for name in ("topic", "section", "person", "q", "category", "utm"):
        assert "<script>alert" not in calendar.get("/events/subscribe", query_string={name: hostile}).text
    assert calendar.get("/events/subscribe", query_string={"language": hostile}).status_code == 422


def test_a_filter_that_nothing_has_stays_on_the_page(calendar: FlaskClient) -> None:
    page = calendar.get("/events/subscribe?topic=no-such-thing").text
    assert '<input type="checkbox" name="topic" value="no-such-thing" checked>' in page
    assert "No event to come is like this" in page
    assert calendar.get(f"/events/subscribe?from={date(2026, 1, 1)}").status_code == 200


def test_an_exclusive_uid_needs_no_uid_of_a_calendar(client: FlaskClient, fill: Fill) -> None:
    given = event("Tour", datetime(2026, 12, 7, 11, tzinfo=UTC), rrule="FREQ=DAILY")
    fill([replace(given, uid="")])
    (one,) = vevents(client, f"/events/{given.id}.ics?on=20261208T110000Z").values()
    assert str(one["UID"]) == f"20261208T110000Z-{given.id}@dateline"
