"""Events as search engines read them: each time that a page shows, and what became of it."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.picture import PublicImage
from dateline_web.events import linked_data
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event, tag

TOWN = Location(name="Upper Town", address="Freedom Square", city="Minsk", country="Belarus", lat=53.9, lon=27.55)


def data_on(client: FlaskClient, address: str) -> dict[str, Any]:
    page = client.get(address, follow_redirects=True).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    assert data["@context"] == "https://schema.org"
    return data


def shown(client: FlaskClient, fill: Fill, **fields: Any) -> dict[str, Any]:
    given = event("Concert", datetime(2026, 12, 5, 19, tzinfo=MINSK), **fields)
    fill([given])
    return data_on(client, f"/events/{given.id}")


def test_an_event_says_when_where_and_by_whom(client: FlaskClient, fill: Fill) -> None:
    data = shown(
        client, fill, location=TOWN, organizer="City", description_text="x" * 900, categories=("music",),
        end=datetime(2026, 12, 5, 21, tzinfo=MINSK), images=(PublicImage(url="https://example.org/a.jpg", alt="A"),),
        language="be", tags=(tag("topic", "Culture"),),
    )  # fmt: skip
    assert (data["@type"], data["name"], data["inLanguage"]) == ("Event", "Concert", "be")
    assert (data["startDate"], data["eventStatus"]) == (
        "2026-12-05T19:00:00+03:00",
        "https://schema.org/EventScheduled",
    )
    assert data["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 53.9, "longitude": 27.55}
    assert data["location"]["address"]["addressLocality"] == "Minsk"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert data["organizer"]["name"] == "City" and data["image"][0]["contentUrl"] == "https://example.org/a.jpg"
    assert len(data["description"]) == 500 and data["keywords"] == ["music", "Culture"]
    assert not {"offers", "isAccessibleForFree", "previousStartDate", "superEvent"} & data.keys()


@pytest.mark.parametrize(("fields", "status"), [
    ({"status": "cancelled", "previous_times": (Occurrence(start=date(2026, 12, 1)),)}, "EventCancelled"),
    ({"status": "postponed"}, "EventPostponed"),
    ({"status": "tentative"}, "EventScheduled"),
    ({"previous_times": (Occurrence(start=date(2026, 12, 1)),)}, "EventRescheduled"),
])  # fmt: skip
def test_what_became_of_it(client: FlaskClient, fill: Fill, fields: dict[str, Any], status: str) -> None:
    data = shown(client, fill, **fields)
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data.get("previousStartDate") == ("2026-12-01" if "previous_times" in fields else None)


def test_online_and_on_several_places(client: FlaskClient, fill: Fill) -> None:
    data = shown(client, fill, attendance="mixed", online_url="https://live.example/", location=TOWN,
                 further_locations=(Location(name="Park"),))  # fmt: skip
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [one["@type"] for one in data["location"]] == ["Place", "Place", "VirtualLocation"]
    assert data["location"][2]["url"] == "https://live.example/"
    only = shown(client, fill, attendance="online")
    assert only["location"] == {"@type": "VirtualLocation"}


@pytest.mark.parametrize(("price", "offer"), [
    (Price(free=True), {"@type": "Offer", "price": "0"}),
    (Price(amount="12.50", currency="BYN", note="at the door"),
     {"@type": "Offer", "price": "12.50", "priceCurrency": "BYN", "description": "at the door"}),
    (Price(amount="5", up_to="20", currency="EUR"),
     {"@type": "AggregateOffer", "lowPrice": "5", "highPrice": "20", "priceCurrency": "EUR"}),
    (Price(note="as you like"), {"@type": "Offer", "description": "as you like"}),
])  # fmt: skip
def test_what_it_costs(client: FlaskClient, fill: Fill, price: Price, offer: dict[str, str]) -> None:
    data = shown(client, fill, price=price)
    assert data["offers"] == offer | {"url": data["url"]}
    assert data.get("isAccessibleForFree") is (True if price.free else None)


def test_a_series_names_each_time_that_its_page_shows(client: FlaskClient, fill: Fill) -> None:
    first = datetime(2026, 12, 5, 19, tzinfo=MINSK)
    given = event("Club", first, rrule="FREQ=WEEKLY;COUNT=4")
    fill([given])
    data = data_on(client, f"/events/{given.id}?on=20261212T160000Z")
    times = [data, *data["superEvent"]["subEvent"]]
    assert data["superEvent"]["@type"] == "EventSeries"
    assert [one["startDate"] for one in times] == [
        (first + timedelta(days=days)).isoformat() for days in (7, 0, 14, 21)
    ]
    assert len({one["url"] for one in times}) == 4
    assert all(one["eventStatus"].endswith("EventScheduled") for one in times)


@pytest.fixture
def weekly(fill: Fill) -> EventDocument:
    given = event("Club", datetime(2026, 11, 2, 19, tzinfo=MINSK), rrule="FREQ=DAILY", location=TOWN)
    fill([given, event("Fair", date(2026, 11, 24))])
    return given


@pytest.mark.parametrize("address", ["/events", "/events/2026/12", "/events?view=day", "/events?view=week",
                                     "/events?view=agenda", "/events?range=next-month"])  # fmt: skip
def test_lists_name_what_they_show(
    client: FlaskClient, weekly: EventDocument, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(linked_data, "MOST_LISTED", 5)
    data = data_on(client, address)
    items = data["itemListElement"]
    assert data["@type"] == "ItemList" and [one["position"] for one in items] == list(range(1, len(items) + 1))
    assert 1 < len(items) <= 5
    page = client.get(address).text
    for one in items:
        path = one["item"]["url"].removeprefix("http://localhost")
        assert f'href="{path}"' in page
        assert one["item"]["location"]["name"] == "Upper Town" if one["item"]["name"] == "Club" else True


def test_a_list_names_the_new_time_of_what_was_moved(client: FlaskClient, fill: Fill) -> None:
    old, new = (datetime(2026, 12, day, 19, tzinfo=MINSK) for day in (3, 5))
    fill([event("Concert", new, previous_times=(Occurrence(start=old),))])
    (only,) = data_on(client, "/events/2026/12")["itemListElement"]
    assert (only["item"]["startDate"], only["item"]["previousStartDate"]) == (new.isoformat(), old.isoformat())
    assert only["item"]["eventStatus"] == "https://schema.org/EventRescheduled"


def test_a_page_without_events_has_no_list(client: FlaskClient) -> None:
    assert "ld+json" not in client.get("/events").text
    for address in ("/events", "/events?topic=a"):
        assert 'type="application/atom+xml" href="http://localhost/events.atom' in client.get(address).text
