"""A term is listed with the first public story or event that uses it; an editor's has its page at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from dateline.documents.builder import document_of
from dateline.domain.document import TermDocument
from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.domain.term_document import term_document
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.claims import Indexed
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.consistency import compare
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.proposal_decisions import ProposalDecisions
from dateline_ingest.withdrawals import withdrawal
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
    room.release(held, section="merger-talks")
    assert room.shows("Merger talks", "sections", "merger-talks")


def test_the_section_of_a_story_that_is_withdrawn_unseen_is_no_readers(room: Room) -> None:
    held = room.write(section="merger-talks", embargo_until=TOMORROW)
    room.intake.submit(withdrawal("story", room.ledger.item("story", held), Write(by=room.editor, if_match=1), ""))
    room.pipeline.work()
    assert not room.shows("Merger talks", "sections", "merger-talks")


def test_a_topic_has_its_page_at_once_and_is_listed_when_something_public_has_it(room: Room) -> None:
    room.put(SECRET)
    assert room.only_opens("Secret merger", "topics", "secret-merger")
    held = room.write(tags=(TagRef(type="topic", slug="secret-merger"),), embargo_until=TOMORROW)
    assert room.only_opens("Secret merger", "topics", "secret-merger")
    room.release(held, tags=(TagRef(type="topic", slug="secret-merger"),))
    assert room.lists("Secret merger", "topics")
    assert "A secret" in room.read("/topics/secret-merger")
    [topic] = room.app.test_client().get("/v1/search").get_json()["facets"]["topic"]
    assert (topic["label"], topic["count"]) == ("Secret merger", 1)


def test_a_section_that_an_editor_makes_has_its_page_at_once(room: Room) -> None:
    room.put(Term(type="section", slug="weather", label="Weather"))
    assert room.only_opens("Weather", "sections", "weather")
    room.write(section="weather")
    assert room.shows("Weather", "sections", "weather")


def test_the_section_of_a_held_story_has_its_page_once_an_editor_writes_it(room: Room) -> None:
    room.write(section="merger-talks", embargo_until=TOMORROW)
    room.put(Term(type="section", slug="merger-talks", label="Merger talks"))
    assert room.only_opens("Merger talks", "sections", "merger-talks")


def test_a_proposal_has_its_page_when_it_is_accepted(room: Room) -> None:
    room.ledger.propose_terms([("person", "jan-kos", "Jan Kos", "a")])
    assert room.status("/people/jan-kos") == 404
    ProposalDecisions(room.terms, room.ledger).accept("person", "jan-kos", room.editor)
    room.pipeline.work()
    assert room.only_opens("Jan Kos", "people", "jan-kos")


def test_an_unlisted_term_stands_beside_no_other(room: Room) -> None:
    room.put(SECRET)
    room.put(Term(type="topic", slug="banks-united", label="Banks united", broader=("secret-merger", "economy")))
    page = room.read("/topics/banks-united")
    assert "Secret merger" not in page
    assert '<a href="/topics/economy">' in page
    room.put(Term(type="section", slug="inner", label="Inner", broader=("bridges",)))
    room.write(section="bridges")
    assert "Inner" not in room.read("/sections/bridges")


def test_a_changed_shipped_term_has_its_page_changed_and_is_listed_once_it_is_used(room: Room) -> None:
    room.put(Term(type="topic", slug="agriculture", label="Tilling of land"))
    assert room.only_opens("Tilling of land", "topics", "agriculture")
    room.write(tags=(TagRef(type="topic", slug="agriculture"),))
    assert room.lists("Tilling of land", "topics")


def test_an_unlisted_term_that_is_removed_or_merged_is_gone_from_its_page(room: Room) -> None:
    room.put(SECRET)
    room.put(Term(type="topic", slug="other", label="Other"))
    room.terms.merge("topic", "secret-merger", "other", room.editor)
    room.pipeline.work()
    moved = room.app.test_client().get("/topics/secret-merger")
    assert (moved.status_code, moved.location) == (301, "/topics/other")
    room.remove("topic", "other")
    assert room.status("/topics/other") == 404
    room.put(SECRET)
    assert room.only_opens("Secret merger", "topics", "secret-merger")


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
    assert room.status("/topics/agriculture") == 200
    room.remove("topic", "agriculture")
    assert room.status("/topics/agriculture") == 404
    room.put(Term(type="topic", slug="agriculture", label="Agriculture"))
    assert room.only_opens("Agriculture", "topics", "agriculture")


def test_a_section_that_nobody_saw_leaves_no_tombstone(room: Room) -> None:
    room.write(section="merger-talks", embargo_until=TOMORROW)
    room.remove("section", "merger-talks")
    assert room.document("section:merger-talks") is None


def test_a_new_generation_holds_each_term_as_it_was(room: Room) -> None:
    room.write(section="merger-talks", embargo_until=TOMORROW)
    room.write(section="bridges")
    room.put(SECRET)
    room.put(Term(type="topic", slug="other", label="Other"))
    room.terms.merge("topic", "other", "secret-merger", room.editor)
    room.pipeline.work()
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []
    room.reindex()
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []
    assert not room.shows("Merger talks", "sections", "merger-talks")
    assert room.shows("Bridges", "sections", "bridges")
    assert room.only_opens("Secret merger", "topics", "secret-merger")
    assert room.status("/topics/other") == 301


def test_a_reindex_hides_no_shipped_term_in_use_that_an_editor_is_just_changing(room: Room) -> None:
    room.write(body_text="In Minsk, Minsk and Minsk.")
    room.edit(Term(type="place", slug="minsk", label="Mensk"))
    [claimed] = room.ledger.claim(worker="slow", lease=LEASE)
    room.reindex()
    assert claimed.item_id == "place:minsk"
    assert room.lists("Mensk", "places")


def test_check_names_an_unlisted_term_that_is_missing_and_a_hidden_one_that_is_there(room: Room) -> None:
    room.put(SECRET)
    room.write(section="merger-talks", embargo_until=TOMORROW)
    generation = room.index.create_generation()
    stray = term_document(Term(type="section", slug="merger-talks", label="Merger talks"), 1)
    room.index.put([stray], generation=generation)
    room.index.swap(generation)
    found = [(one.id, one.what) for one in compare(room.ledger, room.index, room.pipeline.document_context())]
    assert found == [("topic:secret-merger", "missing"), ("section:merger-talks", "unknown")]


def test_a_late_write_does_not_take_a_term_off_the_lists_again(room: Room) -> None:
    room.put(SECRET)
    room.edit(Term(type="topic", slug="secret-merger", label="Merger of the banks"))
    [slow] = room.ledger.claim(worker="slow", lease=LEASE)
    room.write(tags=(TagRef(type="topic", slug="secret-merger"),))
    assert slow.publish is not None
    late = document_of(slow, slow.publish, room.pipeline.document_context())
    assert isinstance(late, TermDocument) and late.unlisted
    room.index.put([late])
    room.ledger.mark([Indexed(claimed=slow, public=False)])
    room.pipeline.work()
    assert room.lists("Merger of the banks", "topics")


def test_a_crash_before_the_term_is_made_due_is_made_good(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(self: object, keys: Sequence[str]) -> int:
        raise LedgerUnavailable("gone")

    room.put(SECRET)
    with monkeypatch.context() as broken:
        broken.setattr(type(room.ledger), "publish_terms", dies)
        broken.setattr(room.pipeline, "_lease", timedelta(0))
        with pytest.raises(LedgerUnavailable):
            room.write(tags=(TagRef(type="topic", slug="secret-merger"),))
    assert not room.lists("Secret merger", "topics")
    assert room.ledger.sweep().lost_leases == 1
    room.pipeline.work_on_suspects()
    room.pipeline.work()
    assert room.lists("Secret merger", "topics")


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
