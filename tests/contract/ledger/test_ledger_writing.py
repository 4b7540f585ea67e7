"""Who may write what, and what a write makes of an item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Thread
from typing import Any

import pytest

from contract.ledger.conftest import claim, publish, states, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import Conflict, InvalidInput, NotAllowed, NotFound, RevisionRequired, StaleRevision
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.submissions import Earlier, Idempotency, Receipt, Submission
from dateline.ports.ledger.tokens import Token

TOMORROW = datetime.now(UTC) + timedelta(days=1)


def test_a_story_is_on_record_when_it_is_accepted(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], reporter: Token
) -> None:
    receipt = ledger.submit(story(reporter, "Bridge opens", section="news", note="n"))
    assert (receipt.kind, receipt.revision, receipt.state, receipt.changed) == ("story", 1, "accepted", True)
    item = open_ledger().item("story", receipt.id)
    assert (item.owner, item.label, item.section, item.newest_revision) == ("ann", "Bridge opens", "news", 1)
    assert item.newest.payload == {"schema": 1, "headline": "Bridge opens"}
    assert (item.newest.by, item.newest.note, item.newest.action) == ("ann", "n", "submit")
    assert item.newest.received_at == receipt.received_at


def test_ids_sort_by_time(ledger: SqlLedger, reporter: Token) -> None:
    ids = [ledger.submit(story(reporter)).id for _ in range(20)]
    assert ids == sorted(ids) and len(set(ids)) == 20
    assert {len(id) for id in ids} == {26}


def test_revisions_are_immutable_and_all_kept(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, "First"))
    second = ledger.submit(story(reporter, "Second", item_id=receipt.id, if_match=1, action="correct"))
    assert (second.id, second.revision) == (receipt.id, 2)
    item = ledger.item("story", receipt.id, payloads="all")
    assert [r.payload for r in item.revisions] == [{"schema": 1, "headline": h} for h in ("First", "Second")]
    newest_only = ledger.item("story", receipt.id)
    assert [r.payload is None for r in newest_only.revisions] == [True, False]


def test_a_write_names_the_revision_it_started_from(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    with pytest.raises(RevisionRequired):
        ledger.submit(story(reporter, item_id=receipt.id, action="correct"))
    with pytest.raises(StaleRevision):
        ledger.submit(story(reporter, item_id=receipt.id, if_match=2, action="correct"))
    with pytest.raises(NotFound):
        ledger.submit(story(reporter, item_id="nothing", if_match=1, action="correct"))
    with pytest.raises(NotFound):
        ledger.item("event", receipt.id)


def test_a_reporter_writes_their_own_stories_an_editor_all(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    _, other = ledger.create_token("bob", "reporter")
    receipt = ledger.submit(story(reporter))
    with pytest.raises(NotAllowed):
        ledger.submit(story(other, item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.submit(story(editor, item_id=receipt.id, if_match=1, action="correct")).revision == 2
    assert ledger.item("story", receipt.id).owner == "ann"


def test_a_repeated_key_gives_the_first_receipt(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    once = story(reporter, idempotency=Idempotency(key="k", digest="d"))
    first = ledger.submit(once)
    again = ledger.submit(once)
    assert (again.id, again.revision, again.received_at, again.changed) == (first.id, 1, first.received_at, False)
    with pytest.raises(InvalidInput, match="another body"):
        ledger.submit(story(reporter, idempotency=Idempotency(key="k", digest="other")))
    assert ledger.submit(story(editor, idempotency=Idempotency(key="k", digest="d"))).id != first.id
    assert len(ledger.items("story").items) == 2


def test_a_key_used_by_many_at_once_makes_one_story(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], reporter: Token
) -> None:
    start = Barrier(6)
    receipts: list[Receipt] = []

    def submit() -> None:
        mine = open_ledger()
        start.wait()
        receipts.append(mine.submit(story(reporter, idempotency=Idempotency(key="k", digest="d"))))

    threads = [Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({receipt.id for receipt in receipts}) == 1
    assert [receipt.changed for receipt in receipts].count(True) == 1
    assert len(ledger.items("story").items) == 1


def external(by: Token, digest: str, source: str = "BelTA", **more: object) -> object:
    return story(by, external_id="x1", external_source=source, external_digest=digest, **more)


def test_an_external_id_is_one_story(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    same = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    assert (same.id, same.revision, same.changed) == (first.id, 1, False)
    changed = ledger.submit(external(editor, "b"))  # type: ignore[arg-type]
    assert (changed.id, changed.revision, changed.changed) == (first.id, 2, True)
    assert ledger.submit(external(editor, "a", source="Other")).id != first.id  # type: ignore[arg-type]


def test_a_repoll_does_not_undo_an_editors_correction(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    ledger.submit(story(editor, "Corrected", item_id=first.id, if_match=1, action="correct"))
    again = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    assert (again.revision, again.changed) == (2, False)
    assert ledger.item("story", first.id).newest.payload == {"schema": 1, "headline": "Corrected"}


def following(submission: Any) -> Any:
    """``submission`` with a payload that tells what it was made after, where it follows something."""

    def follow(earlier: Earlier) -> Submission:
        payload = {"schema": 1, "after": earlier.payload["headline"], "held": earlier.embargo_until == TOMORROW,
                   "published": earlier.published}  # fmt: skip
        return replace(submission, payload=payload)

    return replace(submission, following=follow)


def test_what_comes_again_is_made_after_what_stands(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(following(external(editor, "a", embargo_until=TOMORROW)))
    assert ledger.item("story", first.id).newest.payload == {"schema": 1, "headline": "Bridge opens"}
    ledger.submit(following(external(editor, "b")))
    held = {"schema": 1, "after": "Bridge opens", "held": True, "published": False}
    assert ledger.item("story", first.id).newest.payload == held
    ledger.submit(following(story(editor, "Corrected", item_id=first.id, if_match=2, action="correct")))
    publish(ledger)
    assert not ledger.submit(following(external(editor, "b"))).changed
    ledger.submit(following(external(editor, "c")))
    shown = {"schema": 1, "after": "Corrected", "held": False, "published": True}
    assert ledger.item("story", first.id).newest.payload == shown


def test_what_comes_twice_in_a_batch_is_made_after_the_first(ledger: SqlLedger, editor: Token) -> None:
    batch = [following(external(editor, digest)) for digest in "ab"]
    [first, second] = ledger.submit_many(batch)
    assert isinstance(first, Receipt) and isinstance(second, Receipt) and first.id == second.id
    revisions = ledger.item("story", first.id, payloads="all").revisions
    assert [one.payload and one.payload.get("after") for one in revisions] == [None, "Bridge opens"]


def test_an_external_id_of_another_reporter_is_refused(ledger: SqlLedger, reporter: Token) -> None:
    _, other = ledger.create_token("bob", "reporter")
    ledger.submit(external(reporter, "a"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        ledger.submit(external(other, "b"))  # type: ignore[arg-type]
    assert ledger.submit(external(other, "b", source="")).changed  # type: ignore[arg-type]


def test_one_bad_line_harms_no_other(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(story(reporter))
    answers = ledger.submit_many([
        story(reporter, "Good"),
        story(reporter, "Stale", item_id=first.id, if_match=7, action="correct"),
        external(reporter, "a"),  # type: ignore[list-item]
        external(reporter, "a"),  # type: ignore[list-item]
        external(reporter, "b"),  # type: ignore[list-item]
    ])  # fmt: skip
    assert isinstance(answers[1], StaleRevision)
    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert [(receipt.revision, receipt.changed) for receipt in receipts] == [
        (1, True),
        (1, True),
        (1, False),
        (2, True),
    ]
    assert states(ledger, receipts[-1].id) == ["superseded", "accepted"]
    assert len(ledger.items("story").items) == 3


def test_a_withdrawn_story_stays_withdrawn(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    publish(ledger)
    withdrawn = ledger.submit(story(editor, item_id=first.id, if_match=1, action="withdraw"))
    assert withdrawn.revision == 2
    [claimed] = publish(ledger)
    assert claimed.publish is not None and claimed.publish.action == "withdraw"
    assert states(ledger, first.id) == ["indexed", "withdrawn"]
    with pytest.raises(Conflict):
        ledger.submit(story(editor, item_id=first.id, if_match=2, action="correct"))
    with pytest.raises(Conflict):
        ledger.submit(external(editor, "b"))  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        ledger.set_editor_tags(first.id, [], [], editor)
    assert claim(ledger) == ()
    [tombstone] = ledger.published(kind="story")
    assert tombstone.publish is not None and tombstone.publish.revision == 2


def test_what_nobody_saw_is_withdrawn_without_a_tombstone(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, embargo_until=TOMORROW))
    ledger.submit(story(reporter, item_id=receipt.id, if_match=1, action="withdraw"))
    assert claim(ledger) == ()
    assert states(ledger, receipt.id) == ["superseded", "withdrawn"]
    assert ledger.published(kind="story") == ()


def test_a_correction_keeps_the_embargo_or_lifts_it(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, embargo_until=TOMORROW))
    kept = ledger.submit(story(reporter, item_id=receipt.id, if_match=1, action="correct", keep_embargo=True))
    assert kept.state == "held"
    assert ledger.item("story", receipt.id).embargo_until == TOMORROW
    lifted = ledger.submit(story(reporter, item_id=receipt.id, if_match=2, action="correct", embargo_until=None))
    assert lifted.state == "accepted"
    assert len(publish(ledger)) == 1
    assert states(ledger, receipt.id) == ["superseded", "superseded", "indexed"]


@pytest.mark.parametrize("hours", [-23, 23])
def test_an_embargo_may_have_any_offset(ledger: SqlLedger, reporter: Token, hours: int) -> None:
    until = TOMORROW.astimezone(timezone(timedelta(hours=hours)))
    receipt = ledger.submit(story(reporter, embargo_until=until))
    assert ledger.item("story", receipt.id).embargo_until == TOMORROW
    ledger.submit(story(reporter, item_id=receipt.id, if_match=1, action="correct", embargo_until=until))
    assert ledger.item("story", receipt.id).embargo_until == TOMORROW


def test_a_held_correction_leaves_the_published_one_in_place(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", embargo_until=TOMORROW))
    ledger.set_editor_tags(receipt.id, [], [], editor)
    [claimed] = publish(ledger)
    assert claimed.publish is not None and claimed.publish.revision == 1
    assert claim(ledger) == ()
    assert ledger.item("story", receipt.id).embargo_until == TOMORROW
    assert states(ledger, receipt.id) == ["indexed", "held"]


def test_a_tag_on_a_held_story_gives_nothing_to_publish(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, embargo_until=TOMORROW))
    ledger.set_editor_tags(receipt.id, [], [], editor)
    [claimed] = publish(ledger)
    assert claimed.publish is None
    assert states(ledger, receipt.id) == ["held"]
    assert ledger.item("story", receipt.id).published_revision is None


def test_a_section_named_first_is_made_once(ledger: SqlLedger, reporter: Token) -> None:
    section = Term(type="section", slug="rail", label="Rail")
    for _ in range(2):
        ledger.submit(story(reporter, section="rail", new_terms=(section,)))
    assert [change.term for change in ledger.term_changes()] == [section]
    assert {one.kind for one in publish(ledger)} == {"story", "term"}


def put_term(ledger: SqlLedger, by: Token) -> str:
    """Put a topic on record; its key."""
    term = Term(type="topic", slug="rail", label="Rail")
    return ledger.submit(
        Submission(kind="term", item_id=term.key, payload=to_payload(term), by=by, label=term.label)
    ).id


def test_a_term_that_nothing_uses_is_done_and_not_public(ledger: SqlLedger, editor: Token) -> None:
    rail = put_term(ledger, editor)
    [claimed] = claim(ledger)
    assert not claimed.published
    assert ledger.mark([Indexed(claimed=claimed, public=False)]) == 1
    item = ledger.item("term", rail)
    assert (item.newest.state, item.newest.indexed_at, item.published_revision) == ("indexed", None, None)
    assert publish(ledger) == ()


def test_a_term_that_nothing_uses_is_told_to_a_reindex_once_it_was_claimed(ledger: SqlLedger, editor: Token) -> None:
    rail = put_term(ledger, editor)
    assert ledger.published(kind="term") == ()
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger)])
    [unused] = ledger.published(kind="term")
    assert (unused.item_id, unused.version, unused.published) == (rail, 1, False)
    assert unused.publish is not None and unused.publish.payload is not None
    gone = {"schema": 2, "merged_into": "topic:other"}
    ledger.submit(Submission(kind="term", item_id=rail, action="withdraw", payload=gone, by=editor, if_match=1))
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger)])
    [tombstone] = ledger.published(kind="term")
    assert tombstone.publish is not None
    assert (tombstone.version, tombstone.publish.action, tombstone.publish.payload) == (2, "withdraw", gone)
    assert ledger.published(kind="term", after=rail) == ()


def test_a_used_term_comes_again_as_a_public_one_once(ledger: SqlLedger, editor: Token) -> None:
    rail = put_term(ledger, editor)
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger)])
    assert ledger.publish_terms(["topic:shipped", rail]) == 1
    [claimed] = publish(ledger)
    assert (claimed.item_id, claimed.published) == (rail, True)
    assert ledger.item("term", rail).published_revision == 1
    assert [one.item_id for one in ledger.published(kind="term")] == [rail]
    assert ledger.publish_terms([rail]) == 0
    assert publish(ledger) == ()


def test_a_term_that_is_used_while_a_worker_is_at_it_comes_again(ledger: SqlLedger, editor: Token) -> None:
    rail = put_term(ledger, editor)
    [claimed] = claim(ledger)
    assert ledger.publish_terms([rail]) == 1
    assert ledger.mark([Indexed(claimed=claimed, public=False)]) == 1
    [again] = publish(ledger)
    assert again.published


def test_only_terms_become_public_by_use(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, embargo_until=TOMORROW))
    assert ledger.publish_terms([receipt.id]) == 0
    assert ledger.publish_terms([]) == 0
    assert ledger.item("story", receipt.id).published_revision is None


def test_the_desks_list(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    ids = [ledger.submit(story(reporter, f"Über Bridge {number}")).id for number in range(5)]
    ledger.submit(story(editor, "Other"))
    page = ledger.items("story", owner=reporter, limit=2)
    assert [line.id for line in page.items] == [ids[4], ids[3]]
    rest = ledger.items("story", owner=reporter, limit=10, cursor=page.next)
    assert [line.id for line in rest.items] == ids[2::-1] and rest.next is None
    assert [line.id for line in ledger.items("story", query="ÜBER bridge 3").items] == [ids[3]]
    assert ledger.items("story", query="100%").items == ()
    assert len(ledger.items("story", state="accepted").items) == 6
    assert ledger.items("story", state="indexed").items == ()


def test_erasing_takes_every_text_and_keeps_who_and_why(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Secret", note="Secret note"))
    publish(ledger)
    ledger.submit(story(editor, "Secret again", item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.erase(receipt.id, "court order 12", editor).revisions == 2
    item = ledger.item("story", receipt.id, payloads="all")
    assert all(revision.payload is None and revision.erased for revision in item.revisions)
    assert "Secret" not in repr(item)
    [tombstone] = publish(ledger)
    assert tombstone.publish is not None and tombstone.publish.action == "withdraw"
    lines = [line["row"] for line in ledger.export() if line.get("table") == "audit"]
    assert ("erase", "court order 12", "desk") in {(row["action"], row["detail"], row["by"]) for row in lines}
    with pytest.raises(NotFound):
        ledger.erase("nothing", "x", editor)


def test_an_older_version_changes_nothing(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    late = ledger.submit(external(editor, "b", following=lambda earlier: "older"))  # type: ignore[arg-type]
    assert (late.id, late.revision, late.changed, late.older) == (first.id, 1, False, True)
    assert ledger.item("story", first.id).newest.payload == {"schema": 1, "headline": "Bridge opens"}
    assert not ledger.submit(external(editor, "a")).older  # type: ignore[arg-type]


def test_the_same_version_changes_nothing(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    again = ledger.submit(external(editor, "b", following=lambda earlier: "repeat"))  # type: ignore[arg-type]
    assert (again.id, again.revision, again.changed, again.older) == (first.id, 1, False, False)


def test_what_may_follow_a_withdrawal_decides_itself(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    tombstone = {"schema": 1, "why": "x"}
    killed: Any = external(editor, "b", action="withdraw")
    ledger.submit(replace(killed, payload=tombstone))
    with pytest.raises(Conflict):
        ledger.submit(external(editor, "c"))  # type: ignore[arg-type]
    seen: list[Earlier] = []
    back: Any = external(editor, "c", after_withdrawal=True)
    receipt = ledger.submit(replace(back, following=lambda earlier: seen.append(earlier) or back))
    assert (receipt.id, receipt.revision, receipt.state) == (first.id, 3, "accepted")
    assert (seen[0].withdrawn, seen[0].payload) == (True, tombstone)


def test_what_is_withdrawn_before_it_came_is_on_record_and_not_due(ledger: SqlLedger, editor: Token) -> None:
    killed = ledger.submit(external(editor, "a", action="withdraw"))  # type: ignore[arg-type]
    assert (killed.state, claim(ledger)) == ("withdrawn", ())


def test_what_is_withheld_goes_off_the_site_until_somebody_lifts_that(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(story(editor))
    publish(ledger)
    held = ledger.submit(story(editor, "Held", item_id=first.id, if_match=1, action="correct", withheld="Not now."))
    assert (held.revision, held.state, ledger.item("story", first.id).withheld) == (3, "held", True)
    [taken_off] = publish(ledger)
    assert taken_off.publish is not None
    assert (taken_off.publish.action, taken_off.publish.note) == ("withdraw", "Not now.")
    assert (states(ledger, first.id), claim(ledger)) == (["indexed", "withdrawn", "held"], ())
    [standing] = ledger.published(kind="story", after="", limit=10)
    assert standing.publish is not None and standing.publish.action == "withdraw"
    kept = story(editor, "Edited", item_id=first.id, if_match=3, action="correct", keep_embargo=True)
    assert ledger.submit(kept).state == "held"
    ledger.submit(story(editor, "Back", item_id=first.id, if_match=4, action="correct"))
    [back] = publish(ledger)
    assert back.publish is not None and back.publish.payload == {"schema": 1, "headline": "Back"}
    assert [one.revision for one in back.history] == [1]


def test_what_was_never_public_is_withheld_without_a_trace(ledger: SqlLedger, editor: Token) -> None:
    held = ledger.submit(story(editor, withheld="Not now."))
    assert (held.revision, held.state, claim(ledger)) == (1, "held", ())
    waiting = ledger.submit(story(editor, embargo_until=TOMORROW))
    ledger.submit(story(editor, item_id=waiting.id, if_match=1, action="correct", withheld="Not now."))
    assert states(ledger, waiting.id) == ["superseded", "held"]


def test_what_a_worker_is_just_publishing_is_taken_off_after_it(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(story(editor))
    claimed = claim(ledger)
    ledger.submit(story(editor, item_id=first.id, if_match=1, action="correct", withheld="Not now."))
    assert claim(ledger) == ()
    ledger.mark([Indexed(claimed=one) for one in claimed])
    [taken_off] = publish(ledger)
    assert taken_off.publish is not None and taken_off.publish.action == "withdraw"


def test_an_item_is_found_by_its_external_id(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(external(editor, "a"))  # type: ignore[arg-type]
    found = ledger.item_of_source("story", "BelTA", "x1")
    assert found is not None and (found.id, found.newest.revision) == (first.id, 1)
    assert ledger.item_of_source("story", "Other", "x1") is None
    assert ledger.item_of_source("event", "BelTA", "x1") is None
    assert ledger.item_of_source("story", "BelTA", "") is None
    assert ledger.ids_of_source("story", "BelTA", "x") == {"x1": first.id}
    assert ledger.newest_payloads([first.id, "none"]) == [found.newest.payload] and not ledger.newest_payloads([])
    for kind, source, part in (("story", "BelTA", "_"), ("story", "Other", "x"), ("event", "BelTA", "x")):
        assert ledger.ids_of_source(kind, source, part) == {}  # type: ignore[arg-type]


def test_what_public_stories_have_in_a_field_is_told_most_used_first(ledger: SqlLedger, reporter: Token) -> None:
    for byline in ("Ann", "Bo", "Bo", ""):
        ledger.submit(replace(story(reporter), payload={"schema": 1, "headline": "h", "byline": byline}))
    ledger.submit(story(reporter))
    publish(ledger)
    ledger.submit(replace(story(reporter), payload={"schema": 1, "headline": "h", "byline": "Waits"}))
    assert ledger.used_values("byline") == ("Bo", "Ann")
    assert ledger.used_values("place") == ()


def test_a_preview_answers_as_a_submission_and_writes_nothing(ledger: SqlLedger, editor: Token) -> None:
    under_id = {"external_source": "uid", "external_id": "a", "external_digest": "1"}
    first = ledger.submit(story(editor, **under_id))
    again, changed, new = ledger.preview_many(
        [story(editor, **under_id), story(editor, "Changed", **{**under_id, "external_digest": "2"}), story(editor)]
    )
    assert isinstance(again, Receipt) and isinstance(changed, Receipt) and isinstance(new, Receipt)
    assert (again.id, again.unchanged, changed.id, changed.revision, new.revision) == (first.id, True, first.id, 2, 1)
    assert [(one.id, one.revision) for one in ledger.items("story").items] == [(first.id, 1)]
    assert ledger.submit(story(editor, "Changed", **{**under_id, "external_digest": "2"})).revision == 2
