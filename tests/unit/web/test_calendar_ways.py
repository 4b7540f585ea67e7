"""How readers find their way in the calendar: days by name, a date, the pages before and after; their own clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dateline.domain.event import Location
from dateline_web.calendar.ranges import RANGES, RangeName, days_of_range
from dateline_web.context import EXTENSION
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event, story, tag, term
from unit.web.test_events_pages import words

MONDAY = date(2026, 11, 23)
SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]


@pytest.mark.parametrize("today", WEEK)
def test_weekends_on_every_weekday(today: date) -> None:
    first, last = days_of_range("this-weekend", today)
    assert (first, last) == (max(today, SATURDAY), SUNDAY)
    assert days_of_range("next-weekend", today) == (SATURDAY + timedelta(days=7), SUNDAY + timedelta(days=7))


@pytest.mark.parametrize(
    ("name", "today", "days"),
    [
        ("today", date(2026, 12, 31), (date(2026, 12, 31), date(2026, 12, 31))),
        ("next-7-days", date(2026, 12, 28), (date(2026, 12, 28), date(2027, 1, 3))),
        ("next-month", date(2026, 12, 31), (date(2027, 1, 1), date(2027, 1, 31))),
        ("next-month", date(2027, 1, 31), (date(2027, 2, 1), date(2027, 2, 28))),
    ],
)
def test_other_ranges(name: RangeName, today: date, days: tuple[date, date]) -> None:
    assert days_of_range(name, today) == days


@pytest.fixture
def at(app: Flask) -> Callable[[datetime], FlaskClient]:
    """A reader at another time."""

    def reader(now: datetime) -> FlaskClient:
        app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], now=lambda: now)
        return app.test_client()

    return reader


def test_the_newsrooms_day_counts(at: Callable[[datetime], FlaskClient]) -> None:
    """On a Friday at 22:00 UTC it is Saturday in Minsk."""
    late = at(datetime(2026, 11, 27, 22, tzinfo=UTC))
    assert "This weekend, 28 and 29 November" in words(late.get("/events?range=this-weekend").text)
    early = at(datetime(2026, 11, 29, 20, 59, tzinfo=UTC))
    assert "This weekend, 29 November" in words(early.get("/events?range=this-weekend").text)
    assert "Next weekend, 5 and 6 December" in words(early.get("/events?range=next-weekend").text)


def test_next_weekend_in_the_editions_place_is_one_click_from_the_front_page(client: FlaskClient, fill: Fill) -> None:
    there = Location(name="Hall", city="Minsk")
    fill(
        [
            story(tags=(tag("place", "Minsk"),)),
            term("place", "Minsk"),
            event(
                "On Saturday", datetime(2026, 12, 5, 19, tzinfo=MINSK), location=there, tags=(tag("place", "Minsk"),)
            ),
            event("Elsewhere", datetime(2026, 12, 5, 19, tzinfo=MINSK), tags=(tag("place", "Brest"),)),
            event("This Sunday", datetime(2026, 11, 29, 19, tzinfo=MINSK), tags=(tag("place", "Minsk"),)),
        ]
    )
    (link,) = re.findall(r'<a href="([^"]*)" rel="nofollow">Next weekend in Minsk</a>', client.get("/").text)
    page = words(client.get(unescape(link)).text)
    assert "Next weekend, 5 and 6 December, in Minsk" in page
    assert "On Saturday" in page
    assert "Elsewhere" not in page and "This Sunday" not in page


def test_without_the_place_the_weekend_is_everywheres(client: FlaskClient) -> None:
    assert 'href="/events?range=next-weekend" rel="nofollow">Next weekend</a>' in client.get("/").text


@pytest.mark.parametrize("address", [
    "/events?topic=music", "/events?view=week&topic=music", "/events?view=day&topic=music",
    "/events?view=agenda&topic=music", "/events?view=year&topic=music", "/events/2026/12?topic=music",
    "/events/2026/12?view=agenda&topic=music", *(f"/events?range={name}&topic=music" for name in RANGES),
])  # fmt: skip
def test_every_way_on_keeps_the_filters(client: FlaskClient, fill: Fill, address: str) -> None:
    fill([event("Concert", date(2026, 11, 24), rrule="FREQ=DAILY", tags=(tag("topic", "Music"),))])
    page = unescape(client.get(address).text)
    for label in ("Days", "Views", "Earlier and later"):
        for nav in re.findall(rf'<nav[^>]* aria-label="{label}">.*?</nav>', page, re.DOTALL):
            assert all("topic=music" in link for link in re.findall(r'href="([^"]*)"', nav))
    (form,) = re.findall(r'<form class="jump".*?</form>', page, re.DOTALL)
    assert '<input type="hidden" name="topic" value="music">' in form


def test_a_date_that_is_jumped_to(client: FlaskClient, fill: Fill) -> None:
    fill([event("Past", date(2019, 5, 9)), event("Other", date(2019, 5, 10))])
    assert "Thursday, 9 May 2019" in words(client.get("/events?day=2019-05-09").text)
    assert "May 2019" in words(client.get("/events?view=month&day=2019-05-09").text)
    day = words(client.get("/events?view=day&day=2019-05-09").text)
    assert "Past" in day and "Other" not in day
    assert client.get("/events?view=month&day=").status_code == 200


def test_a_year_says_how_many_events_each_month_and_day_has(client: FlaskClient, fill: Fill) -> None:
    fill([event("Fair", date(2025, 7, 30), end=date(2025, 8, 2)), event("Concert", date(2025, 7, 31))])
    page = client.get("/events?view=year&day=2025-03-01").text
    assert page.count('class="month"') == 12
    assert 'href="/events?view=day&amp;day=2025-07-31">31<span class="hidden">: 2 events</span>' in page
    assert re.search(r"July.* 2 events .*August.* 1 event .*September.* no event", words(page))
    assert 'href="/events?view=year&amp;day=2024-01-01"' in page


# --- the reader's own clock --------------------------------------------------------------------------------------


def choose(client: FlaskClient, zone: str, back: str = "/events") -> None:
    answer = client.get("/events/zone", query_string={"zone": zone, "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_readers_clock_is_told_beside_the_newsrooms(client: FlaskClient, fill: Fill) -> None:
    start = datetime(2026, 11, 28, 19, tzinfo=MINSK)
    given = event("Concert", start, end=start + timedelta(hours=2))
    fill([given, event("Late", datetime(2026, 11, 28, 23, 30, tzinfo=MINSK)), event("Fair", date(2026, 11, 28))])
    choose(client, "Europe/Vilnius", "/events?view=day&day=2026-11-28")
    page = words(client.get("/events?view=day&day=2026-11-28").text)
    assert "19:00–21:00 18:00–20:00 in Vilnius Concert" in page
    assert "In Vilnius: Saturday, 28 November 2026, 18:00 to 20:00." in words(
        client.get(f"/events/{given.id}/concert").text
    )
    choose(client, "Asia/Tokyo")
    assert "23:30 05:30 on 29 November in Tokyo Late" in words(client.get("/events?view=agenda").text)
    assert "23:30 05:30 next day in Tokyo Late" in words(client.get("/events/2026/11").text)
    choose(client, "America/New_York")
    assert "23:30 15:30 in New York Late" in words(client.get("/events/2026/11").text)
    choose(client, "Europe/Minsk")
    assert client.get_cookie("zone", path="/events") is None
    assert "Tokyo" not in client.get("/events?view=agenda").text


def test_a_zone_with_the_same_time_says_nothing_twice(client: FlaskClient, fill: Fill) -> None:
    fill([event("Concert", datetime(2026, 11, 28, 19, tzinfo=MINSK))])
    choose(client, "Europe/Istanbul")
    assert "in Istanbul" not in words(client.get("/events?view=agenda").text)


def test_caches_keep_what_all_readers_see_and_nothing_of_one(client: FlaskClient, fill: Fill) -> None:
    fill([event("Concert", datetime(2026, 11, 28, 19, tzinfo=MINSK))])
    for address in ("/events", "/events/2026/11", "/events?view=day&day=2026-11-28"):
        before = client.get(address)
        assert before.headers["Cache-Control"].startswith("public")
        assert "Cookie" in before.vary
        assert client.get(address, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    choose(client, "Europe/Vilnius")
    own = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert own.status_code == 200
    assert own.headers["Cache-Control"].startswith("private")
    assert own.headers["ETag"] != before.headers["ETag"]
    assert client.get("/").headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("cookie", ["Nowhere/Never", "../../etc/passwd", "x" * 4000, ""])
def test_a_cookie_that_is_no_zone_counts_as_none(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("zone", cookie, path="/events")
    assert client.get("/events").status_code == 200


def test_the_zones_to_choose_from(client: FlaskClient) -> None:
    page = client.get("/events/zone?back=/events/2026/11%3Ftopic%3Dmusic").text
    assert '<option value="Europe/Vilnius">Vilnius</option>' in page
    assert '<input type="hidden" name="back" value="/events/2026/11?topic=music">' in page


def test_the_first_page_begins_with_this_week_at_a_months_end_too(
    at: Callable[[datetime], FlaskClient], fill: Fill
) -> None:
    fill([event("To come", datetime(2027, 1, 1, 19, tzinfo=MINSK)), event("Over", date(2026, 12, 2))])
    page = at(datetime(2026, 12, 31, 9, tzinfo=UTC)).get("/events").text
    (grid,) = re.findall(r'<table class="event-grid">.*?</table>', page, re.DOTALL)
    assert "To come" in grid and "Over" not in grid
    assert "27 December 2026 to 30 January 2027" in words(page)
    assert 'href="/events/2026/12"' in page and 'href="/events/2027/01"' in page
