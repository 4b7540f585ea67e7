"""Which story stands behind which: what changes of it, and that both are due again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.duplicate_tables import duplicates, folds
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
    """Let a story stand behind ``leader_id``, and those that stood behind it too, where they are pairs with it."""
    before = leader_of(connection, item_id)
    behind = connection.execute(select(folds.c.item_id).where(folds.c.leader_id == item_id)).scalars().all()
    following = _pair_up(connection, behind, leader_id)
    connection.execute(update(folds).where(in_list(folds.c.item_id, following)).values(leader_id=leader_id))
    connection.execute(delete(folds).where(folds.c.leader_id == item_id))
    left = set(behind) - set(following)
    connection.execute(update(duplicates).where(_between(left, item_id)).values(status="open"))
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
    """Let nothing stand behind stories that readers get no more: of those that did, the oldest public one leads, and
    those that are a pair with it stand behind it."""
    touched = or_(in_list(folds.c.item_id, gone), in_list(folds.c.leader_id, gone))
    rows = connection.execute(select(folds).where(touched).order_by(folds.c.leader_id, folds.c.item_id)).all()
    if not rows:
        return
    connection.execute(delete(folds).where(in_list(folds.c.item_id, [row.item_id for row in rows])))
    for leader_id, group in groupby(rows, key=attrgetter("leader_id")):
        left = [row for row in group if row.item_id not in gone]
        _make_due(connection, at, {leader_id, *(row.item_id for row in left)} - set(gone))
        if leader_id in gone and (next_leader := _oldest_public(connection, [row.item_id for row in left])):
            following = _pair_up(connection, [row.item_id for row in left], next_leader)
            for row in left:
                if row.item_id in following:
                    connection.execute(insert(folds).values({**row._mapping, "leader_id": next_leader}))


def _pair_up(connection: Connection, ids: Sequence[str], leader_id: str) -> list[str]:
    """Those of the stories that are a pair with a new leader, which is folded now, so that it can be unfolded."""
    alike = _between(ids, leader_id), duplicates.c.status != "different"
    folded = update(duplicates).where(*alike).values(status="folded")
    rows = connection.execute(folded.returning(duplicates.c.item_id, duplicates.c.other_id)).all()
    return [row.other_id if row.item_id == leader_id else row.item_id for row in rows]


def _between(ids: Collection[str], item_id: str) -> ColumnElement[bool]:
    """Pairs of one of these stories with another."""
    later = (duplicates.c.other_id == item_id) & in_list(duplicates.c.item_id, ids)
    earlier = (duplicates.c.item_id == item_id) & in_list(duplicates.c.other_id, ids)
    return or_(later, earlier)


def _oldest_public(connection: Connection, ids: Sequence[str]) -> str | None:
    public = select(items.c.id).where(in_list(items.c.id, ids), items.c.published_revision.is_not(None))
    found: str | None = connection.execute(public.order_by(items.c.id).limit(1)).scalar()
    return found


def _make_due(connection: Connection, at: datetime, ids: Collection[str]) -> None:
    connection.execute(update(claims).where(in_list(claims.c.item_id, ids)).values(due_again(at, Lane.LIVE)))
