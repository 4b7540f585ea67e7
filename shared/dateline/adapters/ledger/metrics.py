"""Counters that outlive a process: outcomes by stage, and the times from submitted to searchable."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from dateline.adapters.ledger.database.tables import items, latencies, outcomes, revisions, term_edits

BOUNDS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Upper bounds of the histogram's buckets, in seconds; one more holds what took longer."""

LONGER: Final = 1e9


def upsert(connection: Connection) -> Any:
    """The dialect's insert that knows ON CONFLICT."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def count_outcomes(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Add one for each (stage, outcome)."""
    rows = [{"stage": stage, "outcome": word, "total": n} for (stage, word), n in sorted(Counter(pairs).items())]
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


def retag_pending(connection: Connection) -> int:
    """Items that wait for a retag, and term changes of which the job has not begun."""
    lane = select(func.count()).where(items.c.lane == 2, items.c.due_at.is_not(None), items.c.lease_until.is_(None))
    edits = select(func.count()).where(term_edits.c.job.is_(None))
    return int(connection.execute(lane).scalar_one()) + int(connection.execute(edits).scalar_one())
