"""The sweep: finds the leases that were lost, and lets old idempotency keys go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Text, and_, case, cast, delete, literal, or_, select, update
from sqlalchemy.exc import DBAPIError

from dateline.adapters.ledger.claims import IS_CLAIM
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, idempotency_keys, items, revisions
from dateline.adapters.ledger.metrics import count_outcomes, due_by_lane
from dateline.ports.ledger.claims import SweepReport
from dateline.ports.ledger.submissions import KEYS_KEPT
from dateline.ports.wakeup import Lane

LOST_ALONE: Final = 3
"""Leases an item may lose alone; the one it lost within a batch doesn't count."""

_HELD_UNTIL: Final = select(items.c.embargo_until).where(IS_CLAIM).scalar_subquery()

_IS_PICTURE: Final = claims.c.lane >= int(Lane.MEDIA)
"""Pictures are always worked on alone."""

MOST_SWEPT: Final = 10_000
"""Leases that one sweep ends; the next comes in seconds."""


class SqlSweep(SqlPart):
    """``ports.ledger.claims.Claims.sweep`` in SQL."""

    def sweep(self) -> SweepReport:
        """First it looks, and locks nothing; then each batch that was lost is a transaction of its own."""
        lost = self._lost_leases()
        swept: list[str] = []
        poison: list[str] = []
        failed: dict[str, str] = {}
        waiting = [list(batch) for _, batch in groupby(lost, key=attrgetter("lease_until"))]
        while waiting:
            batch = waiting.pop()
            try:
                with writing(self._engine) as connection:
                    released, quarantined = _end_leases(connection, batch)
            except DBAPIError as refused:
                if len(batch) > 1:  # one bad row is found by halves, and the others are swept
                    middle = len(batch) // 2
                    waiting += [batch[:middle], batch[middle:]]
                else:
                    failed[batch[0].item_id] = str(refused.orig)
                continue
            swept += released + quarantined
            poison += quarantined
        with writing(self._engine) as connection:
            at = now(connection)
            connection.execute(delete(idempotency_keys).where(_is_over(at)))
            due = due_by_lane(connection, at)
        return SweepReport(lost_leases=len(swept), due=due, quarantined=len(poison), failed=failed)

    def _lost_leases(self) -> list[Row[Any]]:
        with reading(self._engine) as connection:
            lost = (
                select(claims.c.item_id, claims.c.claim, claims.c.lease_until)
                .where(claims.c.lease_until < now(connection))
                .order_by(claims.c.lease_until, claims.c.item_id)
                .limit(MOST_SWEPT)
            )
            return [*connection.execute(lost)]


def _is_over(at: datetime) -> ColumnElement[bool]:
    """Whether an idempotency key is kept no longer. A process of the version before says no time."""
    expires_at = idempotency_keys.c.expires_at
    return or_(expires_at < at, and_(expires_at.is_(None), idempotency_keys.c.received_at < at - KEYS_KEPT))


def _end_leases(connection: Connection, batch: Sequence[Row[Any]]) -> tuple[list[str], list[str]]:
    """Make a lost batch due again, and quarantine what is poison; the ids of both."""
    at = now(connection)
    quarantined = _quarantine_poison(connection, batch, at)
    released = _release(connection, batch, at)
    counted = [("lease", "lost")] * (len(released) + len(quarantined)) + [("lease", "quarantined")] * len(quarantined)
    count_outcomes(connection, counted)
    return released, quarantined


def _still(batch: Sequence[Row[Any]]) -> ColumnElement[bool]:
    """The items of a batch that are still under the claim and the lease that were seen, and that nobody is just at."""
    seen = [f"{row.item_id} {row.claim}" for row in batch]
    still = and_(
        in_list(claims.c.item_id, [row.item_id for row in batch]),
        in_list(claims.c.item_id + " " + cast(claims.c.claim, Text), seen),
        claims.c.lease_until == batch[0].lease_until,
    )
    return claims.c.item_id.in_(
        select(claims.c.item_id).where(still).order_by(claims.c.item_id).with_for_update(skip_locked=True)
    )


def _release(connection: Connection, batch: Sequence[Row[Any]], at: datetime) -> list[str]:
    enough = claims.c.lost >= LOST_ALONE
    released = (
        update(claims)
        .where(_still(batch))
        .values(
            lease_until=None,
            worker="",
            due_at=case((enough, _HELD_UNTIL), else_=literal(at, claims.c.due_at.type)),
            lost=case((enough, 0), else_=claims.c.lost + 1),
            lane=case((_IS_PICTURE, claims.c.lane), (enough, int(Lane.LIVE)), else_=int(Lane.SUSPECT)),
        )
        .returning(claims.c.item_id)
    )
    return list(connection.execute(released).scalars())


def _quarantine_poison(connection: Connection, batch: Sequence[Row[Any]], at: datetime) -> list[str]:
    """Unless the newest revision waits: then it isn't the one that workers died of."""
    waits = select(items.c.id).where(IS_CLAIM, items.c.embargo_until > at).exists()
    poison = (
        update(claims)
        .where(_still(batch), claims.c.lost >= LOST_ALONE, ~waits)
        .values(lease_until=None, worker="", due_at=None, lost=0)
        .returning(claims.c.item_id)
    )
    ids = list(connection.execute(poison).scalars())
    newest = select(items.c.newest_revision).where(items.c.id == revisions.c.item_id).scalar_subquery()
    connection.execute(
        update(revisions)
        .where(in_list(revisions.c.item_id, ids), revisions.c.revision == newest)
        .values(
            state="quarantined",
            stage="worker",
            error=f"the worker died or hung {LOST_ALONE} times while it worked on this item alone",
            attempts=revisions.c.attempts + LOST_ALONE,
            failed_at=at,
        )
    )
    return ids
