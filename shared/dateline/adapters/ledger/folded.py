"""Which claimed stories stand behind others in readers' lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, or_, select

from dateline.adapters.ledger.database.duplicate_tables import folds
from dateline.adapters.ledger.database.in_list import in_list
from dateline.ports.ledger.claims import Claimed

_ANY: Final = select(folds.c.item_id).limit(1)
"""Most newsrooms have no fold, and none has many: what isn't folded shall cost nothing."""


def with_folds(connection: Connection, claimed: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """The claims, with whom each stands behind, and those behind it."""
    if connection.execute(_ANY).first() is None:
        return tuple(claimed)
    ids = [one.item_id for one in claimed]
    rows = connection.execute(
        select(folds.c.item_id, folds.c.leader_id)
        .where(or_(in_list(folds.c.item_id, ids), in_list(folds.c.leader_id, ids)))
        .order_by(folds.c.item_id)
    ).all()
    leaders = {row.item_id: row.leader_id for row in rows}
    behind: dict[str, list[str]] = {}
    for row in rows:
        behind.setdefault(row.leader_id, []).append(row.item_id)
    return tuple(
        replace(one, folded_into=leaders.get(one.item_id, ""), also_from=tuple(behind.get(one.item_id, ())))
        if one.item_id in leaders or one.item_id in behind
        else one
        for one in claimed
    )
