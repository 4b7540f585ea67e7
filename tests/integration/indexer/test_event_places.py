"""Events are found by the places of their location."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.domain.event import Location
from dateline_ingest.intake import Write
from integration.indexer.conftest import Room

DAYS = "from=2026-12-01&to=2026-12-31"


def submit(room: Room, title: str, **more: Any) -> None:
    event = {"title": title, "start": date(2026, 12, 4), **more}
    room.intake.submit(room.intake.new_event(event, Write(by=room.editor)))
    room.pipeline.work()


def titles(room: Room, place: str) -> list[str]:
    answer = room.app.test_client().get(f"/v1/events?{DAYS}&place={place}").get_json()
    return sorted(one["title"] for one in answer["items"])


def test_ten_events_in_a_city_are_found_by_it(room: Room) -> None:
    for number in range(10):
        submit(room, f"Concert {number}", location=Location(name="Philharmonic hall", city="Minsk"))
    assert len(titles(room, "minsk")) == 10
    assert "Concert 9" in room.read(f"/events?view=agenda&{DAYS}&place=minsk")
    assert "Concert 9" not in room.read(f"/events?view=agenda&{DAYS}&place=gomel")


@pytest.mark.parametrize(
    "location",
    [
        Location(name="Fortress", city="Brest", country="Belarus"),
        Location(name="Fortress", address="Lenina 1, Brest, Belarus"),
        Location(name="Fortress, Брест, Беларусь"),
    ],
    ids=["city", "address", "name"],
)
def test_a_city_its_region_and_its_country_find_it(room: Room, location: Location) -> None:
    submit(room, "Tour", location=location)
    submit(room, "Elsewhere", location=Location(name="Port", city="Brest", country="France"))
    for place in ("brest", "brest-oblast", "belarus"):
        assert titles(room, place) == ["Tour"]
    assert titles(room, "france") == ["Elsewhere"]


def test_a_moved_event_is_found_where_it_is_now(room: Room) -> None:
    submit(room, "Concert", external_id="one@example", location=Location(name="Hall", city="Minsk"))
    submit(room, "Concert", external_id="one@example", location=Location(name="Hall", city="Gomel"))
    assert titles(room, "minsk") == []
    assert titles(room, "gomel") == ["Concert"]
    assert titles(room, "belarus") == ["Concert"]
