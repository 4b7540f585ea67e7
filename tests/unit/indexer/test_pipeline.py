"""A batch: each item's fate is its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from dateline.domain.document import Document, StoryDocument
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import InvalidInput, LedgerUnavailable
from dateline.ports.index import PutResult, PutStatus
from dateline.ports.ledger.claims import Indexed, Later, Outcome, Quarantine
from dateline_indexer.parts import worker_name
from unit.indexer.parts import POISON, Bench, a_story, claim, revision

FULL_BATCH = tuple(claim(f"{number:04}") for number in range(500))


def test_a_batch_is_one_write_and_every_item_is_marked(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a", version=3), claim("b", version=7))]
    assert bench.pipeline().take_batch() == 2
    ((generation, documents),) = bench.index.puts
    assert generation is None
    assert [(document.id, document.version) for document in documents] == [("a", 3), ("b", 7)]
    assert [type(outcome) for outcome in bench.ledger.marked] == [Indexed, Indexed]


def test_what_goes_on_record_with_a_document_is_marked(bench: Bench) -> None:
    at = datetime(2190, 1, 1, tzinfo=UTC)
    picture = {"name": "p", "uri": "u", "embargoedUntil": at.isoformat(), "renditions": []}
    first, second = revision(to_payload(a_story())), revision(
        to_payload(a_story(headline="Bridge closes", ninjs={"associations": [picture]})), 2, "correct"
    )  # fmt: skip
    bench.ledger.batches = [(claim("a", publish=second, history=(first,)),)]
    bench.pipeline().take_batch()
    outcome = bench.ledger.outcome("a")
    assert isinstance(outcome, Indexed)
    assert outcome.again_at == at and 2 in outcome.diffs


def test_what_of_a_batch_takes_too_long_comes_with_the_next(bench: Bench) -> None:
    """A calendar's series: the lease of those behind them would be lost."""
    bench.ledger.batches = [tuple(claim(item_id) for item_id in "abcd")]
    times = iter(range(0, 100, 2))  # seconds: "a" is made whatever it takes, "b" in time
    assert bench.pipeline(clock=lambda: float(next(times))).take_batch() == 2
    assert [type(bench.ledger.outcome(item_id)) for item_id in "abcd"] == [Indexed, Indexed, Later, Later]
    late = bench.ledger.outcome("c")
    assert isinstance(late, Later)
    assert not late.delay
    assert not late.counted


