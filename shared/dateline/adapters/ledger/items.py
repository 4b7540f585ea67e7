"""Reading items, lists, the quarantine and the newsroom's metrics."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Select, select

from dateline.adapters.ledger import metrics as counters
from dateline.adapters.ledger.claims import due_by_lane, editor_tags_of, revision_of
from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.tables import editor_tags, items, payloads, revisions
from dateline.domain.document import Kind
from dateline.errors import NotFound
from dateline.ports.ledger.items import Item, ItemSummary, Page, State
from dateline.ports.ledger.metrics import LedgerMetrics
from dateline.ports.ledger.quarantine import QuarantinedItem

NEWEST = (revisions.c.item_id == items.c.id) & (revisions.c.revision == items.c.newest_revision)


def read_item(connection: Connection, kind: Kind, item_id: str, which: Literal["newest", "all"]) -> Item:
    """One item with all its revisions. ``NotFound``."""
    row = connection.execute(select(items).where(items.c.id == item_id, items.c.kind == kind)).first()
    if row is None:
        raise NotFound(f"there is no {kind} {item_id}")
    body = (payloads.c.item_id == revisions.c.item_id) & (payloads.c.revision == revisions.c.revision)
    found = connection.execute(
        select(revisions, payloads.c.body)
        .outerjoin(payloads, body)
        .where(revisions.c.item_id == item_id)
        .order_by(revisions.c.revision)
    )
    said = connection.execute(
        select(editor_tags).where(editor_tags.c.item_id == item_id).order_by(editor_tags.c.type, editor_tags.c.slug)
    )
    return Item(
        id=row.id,
        kind=row.kind,
        owner=row.owner,
        label=row.label,
        section=row.section,
        newest_revision=row.newest_revision,
        published_revision=row.published_revision,
        embargo_until=row.embargo_until,
        editor_tags=editor_tags_of(said.all()),
        revisions=tuple(
            revision_of(r, with_payload=which == "all" or r.revision == row.newest_revision) for r in found
        ),
        external_source=row.external_source,
        external_id=row.external_id,
    )


def listed(
    connection: Connection,
    kind: Kind,
    *,
    owner: str | None,
    state: State | None,
    query: str,
    limit: int,
    cursor: str | None,
) -> Page:
    """Items, newest first by when they were made; the cursor is the last one's id."""
    chosen: Select[Any] = select(items, revisions).join(revisions, NEWEST).where(items.c.kind == kind)
    if owner is not None:
        chosen = chosen.where(items.c.owner == owner)
    if state is not None:
        chosen = chosen.where(revisions.c.state == state)
    if query:
        chosen = chosen.where(items.c.label_folded.contains(query.casefold(), autoescape=True))
    if cursor is not None:
        chosen = chosen.where(items.c.id < cursor)
    rows = connection.execute(chosen.order_by(items.c.id.desc()).limit(limit + 1)).all()
    return Page(
        items=tuple(_summary(row) for row in rows[:limit]),
        next=rows[limit - 1].id if len(rows) > limit else None,
    )


def _summary(row: Any) -> ItemSummary:
    return ItemSummary(
        id=row.id,
        kind=row.kind,
        label=row.label,
        section=row.section,
        owner=row.owner,
        revision=row.revision,
        state=row.state,
        received_at=row.received_at,
        indexed_at=row.indexed_at,
        error=row.error,
        embargo_until=row.embargo_until,
    )


def quarantined(connection: Connection, limit: int, cursor: str | None) -> tuple[QuarantinedItem, ...]:
    """What could not be indexed, newest item first; the cursor is the last one's id."""
    chosen = (
        select(items.c.id, items.c.kind, items.c.label, revisions)
        .join(revisions, revisions.c.item_id == items.c.id)
        .where(revisions.c.state == "quarantined")
    )
    if cursor is not None:
        chosen = chosen.where(items.c.id < cursor)
    rows = connection.execute(chosen.order_by(items.c.id.desc()).limit(limit))
    return tuple(
        QuarantinedItem(
            id=row.id,
            kind=row.kind,
            revision=row.revision,
            label=row.label,
            stage=row.stage,
            reason=row.error,
            attempts=row.attempts,
            at=row.failed_at or row.received_at,
        )
        for row in rows
    )


def metrics(connection: Connection) -> LedgerMetrics:
    """The newsroom in numbers."""
    at = now(connection)
    by_state = counters.revisions_by_state(connection)
    oldest = counters.oldest_pending(connection)
    buckets, seconds, count = counters.read_latencies(connection)
    return LedgerMetrics(
        revisions=by_state,
        due=due_by_lane(connection, at),
        oldest_pending_seconds=max(0.0, (at - oldest).total_seconds()) if oldest else 0.0,
        outcomes=counters.read_outcomes(connection),
        latency_buckets=buckets,
        latency_sum=seconds,
        latency_count=count,
        quarantined=by_state.get("quarantined", 0),
        retag_pending=counters.retag_pending(connection),
    )
