"""Drafts as lists show them: their rows, the rounds that they had with the editors, and whom they were given to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.adapters.ledger.database.draft_tables import draft_assignments, draft_reviews, draft_shares
from dateline.adapters.ledger.database.in_list import in_list
from dateline.ports.ledger.drafts import Assignment, DraftSummary, Review
from dateline.ports.ledger.submissions import Receipt


def lines_of(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[DraftSummary, ...]:
    """The lines of these rows of drafts."""
    ids = [row.id for row in rows]
    if not ids:
        return ()
    shared = set(
        connection.execute(select(draft_shares.c.draft_id).where(in_list(draft_shares.c.draft_id, ids))).scalars()
    )
    rounds, assigned = rounds_of(connection, ids), assignments_of(connection, ids)
    return tuple(
        DraftSummary(
            **line_of(row),
            shared=row.id in shared,
            review=rounds[row.id][-1] if row.id in rounds else None,
            assignment=assigned.get(row.id),
        )
        for row in rows
    )


def line_of(row: Row[Any]) -> dict[str, Any]:
    """What a draft's own row says of it."""
    return {
        "id": row.id, "owner": row.owner, "owner_id": row.owner_id, "label": row.label, "revision": row.revision,
        "created_at": row.created_at, "updated_at": row.updated_at, "sent": sent_of(row),
        "corrects": row.corrects or "",
    }  # fmt: skip


def sent_of(row: Row[Any]) -> Receipt | None:
    """What was answered when the draft of a row was sent."""
    if row.item_id is None:
        return None
    return Receipt(
        id=row.item_id, kind="story", revision=row.sent_revision, state=row.sent_state, received_at=row.sent_at,
        changed=False,
    )  # fmt: skip


def rounds_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Review]]:
    """The rounds of those of these drafts that had any, oldest first."""
    found: dict[str, list[Review]] = {}
    chosen = select(draft_reviews).where(in_list(draft_reviews.c.draft_id, ids)).order_by(draft_reviews.c.round)
    for row in connection.execute(chosen):
        found.setdefault(row.draft_id, []).append(review_of(row))
    return found


def review_of(row: Row[Any]) -> Review:
    """The round of a row."""
    return Review(
        state=row.state, section=row.section, asked_at=row.asked_at, asked_by=row.asked_by, decided_at=row.decided_at,
        decided_by=row.decided_by, notes=row.notes,
    )  # fmt: skip


def assignments_of(connection: Connection, ids: Sequence[str]) -> dict[str, Assignment]:
    """Who was given those of these drafts that somebody was given."""
    chosen = select(draft_assignments).where(in_list(draft_assignments.c.draft_id, ids))
    return {
        row.draft_id: Assignment(
            writer=row.name, writer_id=row.writer_id, note=row.note, until=row.until, assigned_at=row.assigned_at,
            assigned_by=row.assigned_by,
        )
        for row in connection.execute(chosen)
    }  # fmt: skip
