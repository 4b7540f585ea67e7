"""What became of claims: recorded only where the claim is still the item's newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dateline.adapters.ledger.counting import count_latencies, count_outcomes
from dateline.adapters.ledger.engine import now
from dateline.adapters.ledger.tables import items, revisions
from dateline.ports.ledger import Indexed, Later, Outcome, Quarantine

Row = Mapping[str, Any]


def mark(connection: Connection, outcomes: Sequence[Outcome]) -> int:
    """Record outcomes; how many claims were still held. A fixed number of statements."""
    at = now(connection)
    ids = sorted(outcome.claimed.item_id for outcome in outcomes)
    locked = select(items).where(items.c.id.in_(ids)).order_by(items.c.id).with_for_update()
    rows = {row.id: row for row in connection.execute(locked)}
    held = [o for o in outcomes if (row := rows.get(o.claimed.item_id)) and row.claim == o.claimed.version]
    stood = [outcome for outcome in held if rows[outcome.claimed.item_id].lease_until is not None]
    _write_items(connection, [_item(outcome, rows[outcome.claimed.item_id], at) for outcome in stood])
    _write_revisions(
        connection, [r for outcome in stood for r in _revision(outcome, rows[outcome.claimed.item_id], at)]
    )
    count_outcomes(connection, [_counted(outcome) for outcome in stood])
    count_latencies(connection, [seconds for outcome in stood for seconds in _latency(outcome, at)])
    return len(stood)


def _item(outcome: Outcome, row: Any, at: datetime) -> Row:
    publish = outcome.claimed.publish
    new = {
        "b_id": row.id,
        "b_due_at": row.due_at,
        "b_published": row.published_revision,
        "b_embargo": row.embargo_until,
    }
    match outcome:
        case Indexed() if publish is not None:
            new["b_published"] = max(publish.revision, row.published_revision or 0)
            if publish.revision == row.newest_revision:
                new["b_embargo"] = None
        case Later(delay=delay):
            new["b_due_at"] = min(at + delay, row.due_at or at + delay)
    return new


def _write_items(connection: Connection, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(
            update(items)
            .where(items.c.id == bindparam("b_id"))
            .values(
                lease_until=None,
                worker="",
                lost=0,
                due_at=bindparam("b_due_at"),
                published_revision=bindparam("b_published"),
                embargo_until=bindparam("b_embargo"),
            ),
            list(rows),
        )


def _revision(outcome: Outcome, row: Any, at: datetime) -> list[Row]:
    """How the published revision's row changes; nothing for a claim that had nothing to publish."""
    publish = outcome.claimed.publish
    if publish is None:
        return []
    new: dict[str, Any] = {
        "b_item": row.id, "b_revision": publish.revision, "b_state": publish.state, "b_public": False,
        "b_indexed": publish.indexed_at, "b_attempts": publish.attempts, "b_stage": "", "b_error": "", "b_failed": None,
    }  # fmt: skip
    overtaken = publish.revision < row.newest_revision
    # One that readers see already stays what it is; the others of an overtaken revision's claim won't be seen.
    left = publish.state if publish.indexed_at else "superseded"
    match outcome:
        case Indexed():
            state = "withdrawn" if publish.action == "withdraw" else "indexed"
            return [new | {"b_state": state, "b_public": True, "b_indexed": publish.indexed_at or at}]
        case Quarantine(stage=stage, reason=reason):
            state = left if overtaken else "quarantined"
            failed = {"b_state": state, "b_stage": stage, "b_error": reason, "b_failed": at}
        case Later(stage=stage, reason=reason):
            state = left if overtaken else publish.state
            failed = {"b_state": state, "b_stage": stage, "b_error": reason, "b_failed": at}
    attempts = publish.attempts + (0 if isinstance(outcome, Later) and not outcome.counted else 1)
    return [new | failed | {"b_attempts": attempts, "b_public": publish.indexed_at is not None}]


def _write_revisions(connection: Connection, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(
            update(revisions)
            .where(revisions.c.item_id == bindparam("b_item"), revisions.c.revision == bindparam("b_revision"))
            .values(
                state=bindparam("b_state"),
                was_public=bindparam("b_public"),
                indexed_at=bindparam("b_indexed"),
                attempts=bindparam("b_attempts"),
                stage=bindparam("b_stage"),
                error=bindparam("b_error"),
                failed_at=bindparam("b_failed"),
            ),
            list(rows),
        )


def _counted(outcome: Outcome) -> tuple[str, str]:
    match outcome:
        case Indexed():
            return "index", "indexed"
        case Quarantine(stage=stage):
            return stage, "quarantined"
        case Later(stage=stage):
            return stage, "later"


def _latency(outcome: Outcome, at: datetime) -> list[float]:
    """Seconds from submitted to searchable, the first time; an embargo's waiting is no latency."""
    publish = outcome.claimed.publish
    if not isinstance(outcome, Indexed) or publish is None or publish.indexed_at or publish.state != "accepted":
        return []
    return [max(0.0, (at - publish.received_at).total_seconds())]
