"""What became of claims: recorded only where the claim is still the item's newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select, update

from dateline.adapters.ledger.changes import changes_of, record_changes
from dateline.adapters.ledger.claims import IS_CLAIM
from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items, revisions
from dateline.adapters.ledger.diffs import keep_diffs
from dateline.adapters.ledger.metrics import count_latencies, count_outcomes
from dateline.adapters.ledger.tracebacks import keep_tracebacks
from dateline.ports.ledger.claims import Indexed, Later, Outcome, Quarantine
from dateline.ports.ledger.items import Revision, State

_MARKED_ITEMS: Final = select(
    items.c.id, claims.c.claim, claims.c.lease_until, claims.c.due_at, items.c.newest_revision,
    items.c.published_revision, items.c.embargo_until,
).join(claims, IS_CLAIM)  # fmt: skip


class _ItemChange(NamedTuple):
    """How an item's row is left. Most of a batch are left alike: one statement for all those."""

    published_revision: int | None
    embargo_until: datetime | None


class _RevisionChange(NamedTuple):
    """How the row of a published revision is left; again most of a batch alike."""

    state: State
    was_public: bool
    indexed_at: datetime | None
    attempts: int
    stage: str = ""
    error: str = ""
    failed_at: datetime | None = None


class SqlOutcomes(SqlPart):
    """``ports.ledger.claims.Claims.mark`` in SQL."""

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        with writing(self._engine) as connection:
            return len(mark_outcomes(connection, outcomes, now(connection)))


def mark_outcomes(connection: Connection, outcomes: Sequence[Outcome], at: datetime) -> list[str]:
    """Record outcomes, with a statement for those that change alike; the ids of the items whose claim still held.

    The last thing in a transaction but for pictures, which have no place in the change sequence."""
    current = _current(connection, outcomes)
    _write(connection, current, at)
    keep_diffs(connection, [outcome for outcome, _ in current if isinstance(outcome, Indexed)])
    keep_tracebacks(connection, [outcome for outcome, _ in current])
    count_outcomes(connection, [_counted(outcome) for outcome, _ in current])
    count_latencies(connection, [seconds for outcome, _ in current for seconds in _latency(outcome, at)])
    record_changes(connection, changes_of(_newly_public(current)))
    return [row.id for _, row in current]


def _current(connection: Connection, outcomes: Sequence[Outcome]) -> list[tuple[Outcome, Any]]:
    """The outcomes whose claim is still the item's newest and under its lease, with the locked rows of their items."""
    ids = sorted(outcome.claimed.item_id for outcome in outcomes)
    locked = _MARKED_ITEMS.where(in_list(items.c.id, ids)).order_by(items.c.id).with_for_update()
    rows = {row.id: row for row in connection.execute(locked)}
    return [
        (outcome, row)
        for outcome in outcomes
        if (row := rows.get(outcome.claimed.item_id))
        and row.claim == outcome.claimed.version
        and row.lease_until is not None
    ]


def _write(connection: Connection, current: Sequence[tuple[Outcome, Any]], at: datetime) -> None:
    by_item_change: dict[_ItemChange, list[str]] = {}
    by_due: dict[datetime | None, list[str]] = {}
    by_revision_change: dict[tuple[int, _RevisionChange], list[str]] = {}
    for outcome, row in current:
        by_due.setdefault(_due_at(outcome, row, at), []).append(row.id)
        if (change := _item_change(outcome, row)) != (row.published_revision, row.embargo_until):
            by_item_change.setdefault(change, []).append(row.id)
        if publish := outcome.claimed.publish:
            key = publish.revision, _revision_change(outcome, publish, row, at)
            by_revision_change.setdefault(key, []).append(row.id)
    for due_at, ids in by_due.items():
        ended = update(claims).where(in_list(claims.c.item_id, ids))
        connection.execute(ended.values(lease_until=None, worker="", lost=0, due_at=due_at))
    for item, ids in by_item_change.items():
        connection.execute(update(items).where(in_list(items.c.id, ids)).values(item._asdict()))
    for (number, revision), ids in by_revision_change.items():
        published = update(revisions).where(in_list(revisions.c.item_id, ids), revisions.c.revision == number)
        connection.execute(published.values(revision._asdict()))


def _due_at(outcome: Outcome, row: Any, at: datetime) -> datetime | None:
    due_at: datetime | None = row.due_at
    if isinstance(outcome, Later):
        return min(at + outcome.delay, due_at or at + outcome.delay)
    if isinstance(outcome, Indexed) and outcome.again_at:
        return min(outcome.again_at, due_at or outcome.again_at)
    return due_at


def _item_change(outcome: Outcome, row: Any) -> _ItemChange:
    publish = outcome.claimed.publish
    if not isinstance(outcome, Indexed) or not outcome.public or publish is None:
        return _ItemChange(row.published_revision, row.embargo_until)
    newest = publish.revision == row.newest_revision
    return _ItemChange(max(publish.revision, row.published_revision or 0), None if newest else row.embargo_until)


def _revision_change(outcome: Outcome, publish: Revision, row: Any, at: datetime) -> _RevisionChange:
    overtaken = publish.revision < row.newest_revision
    # One that readers see already stays what it is; the others of an overtaken revision's claim won't be seen.
    left: State = publish.state if publish.indexed_at else "superseded"
    public = publish.indexed_at is not None
    match outcome:
        case Indexed(public=seen):
            state: State = "withdrawn" if publish.action == "withdraw" else "indexed"
            indexed_at = publish.indexed_at or (at if seen else None)
            return _RevisionChange(state, seen or public, indexed_at, publish.attempts)
        case Quarantine(stage=stage, reason=reason):
            state, counted = left if overtaken else "quarantined", True
        case Later(stage=stage, reason=reason, counted=counted):
            state = left if overtaken else publish.state
    attempts = publish.attempts + counted
    return _RevisionChange(state, public, publish.indexed_at, attempts, stage, reason, at)


def _newly_public(current: Sequence[tuple[Outcome, Any]]) -> list[Indexed]:
    """Those claims after which readers get what was claimed: not one that was taken off the site meanwhile."""
    return [
        outcome
        for outcome, row in current
        if isinstance(outcome, Indexed)
        and (publish := outcome.claimed.publish)
        and publish.revision >= (row.published_revision or 0)
    ]


def _counted(outcome: Outcome) -> tuple[str, str]:
    match outcome:
        case Indexed(claimed=claimed):
            return "media" if claimed.kind == "image" else "index", "indexed"
        case Quarantine(stage=stage):
            return stage, "quarantined"
        case Later(stage=stage):
            return stage, "later"


def _latency(outcome: Outcome, at: datetime) -> list[float]:
    """Seconds from submitted to searchable, the first time; an embargo's waiting is no latency."""
    publish = outcome.claimed.publish
    if (
        not isinstance(outcome, Indexed)
        or outcome.claimed.kind == "image"
        or publish is None
        or publish.indexed_at
        or publish.state != "accepted"
    ):
        return []
    return [max(0.0, (at - publish.received_at).total_seconds())]
