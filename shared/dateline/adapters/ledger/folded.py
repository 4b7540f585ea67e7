"""Which of some stories stand behind others in readers' lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, or_, select

from dateline.adapters.ledger.database.duplicate_tables import folds
from dateline.adapters.ledger.database.in_list import in_list


def read_folds(connection: Connection, ids: Sequence[str]) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
    """Of these stories the leader of each that has one, and those behind each that leads."""
    rows = connection.execute(
        select(folds.c.item_id, folds.c.leader_id)
        .where(or_(in_list(folds.c.item_id, ids), in_list(folds.c.leader_id, ids)))
        .order_by(folds.c.item_id)
    ).all()
    behind: dict[str, list[str]] = {}
    for row in rows:
        behind.setdefault(row.leader_id, []).append(row.item_id)
    return {row.item_id: row.leader_id for row in rows}, behind
