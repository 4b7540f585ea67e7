"""What was moved, postponed or cancelled: the old date stays where readers look for it, and says what became of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient

from dateline.domain.event import Occurrence
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event

OLD = datetime(2026, 11, 28, 19, tzinfo=MINSK)
NEW = datetime(2027, 2, 5, 18, 30, tzinfo=MINSK)
MOVED_TO = "moved to 5 Feb 2027, 18:30"


@pytest.fixture
def calendar(client: FlaskClient, fill: Fill) -> FlaskClient:
    """A newsroom with a concert that was moved from November to February."""
    fill([
        event("Concert", NEW, previous_times=(Occurrence(start=OLD),), reason="The hall is closed."),
        event("Lecture", datetime(2026, 11, 27, 18, tzinfo=MINSK), status="postponed", reason="The speaker is ill."),
        event("Fair", datetime(2026, 11, 28, 9, tzinfo=MINSK), status="cancelled", reason="Rain."),
        event("Walk", datetime(2026, 11, 28, 12, tzinfo=MINSK), previous_times=(
            Occurrence(start=datetime(2026, 11, 28, 10, tzinfo=MINSK)), Occurrence(start=date(2026, 11, 1)))),
        *(event(f"Stall {n}", datetime(2026, 11, 28, 10 + n, tzinfo=MINSK)) for n in range(3)),
    ])  # fmt: skip
    return client


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(markup: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)))


@pytest.mark.parametrize("address", [
    "/events", "/events/2026/11", "/events?view=agenda", "/events?view=day&day=2026-11-28",
    "/events?view=week&day=2026-11-28",
])  # fmt: skip
def test_the_old_date_is_struck_and_says_the_new_one(calendar: FlaskClient, address: str) -> None:
    page = text(calendar, address)
    found = [one for one in re.findall(r"<li.*?</li>|<td.*?</td>", page, re.DOTALL) if MOVED_TO in words(one)]
    assert found
    for one in found:
        assert re.search(r'class="[a-z ]* off"', one)
        assert re.search(r'href="/events/e\d+/concert"', one)


def test_the_new_date_shows_it_once_and_not_as_moved(calendar: FlaskClient) -> None:
    page = text(calendar, "/events/2027/02?view=agenda")
    assert words(page).count("18:30 Concert") == 1 and "moved to" not in page


def test_the_api_says_both(calendar: FlaskClient) -> None:
    items = calendar.get("/v1/events?from=2026-11-01&to=2027-02-28").get_json()["items"]
    concert = [(one["start"], one["status"], one["moved_to"]) for one in items if one["title"] == "Concert"]
    assert concert == [
        (OLD.isoformat(), "rescheduled", {"start": NEW.isoformat(), "end": None}),
        (NEW.isoformat(), "confirmed", None),
    ]
    assert len({one["occurrence_id"] for one in items}) == len(items)
    walked = []
    address = "/v1/events?from=2026-11-01&to=2027-02-28&limit=1"
    while address:
        page = calendar.get(address).get_json()
        walked += page["items"]
        address = page["next"] or ""
    assert walked == items


def test_a_day_within_which_something_moved_shows_both_hours(calendar: FlaskClient) -> None:
    grid = text(calendar, "/events/2026/11?view=month")
    day = words(text(calendar, "/events?view=day&day=2026-11-28"))
    assert "10:00 Walk moved to 12:00" in day and "12:00 Walk" in day
    assert "Walk moved to 12:00" in words(grid) and "Walk moved to 28 November, 12:00" in words(grid)


def test_what_is_off_says_why(calendar: FlaskClient) -> None:
    page = words(text(calendar, "/events?view=agenda"))
    for said in (
        "Fair cancelled Rain.",
        f"Concert {MOVED_TO} The hall is closed.",
        "Lecture postponed The speaker is ill.",
    ):
        assert said in page


def test_the_events_own_page_says_when_it_was_to_be(calendar: FlaskClient) -> None:
    address = next(one["url"] for one in calendar.get("/v1/events?from=2027-02-01&to=2027-02-28").get_json()["items"])
    page = text(calendar, address)
    assert "<s>Saturday, 28 November 2026, 19:00</s>" in page
    assert "Moved: it was to take place on Saturday, 28 November 2026, 19:00 . The hall is closed." in words(page)
    assert "Friday, 5 February 2027, 18:30" in words(page)


def test_what_has_no_new_date_is_listed_apart(calendar: FlaskClient, fill: Fill) -> None:
    page = text(calendar, "/events")
    apart = words(page[page.index("Postponed, no new date yet") :])
    assert "27 Nov 2026 Lecture The speaker is ill." in apart and "Concert" not in apart.split("Times are")[0]
    assert "Postponed, no new date yet" not in text(calendar, "/events/2026/11")
    assert "Postponed, no new date yet" not in text(calendar, "/events?topic=none")


def test_next_events_and_linked_data_leave_the_old_date_out(calendar: FlaskClient) -> None:
    assert MOVED_TO not in words(text(calendar, "/"))
    listed = re.search(r"application/ld\+json\">(.*?)</script>", text(calendar, "/events/2026/11"), re.DOTALL)
    assert listed is not None and '"Concert"' not in listed[1]
