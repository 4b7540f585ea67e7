"""The calendar's pages, an event's page, and calendars one subscribes to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import Crumb, EventDocument
from dateline.domain.event import Location, Price
from dateline.domain.recurrence import occurrences
from dateline.domain.story import Link
from dateline.formats.ics import read_calendar
from unit.web.conftest import Fill
from unit.web.documents import MINSK, NOW, event, tag

TODAY = NOW.astimezone(MINSK).date()
PLACE = Location(name="Upper Town", address="Freedom Square", city="Minsk", country="Belarus", lat=53.9, lon=27.55)


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


@pytest.fixture
def calendar(client: FlaskClient, fill: Fill) -> FlaskClient:
    """A newsroom with a dozen events."""
    fill(
        [
            event("Independence Day", date(2014, 7, 3), rrule="FREQ=YEARLY", tags=(tag("topic", "Holidays"),)),
            event("Festival", date(2026, 11, 27), end=date(2026, 12, 2), location=PLACE),
            event(
                "Concert", datetime(2026, 11, 28, 19, tzinfo=MINSK), end=datetime(2026, 11, 28, 21, 30, tzinfo=MINSK)
            ),
            event("Rain dance", datetime(2026, 11, 28, 20, tzinfo=MINSK), status="cancelled"),
            event("Lecture", datetime(2026, 11, 28, 21, tzinfo=MINSK), status="postponed"),
            *(event(f"Stall {n}", datetime(2026, 11, 28, 10 + n, tzinfo=MINSK)) for n in range(4)),
            event("Past", date(2026, 11, 3)),
        ]
    )
    return client


@pytest.mark.parametrize("address", [
    "/events", "/events?view=month", "/events?view=week", "/events?view=agenda", "/events?topic=holidays",
    "/events/2026/11", "/events/2026/11?view=week&day=2026-11-28", "/events/2031/07", "/events/1999/01",
    "/events/9999/12", "/events/1000/01", "/events?view=day", "/events?day=2026-11-28", "/events?view=year",
    "/events?view=agenda&day=2026-11-03", "/events?range=today", "/events?range=next-month",
    "/events?view=year&day=9999-12-31", "/events?view=week&day=9999-12-31", "/events?view=day&day=1000-01-01",
    "/events.ics", "/v1/events",
])  # fmt: skip
def test_every_page_is_whole_and_conditional(calendar: FlaskClient, address: str) -> None:
    answer = calendar.get(address)
    assert answer.status_code == 200
    again = calendar.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = calendar.head(address)
    assert (head.status_code, head.data) == (200, b"")
    if answer.mimetype == "text/html":
        page = answer.text
        assert page.count("<h1") == page.count("<main") == 1
        assert '<link rel="alternate" type="text/calendar" href="http://localhost/events.ics' in page
        assert len(set(re.findall(r' id="([^"]*)"', page))) == len(re.findall(r' id="([^"]*)"', page))
        assert " style=" not in page
        assert len(page) < 100_000
        assert "None" not in words(page)


@pytest.mark.parametrize(
    "address",
    ["/events/2026/13", "/events/0999/01", "/events?day=0999-12-31", "/events/2026/00", "/events/nothing/at-all"],
)
def test_what_is_no_page(calendar: FlaskClient, address: str) -> None:
    assert calendar.get(address).status_code == 404


@pytest.mark.parametrize("address", [
    "/events?view=decade", "/events?view=week&day=soon", "/events.ics?from=soon", "/events?range=soon",
    "/events/zone?zone=Nowhere/Never", "/events/zone?back=//elsewhere.example", "/events/zone?back=/events\\x",
    "/events/zone?back=/events/..//elsewhere.example", "/events/zone?back=/eventshop", "/events/zone?zone=localtime",
])  # fmt: skip
def test_wrong_parameters(calendar: FlaskClient, address: str) -> None:
    assert calendar.get(address).status_code == 422


def test_a_day_shows_three_lines_and_counts_the_rest(calendar: FlaskClient) -> None:
    page = calendar.get("/events/2026/11?view=month").text
    weeks = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    (week,) = [week for week in weeks if "Concert" in week or "Stall 0" in week]
    assert week.count('<tr class="lane">') == 3
    assert "+5 more" in re.sub(r"<[^>]*>", "", week)
    (link,) = re.findall(r'href="([^"]*)"[^>]*>\+5 more', week)
    assert unescape(link) == "/events?view=day&day=2026-11-28"
    assert words(calendar.get(unescape(link)).text).count("Stall") == 8


def test_several_days_are_a_bar_that_goes_on_in_the_next_week(calendar: FlaskClient) -> None:
    page = calendar.get("/events/2026/11?view=month").text
    bars = re.findall(
        r'<td(?: colspan="(\d)")?><a class="bar([^"]*)"[^>]*><span class="name" dir="auto">Festival', page
    )
    assert bars == [("2", " after"), ("4", " before")]


def test_weeks_begin_as_the_newsroom_says(calendar: FlaskClient) -> None:
    page = calendar.get("/events/2026/11?view=month").text
    assert re.findall(r'<abbr title="(\w+)">', page) == [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]  # fmt: skip


def test_the_agenda_begins_today_or_with_the_month(calendar: FlaskClient) -> None:
    assert "Past" not in words(calendar.get("/events?view=agenda").text)
    assert "Past" in words(calendar.get("/events/2026/11?view=agenda").text)
    assert "Festival" in words(calendar.get("/events/2026/12?view=agenda").text)


def test_cancelled_is_struck_and_said(calendar: FlaskClient) -> None:
    page = calendar.get("/events?view=agenda").text
    assert re.search(
        r'class="what off"><a [^>]*>Rain dance</a> <strong class="status" dir="ltr">cancelled</strong>', page
    )
    assert re.search(r'class="what off"><a [^>]*>Lecture</a> <strong class="status" dir="ltr">postponed</strong>', page)


def test_filters_are_offered_kept_and_taken_away(calendar: FlaskClient) -> None:
    page = calendar.get("/events/2026/07").text
    assert 'href="/events/2026/07?topic=holidays"' not in page, "a choice that changes nothing"
    assert 'href="/events?topic=holidays"' not in calendar.get("/events").text, "and one that finds nothing"
    chosen = calendar.get("/events/2026/07?topic=holidays").text
    assert '<span class="kind">Topic:</span> <bdi>Holidays</bdi>' in chosen
    assert 'class="chip" href="/events/2026/07"' in chosen
    assert 'href="/events/subscribe?topic=holidays"' in chosen
    assert 'href="http://localhost/events.ics?topic=holidays"' in chosen
    assert 'href="/events/2026/08?topic=holidays"' in chosen
    assert "Festival" not in words(calendar.get("/events/2026/12?topic=holidays").text)


def test_a_section_and_a_topic_of_one_name_are_told_apart(client: FlaskClient, fill: Fill) -> None:
    crumbs = (Crumb(slug="culture", label="Culture"), Crumb(slug="stage", label="Stage"))
    fill(
        [
            event("Concert", TODAY, sections=crumbs, tags=(tag("topic", "Culture"), tag("place", "Brest"))),
            event("Fair", TODAY, tags=(tag("place", "Brest"),)),
        ]
    )
    rows = re.findall(r'<h2 id="row-\d">(\w+)</h2>(.*?)</section>', client.get("/events").text, re.DOTALL)
    named = {kind: re.findall(r'rel="nofollow">([^<]*)</a>', choices) for kind, choices in rows}
    assert named == {"Topic": ["Culture"], "Section": ["Culture", "Stage"]}


def test_the_week(calendar: FlaskClient) -> None:
    page = words(calendar.get("/events/2026/11?view=week&day=2026-11-28").text)
    assert "Sunday, 22 November" in page and "Saturday, 28 November" in page
    assert "Sunday, 22 November to Thursday, 26 November: nothing Friday, 27 November: nothing else" in page
    assert "27 November to 2 December Festival" in page


def test_empty_and_crowded(client: FlaskClient, fill: Fill) -> None:
    assert "No event in the next 30 days" in words(client.get("/events").text)
    fill([event(f"E{n}", TODAY, rrule="FREQ=DAILY") for n in range(12)])
    assert "60 of 372 are shown" in words(client.get("/events").text)
    assert "150 of 372 are shown" in words(client.get("/events?view=agenda").text)


# --- an event ----------------------------------------------------------------------------------------------------


def page_of(client: FlaskClient, fill: Fill, given: EventDocument, query: str = "") -> str:
    fill([given])
    return client.get(f"/events/{given.id}/{given.slug}{query}").text


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (event("A", date(2026, 12, 4), location=PLACE),
         "Friday, 4 December 2026, all day, Upper Town, Freedom Square, Minsk, Belarus"),
        (event("A", date(2026, 12, 4), end=date(2026, 12, 6)), "Friday, 4 December, to Sunday, 6 December 2026"),
        (event("A", date(2026, 12, 30), end=date(2027, 1, 2)),
         "Wednesday, 30 December 2026, to Saturday, 2 January 2027"),
        (event("A", datetime(2026, 12, 4, 19, tzinfo=MINSK)), "Friday, 4 December 2026, 19:00"),
        (event("A", datetime(2026, 12, 4, 19, tzinfo=MINSK), end=datetime(2026, 12, 4, 21, 30, tzinfo=MINSK)),
         "Friday, 4 December 2026, 19:00 to 21:30"),
        (event("A", datetime(2026, 12, 4, 22, tzinfo=MINSK), end=datetime(2026, 12, 5, 3, tzinfo=MINSK)),
         "Friday, 4 December 2026, 22:00 to 03:00"),
        (event("A", datetime(2026, 12, 4, 9, tzinfo=MINSK), end=datetime(2026, 12, 5, 18, tzinfo=MINSK)),
         "Friday, 4 December 2026, 09:00, to Saturday, 5 December 2026, 18:00"),
    ],
)  # fmt: skip
def test_when_and_where_in_one_line(client: FlaskClient, fill: Fill, given: EventDocument, line: str) -> None:
    page = page_of(client, fill, given)
    (said,) = re.findall(r'<p class="when-where" dir="ltr">(.*?)</p>', page)
    assert re.sub(r"<[^>]*>", "", said) == line


def test_a_foreign_clock_is_told_with_ours(client: FlaskClient, fill: Fill) -> None:
    given = event("Call", datetime(2026, 12, 4, 9, tzinfo=ZoneInfo("Asia/Tokyo")), timezone="Asia/Tokyo")
    page = words(page_of(client, fill, given))
    assert "Tokyo time. In Minsk: Friday, 4 December 2026, 03:00." in page


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=YEARLY", "Every year on 7 December."),
        ("FREQ=YEARLY;BYMONTH=9;BYDAY=2SA", "Every year on the second Saturday of September."),
        ("FREQ=WEEKLY", "Every Monday."),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "Every 2 weeks on Monday and Friday."),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday."),
        ("FREQ=MONTHLY", "Every month on day 7."),
        ("FREQ=DAILY;COUNT=10", "Every day, 10 times."),
        ("FREQ=DAILY;UNTIL=20261231", "Every day, until 31 December 2026."),
        ("FREQ=YEARLY;BYYEARDAY=100,200", "Several times a year."),
    ],
)
def test_how_it_recurs_in_words(client: FlaskClient, fill: Fill, rule: str, said: str) -> None:
    assert said in words(page_of(client, fill, event("A", date(2026, 12, 7), rrule=rule)))


def test_the_next_time_is_shown_unless_another_is_asked_for(client: FlaskClient, fill: Fill) -> None:
    given = event("Tour", datetime(2017, 1, 7, 11, tzinfo=MINSK), rrule="FREQ=WEEKLY;BYDAY=SA")
    page = page_of(client, fill, given)
    assert "Saturday, 28 November 2026, 11:00" in words(page)
    assert f"/events/{given.id}/tour?on=20261205T080000Z" in page
    other = client.get(f"/events/{given.id}/tour?on=20300105T080000Z")
    assert "Saturday, 5 January 2030, 11:00" in words(other.text)
    assert f'rel="canonical" href="http://localhost/events/{given.id}/tour"' in other.text
    for wrong in ("20300106T080000Z", "20300105", "x", "99999999T000000Z"):
        assert client.get(f"/events/{given.id}/tour?on={wrong}").status_code == 404


def test_the_slug_is_put_right_and_the_time_kept(client: FlaskClient, fill: Fill) -> None:
    given = event("Tour", date(2026, 12, 5))
    fill([given])
    for wrong in (f"/events/{given.id}", f"/events/{given.id}/", f"/events/{given.id}/other"):
        answer = client.get(wrong + "?on=20261205", follow_redirects=wrong.endswith("/"))
        if answer.status_code != 404:
            assert answer.status_code == 301
            assert answer.headers["Location"] == f"/events/{given.id}/tour?on=20261205"


def test_a_cancelled_event_says_so_first(client: FlaskClient, fill: Fill) -> None:
    page = page_of(client, fill, event("Fair", date(2026, 12, 5), status="cancelled"))
    assert '<h1 class="struck">Fair</h1>' in page
    assert "This event is cancelled." in words(page)
    assert "<title>Cancelled: Fair" in page
    assert "https://schema.org/EventCancelled" in page


def test_what_is_over_says_so(client: FlaskClient, fill: Fill) -> None:
    page = words(page_of(client, fill, event("Fair", date(2019, 12, 5))))
    assert "5 December 2019" in page and "This is over." in page


def test_a_past_time_of_a_series_says_so(client: FlaskClient, fill: Fill) -> None:
    given = event("Tour", datetime(2017, 1, 7, 11, tzinfo=MINSK), rrule="FREQ=WEEKLY;BYDAY=SA")
    page = words(page_of(client, fill, given, "?on=20170107T080000Z"))
    assert "This time is past." in page and "This is over." not in page


def test_words_of_others_are_escaped(client: FlaskClient, fill: Fill) -> None:
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    given = event(hostile, date(2026, 12, 5), organizer=hostile, location=Location(name=hostile),
                  description_text=hostile, url="https://example.org/")  # fmt: skip
    for page in (page_of(client, fill, given), client.get("/events").text):
        assert "<img src=x" not in page
        assert "<script>alert" not in page


# --- calendars ---------------------------------------------------------------------------------------------------


def test_a_calendar_to_subscribe_to(calendar: FlaskClient) -> None:
    answer = calendar.get("/events.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    found = read_calendar(answer.data, MINSK)
    assert all(one.event for one in found)
    titles = [one.event.title for one in found if one.event]
    assert {"Festival", "Concert", "Past", "Independence Day"} <= set(titles)
    (series,) = [one.event for one in found if one.event and one.event.title == "Independence Day"]
    assert series.rrule == "FREQ=YEARLY"
    assert [str(one.start) for one in occurrences(series, date(2031, 1, 1), date(2031, 12, 31), MINSK)] == [
        "2031-07-03"
    ]
    only = read_calendar(calendar.get("/events.ics?topic=holidays&from=2026-07-01&to=2026-07-31").data, MINSK)
    assert [one.event.title for one in only if one.event] == ["Independence Day"]


def test_a_calendar_of_one_event(client: FlaskClient, fill: Fill) -> None:
    given = event("Concert", datetime(2026, 11, 28, 19, tzinfo=MINSK), location=PLACE, uid="own@example.org")
    fill([given])
    answer = client.get(f"/events/{given.id}.ics")
    (one,) = read_calendar(answer.data, MINSK)
    assert one.uid == "own@example.org"
    assert one.event is not None and one.event.start == given.start
    assert f"URL:http://localhost/events/{given.id}/concert" in answer.text.replace("\r\n ", "")


def test_the_calendar_changes_its_etag_with_its_events(client: FlaskClient, fill: Fill) -> None:
    given = event("Concert", TODAY + timedelta(days=3))
    fill([given])
    before = client.get("/events.ics").headers["ETag"]
    assert client.get("/events.ics").headers["ETag"] == before
    fill([replace(given, version=2, title="Concert, cancelled", status="cancelled")])
    assert client.get("/events.ics", headers={"If-None-Match": before}).status_code == 200


def test_an_events_page_says_what_it_costs_where_else_it_is_and_whom_to_ask(client: FlaskClient, fill: Fill) -> None:
    said = event(
        "Talk", TODAY, status="cancelled", reason="The hall is closed.", attendance="mixed",
        further_locations=(Location(name="Yard", city="Brest"),), online_url="https://example.org/live",
        price=Price(amount="5", up_to="9.50", currency="BYN", note="students less"), contact="Anna <b>", language="be",
        categories=("Open air",), links=(Link(url="https://example.org/t", title="Tickets"),),
    )  # fmt: skip
    free = event("Fair", TODAY, price=Price(free=True), attendance="online")
    fill([said, free])
    page = client.get(f"/events/{said.id}/talk").text
    for words in (
        "The hall is closed.",
        "Yard, Brest",
        "BYN 5 to BYN 9.50; students less",
        "Anna &lt;b&gt;",
        "Tickets",
    ):
        assert words in page
    assert 'href="https://example.org/live"' in page
    assert 'href="/events?category=Open+air"' in page
    page = client.get(f"/events/{free.id}/fair").text
    assert "Free" in page and "Online only" in page
