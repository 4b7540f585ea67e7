"""What events say, and how they are found by it: words, categories, price, attendance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from contract.index.newsroom_documents import event, put, story, tag, term
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.story import Link
from dateline.ports.index import EventSearch, Index, PutStatus


def days(first: str, last: str = "", **more: Any) -> EventSearch:
    return EventSearch(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last or first), **more)


def ids(index: Index, search: EventSearch) -> list[str]:
    return [event.id for event in index.events(search)]


@pytest.fixture
def programme(index: Index) -> Index:
    """Four events of one day, and one of years ago."""
    day = (date(2024, 7, 4), None)
    hall = Location(name="House of Culture", address="8 Main Street", city="Gdańsk", country="Poland")
    put(
        index,
        event(
            "jazz", day, title="Tractors and jazz", categories=("Concert", "Open air"), location=hall,
            description_text="A lecture comes before the concerts.", price=Price(free=True),
        ),
        event(
            "talk", day, title="Night of the Museum", categories=("concert", "Talk"), organizer="Kursk-based Readers",
            attendance="online", price=Price(amount="5", currency="BYN"),
        ),
        event("kino", day, title="Кіно пад адкрытым небам", categories=("Кіно",), attendance="mixed",
              further_locations=(hall,)),
        event("fair", day, title="Fair", tags=(tag("place:minsk"), tag("place:brest", status="proposed"))),
        event("old", (date(2009, 7, 4), None), title="Old concert", categories=("CONCERT",)),
    )  # fmt: skip
    return index


def on_the_day(index: Index, **more: Any) -> list[str]:
    return sorted(ids(index, days("2024-07-04", **more)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tractor", ["jazz"]),  # by its stem
        ("MUSEUMS", ["talk"]),
        ("gdansk", ["jazz", "kino"]),  # places, further ones too
        ("culture house", ["jazz", "kino"]),  # every word, in any order
        ('"culture house"', []),
        ('"house of culture"', ["jazz", "kino"]),
        ("jazz museum", []),
        ("lecture", ["jazz"]),
        ("readers", ["talk"]),
        ("kursk-based", ["talk"]),
        ("open air", ["jazz"]),
        ("кіно", ["kino"]),
        ("minsk", ["fair"]),
        ("brest", []),  # only proposed
        ("the museum of", ["talk"]),  # stop words say nothing beside others
        ("!!! jazz", ["jazz"]),
        ("!!!", []),
        ('"', []),
        ("   ", ["fair", "jazz", "kino", "talk"]),
        ('AND "NEAR( *', []),
        ("poland main", ["jazz", "kino"]),
        ("poland concert", ["jazz"]),
        ("concert", ["jazz", "talk"]),
    ],
)
def test_events_are_found_by_their_words(programme: Index, text: str, expected: list[str]) -> None:
    assert on_the_day(programme, text=text) == expected


def test_no_phrase_runs_from_one_text_of_an_event_into_the_next(programme: Index) -> None:
    assert on_the_day(programme, text='"concert open"') == on_the_day(programme, text='"jazz a lecture"') == []


def test_events_are_found_by_what_they_say(programme: Index) -> None:
    assert on_the_day(programme, categories=("concert",)) == ["jazz", "talk"]
    assert on_the_day(programme, categories=("CONCÉRT", "кіно")) == ["jazz", "kino", "talk"]
    assert on_the_day(programme, categories=("conc",)) == []
    assert on_the_day(programme, free=True) == ["jazz"]
    assert on_the_day(programme, free=False) == ["talk"]
    assert on_the_day(programme, attendance=("online", "mixed")) == ["kino", "talk"]
    assert on_the_day(programme, attendance=("offline",)) == ["fair", "jazz"]
    assert on_the_day(programme, categories=("concert",), text="museum", free=False) == ["talk"]


def test_past_events_are_found(programme: Index) -> None:
    long_ago = days("2000-01-01", "2024-07-04", text="concert")
    assert ids(programme, long_ago) == ["old", "jazz", "talk"]


def test_words_of_an_earlier_revision_find_nothing(programme: Index) -> None:
    put(programme, event("jazz", (date(2024, 7, 4), None), version=2, title="Blues"))
    put(programme, replace(event("talk", (date(2024, 7, 4), None), version=2), withdrawn=True))
    assert on_the_day(programme, text="jazz") == on_the_day(programme, categories=("concert",)) == []
    assert on_the_day(programme, text="blues") == ["jazz"]


def test_an_event_keeps_all_that_it_says(index: Index) -> None:
    said = event(
        "all", (datetime(2024, 7, 4, 16, tzinfo=UTC), None), title="All", categories=("Talk",), reason="Rain",
        previous_times=(Occurrence(start=date(2024, 7, 1)),), price=Price(amount="5", up_to="9", currency="BYN"),
        links=(Link(url="https://example.org", title="Tickets"),), contact="Anna", attendance="mixed", language="be",
        online_url="https://example.org/live", further_locations=(Location(name="Yard", lat=53.9, lon=27.5),),
    )  # fmt: skip
    put(index, said)
    assert index.get("event", ["all"]) == [said]
    assert index.events(days("2024-07-04")) == [said]


def test_what_was_moved_is_found_on_the_days_it_was_announced_for(index: Index) -> None:
    before = (Occurrence(start=date(2024, 7, 4), end=date(2024, 7, 5)), Occurrence(start=date(2024, 9, 1)))
    put(index, event("moved", (date(2024, 8, 1), None), title="Fair", previous_times=before))
    found = {day: ids(index, days(day)) for day in ("2024-07-05", "2024-07-06", "2024-08-01", "2024-09-01")}
    assert found == {"2024-07-05": ["moved"], "2024-07-06": [], "2024-08-01": ["moved"], "2024-09-01": ["moved"]}


def test_events_are_chosen_by_what_became_of_them(index: Index) -> None:
    day = (date(2024, 7, 4), None)
    put(index, *(event(f"e-{status}", day, title="Fair", status=status) for status in ("confirmed", "postponed")))
    assert on_the_day(index, statuses=("postponed", "cancelled")) == ["e-postponed"]
    assert on_the_day(index, statuses=("postponed", "confirmed")) == on_the_day(index)


def test_the_state_of_events_changes_with_them_alone(index: Index) -> None:
    day = (date(2024, 7, 4), None)
    states = [index.events_state()]
    for version in (1, 2, 3):
        put(index, replace(event("a", day, version=version), withdrawn=version == 3))
        states.append(index.events_state())
    put(index, event("b", day))
    states.append(index.events_state())
    assert len(set(states)) == len(states)
    put(index, story("s"), term("place:brest"))
    assert index.put([event("b", day, version=0)])[0].status == PutStatus.NEWER
    assert index.events_state() == states[-1]
