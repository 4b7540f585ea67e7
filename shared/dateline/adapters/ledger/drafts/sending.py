"""Drafts that become items, in the transaction of the submission: each becomes one, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, or_, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.draft_tables import drafts
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.drafts.access import check_may_write, is_to_review, is_writer, seen_draft, writer_of
from dateline.adapters.ledger.drafts.drafts import remove_drafts
from dateline.adapters.ledger.drafts.lines import sent_of
from dateline.adapters.ledger.drafts.reviews import add_round, decide
from dateline.errors import NotAllowed, NotFound, StaleRevision
from dateline.ports.ledger.submissions import DraftVersion, Receipt, Submission

_NOT_ITS_OWNER: Final = "Its owner sends it, or who was given it, or an editor whom it is shared with."


class SentDrafts:
    """The drafts that a batch of submissions sends."""

    def __init__(self, connection: Connection, submissions: Sequence[Submission]) -> None:
        self._connection = connection
        ids = {submission.draft.id for submission in submissions if submission.draft}
        self._rows: dict[str, Row[Any]] = {}
        if ids:
            chosen = select(drafts).where(in_list(drafts.c.id, ids)).order_by(drafts.c.id).with_for_update()
            self._rows = {row.id: row for row in connection.execute(chosen)}
        self._sent: dict[str, tuple[Submission, Receipt]] = {}

    def first_receipt(self, submission: Submission) -> Receipt | None:
        """What was answered when this draft was sent before.

        Raises ``NotFound``, ``NotAllowed`` for a reporter who isn't its owner, ``StaleRevision`` for a draft that was
        saved again since it was read.
        """
        if submission.draft is None:
            return None
        row = self._row(submission, submission.draft)
        if sent := self._sent[row.id][1] if row.id in self._sent else sent_of(row):
            return replace(sent, changed=False)
        check_may_write(self._connection, row, submission.by)
        if row.revision != submission.draft.revision:
            raise StaleRevision(f'The newest revision is "{row.revision}"; read it and send that.')
        return None

    def owner(self, submission: Submission) -> tuple[str, str]:
        """Whose the new item is: the draft's owner's, or of who was given it, whoever sends it."""
        if submission.draft is None or submission.external_id:
            return submission.by.name, submission.by.id
        return writer_of(self._connection, self._rows[submission.draft.id])

    def keep(self, submission: Submission, receipt: Receipt) -> None:
        """Remember what a draft became."""
        if submission.draft:
            self._sent[submission.draft.id] = submission, receipt

    def write(self) -> None:
        """Put on record what the drafts became, and who was the second pair of eyes."""
        for draft_id, (submission, sent) in self._sent.items():
            became = {"item_id": sent.id, "sent_revision": sent.revision, "sent_state": sent.state,
                      "sent_at": sent.received_at}  # fmt: skip
            self._connection.execute(update(drafts).where(drafts.c.id == draft_id).values(became))
            self._write_review(self._rows[draft_id], submission, sent)

    def _write_review(self, row: Row[Any], submission: Submission, sent: Receipt) -> None:
        connection, at, by = self._connection, sent.received_at, submission.by
        section = submission.draft.reviewed_for if submission.draft else ""
        if section and not is_to_review(connection, row.id):  # an editor who saw it sent it at once
            add_round(connection, row, at, asked_by=writer_of(connection, row)[0], section=section)
        if is_to_review(connection, row.id):
            decide(connection, row.id, at, by, "out")
            record_audit(connection, at, by, "review-out", subject=sent.id, revision=sent.revision, detail=row.id)

    def _row(self, submission: Submission, draft: DraftVersion) -> Row[Any]:
        row, by = self._rows.get(draft.id), submission.by
        if row is None:
            raise NotFound(f"There is no draft {draft.id}.")
        seen_draft(self._connection, draft.id, by)
        if by.role != "editor" and not is_writer(self._connection, row, by):
            raise NotAllowed(_NOT_ITS_OWNER)
        return row


def erase_drafts(connection: Connection, *, item_id: str = "", draft_id: str = "") -> int:
    """Take out the drafts that became an item or correct it, or one by its id, with all texts; how many texts there
    were."""
    of_item = or_(drafts.c.item_id == item_id, drafts.c.corrects == item_id)
    which = of_item if item_id else drafts.c.id == draft_id
    ids = connection.execute(select(drafts.c.id).where(which)).scalars().all()
    return remove_drafts(connection, ids) if ids else 0
