"""How a front looked at a time, on each index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from contract.index.newsroom_documents import put
from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord, PlacedColumn, PlacedStory, Placement, record_id
from dateline.ports.index import Index

SIX = datetime(2026, 12, 5, 18, tzinfo=UTC)


def looked(at: datetime, headline: str, page: str = "home") -> FrontDocument:
    lead = PlacedStory(id="a", revision=2, headline=headline)
    column = PlacedColumn(section="news", label="News", stories=(lead,))
    record = FrontRecord(page=page, at=at, lead=lead, second=(lead,), columns=(column,), breaking="Fire.")
    return FrontDocument(id=record_id(page, at), version=1, page=page, at=at, record=record)


def test_records_between_two_times_come_newest_first(index: Index) -> None:
    hours = [SIX + timedelta(minutes=n) for n in (0, 7, 22, 60)]
    documents = [looked(at, f"At {at:%H:%M}") for at in hours]
    other = looked(SIX + timedelta(minutes=9), "Sport", page="sport")
    put(index, *documents, other, FrontDocument(id="front:home", version=1, page="home", placement=Placement()))
    found = index.front_records("home", SIX, SIX + timedelta(hours=1), 10)
    assert found == [one.record for one in reversed(documents[:3])]
    assert index.front_records("home", SIX - timedelta(days=900), SIX + timedelta(minutes=30), 1) == [found[0]]
    assert index.front_records("sport", SIX, SIX + timedelta(days=1), 10) == [other.record]
    assert index.front_records("home", SIX - timedelta(days=900), SIX, 10) == []
