"""Drafts that are given to a colleague: who writes them, with what note, until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.draft_tables import draft_assignments, drafts
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.owners import live_writers
from dateline.adapters.ledger.database.pages import page_by_time
from dateline.adapters.ledger.drafts.access import is_seen, is_to_review, unseen
from dateline.adapters.ledger.drafts.drafts import draft_position, read_draft
from dateline.adapters.ledger.drafts.lines import lines_of
from dateline.errors import Conflict, FieldError, InvalidInput, NotAllowed
from dateline.ports.ledger.drafts import Draft, DraftPage
from dateline.ports.ledger.tokens import Token


class SqlAssignments(SqlPart):
    """``ports.ledger.reviews.Assignments`` in SQL."""

    def assign_draft(self, draft_id: str, by: Token, *, to: str, note: str, until: datetime | None = None) -> Draft:
        with writing(self._engine) as connection:
            row, at = _given_away(connection, draft_id, by), now(connection)
            known = live_writers(connection, at, [to])
            if to not in known:
                nobody = FieldError("/to", f"Nobody who writes is named {to!r}.")
                raise InvalidInput("A draft is given to those who write.", (nobody,))
            given = {"writer_id": known[to], "name": to, "note": note, "until": until, "assigned_at": at,
                     "assigned_by": by.name}  # fmt: skip
            made = upsert(connection)(draft_assignments).values(draft_id=draft_id, **given)
            connection.execute(made.on_conflict_do_update(index_elements=["draft_id"], set_=given))
            record_audit(connection, at, by, "draft-assign", subject=draft_id, detail=to)
            return read_draft(connection, row)

    def unassign_draft(self, draft_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            _given_away(connection, draft_id, by)
            gone = delete(draft_assignments).where(draft_assignments.c.draft_id == draft_id)
            name = connection.execute(gone.returning(draft_assignments.c.name)).scalar()
            if name is not None:
                record_audit(connection, now(connection), by, "draft-unassign", subject=draft_id, detail=name)

    def assigned_drafts(self, *, limit: int = 20, cursor: str | None = None) -> DraftPage:
        given = draft_assignments.c.draft_id == drafts.c.id
        chosen = select(drafts, draft_assignments.c.assigned_at).join(draft_assignments, given)
        order = draft_assignments.c.assigned_at, drafts.c.id
        after = None if cursor is None else draft_position(cursor)
        with reading(self._engine) as connection:
            rows, following = page_by_time(connection, chosen.where(drafts.c.item_id.is_(None)), order, limit, after)
            return DraftPage(drafts=lines_of(connection, rows), next=following)


def _given_away(connection: Connection, draft_id: str, by: Token) -> Row[Any]:
    """The row of a draft that ``by`` may give to somebody."""
    given = drafts.c.id.in_(select(draft_assignments.c.draft_id))
    chosen = select(drafts).where(drafts.c.id == draft_id, or_(is_seen(by), given))
    row = connection.execute(chosen.with_for_update()).first() if by.id else None
    if row is None:
        raise unseen(connection, draft_id, by)
    if by.role != "editor":
        raise NotAllowed("Editors say who writes what.")
    if row.item_id is not None:
        raise Conflict(f"This draft was sent, and became the story {row.item_id}.")
    if is_to_review(connection, draft_id):
        raise Conflict("It is with the editors; nobody else is given it now.")
    return row
