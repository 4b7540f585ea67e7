"""A term comes to readers with the first public story or event that uses it, and never before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.consistency import compare
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.reindex import Reindex
from dateline_ingest.intake import Write
from integration.indexer.conftest import LEASE, STORY, Room

TOMORROW: Final = datetime.now(UTC) + timedelta(days=1)
SECRET: Final = Term(type="topic", slug="secret-merger", label="Secret merger")


def test_the_section_of_a_held_story_is_no_readers(room: Room) -> None:
    room.write(section="merger-talks", embargo_until=TOMORROW)
    assert not room.shows("Merger talks", "sections", "merger-talks")
    room.write(section="merger-talks")
    assert room.shows("Merger talks", "sections", "merger-talks")


def test_it_comes_with_the_story_when_the_embargo_is_lifted(room: Room) -> None:
    held = room.write(section="merger-talks", embargo_until=TOMORROW)
    item = room.ledger.item("story", held)
    write = Write(by=room.editor, if_match=1)
    room.intake.submit(
        room.intake.corrected_story(item, {**STORY, "section": "merger-talks", "embargo_until": None}, write)
    )
    room.pipeline.work()
    assert room.shows("Merger talks", "sections", "merger-talks")


def test_the_section_of_a_story_that_is_withdrawn_unseen_is_no_readers(room: Room) -> None:
    held = room.write(section="merger-talks", embargo_until=TOMORROW)
    room.intake.submit(
        room.intake.withdrawal("story", room.ledger.item("story", held), Write(by=room.editor, if_match=1), "")
    )
    room.pipeline.work()
    assert not room.shows("Merger talks", "sections", "merger-talks")


def test_a_topic_is_no_readers_until_something_public_has_it(room: Room) -> None:
    room.put(SECRET)
    assert not room.shows("Secret merger", "topics", "secret-merger")
    room.write(tags=(TagRef(type="topic", slug="secret-merger"),), embargo_until=TOMORROW)
    assert not room.shows("Secret merger", "topics", "secret-merger")
    room.write(tags=(TagRef(type="topic", slug="secret-merger"),))
    assert room.document("topic:secret-merger")
    assert "Secret merger" in room.read("/topics/secret-merger")


def test_an_event_is_public_too(room: Room) -> None:
    room.intake.submit(
        room.intake.new_event({"title": "Talks", "start": date(2026, 12, 1), "section": "talks"}, Write(by=room.editor))
    )
    room.pipeline.work()
    assert room.shows("Talks", "sections", "talks")


@pytest.mark.parametrize(
    "term",
    [
        Term(type="topic", slug="secret-merger", label="Secret merger", landing=True),
        Term(type="section", slug="weather", label="Weather", order=3),
        Term(type="section", slug="weather", label="Weather", landing=True),
    ],
    ids=["landing topic", "ordered section", "landing section"],
)
def test_what_an_editor_puts_into_the_navigation_is_public_by_itself(room: Room, term: Term) -> None:
    room.put(term)
    assert room.document(term.key)


def test_a_term_that_is_used_follows_its_editor(room: Room) -> None:
    room.put(SECRET)
    room.write(tags=(TagRef(type="topic", slug="secret-merger"),))
    room.put(Term(type="topic", slug="secret-merger", label="Merger of the banks"))
    found = room.document("topic:secret-merger")
    assert found is not None
    assert found.label == "Merger of the banks"
    assert found.version > 0


def test_a_shipped_term_in_use_follows_its_first_editor(room: Room) -> None:
    room.write(body_text="In Minsk, Minsk and Minsk.")
    assert room.document("place:minsk")
    room.put(Term(type="place", slug="minsk", label="Mensk"))
    found = room.document("place:minsk")
    assert found is not None
    assert found.label == "Mensk"


def test_a_removed_shipped_term_is_gone_though_nothing_used_it(room: Room) -> None:
    assert room.app.test_client().get("/topics/agriculture").status_code == 200
    room.remove("topic", "agriculture")
    assert room.app.test_client().get("/topics/agriculture").status_code == 404


def test_a_term_that_nobody_saw_leaves_no_tombstone(room: Room) -> None:
    room.put(SECRET)
    room.remove("topic", "secret-merger")
    assert room.document("topic:secret-merger") is None


def test_a_new_generation_holds_no_term_before_its_time(room: Room) -> None:
    room.write(section="merger-talks", embargo_until=TOMORROW)
    room.write(section="bridges")
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []
    Reindex(
        room.ledger, room.index, room.pipeline.document_context, lease=LEASE, report=lambda _: None,
        sleep=lambda _: None,
    ).run()  # fmt: skip
    assert not room.shows("Merger talks", "sections", "merger-talks")
    assert room.shows("Bridges", "sections", "bridges")


def test_another_process_that_lost_its_memory_changes_nothing(room: Room) -> None:
    room.write(section="bridges")
    fresh = Pipeline(
        ledger=room.ledger, index=room.index, vocabulary=LiveVocabulary(room.ledger), zone=room.pipeline._zone,
        lease=LEASE, worker="second",
    )  # fmt: skip
    before = room.document("section:bridges")
    room.intake.submit(room.intake.new_story({**STORY, "section": "bridges"}, Write(by=room.editor)))
    fresh.work()
    assert room.document("section:bridges") == before


def test_an_unused_term_is_done_with_and_not_claimed_again(room: Room) -> None:
    room.put(SECRET)
    item = room.ledger.item("term", "topic:secret-merger")
    assert item.newest.state == "indexed"
    assert item.published_revision is None
    assert room.pipeline.take_batch() == 0
