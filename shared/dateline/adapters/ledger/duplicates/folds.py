"""Which story stands behind which: what changes of it, and that both are due again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, delete, or_, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.duplicate_tables import folds
from dateline.adapters.ledger.database.engine import upsert
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


def leader_of(connection: Connection, item_id: str) -> str | None:
    """The story that this one stands behind."""
    found: str | None = connection.execute(select(folds.c.leader_id).where(folds.c.item_id == item_id)).scalar()
    return found


def put_behind(connection: Connection, at: datetime, item_id: str, leader_id: str, by: Token) -> None:
    """Let a story stand behind ``leader_id``, with those that stood behind it."""
    before = leader_of(connection, item_id)
    behind = connection.execute(select(folds.c.item_id).where(folds.c.leader_id == item_id)).scalars().all()
    connection.execute(update(folds).where(folds.c.leader_id == item_id).values(leader_id=leader_id))
    row = upsert(connection)(folds).values(item_id=item_id, leader_id=leader_id, at=at, by=by.name)
    changed = {"leader_id": leader_id, "at": at, "by": by.name}
    connection.execute(row.on_conflict_do_update(index_elements=["item_id"], set_=changed))
    _make_due(connection, at, {item_id, leader_id, *behind, *filter(None, [before])})


def bring_out(connection: Connection, at: datetime, item_id: str) -> None:
    """Let a story stand for itself again."""
    if leader := leader_of(connection, item_id):
        connection.execute(delete(folds).where(folds.c.item_id == item_id))
        _make_due(connection, at, {item_id, leader})


def end_folds(connection: Connection, at: datetime, gone: Collection[str]) -> None:
    """Let nothing stand behind stories that readers get no more: of those that did, the oldest public one leads."""
    touched = or_(in_list(folds.c.item_id, gone), in_list(folds.c.leader_id, gone))
    rows = connection.execute(select(folds).where(touched).order_by(folds.c.leader_id, folds.c.item_id)).all()
    if not rows:
        return
    connection.execute(delete(folds).where(in_list(folds.c.item_id, [row.item_id for row in rows])))
    for leader_id, group in groupby(rows, key=attrgetter("leader_id")):
        left = [row for row in group if row.item_id not in gone]
        _make_due(connection, at, {leader_id, *(row.item_id for row in left)} - set(gone))
        if leader_id in gone and (next_leader := _oldest_public(connection, [row.item_id for row in left])):
            again = [{**row._mapping, "leader_id": next_leader} for row in left if row.item_id != next_leader]
            for row in again:
                connection.execute(upsert(connection)(folds).values(row))


def _oldest_public(connection: Connection, ids: Sequence[str]) -> str | None:
    public = select(items.c.id).where(in_list(items.c.id, ids), items.c.published_revision.is_not(None))
    found: str | None = connection.execute(public.order_by(items.c.id).limit(1)).scalar()
    return found


def _make_due(connection: Connection, at: datetime, ids: Collection[str]) -> None:
    connection.execute(update(claims).where(in_list(claims.c.item_id, ids)).values(due_again(at, Lane.LIVE)))
