"""Claims, leases and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from contract.ledger.conftest import OVER, claim, claim_suspect, lose_leases, publish, states, story
from dateline.adapters.ledger import SqlLedger
from dateline.adapters.ledger.database.engine import writing
from dateline.adapters.ledger.sweep import LOST_ALONE
from dateline.domain.tag import EditorTags, TagRef
from dateline.errors import NotFound
from dateline.ports.ledger.claims import Claimed, Diff, Indexed, Later, Quarantine, SweepReport
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


def test_a_claim_gives_what_the_document_needs(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "Bridge opens"))
    [claimed] = claim(ledger)
    assert (claimed.item_id, claimed.kind, claimed.owner, claimed.version) == (receipt.id, "story", "ann", 1)
    assert claimed.publish is not None
    assert claimed.publish.payload == {"schema": 1, "headline": "Bridge opens"}
    assert claimed.publish.received_at == receipt.received_at
    assert claimed.history == ()
    assert claim(ledger) == ()


def test_marked_as_indexed_it_is_published_and_due_no_more(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    [claimed] = publish(ledger)
    item = ledger.item("story", receipt.id)
    assert (item.newest.state, item.published_revision) == ("indexed", 1)
    assert item.newest.indexed_at is not None and item.newest.indexed_at >= receipt.received_at
    assert claim(ledger) == ()
    assert ledger.mark([Indexed(claimed=claimed)]) == 0


def test_lanes_go_first_then_age(ledger: SqlLedger, reporter: Token) -> None:
    bulk = [ledger.submit(story(reporter, lane=Lane.BULK)).id for _ in range(3)]
    live = ledger.submit(story(reporter)).id
    assert [one.item_id for one in claim(ledger, limit=2)] == [live, bulk[0]]


def test_now_and_then_the_oldest_of_any_lane(ledger: SqlLedger, reporter: Token) -> None:
    bulk = ledger.submit(story(reporter, lane=Lane.BULK)).id
    ledger.submit(story(reporter))
    [first] = claim(ledger, limit=1, oldest_of_any_lane=True)
    assert first.item_id == bulk


def test_a_batch_is_bounded_by_number_and_bytes(ledger: SqlLedger, reporter: Token) -> None:
    ledger.submit_many([story(reporter, "x" * 1000) for _ in range(10)])
    assert len(claim(ledger, limit=4)) == 4
    assert len(claim(ledger, max_bytes=3500)) == 3
    assert len(claim(ledger, max_bytes=1)) == 1


def test_two_workers_never_get_the_same_item(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], reporter: Token
) -> None:
    ledger.submit_many([story(reporter, f"Story {n}") for n in range(200)])
    got: list[list[Claimed]] = [[], [], []]

    def work(mine: list[Claimed]) -> None:
        other = open_ledger()
        while batch := other.claim(worker="w", lease=timedelta(seconds=30), limit=7):
            mine += batch

    threads = [Thread(target=work, args=(mine,)) for mine in got]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [one.item_id for mine in got for one in mine]
    assert len(ids) == len(set(ids)) == 200


def test_a_worker_whose_lease_was_lost_marks_nothing(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    [paused] = claim(ledger, lease=OVER)
    assert ledger.sweep().lost_leases == 1
    [second] = claim_suspect(ledger)
    assert second.version == paused.version + 1
    assert ledger.mark([Indexed(claimed=paused)]) == 0
    assert states(ledger, receipt.id) == ["accepted"]
    assert ledger.mark([Indexed(claimed=second)]) == 1


def test_what_a_dead_worker_may_have_shown_is_withdrawn_with_a_tombstone(ledger: SqlLedger, editor: Token) -> None:
    """Its embargo was over, the worker wrote it to the index and died before it could mark that."""
    held = ledger.submit(story(editor, embargo_until=datetime.now(UTC) + timedelta(milliseconds=100)))
    while not claim(ledger, lease=OVER):
        pass
    assert ledger.sweep().lost_leases == 1
    ledger.submit(story(editor, "", item_id=held.id, action="withdraw", if_match=1))
    [tombstone] = claim_suspect(ledger)
    assert tombstone.publish is not None and tombstone.publish.action == "withdraw"
    assert ledger.mark([Indexed(claimed=tombstone)]) == 1
    assert ledger.item("story", held.id).published_revision == 2


def test_a_lost_batch_comes_again_one_by_one_and_nobody_waits_for_it(ledger: SqlLedger, reporter: Token) -> None:
    lost = [ledger.submit(story(reporter)).id for _ in range(3)]
    assert len(claim(ledger, lease=OVER)) == 3
    assert ledger.sweep().due[Lane.SUSPECT] == 3
    fresh = [ledger.submit(story(reporter, lane=lane)).id for lane in (Lane.LIVE, Lane.BULK, Lane.BULK)]
    assert [one.item_id for one in claim(ledger, limit=2)] == fresh[:2]
    assert [one.item_id for one in claim(ledger, oldest_of_any_lane=True)] == fresh[2:]
    alone = [publish(ledger, suspect=True, limit=500) for _ in range(4)]
    assert [[one.item_id for one in batch] for batch in alone] == [*([id] for id in lost), []]


@pytest.mark.parametrize("write", ["tags", "correction", "retag", "difference", "bulk"])
def test_no_write_brings_a_suspect_among_the_others(ledger: SqlLedger, editor: Token, write: str) -> None:
    receipt = ledger.submit(story(editor))
    publish(ledger)
    revision: dict[str, Any] = {"item_id": receipt.id, "if_match": 1, "action": "correct"}
    ledger.submit(story(editor, **revision))
    claim(ledger, lease=OVER)
    ledger.sweep()
    match write:
        case "tags":
            ledger.set_editor_tags(receipt.id, [TagRef(type="topic", slug="trade")], [], editor)
        case "retag":
            ledger.make_due([receipt.id], Lane.RETAG)
        case "difference":
            ledger.show_difference(receipt.id, 2, "hidden", "asked for", editor)
        case _:
            lane = Lane.BULK if write == "bulk" else Lane.LIVE
            ledger.submit(story(editor, "Another", **revision | {"if_match": 2}, lane=lane))
    assert claim(ledger) == ()
    assert len(publish(ledger, suspect=True)) == 1
    ledger.set_editor_tags(receipt.id, [], [], editor)
    assert len(claim(ledger)) == 1


def test_what_workers_died_of_is_tried_alone_when_it_is_requeued(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    lose_leases(ledger, LOST_ALONE + 1)
    assert ledger.quarantined(receipt.id).attempts == LOST_ALONE
    ledger.requeue(receipt.id, editor)
    assert claim(ledger) == ()
    lose_leases(ledger, LOST_ALONE - 1)
    assert ledger.quarantine().items == ()
    assert len(publish(ledger, suspect=True)) == 1


def test_only_what_loses_three_leases_alone_is_poison(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    lose_leases(ledger, 3)
    assert ledger.quarantine().items == ()
    assert len(claim_suspect(ledger, lease=OVER)) == 1
    assert ledger.sweep().quarantined == 1
    [poison] = ledger.quarantine().items
    assert (poison.id, poison.stage) == (receipt.id, "worker")
    assert claim(ledger) == claim_suspect(ledger) == ()


def test_a_success_forgets_lost_leases(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    lose_leases(ledger, 3)
    publish(ledger, suspect=True)
    ledger.submit(story(editor, item_id=receipt.id, if_match=1, action="correct"))
    claim(ledger, lease=OVER)
    assert ledger.sweep().quarantined == 0


def while_swept(ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> SweepReport:
    """Sweep, and do ``work`` between the sweep's look and what it writes."""
    look = ledger._lost_leases

    def look_and_work() -> Any:
        found = look()
        work()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_lost_leases", look_and_work)
        return ledger.sweep()


