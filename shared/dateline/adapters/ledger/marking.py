"""What became of claims: recorded only where the claim is still the item's newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from dateline.adapters.ledger.among import among
from dateline.adapters.ledger.counting import count_latencies, count_outcomes
from dateline.adapters.ledger.engine import now
from dateline.adapters.ledger.tables import items, revisions
from dateline.ports.ledger import Indexed, Later, Outcome, Quarantine

Row = Mapping[str, Any]

_OF_A_MARK: Final = (
    items.c.id, items.c.claim, items.c.lease_until, items.c.due_at, items.c.newest_revision,
    items.c.published_revision, items.c.embargo_until,
)  # fmt: skip


def mark(connection: Connection, outcomes: Sequence[Outcome]) -> int:
    """Record outcomes; how many claims were still held. A statement for those that change alike."""
    at = now(connection)
    ids = sorted(outcome.claimed.item_id for outcome in outcomes)
    locked = select(*_OF_A_MARK).where(among(items.c.id, ids)).order_by(items.c.id).with_for_update()
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
    """Most of a batch change alike: one statement for all those."""
    for (due_at, published, embargo), ids in _alike(rows, "b_id", "b_due_at", "b_published", "b_embargo").items():
        connection.execute(
            update(items)
            .where(among(items.c.id, ids))
            .values(lease_until=None, worker="", lost=0, due_at=due_at, published_revision=published,
                    embargo_until=embargo)
        )  # fmt: skip


def _alike(rows: Sequence[Row], id: str, *names: str) -> dict[tuple[Any, ...], list[str]]:
    """The ids of those rows that have the same values of ``names``, by these values."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row[id])
    return groups


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


_REVISION: Final = {
    "b_state": revisions.c.state, "b_public": revisions.c.was_public, "b_indexed": revisions.c.indexed_at,
    "b_attempts": revisions.c.attempts, "b_stage": revisions.c.stage, "b_error": revisions.c.error,
    "b_failed": revisions.c.failed_at,
}  # fmt: skip


def _write_revisions(connection: Connection, rows: Sequence[Row]) -> None:
    for (number, *values), ids in _alike(rows, "b_item", "b_revision", *_REVISION).items():
        connection.execute(
            update(revisions)
            .where(among(revisions.c.item_id, ids), revisions.c.revision == number)
            .values(dict(zip(_REVISION.values(), values, strict=True)))
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
