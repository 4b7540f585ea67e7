"""What stands beside an event on its page: nearby and similar ones, its stories; what stands beside a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from dateline.domain.document import EventDocument
from dateline.domain.event import Location
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from unit.web.conftest import Fill
from unit.web.documents import NOW, event, story, tag

HALL = Location(name="Philharmonic Hall", city="Minsk", lat=53.91, lon=27.58)


def on(title: str, days: int, **more: Any) -> EventDocument:
    start = (NOW + timedelta(days=days)).astimezone(UTC).replace(hour=16, minute=0, second=0, microsecond=0)
    return event(title, start, **more)


def page_of(client: FlaskClient, of: EventDocument) -> str:
    return client.get(f"/events/{of.id}/{of.slug}").text


def section(page: str, heading: str) -> str:
    """A section of a page; "" where there is none."""
    _, found, rest = page.partition(f'<h2 class="rail-title">{heading}</h2>')
    return rest.partition("</section>")[0] if found else ""


def test_nearby_and_similar_events_each_once(client: FlaskClient, fill: Fill) -> None:
    jazz = tag("topic", "Jazz")
    own = on("Concert", 3, location=HALL, tags=(jazz,))
    fill([
        own,
        on("Quartet", 5, location=HALL, tags=(jazz,)),
        on("Talk", 4, location=HALL),
        on("Jam", 60, location=Location(name="Brest"), tags=(jazz,)),
        on("Fair", 4, location=Location(name="Brest")),
    ])  # fmt: skip
    page = page_of(client, own)
    nearby, similar = section(page, "Nearby"), section(page, "Similar events")
    assert nearby.index("Talk") < nearby.index("Quartet")
    assert "Jam" in similar and "Quartet" not in similar
    assert "Fair" not in nearby + similar and "Concert" not in nearby + similar


def test_a_series_is_nearby_at_a_time_that_no_exception_replaces(client: FlaskClient, fill: Fill) -> None:
    own = on("Concert", 3, location=HALL)
    weekly = on("Club", 1, location=HALL, rrule="FREQ=DAILY;COUNT=3", uid="club@example.org")
    assert isinstance(weekly.start, datetime)
    key = format_recurrence_id(weekly.start)
    other = on("Club elsewhere", 1, uid="club@example.org", recurrence_id=key, status="cancelled")
    fill([own, weekly, other])
    nearby = section(page_of(client, own), "Nearby")
    assert "Club" in nearby and "Club elsewhere" not in nearby
    second = (weekly.start + timedelta(days=1)).strftime("on=%Y%m%d")
    assert second in nearby


def test_an_event_without_a_place_has_none_nearby(client: FlaskClient, fill: Fill) -> None:
    own = on("Webinar", 3)
    fill([own, on("Talk", 4, location=HALL)])
    page = page_of(client, own)
    assert not section(page, "Nearby") and not section(page, "Similar events")


def test_a_story_names_its_events_and_an_event_its_stories(client: FlaskClient, fill: Fill) -> None:
    concert, gone = on("Concert", 3, location=HALL), on("Gone", 3)
    told = story("Concert tonight", event_ids=(concert.id, gone.id, "never-was"))
    fill([concert, told])
    assert [one["title"] for one in client.get(f"/v1/stories/{told.id}").get_json()["events"]] == ["Concert"]
    page = client.get(f"/stories/{told.id}/{told.slug}").text
    assert "Philharmonic Hall" in section(page, "In the calendar")
    assert "Concert tonight" in page_of(client, concert)
    [coverage] = client.get(f"/v1/events/{concert.id}").get_json()["coverage"]
    assert coverage["headline"] == "Concert tonight"
