"""What an event may say besides its times, and what is said of what it may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from marshmallow import ValidationError

from dateline.analysis.label_key import label_key
from dateline.domain.event import Event, Location, Occurrence, Price
from dateline.domain.payload import from_payload, to_payload
from dateline.domain.story import Link
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.pointers import field_errors

EVENT = {"title": "River day", "start": "2027-05-15"}
SCHEMA = EventSchema()


def loaded(**more: Any) -> Event:
    return Event(**SCHEMA.load({**EVENT, **more}))


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"categories": ["a"] * 1 + [f"c{n}" for n in range(20)]}, "/categories"),
        ({"categories": ["x" * 61]}, "/categories/0"),
        ({"categories": ["Jazz", " "]}, "/categories/1"),
        ({"categories": ["Café", "CAFE"]}, "/categories/1"),
        ({"categories": ["!!"]}, "/categories/0"),
        ({"further_locations": [{"city": "Brest"}]}, "/further_locations/0/name"),
        ({"further_locations": [{"name": "a"}] * 21}, "/further_locations"),
        ({"attendance": "hybrid"}, "/attendance"),
        ({"attendance": "offline", "online_url": "https://example.org"}, "/attendance"),
        ({"online_url": "ftp://example.org"}, "/online_url"),
        ({"price": {}}, "/price/free"),
        ({"price": {"free": True, "amount": "5", "currency": "BYN"}}, "/price/free"),
        ({"price": {"amount": "5"}}, "/price/currency"),
        ({"price": {"currency": "BYN", "note": "x"}}, "/price/amount"),
        ({"price": {"amount": 5, "currency": "BYN"}}, "/price/amount"),
        ({"price": {"amount": "5,50", "currency": "BYN"}}, "/price/amount"),
        ({"price": {"amount": "-5", "currency": "BYN"}}, "/price/amount"),
        ({"price": {"amount": "5", "currency": "byn"}}, "/price/currency"),
        ({"price": {"amount": "5", "up_to": "4.99", "currency": "BYN"}}, "/price/up_to"),
        ({"price": {"up_to": "5", "currency": "BYN", "note": "x"}}, "/price/amount"),
        ({"price": {"note": "x" * 301}}, "/price/note"),
        ({"contact": "x" * 301}, "/contact"),
        ({"reason": "x" * 501}, "/reason"),
        ({"links": [{"title": "Tickets"}]}, "/links/0/url"),
        ({"links": [{"url": "https://example.org", "label": "x"}]}, "/links/0/label"),
        ({"links": [{"url": "https://example.org"}] * 21}, "/links"),
        ({"language": "english please"}, "/language"),
        ({"previous_times": [{"end": "2027-05-01"}]}, "/previous_times/0/start"),
        ({"previous_times": [{"start": "2027-05-02", "end": "2027-05-01"}]}, "/previous_times/0/end"),
        ({"previous_times": [{"start": "2027-05-01", "end": "2027-05-01T10:00:00Z"}]}, "/previous_times/0/end"),
        ({"previous_times": [{"start": "2027-05-01"}] * 21}, "/previous_times"),
    ],
)
def test_what_an_event_may_not_say(more: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ValidationError) as refused:
        loaded(**more)
    assert [error.pointer for error in field_errors(refused.value.messages)] == [pointer]


def test_what_it_says_is_kept_and_can_be_sent_again() -> None:
    said = {
        "categories": ["Open  air", "Кіно"],
        "further_locations": [{"name": "Yard", "lat": 53.9, "lon": 27.5}],
        "online_url": "https://example.org/live",
        "price": {"amount": "5", "up_to": "9.50", "currency": "BYN", "note": "students less"},
        "contact": "Anna", "reason": "Rain.\nThe yard is wet.", "language": "be",
        "links": [{"url": "https://example.org", "title": "Tickets"}],
        "previous_times": [{"start": "2027-05-01"}, {"start": "2027-05-02T10:00:00+03:00"}],
    }  # fmt: skip
    event = loaded(**said)
    assert event.categories == ("Open air", "Кіно")
    assert event.further_locations == (Location(name="Yard", lat=53.9, lon=27.5),)
    assert event.price == Price(amount="5", up_to="9.50", currency="BYN", note="students less")
    assert event.links == (Link(url="https://example.org", title="Tickets"),)
    assert event.previous_times[0] == Occurrence(start=date(2027, 5, 1))
    assert Event(**SCHEMA.load(event_json(event))) == event
    assert from_payload(Event, to_payload(event)) == event


def test_an_address_alone_says_that_one_can_take_part_from_elsewhere() -> None:
    online = {"online_url": "https://example.org"}
    assert loaded().attendance == "offline"
    assert loaded(**online).attendance == "online"
    assert loaded(**online, location={"name": "Yard"}).attendance == "mixed"
    assert loaded(**online, location={"name": "Yard"}, attendance="online").attendance == "online"
    assert loaded(attendance="online").online_url == ""


def test_an_event_of_an_earlier_schema_is_read() -> None:
    old = {"schema": 2, "title": "River day", "start": "2027-05-15", "status": "postponed"}
    assert from_payload(Event, old) == Event(title="River day", start=date(2027, 5, 15), status="postponed")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café-Théâtre", " cafe  THEATRE "), ("Ёлка", "елка"), ("Straße", "STRASSE"), ("ＪＡＺＺ", "jazz")],
)
def test_labels_that_are_one(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(("one", "other"), [("C++", "C"), ("мой", "мои"), ("Jazz", "Jass")])
def test_labels_that_are_not(one: str, other: str) -> None:
    assert label_key(one) != label_key(other)
