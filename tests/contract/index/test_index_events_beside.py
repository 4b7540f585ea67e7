"""Events beside an event: near it, like it; and the exceptions of series."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contract.index.newsroom_documents import event, put, tag
from dateline.domain.document import EventDocument
from dateline.domain.event import Location
from dateline.ports.index import BesideSearch, Index

TODAY = date(2026, 12, 1)
HALL = Location(name="Hall", lat=53.9, lon=27.56)


def on(id: str, days: int = 1, until: int | None = None, **more: Any) -> EventDocument:
    start = TODAY + timedelta(days=days)
    return event(id, (start, None if until is None else TODAY + timedelta(days=until)), **more)


def at(name: str, lat: float, lon: float, city: str = "") -> Location:
    return Location(name=name, lat=lat, lon=lon, city=city)


def beside(of: EventDocument, limit: int = 10) -> BesideSearch:
    return BesideSearch(event=of, first_day=TODAY, last_day=TODAY + timedelta(days=30), limit=limit)


def near(index: Index, of: EventDocument, limit: int = 10) -> list[str]:
    return [one.id for one in index.events_near(beside(of, limit))]


def like(index: Index, of: EventDocument, limit: int = 10) -> list[str]:
    return [one.id for one in index.events_like(beside(of, limit))]


def test_near_is_within_30_km_or_in_the_same_city_by_time(index: Index) -> None:
    own = on("own", location=Location(name="Hall", lat=53.9, lon=27.56, city="Minsk"))
    put(
        index, own,
        on("later", 9, location=at("Palace", 53.91, 27.6)),
        on("soon", 2, location=at("Suburb", 54.1, 27.6)),
        on("far", 2, location=at("Zhodino", 54.1, 28.3)),
        on("named", 5, location=Location(name="Library", city="MINSK")),
        on("elsewhere", 5, location=Location(name="Library", city="Brest")),
        on("nowhere", 5),
        on("past", -3, location=HALL),
        on("in spring", 90, location=HALL),
        on("running", -20, until=20, location=HALL),
        on("off", 3, location=HALL, status="cancelled"),
        on("put off", 3, location=HALL, status="postponed"),
    )  # fmt: skip
    assert near(index, own) == ["running", "soon", "named", "later"]
    assert near(index, own, limit=2) == ["running", "soon"]
    assert near(index, on("nowhere", 5)) == []
    assert near(index, on("x", location=Location(name="Minsk"))) == []


def test_near_where_the_day_changes_and_at_the_poles(index: Index) -> None:
    put(
        index, on("west", location=at("Taveuni", -16.8, 179.95)), on("east", location=at("Rabi", -16.8, -179.95)),
        on("pole", location=at("Pole", 90.0, 0.0)), on("camp", location=at("Camp", 89.9, -120.0)),
    )  # fmt: skip
    assert near(index, on("x", location=at("Line", -16.8, 180.0))) == ["east", "west"]
    assert near(index, on("x", location=at("Ice", 89.95, 77.0))) == ["camp", "pole"]


def test_what_is_withdrawn_or_moved_is_not_near(index: Index) -> None:
    own = on("own", location=HALL)
    put(index, own, on("gone", location=HALL), on("moved", location=HALL))
    put(
        index, EventDocument(id="gone", version=2, revision=2, updated_at=own.updated_at, withdrawn=True),
        on("moved", version=2, location=at("Brest", 52.1, 23.7)),
    )  # fmt: skip
    assert near(index, own) == []


def test_like_is_what_shares_the_rarest(index: Index) -> None:
    jazz, music = tag("topic:jazz"), tag("topic:music")
    own = on("own", tags=(jazz, music), categories=("Concert",), organizer="Philharmonic Society")
    others = [on(f"other{n}", 3, tags=(tag("place:minsk"),)) for n in range(12)]
    put(
        index, own, *others,
        on("both", 8, tags=(jazz, music), categories=("CONCERT",)),
        on("music", 4, tags=(music,)),
        on("held by them", 6, organizer="philharmonic society"),
        on("off", 2, tags=(jazz, music), status="cancelled"),
        on("past", -5, tags=(jazz,)),
    )  # fmt: skip
    found = like(index, own)
    assert found[0] == "both"
    assert set(found) == {"both", "music", "held by them"}
    assert like(index, own, limit=1) == ["both"]
    assert like(index, on("x", tags=(tag("topic:chess"),))) == []


def test_what_most_events_share_makes_none_alike(index: Index) -> None:
    many = [on(f"event{n:02}", 2, tags=(tag("place:minsk"),)) for n in range(20)]
    put(index, *many)
    assert like(index, many[0]) == []


def test_exceptions_of_series_by_their_uid(index: Index) -> None:
    put(
        index,
        on("series", 1, uid="u1", rrule="FREQ=DAILY;COUNT=5"),
        on("own day", 5, uid="u1", recurrence_id="20261203"),
        on("moved far", 200, uid="u1", recurrence_id="20261204"),
        on("other", 2, uid="u2", recurrence_id="20261203"),
        on("single", 2, uid="u3"),
    )
    last = TODAY + timedelta(days=30)
    assert {one.id for one in index.exceptions(["u1", "u3"], TODAY, last)} == {"own day", "moved far"}
    assert {one.id for one in index.exceptions(["u1"], last, last)} == set()
    assert index.exceptions([], TODAY, last) == []
