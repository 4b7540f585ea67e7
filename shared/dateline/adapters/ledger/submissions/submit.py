"""Putting revisions on record: what may be written, and what it makes of the item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.submissions.unit_of_work import Draft, Drafts, NewRevision, as_text, external_key
from dateline.adapters.ledger.vocabulary.proposals import record_term_edits
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import Conflict, InvalidInput, NotAllowed, NotFound, Permanent, RevisionRequired, StaleRevision
from dateline.ports.ledger.items import State
from dateline.ports.ledger.submissions import Earlier, Receipt, Submission
from dateline.ports.ledger.tokens import Token


def submit_all(connection: Connection, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
    """Put each on record that may be; the others get their error. One transaction, a fixed number of statements; and
    one more for each that follows what came under its external id."""
    drafts = Drafts(connection, submissions, now(connection))
    answers: list[Receipt | Exception] = []
    edited: list[str] = []
    for submission in submissions:
        try:
            receipt = _submit(drafts, submission)
        except Permanent as refusal:
            answers.append(refusal)
            continue
        answers.append(receipt)
        if receipt.changed:
            made = [_make_term(drafts, term, submission.by) for term in submission.new_terms]
            edited += [key for key in [*made, receipt.id if submission.kind == "term" else ""] if key]
    drafts.write()
    record_term_edits(connection, drafts.at, edited)
    return answers


def _submit(drafts: Drafts, submission: Submission) -> Receipt:
    if repeat := _repeat(drafts, submission):
        return repeat
    draft = _find(drafts, submission)
    if draft is None:
        draft = _new(submission)
        drafts.add(draft)
    elif same := _unchanged(draft, submission):
        drafts.keep_key(submission, same)
        return same
    elif submission.following and submission.item_id is None:
        submission = _following(drafts, draft, submission)
    receipt = _revise(draft, submission, drafts.at)
    drafts.keep_key(submission, receipt)
    return receipt


def _repeat(drafts: Drafts, submission: Submission) -> Receipt | None:
    """The first answer to this idempotency key, if there was one."""
    if submission.idempotency is None:
        return None
    digest, receipt = drafts.receipts.get((submission.by.name, submission.idempotency.key), ("", None))
    if receipt is not None and digest != submission.idempotency.digest:
        raise InvalidInput(f"the Idempotency-Key {submission.idempotency.key!r} was used for another body")
    return receipt


def _find(drafts: Drafts, submission: Submission) -> Draft | None:
    """The item a submission is about, once it is sure that it may write it; None for a new one."""
    if submission.item_id is None:
        draft = drafts.find_external(external_key(submission)) if submission.external_id else None
        if draft is not None:
            _allow(draft, submission)
        return draft
    draft = drafts.find(submission.item_id)
    if draft is None or draft.kind != submission.kind:
        if submission.kind == "term" and submission.action == "submit" and submission.if_match is None:
            return None
        raise NotFound(f"there is no {submission.kind} {submission.item_id}")
    _allow(draft, submission)
    if submission.if_match is None and not (draft.kind == "term" and draft.withdrawn):
        raise RevisionRequired(f"name the revision you started from (If-Match); the newest is {draft.newest_revision}")
    if submission.if_match is not None and submission.if_match != draft.newest_revision:
        raise StaleRevision(f"revision {submission.if_match} was overtaken; the newest is {draft.newest_revision}")
    return draft


def _allow(draft: Draft, submission: Submission) -> None:
    if submission.by.role != "editor" and draft.owner != submission.by.name:
        raise NotAllowed(f"this {draft.kind} belongs to another reporter")
    if draft.withdrawn and (draft.kind != "term" or submission.action == "withdraw"):
        raise Conflict(f"this {draft.kind} was withdrawn, and stays so")


def _unchanged(draft: Draft, submission: Submission) -> Receipt | None:
    """The newest revision's receipt, when the same content came under the same external id again."""
    if submission.item_id is not None or submission.external_digest != draft.external_digest:
        return None
    return _receipt(draft, changed=False)


def _following(drafts: Drafts, draft: Draft, submission: Submission) -> Submission:
    """``submission`` with the payload it has after the newest revision of its item."""
    payload = drafts.newest_payload(draft)
    if payload is None or submission.following is None:
        return submission
    published = draft.published_revision is not None
    earlier = Earlier(payload=payload, embargo_until=draft.embargo_until, published=published)
    return replace(submission, payload=submission.following(earlier))


def _new(submission: Submission) -> Draft:
    _, scope, external_id = external_key(submission)
    return Draft(
        id=submission.item_id or new_id(),
        kind=submission.kind,
        owner=submission.by.name,
        external_source=submission.external_source if external_id else "",
        external_scope=scope if external_id else "",
        external_id=external_id,
        is_new=True,
    )


def _revise(draft: Draft, submission: Submission, at: datetime) -> Receipt:
    embargo = draft.embargo_until if submission.keep_embargo else submission.embargo_until
    withdraw = submission.action == "withdraw"
    held = embargo is not None and embargo > at and not withdraw
    never_seen = withdraw and draft.newest_state == "held" and not draft.published_revision and not draft.leased
    state: State = "withdrawn" if never_seen else "held" if held else "accepted"
    waiting = draft.due_at is not None and draft.due_at <= at
    _overtake(draft)
    draft.newest_revision += 1
    draft.newest_action, draft.newest_state, draft.received_at = submission.action, state, at
    draft.embargo_until = embargo if held else None
    draft.lane = min(draft.lane, submission.lane) if waiting else submission.lane
    if never_seen:
        draft.due_at = None
    elif held and not (waiting and draft.published_revision):
        draft.due_at = embargo
    elif not waiting:
        draft.due_at = at
    draft.size = len(as_text(submission.payload))
    draft.label, draft.section = submission.label or draft.label, submission.section or draft.section
    if submission.external_id and submission.item_id is None:
        draft.external_digest = submission.external_digest
    draft.added.append(
        NewRevision(
            revision=draft.newest_revision,
            action=submission.action,
            state=state,
            by=submission.by.name,
            note=submission.note,
            payload=None if set(submission.payload) <= {"schema"} else submission.payload,
        )
    )
    return _receipt(draft)


def _overtake(draft: Draft) -> None:
    """The newest revision will not be published any more, unless it already is (or a worker is just at it)."""
    if draft.newest_revision == 0 or draft.newest_state not in ("accepted", "held", "quarantined"):
        return
    if draft.added:
        draft.added[-1].state = "superseded"
    else:
        draft.overtaken.append(draft.newest_revision)


def _receipt(draft: Draft, *, changed: bool = True) -> Receipt:
    assert draft.received_at is not None
    return Receipt(
        id=draft.id,
        kind=draft.kind,
        revision=draft.newest_revision,
        state=draft.newest_state,
        received_at=draft.received_at,
        changed=changed,
    )


def _make_term(drafts: Drafts, term: Term, by: Token) -> str:
    """Make a term that a story named first; its key, or '' when it was there."""
    if drafts.find(term.key):
        return ""
    submission = Submission(kind="term", item_id=term.key, payload=to_payload(term), by=by, label=term.label)
    draft = _new(submission)
    drafts.add(draft)
    _revise(draft, submission, drafts.at)
    return term.key
