"""Submitting: a batch of submissions becomes revisions on record, each with its receipt or its own error.

Three steps: read the items that the batch touches (``unit_of_work``), decide in memory what each submission makes of
them (here, with the rules of ``tracked_item``), and write what changed (``unit_of_work`` again).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.duplicates.comparisons import forget_comparisons
from dateline.adapters.ledger.duplicates.folds import end_folds
from dateline.adapters.ledger.events.proposals import record_acceptance
from dateline.adapters.ledger.submissions.tracked_item import TrackedItem
from dateline.adapters.ledger.submissions.unit_of_work import UnitOfWork
from dateline.adapters.ledger.vocabulary.proposals import record_decision
from dateline.adapters.ledger.vocabulary.term_changes import record_term_edits
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import InvalidInput, LedgerUnavailable, NotFound, Permanent
from dateline.ports.ledger.submissions import Earlier, Idempotency, Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import ProposalDecision

RACES: Final = 3
"""How often a batch is tried again when another process put the same external id or key on record first."""

T = TypeVar("T")


class SqlSubmissions(SqlPart):
    """``ports.ledger.submissions.Submissions`` in SQL: the submitting half."""

    def submit(self, submission: Submission) -> Receipt:
        [answer] = self.submit_many([submission])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        return self._retry_races(lambda connection: _submit_batch(connection, submissions))

    def preview_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        return self._retry_races(lambda connection: _submit_batch(connection, submissions), keep=False)

    def submit_all(
        self, submissions: Sequence[Submission], *, decisions: Sequence[ProposalDecision] = (), by: Token
    ) -> tuple[Receipt, ...]:
        def all_or_nothing(connection: Connection) -> tuple[Receipt, ...]:
            receipts = submit_each(connection, submissions)
            for decision in decisions:
                record_decision(connection, decision, by)
            return receipts

        return self._retry_races(all_or_nothing)

    def first_receipt(self, by: Token, idempotency: Idempotency) -> Receipt | None:
        asked = Submission(kind="event", payload={}, by=by, idempotency=idempotency)
        with reading(self._engine) as connection:
            return _first_receipt(UnitOfWork(connection, [asked], now(connection)), asked)

    def accept_proposed_event(self, proposal_id: str, submission: Submission) -> Receipt:
        def accept(connection: Connection) -> Receipt:
            [answer] = _submit_batch(connection, [submission])
            if isinstance(answer, Exception):
                raise answer
            if answer.changed:  # else it repeats an accepted one's Idempotency-Key
                record_acceptance(connection, proposal_id, answer.id, submission.by)
            return answer

        return self._retry_races(accept)

    def _retry_races(self, work: Callable[[Connection], T], *, keep: bool = True) -> T:
        for _ in range(RACES):
            try:
                with writing(self._engine) as connection:
                    done = work(connection)
                    if not keep:
                        connection.rollback()
                    return done
            except IntegrityError as raced:
                reason = str(raced.orig)
        raise LedgerUnavailable(f"another writer was faster {RACES} times: {reason}")


def submit_each(connection: Connection, submissions: Sequence[Submission]) -> tuple[Receipt, ...]:
    """Put all of them on record; raises what refuses one."""
    receipts: list[Receipt] = []
    for answer in _submit_batch(connection, submissions):
        if isinstance(answer, Exception):
            raise answer
        receipts.append(answer)
    return tuple(receipts)


def _submit_batch(connection: Connection, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
    """Put each on record that may be; the others get their error. A fixed number of statements, and one more for each
    that follows what came under its external id."""
    work = UnitOfWork(connection, submissions, now(connection))
    answers: list[Receipt | Exception] = []
    edited_terms: list[str] = []
    still: set[str] = set()
    for submission in submissions:
        try:
            receipt = _submit_one(work, submission)
        except Permanent as refusal:
            answers.append(refusal)
            continue
        answers.append(receipt)
        if receipt.changed:
            edited_terms += [term.key for term in submission.new_terms if _make_term(work, term, submission.by)]
            edited_terms += [receipt.id] if submission.kind == "term" else []
            still |= set() if submission.retags else {receipt.id}
    work.write()
    _end_pairs(connection, work)
    record_term_edits(connection, work.at, edited_terms, still)
    return answers


def _end_pairs(connection: Connection, work: UnitOfWork) -> None:
    """What is withdrawn is like nothing, and nothing stands behind it."""
    if gone := work.withdrawn():
        forget_comparisons(connection, gone)
        end_folds(connection, work.at, gone)


def _submit_one(work: UnitOfWork, submission: Submission) -> Receipt:
    if repeated := _first_receipt(work, submission):
        return repeated
    if known := work.pictures.receipt(submission):
        return work.keep_receipt(submission, known)
    item = _find_item(work, submission)
    if item is None:
        item = TrackedItem.of_submission(submission)
        item.owner, item.owner_id = work.drafts.owner(submission)
        work.add(item)
    elif item.came_before(submission):
        return work.keep_receipt(submission, replace(item.receipt(changed=False), unchanged=True))
    elif item.is_taken_by(submission):
        submission = _first_of(submission)
    elif submission.following and submission.item_id is None:
        following = submission.following(_earlier(work, item))
        if isinstance(following, str):
            return replace(item.receipt(changed=False), older=following == "older", unchanged=following == "repeat")
        submission = following
    receipt = item.add_revision(submission, work.at)
    work.pictures.keep(submission, receipt)
    return work.keep_receipt(submission, receipt)


def _first_receipt(work: UnitOfWork, submission: Submission) -> Receipt | None:
    """The first answer to this draft or idempotency key, if there was one."""
    if sent := work.drafts.first_receipt(submission):
        return sent
    if submission.idempotency is None:
        return None
    digest, receipt = work.receipts.get((submission.by.namespace, submission.idempotency.key), ("", None))
    if receipt is not None and digest != submission.idempotency.digest:
        raise InvalidInput(f"the Idempotency-Key {submission.idempotency.key!r} was used for another body")
    return receipt


def _find_item(work: UnitOfWork, submission: Submission) -> TrackedItem | None:
    """The item a submission is about, once it is sure that it may write it; None for a new one."""
    if submission.item_id is None:
        if not submission.external_id:
            return None
        work.rights.check(submission)
        item = work.find_external(submission)
        if item is not None:
            item.check_writer(submission)
        work.rights.take(submission)
        return item
    item = work.find(submission.item_id)
    if item is None or item.kind != submission.kind:
        if submission.kind in ("term", "front") and submission.action == "submit" and submission.if_match is None:
            return None
        raise NotFound(f"there is no {submission.kind} {submission.item_id}")
    item.check_writer(submission)
    item.check_revision(submission)
    return item


def _first_of(submission: Submission) -> Submission:
    """``submission`` as if nothing stood under its external id: neither its date, its version nor a hold."""
    first = submission.following(Earlier(payload={})) if submission.following else submission
    return replace(submission if isinstance(first, str) else first, keep_embargo=False)


def _earlier(work: UnitOfWork, item: TrackedItem) -> Earlier:
    """What a revision of ``item`` follows."""
    return Earlier(
        payload=work.newest_payload(item) or {},
        embargo_until=item.embargo_until,
        published=item.published_revision is not None,
        withdrawn=item.withdrawn,
    )


def _make_term(work: UnitOfWork, term: Term, by: Token) -> bool:
    """Make a term that a story named first; False when it was there."""
    if work.find(term.key):
        return False
    submission = Submission(kind="term", item_id=term.key, payload=to_payload(term), by=by, label=term.label)
    item = TrackedItem.of_submission(submission)
    work.add(item)
    item.add_revision(submission, work.at)
    return True
