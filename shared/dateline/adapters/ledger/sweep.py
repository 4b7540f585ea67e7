"""The sweep: finds the leases that were lost, and lets old idempotency keys go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, case, delete, literal, select, update

from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import idempotency_keys, items, revisions
from dateline.adapters.ledger.metrics import count_outcomes, due_by_lane
from dateline.ports.ledger.claims import SweepReport

LOST_ALONE: Final = 3
"""Leases an item may lose alone; the one it lost within a batch doesn't count."""

KEYS_KEPT: Final = timedelta(days=7)


class SqlSweep(SqlPart):
    """``ports.ledger.claims.Claims.sweep`` in SQL."""

    def sweep(self) -> SweepReport:
        with writing(self._engine) as connection:
            at = now(connection)
            lost = connection.execute(
                select(items.c.id, items.c.lost, items.c.newest_revision, items.c.embargo_until)
                .where(items.c.lease_until < at)
                .order_by(items.c.id)
                .with_for_update(skip_locked=True)
            ).all()
            poison = [row for row in lost if row.lost >= LOST_ALONE and not _is_held(row, at)]
            poisonous = {row.id for row in poison}
            _release(connection, [row.id for row in lost if row.id not in poisonous], at)
            for row in poison:
                _quarantine_poison(connection, row, at)
            count_outcomes(connection, [("lease", "lost")] * len(lost) + [("lease", "quarantined")] * len(poison))
            connection.execute(delete(idempotency_keys).where(idempotency_keys.c.received_at < at - KEYS_KEPT))
            return SweepReport(lost_leases=len(lost), due=due_by_lane(connection, at), quarantined=len(poison))


def _is_held(row: Any, at: datetime) -> bool:
    """The newest revision waits: it isn't the one that workers died of."""
    return row.embargo_until is not None and row.embargo_until > at


def _release(connection: Connection, ids: Sequence[str], at: datetime) -> None:
    if not ids:
        return
    enough = items.c.lost >= LOST_ALONE
    connection.execute(
        update(items)
        .where(in_list(items.c.id, ids))
        .values(
            lease_until=None,
            worker="",
            due_at=case((enough, items.c.embargo_until), else_=literal(at, items.c.due_at.type)),
            lost=case((enough, 0), else_=items.c.lost + 1),
        )
    )


def _quarantine_poison(connection: Connection, row: Any, at: datetime) -> None:
    connection.execute(
        update(items).where(items.c.id == row.id).values(lease_until=None, worker="", due_at=None, lost=0)
    )
    connection.execute(
        update(revisions)
        .where(revisions.c.item_id == row.id, revisions.c.revision == row.newest_revision)
        .values(
            state="quarantined",
            stage="worker",
            error=f"the worker died or hung {LOST_ALONE} times while it worked on this item alone",
            attempts=revisions.c.attempts + 1,
            failed_at=at,
        )
    )
