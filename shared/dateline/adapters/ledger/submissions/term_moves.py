"""Merges, splits and retirements of terms in SQL: what they changed, so that it can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import now, reading
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.tables import editor_tags
from dateline.adapters.ledger.database.vocabulary_tables import term_move_tags, term_moves
from dateline.adapters.ledger.submissions.submit import SqlSubmissions, submit_each
from dateline.adapters.ledger.vocabulary.retag_jobs import make_idle_due
from dateline.domain.tag import TagRef, TagType
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.term_moves import UNDONE_WITHIN, NewMove, SaidTag, TermMove
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

_Said = tuple[str, TagType, str]
"""Item, type and slug."""


class SqlTermMoves(SqlSubmissions):
    """``ports.ledger.term_moves.TermMoves`` in SQL."""

    def move_terms(self, move: NewMove, submissions: Sequence[Submission], by: Token) -> tuple[str, Sequence[Receipt]]:
        def record(connection: Connection) -> tuple[str, Sequence[Receipt]]:
            receipts = submit_each(connection, submissions)
            return _record_move(connection, move, receipts, by), receipts

        return self._retry_races(record)

    def term_move(self, move_id: str) -> TermMove:
        with reading(self._engine) as connection:
            return _move(_row(connection, move_id))

    def term_moves(self, key: str) -> Sequence[TermMove]:
        with reading(self._engine) as connection:
            recent = term_moves.c.at > now(connection) - UNDONE_WITHIN
            chosen = select(term_moves).where(recent, term_moves.c.undone_at.is_(None))
            rows = connection.execute(chosen.order_by(term_moves.c.at.desc(), term_moves.c.id.desc())).all()
        return [move for move in map(_move, rows) if key in move.revisions]

    def undo_move(self, move_id: str, submissions: Sequence[Submission], by: Token) -> Sequence[Receipt]:
        def undo(connection: Connection) -> Sequence[Receipt]:
            at = now(connection)
            move = _move(_row(connection, move_id, locked=True))
            if move.undone_at is not None:
                raise Conflict("This was undone already.")
            if move.at < at - UNDONE_WITHIN:
                raise Conflict("This is more than a day old: it can't be undone any more.")
            receipts = submit_each(connection, submissions)
            _take_back(connection, move_id)
            connection.execute(update(term_moves).where(term_moves.c.id == move_id).values(undone_at=at))
            record_audit(connection, at, by, f"term-{move.kind}-undone", subject=move.key)
            return receipts

        return self._retry_races(undo)

    def said_of_tag(self, tag: TagRef) -> Mapping[str, bool]:
        chosen = select(editor_tags).where(editor_tags.c.type == tag.type, editor_tags.c.slug == tag.slug)
        with reading(self._engine) as connection:
            return {row.item_id: row.added for row in connection.execute(chosen)}


def _record_move(connection: Connection, move: NewMove, receipts: Sequence[Receipt], by: Token) -> str:
    at, move_id = now(connection), new_id()
    after = {receipt.id: receipt.revision for receipt in receipts}
    revisions = {key: [revision, after[key]] for key, revision in move.before.items() if key in after}
    kept = {"id": move_id, "kind": move.kind, "key": move.key, "before": json.dumps(revisions), "at": at, "by": by.name}
    connection.execute(insert(term_moves).values(kept))
    _say(connection, move_id, move.tags)
    record_audit(connection, at, by, f"term-{move.kind}", subject=move.key, detail=" ".join(sorted(revisions)))
    return move_id


def _say(connection: Connection, move_id: str, tags: Sequence[SaidTag]) -> None:
    """Let these be editors' words, and keep what was said before."""
    said = {(one.item_id, one.tag.type, one.tag.slug): one.added for one in tags}
    former = _said(connection, said)
    rows = [
        {"move_id": move_id, "item_id": item, "type": type, "slug": slug, "added": added, "former": former.get(key)}
        for key, added in said.items()
        for item, type, slug in (key,)
    ]
    insert_all(connection, term_move_tags, rows)
    _write(connection, said)


def _take_back(connection: Connection, move_id: str) -> None:
    """Give back the words that a move changed, and nobody since."""
    rows = connection.execute(select(term_move_tags).where(term_move_tags.c.move_id == move_id)).all()
    given = {(row.item_id, row.type, row.slug): row for row in rows}
    present = _said(connection, given)
    _write(connection, {key: row.former for key, row in given.items() if present.get(key) == row.added})


def _said(connection: Connection, keys: Mapping[_Said, Any]) -> dict[_Said, bool]:
    items = {item for item, *_ in keys}
    rows = connection.execute(select(editor_tags).where(in_list(editor_tags.c.item_id, items)))
    return {key: row.added for row in rows if (key := (row.item_id, row.type, row.slug)) in keys}


def _write(connection: Connection, said: Mapping[_Said, bool | None]) -> None:
    """Put words on record; None is that nothing is said any more."""
    for item, type, slug in said:
        own = editor_tags.c.item_id == item, editor_tags.c.type == type, editor_tags.c.slug == slug
        connection.execute(delete(editor_tags).where(*own))
    rows = [
        {"item_id": item, "type": type, "slug": slug, "added": added}
        for (item, type, slug), added in said.items()
        if added is not None
    ]
    insert_all(connection, editor_tags, rows)
    make_idle_due(connection, {item for item, *_ in said}, Lane.RETAG)


def _row(connection: Connection, move_id: str, *, locked: bool = False) -> Any:
    chosen = select(term_moves).where(term_moves.c.id == move_id)
    row = connection.execute(chosen.with_for_update() if locked else chosen).first()
    if row is None:
        raise NotFound(f"There is no move of terms {move_id!r}.")
    return row


def _move(row: Any) -> TermMove:
    revisions: dict[str, list[int]] = json.loads(row.before)
    at: datetime = row.at
    return TermMove(
        id=row.id, kind=row.kind, key=row.key, at=at, by=row.by, undone_at=row.undone_at,
        revisions={key: (before, after) for key, (before, after) in revisions.items()},
    )  # fmt: skip