def test_an_items_bug_is_its_own(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a"), claim("b", a_story(body_text=POISON)), claim("c"))]
    bench.pipeline().take_batch()
    assert isinstance(bench.ledger.outcome("a"), Indexed)
    assert isinstance(bench.ledger.outcome("c"), Indexed)
    refused = bench.ledger.outcome("b")
    assert isinstance(refused, Quarantine)
    assert (refused.stage, refused.reason) == ("document", "ZeroDivisionError: a bug in a rule")
    assert refused.traceback.startswith("Traceback") and "claimed_documents.py" in refused.traceback


def test_what_can_never_have_a_document_says_why(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a", a_story(body_html="<div>" * 1000)),)]
    bench.pipeline().take_batch()
    outcome = bench.ledger.outcome("a")
    assert isinstance(outcome, Quarantine)
    assert "nested" in outcome.reason
    assert InvalidInput.__name__ not in outcome.reason
    assert outcome.traceback == ""


def test_a_payload_of_tomorrow_is_quarantined_and_not_lost(bench: Bench) -> None:
    broken = claim("a")
    assert broken.publish is not None
    broken.publish.payload.clear()  # type: ignore[union-attr]
    bench.ledger.batches = [(broken, claim("b"))]
    bench.pipeline().take_batch()
    assert isinstance(bench.ledger.outcome("a"), Quarantine)
    assert isinstance(bench.ledger.outcome("b"), Indexed)


def test_each_documents_status_decides_alone(bench: Bench) -> None:
    bench.index.statuses = {"b": PutStatus.NEWER, "c": PutStatus.LATER, "d": PutStatus.REFUSED}
    bench.ledger.batches = [tuple(claim(item_id) for item_id in "abcd")]
    bench.pipeline().take_batch()
    assert [type(bench.ledger.outcome(item_id)) for item_id in "abcd"] == [Indexed, Indexed, Later, Quarantine]
    later, refused = bench.ledger.outcome("c"), bench.ledger.outcome("d")
    assert isinstance(later, Later)
    assert not later.counted
    assert isinstance(refused, Quarantine)
    assert (refused.stage, refused.reason) == ("index", "because refused")


def test_an_index_that_is_away_gives_the_batch_back_longer_and_longer(bench: Bench) -> None:
    bench.index.away = True
    bench.ledger.batches = [(claim("a"), claim("b")) for _ in range(8)]
    pipeline = bench.pipeline()
    delays = []
    for _ in range(8):
        bench.ledger.marked.clear()
        pipeline.take_batch()
        for outcome in bench.ledger.marked:
            assert isinstance(outcome, Later)
            assert not outcome.counted
        outcome = bench.ledger.outcome("a")
        assert isinstance(outcome, Later)
        delays.append(outcome.delay.total_seconds())
    for delay, longest in zip(delays, [1, 2, 4, 8, 16, 30, 30, 30], strict=True):
        assert 0.9 * longest <= delay <= longest


def test_an_index_that_came_back_starts_the_backoff_anew(bench: Bench) -> None:
    pipeline = bench.pipeline()
    for away in (True, True, False, True):
        bench.index.away = away
        bench.ledger.batches, bench.ledger.marked = [(claim("a"),)], []
        pipeline.take_batch()
    outcome = bench.ledger.outcome("a")
    assert isinstance(outcome, Later)
    assert outcome.delay <= timedelta(seconds=1)


def test_the_quarantined_are_marked_though_the_index_is_away(bench: Bench) -> None:
    bench.index.away = True
    bench.ledger.batches = [(claim("a", a_story(body_text=POISON)), claim("b"))]
    bench.pipeline().take_batch()
    assert isinstance(bench.ledger.outcome("a"), Quarantine)
    assert isinstance(bench.ledger.outcome("b"), Later)


def test_nothing_public_means_nothing_to_write(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a", publish=None),)]
    bench.pipeline().take_batch()
    assert bench.index.puts == []
    assert isinstance(bench.ledger.outcome("a"), Indexed)


def test_used_terms_are_written_once(bench: Bench) -> None:
    story = a_story(body_text="In Brest.", section="city")
    bench.ledger.batches = [(claim("a", story),), (claim("b", story),)]
    pipeline = bench.pipeline()
    pipeline.take_batch()
    pipeline.take_batch()
    first, second = ([document.id for document in documents] for _, documents in bench.index.puts)
    assert first == ["a", "place:brest", "section:news", "section:city"]
    assert second == ["b"]
    assert bench.ledger.public_terms == first[1:]


def test_a_term_the_index_did_not_take_is_written_again(bench: Bench) -> None:
    bench.index.statuses = {"place:brest": PutStatus.LATER}
    story = a_story(body_text="In Brest.")
    bench.ledger.batches = [(claim("a", story),), (claim("b", story),)]
    pipeline = bench.pipeline()
    pipeline.take_batch()
    pipeline.take_batch()
    assert [document.id for document in bench.index.puts[1][1]] == ["b", "place:brest"]
    assert isinstance(bench.ledger.outcome("a"), Indexed)


def test_unknown_names_are_proposed_and_have_no_page(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a", a_story(body_text="Xyz spoke.")),)]
    bench.pipeline().take_batch()
    assert bench.ledger.proposals == [("person", "xyz", "Xyz", "a", "2026-11-24")]
    assert [document.id for document in bench.index.puts[0][1]] == ["a"]


def test_while_a_reindex_is_open_both_generations_are_written(bench: Bench) -> None:
    bench.ledger.generation = "next"
    bench.ledger.batches = [(claim("a", a_story(body_text="In Brest.")),)]
    bench.pipeline().take_batch()
    assert [generation for generation, _ in bench.index.puts] == [None, "next"]
    assert [document.id for document in bench.index.puts[1][1]] == ["a", "place:brest"]


def test_work_ends_when_nothing_is_due(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a"),), (claim("b"),)]
    assert bench.pipeline().work() is False
    assert len(bench.ledger.marked) == 2


def test_work_goes_on_with_the_terms_that_a_story_brought_into_use(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_due(keys: Sequence[str]) -> int:
        term = Term(type="place", slug="brest", label="Brest")
        bench.ledger.batches = [(claim(term.key, kind="term", publish=revision(to_payload(term)), published=True),)]
        return len(keys)

    monkeypatch.setattr(bench.ledger, "publish_terms", make_due)
    bench.ledger.batches = [(claim("a", a_story(body_text="In Brest.")),)]
    assert bench.pipeline().work() is False
    assert [outcome.claimed.item_id for outcome in bench.ledger.marked] == ["a", "place:brest"]


def test_work_ends_when_the_worker_is_asked_to_stop(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a"),), (claim("b"),)]
    assert bench.pipeline().work(lambda: True) is True
    assert len(bench.ledger.marked) == 1


def test_every_tenth_batch_takes_the_oldest_of_any_lane(bench: Bench) -> None:
    pipeline = bench.pipeline()
    for _ in range(20):
        pipeline.take_batch()
    assert [number for number, oldest in enumerate(bench.ledger.asked_oldest, 1) if oldest] == [10, 20]


def test_a_lost_ledger_ends_the_batch_for_its_lease_to_bring_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(outcomes: object) -> int:
        raise LedgerUnavailable("gone")

    monkeypatch.setattr(bench.ledger, "mark", lost)
    bench.ledger.batches = [(claim("a"),)]
    with pytest.raises(LedgerUnavailable):
        bench.pipeline().take_batch()


def test_the_document_is_made_of_what_was_claimed(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a", a_story(place="MINSK", byline="A. Reporter")),)]
    bench.pipeline().take_batch()
    (document,) = bench.index.puts[0][1]
    assert isinstance(document, StoryDocument)
    assert (document.place, document.byline) == ("MINSK", "A. Reporter")


def test_a_full_batch_is_one_of_many_and_readers_need_not_see_it_at_once(bench: Bench) -> None:
    bench.ledger.batches = [FULL_BATCH, (claim("last"),)]
    pipeline = bench.pipeline()
    pipeline.take_batch()
    pipeline.take_batch()
    assert bench.index.refreshes == [False, True]


def test_an_index_made_for_other_code_gets_nothing_and_nothing_is_quarantined(bench: Bench) -> None:
    bench.index.unfit = "the index was made with another analysis"
    bench.ledger.batches = [(claim("a"),), (claim("a", version=2),)]
    pipeline = bench.pipeline()
    pipeline.take_batch()
    assert bench.index.puts == []
    later = bench.ledger.outcome("a")
    assert isinstance(later, Later)
    assert (later.counted, later.reason) == (False, "the index was made with another analysis")
    bench.index.unfit = ""
    pipeline.take_batch()
    assert len(bench.index.puts) == 1


def test_when_nothing_comes_after_a_full_batch_readers_see_it_now(bench: Bench) -> None:
    bench.ledger.batches = [FULL_BATCH]
    bench.pipeline().work()
    assert bench.index.refreshed == 1


def test_what_was_shown_is_not_shown_again(bench: Bench) -> None:
    bench.ledger.batches = [FULL_BATCH, (claim("last"),)]
    pipeline = bench.pipeline()
    pipeline.take_batch()
    pipeline.work()
    assert bench.index.refreshed == 0


def test_a_full_batch_that_is_written_while_a_small_one_is_shown_is_shown_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, mark = bench.index.put, bench.ledger.mark
    refresh_began, full_batch_marked = Event(), Event()

    def put_in_turn(documents: Sequence[Document], *, refresh: bool = True, **more: Any) -> list[PutResult]:
        if refresh:
            refresh_began.set()
            assert full_batch_marked.wait(30)
        else:
            assert refresh_began.wait(30)
        return put(documents, refresh=refresh, **more)

    def mark_and_tell(outcomes: Sequence[Outcome]) -> int:
        if len(outcomes) == len(FULL_BATCH):
            full_batch_marked.set()
        return mark(outcomes)

    monkeypatch.setattr(bench.index, "put", put_in_turn)
    monkeypatch.setattr(bench.ledger, "mark", mark_and_tell)
    bench.ledger.batches = [FULL_BATCH, (claim("last"),)]
    bench.pipeline().work()
    assert bench.index.refreshed == 1


def test_a_batch_with_nothing_to_write_does_not_hide_the_full_one_before_it(bench: Bench) -> None:
    bench.ledger.batches = [FULL_BATCH, (claim("held", publish=None),)]
    bench.pipeline().work()
    assert bench.index.refreshed == 1


def test_a_process_that_starts_again_has_another_name() -> None:
    assert worker_name() != worker_name()


def test_suspects_are_worked_on_one_by_one_in_a_task_of_their_own(bench: Bench) -> None:
    bench.ledger.batches = [(claim("a"), claim("b"))]
    bench.ledger.suspects = [claim("c"), claim("d")]
    pipeline = bench.pipeline()
    assert pipeline.work() is False
    assert [one.claimed.item_id for one in bench.ledger.marked] == ["a", "b"]
    assert pipeline.work_on_suspects() is False
    assert [[document.id for document in put] for _, put in bench.index.puts[1:]] == [["c"], ["d"]]
