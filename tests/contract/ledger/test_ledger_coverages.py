"""Coverages on record: planned, given, changed, found by day, filed by themselves, opened again; who reads the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contract.ledger.conftest import publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.coverage import Coverage
from dateline.errors import InvalidInput, NotFound, StaleRevision
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.coverages import CoverageDetails, CoverageSearch
from dateline.ports.ledger.submissions import DraftVersion, Submission
from dateline.ports.ledger.tokens import Token

DAY = date(2026, 12, 5)
LATER = datetime(2026, 12, 5, 18, tzinfo=UTC)


def add(ledger: SqlLedger, by: Token, **more: Any) -> Coverage:
    return ledger.add_coverage(CoverageDetails(**{"title": "Bridge opens", "day": DAY} | more), by)


def event(ledger: SqlLedger, by: Token) -> str:
    payload = {"schema": 2, "title": "Slavianski Bazaar", "start": "2026-12-05"}
    return ledger.submit(Submission(kind="event", payload=payload, by=by, label="Slavianski Bazaar")).id


def withdraw(ledger: SqlLedger, item_id: str, by: Token) -> None:
    ledger.submit(Submission(kind="story", item_id=item_id, action="withdraw", payload={}, by=by, if_match=1))


def test_it_is_planned_given_changed_and_taken_out(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    planned = add(ledger, editor, due_at=LATER, note="With the mayor")
    assert (planned.state, planned.revision, planned.assignee_id, planned.by) == ("planned", 1, "", "desk")
    given = CoverageDetails(title="Bridge opens", day=DAY, assignee="ann", due_at=LATER, note="With the mayor")
    assigned = ledger.change_coverage(planned.id, given, editor, if_match=1)
    assert (assigned.state, assigned.revision, assigned.assignee_id) == ("assigned", 2, reporter.id)
    assert ledger.change_coverage(planned.id, given, editor, if_match=2).revision == 2
    with pytest.raises(StaleRevision):
        ledger.change_coverage(planned.id, given, editor, if_match=1)
    with pytest.raises(StaleRevision):
        ledger.remove_coverage(planned.id, editor, if_match=1)
    ledger.remove_coverage(planned.id, editor, if_match=2)
    with pytest.raises(NotFound):
        ledger.coverage(planned.id)
    deeds = [one.action for one in ledger.audit(AuditSearch(what=planned.id)).items]
    assert deeds == ["coverage-remove", "coverage-change", "coverage-add"]


@pytest.mark.parametrize("wrong", [{"assignee": "nobody"}, {"event_id": "none"}, {"story_id": "none"}])
def test_what_is_not_there_is_refused(ledger: SqlLedger, editor: Token, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add(ledger, editor, **wrong)
    assert refusal.value.errors[0].pointer == f"/{next(iter(wrong))}"
    assert ledger.coverages(CoverageSearch()).items == ()


def test_they_are_found_by_day_event_assignee_and_state(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    bazaar = event(ledger, editor)
    first = add(ledger, editor, day=date(2026, 12, 4), assignee="ann").id
    second = add(ledger, editor).id
    third = add(ledger, editor, day=date(2026, 12, 9), event_id=bazaar).id

    def found(**search: Any) -> list[str]:
        return [one.id for one in ledger.coverages(CoverageSearch(**search)).items]

    assert found() == [first, second, third]
    assert found(first=DAY, last=DAY) == [second]
    assert found(first=DAY, last=DAY, event_ids=[bazaar]) == [second, third]
    assert found(event_ids=[bazaar]) == [third]
    assert found(assignee_id=reporter.id) == found(states=["assigned"]) == [first]
    page = ledger.coverages(CoverageSearch(), limit=2)
    assert [one.id for one in page.items] == [first, second]
    rest = ledger.coverages(CoverageSearch(), limit=2, cursor=page.next)
    assert ([one.id for one in rest.items], rest.next) == ([third], None)
    for made in ("a", "2026-12-05", "2026-12-05 \0", "x y", "\ud800 a"):
        with pytest.raises(InvalidInput):
            ledger.coverages(CoverageSearch(), cursor=made)


def test_a_draft_that_is_sent_files_it_and_a_withdrawal_opens_it(
    ledger: SqlLedger, editor: Token, reporter: Token
) -> None:
    draft = ledger.create_draft(reporter, {"headline": "Bridge opens"}, label="Bridge opens")
    coverage = add(ledger, editor, assignee="ann", draft_id=draft.id)
    assert ledger.file_sent_drafts() == 0
    sent = ledger.submit(story(reporter, draft=DraftVersion(id=draft.id, revision=draft.revision))).id
    assert ledger.file_sent_drafts() == 1
    filed = ledger.coverage(coverage.id)
    assert (filed.state, filed.story_id, filed.revision) == ("filed", sent, 2)
    assert (ledger.file_sent_drafts(), ledger.reopen_coverages()) == (0, 0)
    withdraw(ledger, sent, reporter)
    assert ledger.reopen_coverages() == 1
    opened = ledger.coverage(coverage.id)
    assert (opened.state, opened.story_id) == ("assigned", "")
    assert ledger.file_sent_drafts() == 0


def test_what_an_editor_opens_again_stays_open(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    draft = ledger.create_draft(reporter, {"headline": "Bridge opens"}, label="Bridge opens")
    coverage = add(ledger, editor, assignee="ann", draft_id=draft.id)
    ledger.submit(story(reporter, draft=DraftVersion(id=draft.id, revision=draft.revision)))
    ledger.file_sent_drafts()
    again = CoverageDetails(title="Bridge opens", day=DAY, assignee="ann", draft_id=draft.id)
    opened = ledger.change_coverage(coverage.id, again, editor, if_match=2)
    assert (opened.state, opened.counts_from > coverage.counts_from) == ("assigned", True)
    assert ledger.file_sent_drafts() == 0


def test_public_stories_of_events_are_told(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    bazaar = event(ledger, editor)
    told = ledger.submit(story(reporter)).id
    ledger.link_event(told, bazaar, editor)
    assert ledger.linked_stories([bazaar]) == []
    publish(ledger)
    [linked] = ledger.linked_stories([bazaar])
    assert (linked.story_id, linked.event_id, linked.owner_id, linked.has_pictures) == (
        told,
        bazaar,
        reporter.id,
        False,
    )
    coverage = add(ledger, editor, event_id=bazaar)
    assert [one.id for one in ledger.open_coverages(DAY)] == [coverage.id]
    assert ledger.open_coverages(DAY + timedelta(days=1)) == []
    assert ledger.file_coverage(coverage, told)
    assert not ledger.file_coverage(coverage, told)
    assert ledger.filed_forms([told]) == {told: frozenset({"text"})}
    ledger.unlink_event(told, bazaar, editor)
    assert ledger.linked_stories([bazaar]) == []


def test_texts_of_those_who_promised_are_told_once(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    mine = ledger.submit(story(reporter, "Ferry sinks")).id
    ledger.submit(story(editor))
    publish(ledger)
    due = ledger.promised_texts([reporter.id], limit=10)
    assert [(one.story_id, one.payload["headline"]) for one in due.texts] == [(mine, "Ferry sinks")]
    skipped = ledger.promised_texts([], limit=1)
    assert (skipped.texts, skipped.seen) == ([], ledger.last_change())
    ledger.note_promised_texts(due.seen)
    later = ledger.promised_texts([reporter.id], limit=10)
    assert (later.texts, later.seen, later.before) == ([], due.seen, due.seen)


def test_a_secret_address_opens_one_plan_until_the_next(ledger: SqlLedger, reporter: Token) -> None:
    assert ledger.plan_address_made(reporter.id) is None
    first = ledger.make_plan_address(reporter)
    reader = ledger.plan_reader(first)
    assert reader and reader.id == reporter.id
    second = ledger.make_plan_address(reporter)
    assert ledger.plan_reader(first) is None
    assert ledger.plan_reader(second)
    assert ledger.plan_address_made(reporter.id)
    ledger.revoke_token("ann")
    assert ledger.plan_reader(second) is None


def test_one_mail_a_morning(ledger: SqlLedger) -> None:
    assert ledger.claim_plan_mail(DAY, "a")
    assert not ledger.claim_plan_mail(DAY, "a")
    assert ledger.claim_plan_mail(DAY, "b")
    ledger.release_plan_mail(DAY, "a")
    assert ledger.claim_plan_mail(DAY, "a")
    assert ledger.claim_plan_mail(DAY + timedelta(days=1), "a")
