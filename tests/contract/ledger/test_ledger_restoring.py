"""What was withdrawn comes back as a new revision; and what readers are told of a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract.ledger.conftest import claim, publish, states, story
from dateline.adapters.ledger import SqlLedger
from dateline.errors import Conflict, NotAllowed, StaleRevision
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token


def restored(by: Token, receipt: Receipt, **more: Any) -> Submission:
    return story(by, item_id=receipt.id, action="restore", **{"if_match": receipt.revision, **more})


def withdrawn(ledger: SqlLedger, by: Token, receipt: Receipt) -> Receipt:
    tombstone = story(by, item_id=receipt.id, if_match=receipt.revision, action="withdraw", note="Why")
    return ledger.submit(replace(tombstone, payload={}))


def test_a_story_comes_back_to_its_readers(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(story(reporter))
    publish(ledger)
    gone = withdrawn(ledger, reporter, first)
    publish(ledger)
    before = ledger.last_change()
    back = ledger.submit(restored(reporter, gone))
    assert (back.id, back.revision, back.state) == (first.id, 3, "accepted")
    [claimed] = publish(ledger)
    assert claimed.publish and (claimed.publish.revision, claimed.publish.action) == (3, "restore")
    assert [one.revision for one in claimed.history] == [1]
    assert states(ledger, first.id) == ["indexed", "withdrawn", "indexed"]
    [change] = ledger.changes(after=before).changes
    assert (change.state, change.revision) == ("published", 3)


def test_one_that_nobody_saw_waits_again_for_its_embargo(ledger: SqlLedger, reporter: Token) -> None:
    embargo = datetime.now(UTC) + timedelta(days=1)
    first = ledger.submit(story(reporter, embargo_until=embargo))
    gone = withdrawn(ledger, reporter, first)
    assert gone.state == "withdrawn"
    back = ledger.submit(restored(reporter, gone, embargo_until=embargo))
    assert back.state == "held"
    assert claim(ledger) == ()
    assert ledger.item("story", first.id).embargo_until == embargo


def test_what_is_not_withdrawn_or_was_erased_does_not_come_back(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    first = ledger.submit(story(reporter, external_id="x-1"))
    with pytest.raises(Conflict, match="not withdrawn"):
        ledger.submit(restored(reporter, first))
    ledger.erase(first.id, "court", editor)
    with pytest.raises(Conflict, match="erased"):
        ledger.submit(restored(editor, first, if_match=2))


def test_only_the_newest_withdrawal_is_taken_back(ledger: SqlLedger, reporter: Token) -> None:
    gone = withdrawn(ledger, reporter, ledger.submit(story(reporter)))
    with pytest.raises(StaleRevision):
        ledger.submit(restored(reporter, gone, if_match=1))


def test_what_an_editor_withdrew_an_editor_brings_back(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    gone = withdrawn(ledger, editor, ledger.submit(story(reporter)))
    with pytest.raises(NotAllowed, match="an editor brings it back"):
        ledger.submit(restored(reporter, gone))
    _, other = ledger.create_token("bob", "reporter")
    with pytest.raises(NotAllowed):
        ledger.submit(restored(other, gone))
    assert ledger.submit(restored(editor, gone)).revision == 3
    assert ledger.item("story", gone.id).owner == "ann"
    assert [one.who for one in ledger.audit(AuditSearch(what="restore")).items] == ["desk"]


def correct(ledger: SqlLedger, by: Token, item_id: str, revision: int, correction: str) -> None:
    more = {"item_id": item_id, "if_match": revision, "action": "correct", "correction": correction}
    ledger.submit(story(by, f"Headline {revision}", **more))


def test_what_readers_are_told_is_kept_with_the_revision(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(story(reporter))
    publish(ledger)
    for revision, correction in enumerate(("minor", "correction", "update", ""), 1):
        correct(ledger, reporter, first.id, revision, correction)
        publish(ledger)
    kinds = [revision.correction for revision in ledger.item("story", first.id).revisions]
    assert kinds == ["", "minor", "correction", "update", ""]


def test_a_minor_one_hides_no_other_that_it_overtakes(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(story(reporter))
    publish(ledger)
    for revision, correction in enumerate(("correction", "minor", "minor"), 1):
        correct(ledger, reporter, first.id, revision, correction)
    publish(ledger)
    assert [one.correction for one in ledger.item("story", first.id).revisions][1:] == ["correction"] * 3
    correct(ledger, reporter, first.id, 4, "minor")
    assert ledger.item("story", first.id).newest.correction == "minor"