def test_what_is_marked_while_it_is_swept_stays_marked(
    ledger: SqlLedger, reporter: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt, other = ledger.submit(story(reporter)), ledger.submit(story(reporter))
    slow, _ = claim(ledger, lease=OVER)
    report = while_swept(ledger, monkeypatch, lambda: ledger.mark([Indexed(claimed=slow)]))
    assert report.lost_leases == 1
    assert states(ledger, receipt.id) == ["indexed"]
    assert [one.item_id for one in publish(ledger, suspect=True)] == [other.id]


def test_what_is_claimed_again_while_it_is_swept_keeps_its_lease(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], reporter: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.submit(story(reporter))
    claim(ledger, lease=OVER)
    again: list[Claimed] = []

    def sweep_and_claim() -> None:
        other = open_ledger()
        other.sweep()
        again.extend(claim_suspect(other))

    assert while_swept(ledger, monkeypatch, sweep_and_claim).lost_leases == 0
    assert ledger.mark([Indexed(claimed=one) for one in again]) == 1


def test_one_bad_row_keeps_no_other_from_the_sweep(ledger: SqlLedger, reporter: Token) -> None:
    bad = ledger.submit(story(reporter)).id
    good = [ledger.submit(story(reporter)).id for _ in range(6)]
    claim(ledger, lease=OVER)
    refuse_writes(ledger, bad)
    report = ledger.sweep()
    assert (report.lost_leases, list(report.failed)) == (6, [bad])
    assert "this row is broken" in report.failed[bad]
    assert {one.item_id for _ in good for one in publish(ledger, suspect=True)} == {*good}


def refuse_writes(ledger: SqlLedger, item_id: str) -> None:
    """Let the database refuse every change of one item's row."""
    on_row = f"CREATE TRIGGER broken BEFORE UPDATE ON claims FOR EACH ROW WHEN (OLD.item_id = '{item_id}')"
    with writing(ledger._engine) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"{on_row} BEGIN SELECT RAISE(ABORT, 'this row is broken'); END")
            return
        raises = "BEGIN RAISE EXCEPTION 'this row is broken'; END"
        connection.exec_driver_sql(f"CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $${raises}$$")
        connection.exec_driver_sql(f"{on_row} EXECUTE FUNCTION broken()")


