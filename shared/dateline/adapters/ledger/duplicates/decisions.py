"""Pairs of similar stories as editors see them, and their word on each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.duplicate_tables import duplicates, folds
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.adapters.ledger.duplicates.folds import bring_out, leader_of, put_behind
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.errors import Conflict, InvalidInput, NotFound
from dateline.ports.ledger.duplicates import Decision, Duplicate, DuplicatePage, DuplicateStatus
from dateline.ports.ledger.tokens import Token

_LATER = items.alias("later")
_EARLIER = items.alias("earlier")


class SqlDuplicates(SqlPart):
    """The deciding half of ``ports.ledger.duplicates.Duplicates`` in SQL."""

    def duplicates(
        self, *, status: DuplicateStatus = "open", limit: int = 20, cursor: str | None = None
    ) -> DuplicatePage:
        chosen = _pairs().where(duplicates.c.status == status)
        if cursor is not None:
            later, mark, earlier = cursor.partition("/")
            if not mark:
                raise InvalidInput("This cursor is none of this list.")
            before = and_(duplicates.c.item_id == later, duplicates.c.other_id < earlier)
            chosen = chosen.where(or_(duplicates.c.item_id < later, before))
        newest = chosen.order_by(duplicates.c.item_id.desc(), duplicates.c.other_id.desc()).limit(limit + 1)
        with reading(self._engine) as connection:
            rows = connection.execute(newest).all()
        last = rows[limit - 1] if len(rows) > limit else None
        return DuplicatePage(
            items=tuple(map(_pair, rows[:limit])), next=f"{last.item_id}/{last.other_id}" if last else None
        )

    def duplicates_of(self, item_id: str) -> Sequence[Duplicate]:
        own = or_(duplicates.c.item_id == item_id, duplicates.c.other_id == item_id)
        with reading(self._engine) as connection:
            likeliest = _pairs().where(own).order_by(duplicates.c.likeness.desc(), duplicates.c.found_at)
            return [_pair(row) for row in connection.execute(likeliest)]

    def visible_stories(self, item_ids: Collection[str], by: Token) -> set[str]:
        chosen = select(items.c.id).where(items.c.kind == "story", in_list(items.c.id, item_ids))
        if by.role != "editor":
            own = and_(items.c.owner == by.name, func.coalesce(items.c.owner_id, by.id) == by.id)
            chosen = chosen.where(or_(items.c.published_revision.is_not(None), own))
        with reading(self._engine) as connection:
            return set(connection.execute(chosen).scalars())

    def decide_duplicate(self, item_id: str, other_id: str, decision: Decision, by: Token) -> Duplicate:
        with writing(self._engine) as connection:
            at = now(connection)
            pair = _locked(connection, item_id, other_id)
            for one, leader in ((pair.item_id, pair.other_id), (pair.other_id, pair.item_id)):
                if leader_of(connection, one) == leader:
                    bring_out(connection, at, one)
                    record_audit(connection, at, by, "unfold", subject=one, detail=leader)
            if decision == "different":
                record_audit(connection, at, by, "not-the-same", subject=pair.item_id, detail=pair.other_id)
            return _decide(connection, pair, decision, at, by)

    def fold(self, item_id: str, leader_id: str, by: Token) -> Duplicate:
        with writing(self._engine) as connection:
            at = now(connection)
            pair = _locked(connection, item_id, leader_id)
            _check_leader(connection, leader_id)
            put_behind(connection, at, item_id, leader_id, by)
            record_audit(connection, at, by, "fold", subject=item_id, detail=leader_id)
            return _decide(connection, pair, "folded", at, by)


def _pairs() -> Select[Any]:
    """Pairs with the headlines of both, and whom the later or the earlier one stands behind."""
    return (
        select(
            duplicates, _LATER.c.label.label("item_label"), _EARLIER.c.label.label("other_label"),
            folds.c.leader_id.label("leader_id"),
        )
        .join(_LATER, _LATER.c.id == duplicates.c.item_id)
        .join(_EARLIER, _EARLIER.c.id == duplicates.c.other_id)
        .outerjoin(
            folds,
            or_(
                and_(folds.c.item_id == duplicates.c.item_id, folds.c.leader_id == duplicates.c.other_id),
                and_(folds.c.item_id == duplicates.c.other_id, folds.c.leader_id == duplicates.c.item_id),
            ),
        )
    )  # fmt: skip


def _pair(row: Any) -> Duplicate:
    return Duplicate(
        item_id=row.item_id, other_id=row.other_id, item_label=row.item_label, other_label=row.other_label,
        likeness=row.likeness, shared=row.shared, compared=row.compared, status=row.status, found_at=row.found_at,
        decided_at=row.decided_at, decided_by=row.decided_by or "", leader_id=row.leader_id or "",
    )  # fmt: skip


def _locked(connection: Connection, item_id: str, other_id: str) -> Duplicate:
    """The pair of two stories, whichever came later, both kept from others' writes until the end."""
    ids = sorted([item_id, other_id])
    connection.execute(select(items.c.id).where(in_list(items.c.id, ids)).order_by(items.c.id).with_for_update())
    earlier, later = ids
    row = connection.execute(_pairs().where(duplicates.c.item_id == later, duplicates.c.other_id == earlier)).first()
    if row is None:
        raise NotFound(f"{item_id} and {other_id} are no pair of similar stories.")
    return _pair(row)


def _check_leader(connection: Connection, leader_id: str) -> None:
    """Raise ``Conflict`` for one that can't lead."""
    seen = select(items.c.published_revision, revisions.c.action).join(revisions, IS_NEWEST)
    row = connection.execute(seen.where(items.c.id == leader_id)).first()
    if row is None or row.published_revision is None or row.action == "withdraw":
        raise Conflict("Readers don't see the other story: nothing can stand behind it.")
    if leader := leader_of(connection, leader_id):
        raise Conflict(f"The other story stands behind {leader} itself.")


def _decide(connection: Connection, pair: Duplicate, status: str, at: Any, by: Token) -> Duplicate:
    own = duplicates.c.item_id == pair.item_id, duplicates.c.other_id == pair.other_id
    said = {"status": status, "decided_at": at, "decided_by": by.name}
    if status == "open":
        said |= {"decided_at": None, "decided_by": None}
    connection.execute(update(duplicates).where(*own).values(said))
    return _pair(connection.execute(_pairs().where(*own)).one())
