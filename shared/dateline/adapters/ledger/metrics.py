"""The newsroom in numbers, and the counters that outlive a process: outcomes by stage, submit-to-searchable times."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert
from dateline.adapters.ledger.database.tables import changes, claims, latencies, outcomes, revisions, term_edits
from dateline.ports.ledger.metrics import LedgerMetrics
from dateline.ports.wakeup import Lane

BOUNDS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Upper bounds of the histogram's buckets, in seconds; one more holds what took longer."""

LONGER: Final = 1e9


class SqlMetrics(SqlPart):
    """``ports.ledger.metrics.MetricsSource`` in SQL."""

    def metrics(self) -> LedgerMetrics:
        with reading(self._engine) as connection:
            at = now(connection)
            oldest = oldest_pending(connection)
            buckets, seconds, count = read_latencies(connection)
            return LedgerMetrics(
                revisions=revisions_by_state(connection),
                due=due_by_lane(connection, at),
                oldest_pending_seconds=max(0.0, (at - oldest).total_seconds()) if oldest else 0.0,
                outcomes=read_outcomes(connection),
                latency_buckets=buckets,
                latency_sum=seconds,
                latency_count=count,
                retag_pending=retag_pending(connection),
                last_change=int(connection.execute(select(func.max(changes.c.seq))).scalar() or 0),
            )


def count_outcomes(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Add one for each (stage, outcome)."""
    rows = [{"stage": stage, "outcome": outcome, "total": n} for (stage, outcome), n in sorted(Counter(pairs).items())]
    if rows:
        row = upsert(connection)(outcomes)
        added = {"total": outcomes.c.total + row.excluded.total}
        connection.execute(row.on_conflict_do_update(index_elements=["stage", "outcome"], set_=added), rows)


def count_latencies(connection: Connection, seconds: Sequence[float]) -> None:
    """Put times into their buckets."""
    found: dict[float, list[float]] = {}
    for time in seconds:
        place = bisect_left(BOUNDS, time)
        found.setdefault(BOUNDS[place] if place < len(BOUNDS) else LONGER, []).append(time)
    rows = [{"bound": bound, "total": len(times), "seconds": sum(times)} for bound, times in sorted(found.items())]
    if rows:
        row = upsert(connection)(latencies)
        added = {"total": latencies.c.total + row.excluded.total, "seconds": latencies.c.seconds + row.excluded.seconds}
        connection.execute(row.on_conflict_do_update(index_elements=["bound"], set_=added), rows)


def read_outcomes(connection: Connection) -> dict[tuple[str, str], int]:
    """How often each stage ended how."""
    return {(row.stage, row.outcome): row.total for row in connection.execute(select(outcomes))}


def read_latencies(connection: Connection) -> tuple[dict[float, int], float, int]:
    """Cumulative counts by upper bound, then the sum of all times and their number."""
    rows = {row.bound: row for row in connection.execute(select(latencies))}
    cumulative: dict[float, int] = {}
    total = 0
    for bound in BOUNDS:
        total += rows[bound].total if bound in rows else 0
        cumulative[bound] = total
    return cumulative, sum(row.seconds for row in rows.values()), sum(row.total for row in rows.values())


def revisions_by_state(connection: Connection) -> dict[str, int]:
    """How many revisions stand in each state."""
    return {
        state: count
        for state, count in connection.execute(select(revisions.c.state, func.count()).group_by(revisions.c.state))
    }


def oldest_pending(connection: Connection) -> Any:
    """When the oldest revision that still waits to be indexed was received (or its embargo ended); None without one."""
    accepted = connection.execute(select(func.min(revisions.c.received_at)).where(revisions.c.state == "accepted"))
    return accepted.scalar()


SOON: Final = timedelta(minutes=1)
"""What is to be tried again comes by then; what comes later waits for a time of its own."""


def retag_pending(connection: Connection) -> int:
    """Items that wait for a retag, and term changes of which the job has not begun."""
    waiting = select(func.count()).where(
        claims.c.lane == int(Lane.RETAG), claims.c.due_at <= now(connection) + SOON, claims.c.lease_until.is_(None)
    )
    edits = select(func.count()).where(term_edits.c.job.is_(None))
    return int(connection.execute(waiting).scalar_one()) + int(connection.execute(edits).scalar_one())


def due_by_lane(connection: Connection, at: datetime) -> dict[Lane, int]:
    """How many items wait in each lane."""
    rows = connection.execute(
        select(claims.c.lane, func.count())
        .where(claims.c.due_at <= at, claims.c.lease_until.is_(None))
        .group_by(claims.c.lane)
    )
    return dict.fromkeys(Lane, 0) | {Lane(lane): count for lane, count in rows}
