"""Drafts with the editors, and drafts that are given to a colleague: who sees them, who decides, who is told what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract.ledger.conftest import claim, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleRevision
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.drafts import Draft
from dateline.ports.ledger.submissions import DraftVersion, Submission
from dateline.ports.ledger.tokens import Token

HALF = {"headline": "Bridge", "body_text": "It is"}
UNTIL = datetime(2026, 12, 1, 18, tzinfo=UTC)


@pytest.fixture
def second(ledger: SqlLedger) -> Token:
    """Another editor."""
    return ledger.create_token("night", "editor")[1]


@pytest.fixture
def other(ledger: SqlLedger) -> Token:
    return ledger.create_token("otto", "reporter")[1]


def asked(ledger: SqlLedger, by: Token, headline: str = "Bridge") -> Draft:
    """A draft that is with the editors."""
    made = ledger.create_draft(by, {**HALF, "headline": headline}, label=headline)
    return ledger.ask_review(made.id, by, section="news", if_match=1)


def send(draft: Draft, by: Token, reviewed_for: str = "") -> Submission:
    version = DraftVersion(id=draft.id, revision=draft.revision, reviewed_for=reviewed_for)
    return story(by, str(draft.body["headline"]), draft=version)


def deeds(ledger: SqlLedger, subject: str) -> list[tuple[str, str, str]]:
    """What was done to something, oldest first: what, who, detail."""
    found = ledger.audit(AuditSearch(what=subject)).items
    return [(one.action, one.who, one.detail) for one in reversed(found)]


def test_it_goes_to_the_editors_comes_back_with_notes_and_goes_out(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    draft = asked(ledger, reporter)
    assert ledger.ask_review(draft.id, reporter, section="news", if_match=1) == draft
    assert (draft.is_to_review, len(draft.reviews)) == (True, 1)
    assert ledger.count_to_review(editor) == 1
    assert not ledger.drafts(editor).drafts
    [line] = ledger.drafts_to_review().drafts
    assert (line.id, line.review, line.writer) == (draft.id, draft.review, "ann")
    edited = ledger.save_draft(draft.id, editor, {**HALF, "summary": "Open"}, if_match=1, label="Bridge")
    back = ledger.return_draft(draft.id, editor, notes="Who says so?", if_match=edited.revision)
    assert back.review
    assert (back.review.state, back.review.decided_by, back.review.notes) == ("returned", "desk", "Who says so?")
    assert not ledger.drafts_to_review().drafts
    mended = ledger.save_draft(draft.id, reporter, {**HALF, "source": "The mayor"}, if_match=2)
    again = ledger.ask_review(draft.id, reporter, section="sport", if_match=mended.revision)
    assert [one.state for one in again.reviews] == ["returned", "to_review"]
    assert not claim(ledger)
    receipt = ledger.submit(send(again, editor))
    assert ledger.submit(send(again, editor)).id == receipt.id
    item = ledger.item("story", receipt.id)
    assert (item.owner, item.owner_id, item.newest.by) == ("ann", reporter.id, "desk")
    [review] = ledger.reviews_of_story(receipt.id)
    assert (review.state, review.asked_by, review.decided_by, review.section) == ("out", "ann", "desk", "sport")
    assert ("review-out", "desk", draft.id) in deeds(ledger, receipt.id)
    assert [what for what, *_ in deeds(ledger, draft.id)] == ["review-ask", "review-return", "review-ask"]


def test_who_wrote_it_does_not_decide_and_does_not_write_on(
    ledger: SqlLedger, reporter: Token, editor: Token, other: Token, second: Token
) -> None:
    for writer in (reporter, editor):
        draft = asked(ledger, writer)
        with pytest.raises(Conflict, match="with the editors"):
            ledger.save_draft(draft.id, writer, {}, if_match=1)
        with pytest.raises(Conflict, match="with the editors"):
            ledger.submit(send(draft, writer))
        with pytest.raises(NotAllowed):
            ledger.return_draft(draft.id, writer, notes="", if_match=1)
        with pytest.raises(NotFound):
            ledger.draft(draft.id, other)
        with pytest.raises(NotFound):
            ledger.take_back_draft(draft.id, other)
    assert (ledger.count_to_review(editor), ledger.count_to_review(second)) == (1, 2)
    with pytest.raises(NotAllowed):
        ledger.take_back_draft(draft.id, second)
    assert ledger.submit(send(draft, second)).changed
    assert not claim(ledger, worker="w2")[1:]


def test_it_is_taken_back_while_nobody_decided(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    draft = asked(ledger, reporter)
    back = ledger.take_back_draft(draft.id, reporter)
    assert back.review
    assert back.review.state == "taken_back"
    assert ledger.save_draft(draft.id, reporter, {"headline": "On"}, if_match=1).revision == 2
    for late in (
        lambda: ledger.draft(draft.id, editor),
        lambda: ledger.return_draft(draft.id, editor, notes="", if_match=1),
        lambda: ledger.submit(send(draft, editor)),
    ):
        with pytest.raises(Conflict, match="ann took it back"):
            late()
    with pytest.raises(Conflict, match="ann took it back"):
        ledger.take_back_draft(draft.id, reporter)


def test_of_two_editors_one_decides_and_the_other_is_told_who(
    ledger: SqlLedger, reporter: Token, editor: Token, second: Token
) -> None:
    draft = asked(ledger, reporter)
    ledger.save_draft(draft.id, editor, {**HALF, "summary": "Open"}, if_match=1)
    with pytest.raises(StaleRevision):
        ledger.return_draft(draft.id, second, notes="", if_match=1)
    with pytest.raises(StaleRevision):
        ledger.submit(send(draft, second))
    receipt = ledger.submit(send(ledger.draft(draft.id, editor), editor))
    with pytest.raises(Conflict, match="desk sent it out"):
        ledger.return_draft(draft.id, second, notes="", if_match=2)
    assert ledger.submit(send(draft, second)) == ledger.draft(draft.id, second).sent
    assert [one.by for one in ledger.item("story", receipt.id).revisions] == ["desk"]
    returned = asked(ledger, reporter)
    ledger.return_draft(returned.id, editor, notes="No", if_match=1)
    with pytest.raises(Conflict, match="desk gave it back"):
        ledger.submit(send(returned, second))


def test_only_who_writes_it_sends_it_to_the_editors(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    made = ledger.create_draft(reporter, HALF, shared_with=["otto"])
    with pytest.raises(NotAllowed):
        ledger.ask_review(made.id, other, section="news", if_match=1)
    with pytest.raises(StaleRevision):
        ledger.ask_review(made.id, reporter, section="news", if_match=2)
    receipt = ledger.submit(send(made, reporter))
    with pytest.raises(Conflict, match=receipt.id):
        ledger.ask_review(made.id, reporter, section="news", if_match=1)


def test_an_editor_who_saw_it_may_send_it_at_once_and_is_named(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    made = ledger.create_draft(reporter, HALF, shared_with=["desk"])
    receipt = ledger.submit(send(made, editor, reviewed_for="news"))
    [review] = ledger.reviews_of_story(receipt.id)
    assert (review.asked_by, review.decided_by, review.section) == ("ann", "desk", "news")


def test_the_longest_waiting_comes_first_page_by_page(ledger: SqlLedger, reporter: Token) -> None:
    made = [asked(ledger, reporter, f"Story {number}").id for number in range(3)]
    first = ledger.drafts_to_review(limit=2)
    rest = ledger.drafts_to_review(limit=2, cursor=first.next)
    assert [line.id for line in (*first.drafts, *rest.drafts)] == made
    assert rest.next is None


def test_a_draft_is_given_to_a_colleague_and_to_another(
    ledger: SqlLedger, reporter: Token, editor: Token, other: Token, second: Token
) -> None:
    made = ledger.create_draft(editor, {"headline": "Ferry"}, label="Ferry")
    given = ledger.assign_draft(made.id, editor, to="ann", note="The mayor speaks at six", until=UNTIL)
    assert given.assignment
    assert (given.assignment.writer, given.assignment.note, given.assignment.until) == (
        "ann", "The mayor speaks at six", UNTIL,
    )  # fmt: skip
    assert [line.assignment for line in ledger.drafts(reporter).drafts] == [given.assignment]
    assert ledger.save_draft(made.id, reporter, HALF, if_match=1).revision == 2
    moved = ledger.assign_draft(made.id, second, to="otto", note="")
    assert moved.writer == "otto"
    with pytest.raises(NotFound):
        ledger.draft(made.id, reporter)
    with pytest.raises(NotFound):
        ledger.draft(made.id, second)
    assert [line.id for line in ledger.assigned_drafts().drafts] == [made.id]
    receipt = ledger.submit(send(ledger.draft(made.id, other), other))
    assert ledger.item("story", receipt.id).owner == "otto"
    assert not ledger.assigned_drafts().drafts
    assert [(what, who, to) for what, who, to in deeds(ledger, made.id)] == [
        ("draft-assign", "desk", "ann"), ("draft-assign", "night", "otto"),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        ledger.assign_draft(made.id, editor, to="ann", note="")


def test_who_may_give_a_draft_and_to_whom(ledger: SqlLedger, reporter: Token, editor: Token, second: Token) -> None:
    made = ledger.create_draft(editor, {"headline": "Ferry"})
    with pytest.raises(InvalidInput, match="given to those who write"):
        ledger.assign_draft(made.id, editor, to="nobody", note="")
    with pytest.raises(NotFound):
        ledger.assign_draft(made.id, second, to="ann", note="")
    ledger.assign_draft(made.id, editor, to="ann", note="")
    with pytest.raises(NotAllowed):
        ledger.assign_draft(made.id, reporter, to="desk", note="")
    ledger.ask_review(made.id, reporter, section="news", if_match=1)
    with pytest.raises(Conflict):
        ledger.assign_draft(made.id, editor, to="desk", note="")
    ledger.return_draft(made.id, editor, notes="More", if_match=1)  # the owner isn't who wrote it
    ledger.unassign_draft(made.id, second)
    ledger.unassign_draft(made.id, editor)
    assert ledger.draft(made.id, editor).assignment is None
    assert [what for what, *_ in deeds(ledger, made.id)].count("draft-unassign") == 1


def test_a_correction_goes_the_same_way(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first = ledger.submit(story(reporter))
    made = ledger.create_draft(reporter, HALF, corrects=(first.id, 1))
    assert (made.corrects, made.corrects_revision) == (first.id, 1)
    asked = ledger.ask_review(made.id, reporter, section="news", if_match=1)
    version = DraftVersion(id=made.id, revision=1)
    correction = story(editor, action="correct", item_id=first.id, if_match=1, draft=version)
    assert ledger.submit(correction).revision == 2
    assert asked.id not in [line.id for line in ledger.drafts_to_review().drafts]
    assert [one.decided_by for one in ledger.reviews_of_story(first.id)] == ["desk"]


def test_what_is_erased_or_deleted_takes_notes_and_rounds_along(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    first = ledger.submit(story(reporter))
    kept = ledger.create_draft(reporter, HALF, corrects=(first.id, 1))
    ledger.ask_review(kept.id, reporter, section="news", if_match=1)
    ledger.return_draft(kept.id, editor, notes="The secret", if_match=1)
    ledger.erase(first.id, "law", editor)
    with pytest.raises(NotFound):
        ledger.draft(kept.id, reporter)
    waiting = asked(ledger, reporter)
    ledger.delete_draft(waiting.id, reporter)
    assert not ledger.drafts_to_review().drafts
    assert "The secret" not in str(list(ledger.export()))


def test_an_export_has_rounds_and_assignments(
    ledger: SqlLedger, reporter: Token, editor: Token, tmp_path: Path, open_ledger: Callable[[], SqlLedger]
) -> None:
    draft = asked(ledger, reporter)
    given = ledger.create_draft(editor, HALF)
    ledger.assign_draft(given.id, editor, to="ann", note="Soon", until=UNTIL)
    restored = open_sql_ledger(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    restored.migrate()
    restored.restore(iter(list(ledger.export())))
    assert [line.review for line in restored.drafts_to_review().drafts] == [draft.review]
    assert [line.assignment for line in restored.assigned_drafts().drafts] == [
        line.assignment for line in ledger.assigned_drafts().drafts
    ]
    restored.close()
