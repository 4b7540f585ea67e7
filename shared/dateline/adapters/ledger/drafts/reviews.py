"""Drafts with the editors: a round each time that one is sent to them, until somebody decides on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.draft_tables import draft_assignments, draft_reviews, drafts
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.pages import page_by_time
from dateline.adapters.ledger.drafts.access import (
    check_may_decide,
    decision_in_words,
    is_to_review,
    is_writer,
    newest_round,
    seen_draft,
)
from dateline.adapters.ledger.drafts.drafts import draft_position, read_draft
from dateline.adapters.ledger.drafts.lines import lines_of, review_of
from dateline.errors import Conflict, NotAllowed, StaleRevision
from dateline.ports.ledger.drafts import Draft, DraftPage, Review, ReviewState
from dateline.ports.ledger.tokens import Token

_WAITS: Final = draft_reviews.c.state == "to_review"


class SqlReviews(SqlPart):
    """``ports.ledger.reviews.Reviews`` in SQL."""

    def ask_review(self, draft_id: str, by: Token, *, section: str, if_match: int) -> Draft:
        with writing(self._engine) as connection:
            row, at = seen_draft(connection, draft_id, by, lock=True), now(connection)
            if row.item_id is not None:
                raise Conflict(f"This draft was sent, and became the story {row.item_id}.")
            if not is_writer(connection, row, by):
                raise NotAllowed("Its owner sends it to the editors, or who was given it.")
            if not is_to_review(connection, draft_id):
                _check_revision(row, if_match)
                add_round(connection, row, at, asked_by=by.name, section=section)
                record_audit(connection, at, by, "review-ask", subject=draft_id, revision=row.revision, detail=section)
            return read_draft(connection, row)

    def return_draft(self, draft_id: str, by: Token, *, notes: str, if_match: int) -> Draft:
        with writing(self._engine) as connection:
            row, at = seen_draft(connection, draft_id, by, lock=True), now(connection)
            check_may_decide(connection, row, by)
            _check_waits(connection, draft_id)
            _check_revision(row, if_match)
            decide(connection, draft_id, at, by, "returned", notes)
            record_audit(connection, at, by, "review-return", subject=draft_id, revision=row.revision)
            return read_draft(connection, row)

    def take_back_draft(self, draft_id: str, by: Token) -> Draft:
        with writing(self._engine) as connection:
            row, at = seen_draft(connection, draft_id, by, lock=True), now(connection)
            if not is_writer(connection, row, by):
                raise NotAllowed("Its owner takes it back, or who was given it.")
            _check_waits(connection, draft_id)
            decide(connection, draft_id, at, by, "taken_back")
            record_audit(connection, at, by, "review-take-back", subject=draft_id, revision=row.revision)
            return read_draft(connection, row)

    def drafts_to_review(self, *, limit: int = 20, cursor: str | None = None) -> DraftPage:
        chosen = select(drafts, draft_reviews.c.asked_at).join(draft_reviews, _IS_OF_DRAFT).where(_WAITS)
        after = None if cursor is None else draft_position(cursor)
        with reading(self._engine) as connection:
            rows, following = page_by_time(
                connection, chosen, (draft_reviews.c.asked_at, drafts.c.id), limit, after, oldest_first=True
            )
            return DraftPage(drafts=lines_of(connection, rows), next=following)

    def count_to_review(self, by: Token) -> int:
        given = draft_assignments.c.draft_id == drafts.c.id
        writer = func.coalesce(draft_assignments.c.writer_id, drafts.c.owner_id)
        joined = draft_reviews.join(drafts, _IS_OF_DRAFT).outerjoin(draft_assignments, given)
        chosen = select(func.count()).select_from(joined).where(_WAITS, writer != by.id)
        with reading(self._engine) as connection:
            return connection.execute(chosen).scalar_one()

    def reviews_of_story(self, story_id: str) -> tuple[Review, ...]:
        out = select(draft_reviews).join(drafts, _IS_OF_DRAFT).where(draft_reviews.c.state == "out")
        chosen = out.where(drafts.c.item_id == story_id).order_by(draft_reviews.c.decided_at)
        with reading(self._engine) as connection:
            return tuple(map(review_of, connection.execute(chosen)))


_IS_OF_DRAFT: Final = draft_reviews.c.draft_id == drafts.c.id


def add_round(connection: Connection, row: Row[Any], at: datetime, *, asked_by: str, section: str) -> None:
    """Let a draft be with the editors from now on."""
    rounds = select(func.coalesce(func.max(draft_reviews.c.round), 0)).where(draft_reviews.c.draft_id == row.id)
    connection.execute(
        insert(draft_reviews).values(
            draft_id=row.id, round=connection.execute(rounds).scalar_one() + 1, state="to_review", section=section,
            asked_at=at, asked_by=asked_by, decided_by="", notes="",
        )
    )  # fmt: skip


def decide(connection: Connection, draft_id: str, at: datetime, by: Token, state: ReviewState, notes: str = "") -> None:
    """End the round that a draft is in."""
    decided = {"state": state, "decided_at": at, "decided_by": by.name, "notes": notes}
    connection.execute(update(draft_reviews).where(draft_reviews.c.draft_id == draft_id, _WAITS).values(decided))


def _check_waits(connection: Connection, draft_id: str) -> None:
    if not is_to_review(connection, draft_id):
        raise Conflict(decision_in_words(newest_round(connection, draft_id)))


def _check_revision(row: Row[Any], if_match: int) -> None:
    if row.revision != if_match:
        raise StaleRevision(f'The newest revision is "{row.revision}"; read it, and decide on that.')
