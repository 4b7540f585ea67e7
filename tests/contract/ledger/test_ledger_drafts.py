"""Drafts: seen by their owner and whom they are shared with, saved one after another, sent once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from contract.ledger.conftest import claim, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.draft_tables import draft_revisions
from dateline.adapters.ledger.database.engine import writing
from dateline.adapters.ledger.drafts.history import LAST_ONES, MOST_BYTES, MOST_KEPT, KeptText, superfluous
from dateline.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleRevision
from dateline.ports.ledger.drafts import MOST_DRAFTS, Draft
from dateline.ports.ledger.submissions import DraftVersion, Submission
from dateline.ports.ledger.tokens import Token

HALF = {"headline": "Bridge", "body_text": "It is"}


@pytest.fixture
def other(ledger: SqlLedger) -> Token:
    return ledger.create_token("otto", "reporter")[1]


def send(draft: Draft, by: Token) -> Submission:
    """The submission of a draft as it is now."""
    return story(by, str(draft.body["headline"]), draft=DraftVersion(id=draft.id, revision=draft.revision))


def test_a_draft_is_saved_and_read_again(ledger: SqlLedger, reporter: Token) -> None:
    made = ledger.create_draft(reporter, HALF, label="Bridge")
    assert (made.revision, made.body, made.sent, made.belongs_to(reporter)) == (1, HALF, None, True)
    saved = ledger.save_draft(made.id, reporter, {**HALF, "byline": "Ann"}, if_match=1, label="Bridge opens")
    assert saved == ledger.draft(made.id, reporter)
    assert [kept.revision for kept in saved.revisions] == [1, 2]
    assert saved.updated_at > made.updated_at
    earlier = ledger.draft(made.id, reporter, revision=1)
    assert (earlier.body, earlier.shown, earlier.revision) == (HALF, 1, 2)
    [line] = ledger.drafts(reporter).drafts
    assert (line.id, line.label, line.revision, line.shared) == (made.id, "Bridge opens", 2, False)
    assert not claim(ledger)


def test_of_two_saves_from_one_revision_the_second_is_told(ledger: SqlLedger, reporter: Token) -> None:
    made = ledger.create_draft(reporter, HALF)
    second = ledger.save_draft(made.id, reporter, {"headline": "One"}, if_match=1)
    assert ledger.save_draft(made.id, reporter, {"headline": "One"}, if_match=1) == second  # the answer was lost
    with pytest.raises(StaleRevision):
        ledger.save_draft(made.id, reporter, {"headline": "Two"}, if_match=1)
    assert ledger.draft(made.id, reporter).body == {"headline": "One"}


def test_nobody_else_sees_it_whatever_the_role(ledger: SqlLedger, reporter: Token, editor: Token, other: Token) -> None:
    made = ledger.create_draft(reporter, HALF, shared_with=["otto"])
    assert ledger.draft(made.id, other).body == HALF
    assert [line.shared for line in ledger.drafts(other).drafts] == [True]
    nobody = Token(name="ann", role="editor", created_at=datetime.now(UTC))
    for stranger in (editor, nobody):
        assert not ledger.drafts(stranger).drafts
        with pytest.raises(NotFound):
            ledger.draft(made.id, stranger)
        with pytest.raises(NotFound):
            ledger.save_draft(made.id, stranger, {}, if_match=1)
        with pytest.raises(NotFound):
            ledger.delete_draft(made.id, stranger)
        with pytest.raises(NotFound):
            ledger.submit(send(made, stranger))
    assert ledger.save_draft(made.id, other, {}, if_match=1).shared_with == ("otto",)
    for refused in ([], ["otto", "desk"]):
        with pytest.raises(NotAllowed):
            ledger.save_draft(made.id, other, {}, if_match=2, shared_with=refused)
    with pytest.raises(NotAllowed):
        ledger.delete_draft(made.id, other)
    ledger.save_draft(made.id, reporter, {}, if_match=2, shared_with=[])
    with pytest.raises(NotFound):
        ledger.draft(made.id, other)


def test_it_is_shared_with_those_who_write(ledger: SqlLedger, reporter: Token) -> None:
    ledger.create_token("olga", "ops")
    with pytest.raises(InvalidInput) as refused:
        ledger.create_draft(reporter, HALF, shared_with=["ann", "olga", "nobody"])
    assert [one.pointer for one in refused.value.errors] == ["/shared_with/1", "/shared_with/2"]
    assert not ledger.drafts(reporter).drafts


def test_a_key_makes_one_draft(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    made = ledger.create_draft(reporter, HALF, key="k")
    ledger.save_draft(made.id, reporter, {"headline": "More"}, if_match=1)
    again = ledger.create_draft(reporter, HALF, key="k")
    assert (again.id, again.revision, again.body) == (made.id, 2, {"headline": "More"})
    assert ledger.create_draft(other, HALF, key="k").id != made.id


def test_a_sent_draft_is_one_story_of_its_owner_whoever_sends_it(
    ledger: SqlLedger, reporter: Token, editor: Token, other: Token
) -> None:
    made = ledger.create_draft(reporter, HALF, shared_with=["otto", "desk"])
    with pytest.raises(NotAllowed):
        ledger.submit(send(made, other))
    first = ledger.submit(send(made, editor))
    again, third = ledger.submit_many([send(made, reporter), send(made, editor)])
    assert (again.id, again.revision, again.received_at, again.changed) == (first.id, 1, first.received_at, False)
    assert third == again
    item = ledger.item("story", first.id)
    assert item.belongs_to(reporter)
    assert [revision.by for revision in item.revisions] == ["desk"]
    kept = ledger.draft(made.id, reporter)
    assert kept.sent is not None
    assert (kept.sent.id, kept.body) == (first.id, HALF)
    with pytest.raises(Conflict):
        ledger.save_draft(made.id, reporter, {}, if_match=1)
    assert not ledger.drafts(reporter).drafts
    assert [line.id for line in ledger.drafts(reporter, sent=True).drafts] == [made.id]


def test_what_was_saved_since_it_was_read_is_not_sent_unseen(ledger: SqlLedger, reporter: Token) -> None:
    made = ledger.create_draft(reporter, HALF)
    ledger.save_draft(made.id, reporter, {"headline": "More"}, if_match=1)
    with pytest.raises(StaleRevision):
        ledger.submit(send(made, reporter))
    assert not ledger.items("story").items


def test_the_list_turns_its_pages_by_the_last_save(ledger: SqlLedger, reporter: Token) -> None:
    ids = [ledger.create_draft(reporter, {"headline": str(number)}).id for number in range(5)]
    ledger.save_draft(ids[0], reporter, {"headline": "again"}, if_match=1)
    found, cursor = [], None
    while True:
        page = ledger.drafts(reporter, limit=2, cursor=cursor)
        found += [line.id for line in page.drafts]
        if (cursor := page.next) is None:
            break
    assert found == [ids[0], *reversed(ids[1:])]
    for made in ("", "now x", "0001-01-01T00:00:00+23:59 x", "2026-13-01 x"):
        with pytest.raises(InvalidInput):
            ledger.drafts(reporter, cursor=made)


def test_there_is_an_end_to_drafts(ledger: SqlLedger, reporter: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_DRAFTS >= 100
    monkeypatch.setattr("dateline.adapters.ledger.drafts.drafts.MOST_DRAFTS", 1)
    ledger.create_draft(reporter, HALF)
    with pytest.raises(Conflict):
        ledger.create_draft(reporter, HALF)


def test_deleting_and_erasing_leave_no_word(sqlite_url: str, tmp_path: Path) -> None:
    ledger = open_sql_ledger(sqlite_url)
    ledger.migrate()
    ann, desk = ledger.create_token("ann", "reporter")[1], ledger.create_token("desk", "editor")[1]
    sent, kept, gone = (ledger.create_draft(ann, {"headline": f"Zanzibar {n}"}, label=f"Zanzibar {n}") for n in "123")
    story_id = ledger.submit(story(ann, "Zanzibar", draft=DraftVersion(id=sent.id, revision=1))).id
    ledger.delete_draft(gone.id, ann)
    assert ledger.erase(story_id, "court", desk).revisions == 1
    assert ledger.erase(kept.id, "court", desk).revisions == 1
    for draft in (sent, kept, gone):
        with pytest.raises(NotFound):
            ledger.draft(draft.id, ann)
    ledger.expunge()
    ledger.close()
    assert not [path.name for path in tmp_path.iterdir() if b"Zanzibar" in path.read_bytes()]


def test_drafts_are_part_of_the_record(ledger: SqlLedger, reporter: Token, other: Token, tmp_path: Path) -> None:
    made = ledger.create_draft(reporter, HALF, shared_with=["otto"])
    sent = ledger.create_draft(reporter, HALF)
    ledger.submit(send(sent, reporter))
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(iter(ledger.export()))
    assert copy.draft(made.id, other) == ledger.draft(made.id, other)
    assert copy.draft(sent.id, reporter) == ledger.draft(sent.id, reporter)
    copy.close()


def test_of_many_saves_the_last_are_kept_and_earlier_ones_far_apart(
    ledger: SqlLedger, reporter: Token, open_ledger: Callable[[], SqlLedger]
) -> None:
    made = ledger.create_draft(reporter, {"headline": "0"})
    with writing(ledger._engine) as connection:
        connection.execute(update(draft_revisions).values(at=datetime(2020, 1, 1, tzinfo=UTC)))
    for number in range(1, MOST_KEPT + 10):
        ledger.save_draft(made.id, reporter, {"headline": str(number)}, if_match=number)
    kept = [one.revision for one in ledger.draft(made.id, reporter).revisions]
    assert len(kept) == MOST_KEPT
    assert kept[0] == 1
    assert kept[-LAST_ONES:] == list(range(kept[-1] - LAST_ONES + 1, MOST_KEPT + 11))


def test_the_history_of_an_hour_is_spread_over_it() -> None:
    start = datetime(2026, 12, 1, tzinfo=UTC)
    texts: list[KeptText] = []
    for second in range(0, 3600, 2):
        texts.append(KeptText(second, start + timedelta(seconds=second), 10))
        gone = superfluous(texts)
        texts = [text for text in texts if text.revision not in gone]
    gaps = [after.at - before.at for before, after in pairwise(texts)]
    assert len(texts) == MOST_KEPT
    assert max(gaps) <= timedelta(minutes=4)


def test_large_texts_are_kept_while_there_is_room() -> None:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    size = MOST_BYTES // 2
    assert superfluous([KeptText(n, moment + timedelta(minutes=n), size) for n in range(4)]) == [0]
    assert superfluous([KeptText(1, moment, 3 * MOST_BYTES)]) == []


def test_a_writer_has_one_unsent_correction_of_a_story(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    receipt = ledger.submit(story(reporter))
    made = ledger.create_draft(reporter, HALF, key="one tab", corrects=(receipt.id, 1))
    assert ledger.create_draft(reporter, {"headline": "x"}, key="other tab", corrects=(receipt.id, 2)) == made
    assert ledger.correction_draft(reporter, receipt.id) == made
    assert ledger.correction_draft(editor, receipt.id) is None
    own = ledger.create_draft(editor, HALF, corrects=(receipt.id, 1))
    assert own.id != made.id
    saved = ledger.save_draft(made.id, reporter, {"headline": "y"}, if_match=1, corrects_revision=2)
    assert (saved.corrects, saved.corrects_revision, saved.revision) == (receipt.id, 2, 2)
    again = ledger.save_draft(made.id, reporter, {"headline": "y"}, if_match=2, corrects_revision=3)
    assert (again.corrects_revision, again.revision) == (3, 2)
    sent = DraftVersion(id=made.id, revision=2)
    ledger.submit(story(reporter, item_id=receipt.id, if_match=1, action="correct", draft=sent))
    assert ledger.correction_draft(reporter, receipt.id) is None
    assert ledger.create_draft(reporter, HALF, corrects=(receipt.id, 2)).id != made.id


def test_an_erasure_takes_the_corrections_that_nobody_sent(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    receipt = ledger.submit(story(reporter))
    made = ledger.create_draft(reporter, HALF, corrects=(receipt.id, 1))
    ledger.erase(receipt.id, "court", editor)
    with pytest.raises(NotFound):
        ledger.draft(made.id, reporter)
