"""Reindexing while stories arrive: nothing lost, nothing doubled, no gap; on both indices."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.ledger import open_sql_ledger
from dateline.domain.document import Document
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.errors import Conflict, IndexUnavailable, LedgerUnavailable
from dateline.ports.index import Index, PutResult, PutStatus, StorySearch
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.consistency import compare
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.reindex import Reindex
from integration.indexer.conftest import LEASE, MINSK


class Room:
    """A ledger, an index and the pipeline between them, in this process."""

    def __init__(self, ledger: Ledger, index: Index, token: Token) -> None:
        self.ledger, self.index, self.token = ledger, index, token
        self.pipeline = Pipeline(
            ledger=ledger, index=index, vocabulary=LiveVocabulary(ledger), zone=MINSK, lease=LEASE, worker="test"
        )
        self.reported: list[str] = []

    def submit(self, headline: str, **more: object) -> str:
        story = Story(headline=headline, body_text="In Gomel.", published_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
        submission = Submission(kind="story", payload=to_payload(story), by=self.token, label=headline)
        return self.ledger.submit(replace(submission, **more)).id  # type: ignore[arg-type]

    def correct(self, item_id: str, headline: str, revision: int = 1) -> None:
        self.submit(headline, item_id=item_id, action="correct", if_match=revision)

    def reindex(self, sleep: Callable[[float], None] = lambda seconds: None) -> Reindex:
        return Reindex(
            self.ledger,
            self.index,
            self.pipeline.document_context,
            lease=LEASE,
            report=self.reported.append,
            sleep=sleep,
        )

    def headlines(self) -> list[str]:
        page = self.index.search(StorySearch(sort="oldest", limit=100))
        assert page.total == len(page.hits)
        return sorted(hit.document.headline for hit in page.hits)


@pytest.fixture
def room(tmp_path: Path, index: Index) -> Iterator[Room]:
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.migrate()
    _, token = ledger.create_token("desk", "editor")
    yield Room(ledger, index, token)
    ledger.close()


def test_what_arrives_meanwhile_is_in_both(room: Room) -> None:
    ids = [room.submit(f"Old {number}") for number in range(5)]
    event = Event(title="Fair", start=date(2026, 7, 3))
    room.ledger.submit(Submission(kind="event", payload=to_payload(event), by=room.token, label="Fair"))
    room.pipeline.work()
    before = room.index.current_generation()

    def meanwhile(seconds: float) -> None:
        room.correct(ids[0], "Old 0 corrected")
        room.submit("New")
        room.submit("gone", item_id=ids[1], action="withdraw", if_match=1)
        room.pipeline.work()
        assert room.index.current_generation() == before
        assert len(room.headlines()) == 5

    generation = room.reindex(meanwhile).run()
    assert room.index.current_generation() == generation != before
    assert room.headlines() == ["New", "Old 0 corrected", "Old 2", "Old 3", "Old 4"]
    (tombstone,) = room.index.get("story", [ids[1]])
    assert tombstone.withdrawn
    assert room.index.get("term", ["place:gomel"])
    assert len(room.index.versions("event")) == 1
    assert room.ledger.open_generation() is None
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []


def test_an_interrupted_run_goes_on(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        room.submit(f"Story {number}")
    room.pipeline.work()
    put = room.index.put

    def lost(documents: object, *, generation: str | None = None) -> None:
        raise IndexUnavailable("gone")

    with monkeypatch.context() as broken:
        broken.setattr(room.index, "put", lost)
        with pytest.raises(IndexUnavailable):
            room.reindex().run()
    assert room.index.put == put
    opened = room.ledger.open_generation()
    assert opened is not None
    assert room.headlines() == ["Story 0", "Story 1", "Story 2"]
    room.submit("Between the runs")
    room.pipeline.work()
    assert room.reindex().run() == opened
    assert f"going on with {opened}" in room.reported
    assert room.headlines() == ["Between the runs", "Story 0", "Story 1", "Story 2"]


def test_an_item_that_cant_be_indexed_does_not_stop_it(room: Room) -> None:
    bad = room.submit("Bad", payload={"schema": 1, "headline": "no date"})
    room.submit("Good")
    room.pipeline.work()
    room.reindex().run()
    assert room.headlines() == ["Good"]
    assert room.ledger.item("story", bad).newest.state == "quarantined"


def test_an_index_that_takes_nothing_ends_the_run_with_the_reason(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.submit("Story")
    room.pipeline.work()
    before = room.index.current_generation()

    def later(documents: Sequence[Document], **_: object) -> list[PutResult]:
        return [PutResult(document.id, PutStatus.LATER, "disk usage exceeded") for document in documents]

    monkeypatch.setattr(room.index, "put", later)
    with pytest.raises(IndexUnavailable, match="disk usage exceeded"):
        room.reindex(at_most(30)).run()
    assert [line for line in room.reported if "disk usage exceeded" in line], "the operator is told while it waits"
    assert room.index.current_generation() == before
    monkeypatch.undo()
    room.reindex().run()
    assert room.headlines() == ["Story"]


def at_most(times: int) -> Callable[[float], None]:
    """A sleep that costs nothing, and that fails the test when it is called without end."""
    calls = count(1)

    def sleep(seconds: float) -> None:
        assert next(calls) <= times, "it waits without end"

    return sleep


@pytest.mark.elasticsearch
def test_a_generation_that_may_not_be_written_ends_the_run(elastic_index: ElasticIndex, tmp_path: Path) -> None:
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.migrate()
    _, token = ledger.create_token("desk", "editor")
    room = Room(ledger, elastic_index, token)
    room.submit("Story")
    room.pipeline.work()
    sleep, pattern = at_most(30), f"{elastic_index._generations.alias('story')}-v*"

    def block(seconds: float) -> None:
        sleep(seconds)
        with elastic_index._client.request() as client:
            client.indices.put_settings(index=pattern, settings={"index.blocks.write": True})

    with pytest.raises(IndexUnavailable, match="cluster_block_exception"):
        room.reindex(block).run()
    ledger.close()


def test_check_names_every_difference(room: Room) -> None:
    kept, lost, older = (room.submit(name) for name in ("Kept", "Lost", "Older"))
    room.pipeline.work()
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []
    documents = room.index.get("story", [kept, older])
    claims = {item.item_id: item for item in room.ledger.published(kind="story")}
    stranger = replace(documents[0], id="zzzz")
    generation = room.index.create_generation()
    room.index.put([documents[0], stranger, replace(documents[1], version=0)], generation=generation)
    room.index.swap(generation)
    found = {(one.id, one.what) for one in compare(room.ledger, room.index, room.pipeline.document_context())}
    assert found == {(lost, "missing"), (older, "older"), ("zzzz", "unknown")}
    assert claims[kept].version == documents[0].version


def test_what_never_agrees_is_not_swapped_in(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.submit("Story")
    room.pipeline.work()
    before = room.index.current_generation()
    monkeypatch.setattr(room.index, "versions", lambda *_, **__: [])
    with pytest.raises(Conflict):
        room.reindex().run()
    assert room.index.current_generation() == before


def test_what_is_written_at_every_look_is_left_to_its_worker(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    story = room.submit("Story")
    room.pipeline.work()
    versions = room.index.versions

    def busy(*args: Any, **options: Any) -> list[tuple[str, int]]:
        found = versions(*args, **options)
        room.ledger.make_due([story], Lane.RETAG)
        room.pipeline.work()
        return found

    monkeypatch.setattr(room.index, "versions", busy)
    generation = room.reindex(at_most(3)).run()
    assert room.index.current_generation() == generation
    assert "1 differ; writing them again" in room.reported


def test_what_was_public_before_there_were_numbers_gets_them(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [room.submit(f"Story {number}") for number in range(4)]
    room.submit("Held", embargo_until=datetime(2199, 1, 1, tzinfo=UTC))
    room.pipeline.work()
    room.submit("gone", item_id=ids[1], action="withdraw", if_match=1)
    room.pipeline.work()
    numbered = room.ledger.changes(after=0).changes
    assert len(numbered) == 4
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as before:
        before.execute("DELETE FROM changes")
        before.execute("INSERT INTO facts (name, value) VALUES ('unnumbered', 'yes')")
        before.commit()
    room.correct(ids[0], "Story 0 corrected")
    room.pipeline.work()
    with pytest.raises(LedgerUnavailable, match="reindex"):
        room.ledger.changes(after=0)
    put = room.index.put

    def lost_after_two(documents: Sequence[Document], *, generation: str | None = None) -> list[PutResult]:
        put(documents[:2], generation=generation)
        raise IndexUnavailable("gone")

    with monkeypatch.context() as broken:
        broken.setattr(room.index, "put", lost_after_two)
        with pytest.raises(IndexUnavailable):
            room.reindex().run()
    with pytest.raises(LedgerUnavailable):
        room.ledger.changes(after=0)
    room.reindex().run()
    told = {one.item_id: one for one in room.ledger.changes(after=0).changes}
    assert {one.item_id: one.state for one in told.values()} == {one.item_id: one.state for one in numbered}
    assert told[ids[2]].enrichment == next(one.enrichment for one in numbered if one.item_id == ids[2])
    assert told[ids[2]].enrichment is not None and told[ids[0]].revision == 2
    last = room.ledger.last_change()
    room.reindex().run()
    assert room.ledger.last_change() == last