def test_a_lease_that_runs_is_left_alone(ledger: SqlLedger, reporter: Token) -> None:
    ledger.submit(story(reporter))
    claim(ledger)
    assert ledger.sweep().lost_leases == 0


def test_a_correction_in_flight_is_published_next(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "First"))
    [first] = claim(ledger)
    ledger.submit(story(reporter, "Second", item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.mark([Indexed(claimed=first)]) == 1
    assert states(ledger, receipt.id) == ["indexed", "accepted"]
    [second] = publish(ledger)
    assert second.publish is not None and second.publish.revision == 2
    assert [revision.revision for revision in second.history] == [1]
    assert second.history[0].payload == {"schema": 1, "headline": "First"}
    assert states(ledger, receipt.id) == ["indexed", "indexed"]


def test_what_was_overtaken_before_a_claim_is_superseded(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "First"))
    ledger.submit(story(reporter, "Second", item_id=receipt.id, if_match=1, action="correct"))
    [only] = publish(ledger)
    assert only.publish is not None and only.publish.revision == 2
    assert only.history == ()
    assert states(ledger, receipt.id) == ["superseded", "indexed"]


def test_later_gives_it_back_for_a_while(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    [claimed] = claim(ledger)
    away = Later(claimed=claimed, delay=timedelta(minutes=5), stage="index", reason="away", counted=False)
    assert ledger.mark([away]) == 1
    assert claim(ledger) == ()
    revision = ledger.item("story", receipt.id).newest
    assert (revision.state, revision.attempts, revision.stage, revision.error) == ("accepted", 0, "index", "away")


def test_later_counts_attempts_when_it_is_the_items_fault(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    for number in (1, 2):
        [claimed] = claim(ledger)
        assert claimed.attempts == number - 1
        ledger.mark([Later(claimed=claimed, delay=timedelta(0), stage="tag", reason="odd")])
        assert ledger.item("story", receipt.id).newest.attempts == number


def test_quarantine_keeps_the_reason_until_it_is_requeued(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Odd one"))
    [claimed] = claim(ledger)
    ledger.mark([Quarantine(claimed=claimed, stage="index", reason="mapper_parsing_exception: day")])
    [held] = ledger.quarantine().items
    assert (held.id, held.kind, held.revision, held.label) == (receipt.id, "story", 1, "Odd one")
    assert (held.stage, held.reason, held.attempts) == ("index", "mapper_parsing_exception: day", 1)
    assert claim(ledger) == ()
    ledger.requeue(receipt.id, editor)
    assert ledger.quarantine().items == ()
    assert len(publish(ledger)) == 1
    assert states(ledger, receipt.id) == ["indexed"]


def test_a_correction_ends_a_quarantine(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    [claimed] = claim(ledger)
    ledger.mark([Quarantine(claimed=claimed, stage="tag", reason="odd")])
    ledger.submit(story(editor, item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.quarantine().items == ()
    publish(ledger)
    assert states(ledger, receipt.id) == ["superseded", "indexed"]


def test_what_is_discarded_leaves_the_published_revision(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct"))
    [claimed] = claim(ledger)
    ledger.mark([Quarantine(claimed=claimed, stage="tag", reason="odd")])
    ledger.discard(receipt.id, editor)
    assert states(ledger, receipt.id) == ["indexed", "discarded"]
    assert ledger.make_due([receipt.id], Lane.RETAG) == 1
    [again] = claim(ledger)
    assert again.publish is not None and again.publish.revision == 1
    with pytest.raises(NotFound):
        ledger.discard(receipt.id, editor)


def test_quarantine_is_listed_by_pages(ledger: SqlLedger, editor: Token) -> None:
    ids = [ledger.submit(story(editor)).id for _ in range(5)]
    ledger.mark([Quarantine(claimed=one, stage="tag", reason="odd") for one in claim(ledger)])
    first = ledger.quarantine(limit=3)
    rest = ledger.quarantine(limit=3, cursor=first.next)
    assert [one.id for one in (*first.items, *rest.items)] == ids[::-1]
    assert rest.next is None
    assert ledger.quarantine(limit=5).next is None


def test_one_in_quarantine_is_asked_for_by_its_id(ledger: SqlLedger, editor: Token) -> None:
    receipt, other = ledger.submit(story(editor)), ledger.submit(story(editor))
    ledger.mark([Quarantine(claimed=one, stage="tag", reason="odd") for one in claim(ledger)])
    assert ledger.quarantined(receipt.id) in ledger.quarantine().items
    assert ledger.quarantined(receipt.id).id == receipt.id
    ledger.requeue(other.id, editor)
    with pytest.raises(NotFound):
        ledger.quarantined(other.id)


def test_what_failed_alike_is_found_and_requeued_together(ledger: SqlLedger, editor: Token) -> None:
    reasons = ["ValueError: day '31' of 7", "ValueError: day '9' of 12", "no such place", "ValueError: day 'x' of 1"]
    ids = [ledger.submit(story(editor)).id for _ in reasons]
    failed = [
        Quarantine(claimed=one, stage="document", reason=reason)
        for one, reason in zip(sorted(claim(ledger), key=lambda one: one.item_id), reasons, strict=True)
    ]
    ledger.mark(failed)
    days, place = ledger.quarantine_by_cause(each=2)
    assert (days.count, [one.id for one in days.items], days.next) == (3, [ids[3], ids[1]], ids[1])
    assert (place.count, [one.id for one in place.items], place.next) == (1, [ids[2]], None)
    alike = ledger.failed_alike(ids[0], limit=2, cursor=ids[1])
    assert (alike.cause, alike.count, [one.id for one in alike.items]) == (days.cause, 3, [ids[0]])
    assert ledger.requeue_alike(ids[1], editor) == 3
    assert [one.id for one in ledger.quarantine().items] == [ids[2]]
    assert {one.item_id for one in claim(ledger)} == {ids[0], ids[1], ids[3]}
    with pytest.raises(NotFound):
        ledger.requeue_alike(ids[1], editor)


def test_a_traceback_is_kept_until_its_item_is_indexed_or_given_up(ledger: SqlLedger, editor: Token) -> None:
    mended, given_up, erased = ids = [ledger.submit(story(editor)).id for _ in range(3)]
    ledger.mark([Quarantine(claimed=one, stage="document", reason="odd", traceback="line 7") for one in claim(ledger)])
    assert [ledger.traceback(one, 1) for one in ids] == ["line 7"] * 3
    ledger.requeue(mended, editor)
    ledger.mark([Later(claimed=one, delay=timedelta(0), stage="index", reason="busy") for one in claim(ledger)])
    assert ledger.traceback(mended, 1) == "line 7"
    ledger.mark([Quarantine(claimed=one, stage="index", reason="400") for one in claim(ledger)])
    assert ledger.traceback(mended, 1) == ""
    ledger.discard(given_up, editor)
    ledger.erase(erased, "asked for", editor)
    assert [ledger.traceback(one, 1) for one in ids] == [""] * 3


def test_a_retag_makes_no_revision(ledger: SqlLedger, editor: Token) -> None:
    published, waiting = ledger.submit(story(editor)).id, None
    publish(ledger)
    waiting = ledger.submit(story(editor)).id
    assert ledger.make_due([published, waiting], Lane.RETAG) == 1
    claimed = {one.item_id: one for one in claim(ledger)}
    assert claimed[published].publish is not None and claimed[published].publish.revision == 1
    before = ledger.item("story", published).newest.indexed_at
    ledger.mark([Indexed(claimed=one) for one in claimed.values()])
    assert ledger.item("story", published).newest.indexed_at == before
    assert ledger.item("story", published).newest_revision == 1


def test_editors_tags_are_kept_and_make_it_due(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    publish(ledger)
    trade, sport = TagRef(type="topic", slug="trade"), TagRef(type="topic", slug="sport")
    ledger.set_editor_tags(receipt.id, [trade], [sport], editor)
    [claimed] = claim(ledger)
    assert claimed.editor_tags == EditorTags(added=(trade,), removed=(sport,))
    item = ledger.set_editor_tags(receipt.id, [sport], [], editor)
    assert item.editor_tags == EditorTags(added=(sport, trade), removed=())
    with pytest.raises(NotFound):
        ledger.set_editor_tags("nothing", [trade], [], editor)


def test_published_shows_what_readers_see(ledger: SqlLedger, editor: Token) -> None:
    seen = ledger.submit(story(editor, "First")).id
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=seen, if_match=1, action="correct"))
    ledger.submit(story(editor, "Not yet"))
    [claimed] = ledger.published(kind="story")
    assert claimed.item_id == seen
    assert claimed.publish is not None and claimed.publish.revision == 1
    assert claimed.version == 1
    assert ledger.published(kind="story", after=seen) == ()
    assert ledger.published(kind="event") == ()


def test_the_figures_add_up(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit_many([story(editor) for _ in range(3)])
    published, poison, late = claim(ledger)
    ledger.mark([
        Indexed(claimed=published),
        Quarantine(claimed=poison, stage="tag", reason="odd"),
        Later(claimed=late, delay=timedelta(0), stage="index", reason="busy", counted=False),
    ])  # fmt: skip
    figures = ledger.metrics()
    assert figures.revisions == {"indexed": 1, "quarantined": 1, "accepted": 1}
    assert figures.outcomes == {("index", "indexed"): 1, ("tag", "quarantined"): 1, ("index", "later"): 1}
    assert figures.due == dict.fromkeys(Lane, 0) | {Lane.LIVE: 1}
    assert figures.latency_count == 1 and figures.latency_buckets[300.0] == 1
    assert figures.oldest_pending_seconds > 0
    assert figures.quarantined == 1


def test_an_embargo_waits_and_is_then_claimed(ledger: SqlLedger, reporter: Token) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.6)
    receipt = ledger.submit(story(reporter, embargo_until=soon))
    assert receipt.state == "held"
    assert claim(ledger) == ()
    while not (claimed := claim(ledger)):
        assert datetime.now(UTC) < soon + timedelta(seconds=10)
    assert datetime.now(UTC) >= soon
    ledger.mark([Indexed(claimed=claimed[0])])
    item = ledger.item("story", receipt.id)
    assert (item.newest.state, item.embargo_until) == ("indexed", None)
    assert ledger.metrics().latency_count == 0


def test_a_difference_that_was_worked_out_is_kept(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "One"))
    publish(ledger)
    for number, headline in ((1, "Two"), (2, "Three")):
        ledger.submit(story(reporter, headline, action="correct", item_id=receipt.id, if_match=number))
        [claimed] = claim(ledger)
        assert claimed.diffs.keys() == ({1, 2} if number == 2 else set())
        diffs = {1: Diff(before=0), number + 1: Diff(before=number, passages=((f"was {number}", 'is "now"'),))}
        assert ledger.mark([Indexed(claimed=claimed, diffs=diffs)]) == 1
    ledger.set_editor_tags(receipt.id, [], [], reporter)
    [claimed] = claim(ledger)
    assert claimed.diffs[3] == Diff(before=2, passages=(("was 2", 'is "now"'),))
    assert [revision.payload is not None for revision in claimed.history] == [False, False]
    assert claimed.publish is not None and claimed.publish.payload


def test_a_late_worker_keeps_no_difference(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "One"))
    [late] = claim(ledger, lease=OVER)
    ledger.sweep()
    publish(ledger, suspect=True)
    assert ledger.mark([Indexed(claimed=late, diffs={1: Diff(before=0)})]) == 0
    ledger.set_editor_tags(receipt.id, [], [], reporter)
    assert claim(ledger)[0].diffs == {}


def test_erasing_takes_the_differences(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "One"))
    [claimed] = claim(ledger)
    ledger.mark([Indexed(claimed=claimed, diffs={1: Diff(before=0, passages=(("secret", "word"),))})])
    ledger.erase(receipt.id, "asked for", reporter)
    assert claim(ledger)[0].diffs == {}


def test_what_changes_by_itself_is_due_again_at_its_time(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    [claimed] = claim(ledger)
    ledger.mark([Indexed(claimed=claimed, again_at=datetime.now(UTC) + timedelta(hours=1))])
    assert claim(ledger) == ()
    assert ledger.make_due([receipt.id], Lane.RETAG) == 1
    [claimed] = claim(ledger)
    ledger.mark([Indexed(claimed=claimed, again_at=datetime.now(UTC) - timedelta(seconds=1))])
    [again] = claim(ledger)
    assert (again.item_id, states(ledger, receipt.id)) == (receipt.id, ["indexed"])


def test_a_held_correction_leaves_the_time_of_the_public_revision(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    [claimed] = claim(ledger)
    picture = datetime.now(UTC) + timedelta(hours=1)
    ledger.mark([Indexed(claimed=claimed, again_at=picture)])
    held = {"item_id": receipt.id, "action": "correct", "embargo_until": picture + timedelta(days=1)}
    ledger.submit(story(editor, "Second", if_match=1, **held))
    [line] = [line for line in ledger.export() if "item" in line]
    assert datetime.fromisoformat(line["item"]["due_at"]) == picture


def test_what_waits_for_a_time_is_no_pending_retag(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    publish(ledger)
    ledger.make_due([receipt.id], Lane.RETAG)
    assert ledger.metrics().retag_pending == 1
    [claimed] = claim(ledger)
    ledger.mark([Indexed(claimed=claimed, again_at=datetime.now(UTC) + timedelta(hours=1))])
    assert ledger.metrics().retag_pending == 0
