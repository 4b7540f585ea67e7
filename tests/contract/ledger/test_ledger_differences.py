"""An editor's word on what readers see of a correction's difference."""

from __future__ import annotations

import pytest

from contract.ledger.conftest import claim, publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.claims import Diff, Indexed
from dateline.ports.ledger.items import DiffState
from dateline.ports.ledger.tokens import Token


def test_a_word_on_a_difference_makes_the_story_due_and_is_kept(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(story(editor, "One"))
    publish(ledger)
    ledger.submit(story(editor, "Two", item_id=first.id, if_match=1, action="correct"))
    publish(ledger)
    changed = ledger.show_difference(first.id, 2, "hidden", "asked for", editor)
    assert [one.diff_state for one in changed.revisions] == ["shown", "hidden"]
    (due,) = claim(ledger)
    assert due.publish is not None
    assert [one.diff_state for one in (*due.history, due.publish)] == ["shown", "hidden"]
    assert ledger.show_difference(first.id, 2, "removed", "", editor).newest.diff_state == "removed"
    shown: DiffState
    for shown in ("shown", "hidden"):
        with pytest.raises(Conflict):
            ledger.show_difference(first.id, 2, shown, "", editor)
    for item, revision in ((first.id, 1), (first.id, 3), ("nope", 2)):
        with pytest.raises(NotFound):
            ledger.show_difference(item, revision, "hidden", "", editor)


def test_what_nobody_saw_leaves_its_word_to_the_next(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(story(editor, "One"))
    publish(ledger)
    for revision in (2, 3, 4):
        ledger.submit(story(editor, f"Text {revision}", item_id=first.id, if_match=revision - 1, action="correct"))
        if revision == 2:
            ledger.show_difference(first.id, 2, "hidden", "", editor)
    publish(ledger)
    ledger.submit(story(editor, "Five", item_id=first.id, if_match=4, action="correct"))
    (due,) = claim(ledger)
    assert due.publish is not None
    assert [(one.revision, one.diff_state) for one in (*due.history, due.publish)] == [
        (1, "shown"), (4, "hidden"), (5, "shown"),
    ]  # fmt: skip


@pytest.mark.parametrize(("shown", "kept"), [("hidden", True), ("removed", False)])
def test_a_removed_difference_is_off_the_record(ledger: SqlLedger, editor: Token, shown: DiffState, kept: bool) -> None:
    receipt = ledger.submit(story(editor, "One"))
    publish(ledger)
    ledger.submit(story(editor, "Two", action="correct", item_id=receipt.id, if_match=1))
    [claimed] = claim(ledger)
    passages = (("Anna did it.", ""),)
    ledger.mark([Indexed(claimed=claimed, diffs={1: Diff(before=0), 2: Diff(before=1, passages=passages)})])
    ledger.show_difference(receipt.id, 2, shown, "", editor)
    [claimed] = claim(ledger)
    assert claimed.diffs[2] == Diff(before=1, passages=passages if kept else ())
