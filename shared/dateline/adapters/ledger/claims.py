"""Claims: taking due items under a lease, and finding the leases that were lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, Select, case, delete, func, literal, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.in_list import among
from dateline.adapters.ledger.database.tables import editor_tags, idempotency_keys, items, payloads, revisions
from dateline.adapters.ledger.metrics import count_outcomes
from dateline.domain.document import Kind
from dateline.domain.tag import EditorTags, TagRef
from dateline.ports.ledger.claims import Claimed, SweepReport
from dateline.ports.ledger.items import Revision
from dateline.ports.wakeup import Lane

LOST_ALONE: Final = 3
"""Leases an item may lose alone; the one it lost within a batch doesn't count."""

KEYS_KEPT: Final = timedelta(days=7)

_OF_A_CLAIM: Final = (
    items.c.id, items.c.kind, items.c.claim, items.c.owner, items.c.lane, items.c.published_revision,
    items.c.embargo_until,
)  # fmt: skip


def claim(
    connection: Connection, worker: str, lease: timedelta, limit: int, max_bytes: int, oldest: bool
) -> tuple[Claimed, ...]:
    """Take due items. On PostgreSQL rows that others are just taking are skipped; SQLite has one writer."""
    at = now(connection)
    order = (items.c.due_at,) if oldest else (items.c.lane, items.c.due_at)
    due = (
        select(items.c.id, items.c.size, items.c.lost)
        .where(items.c.due_at <= at, items.c.lease_until.is_(None))
        .order_by(*order, items.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = _batch(connection.execute(due).all(), max_bytes)
    if not ids:
        return ()
    still_held = (items.c.embargo_until.is_not(None)) & (items.c.embargo_until > at)
    taken = (
        update(items)
        .where(among(items.c.id, ids))
        .values(
            claim=items.c.claim + 1,
            lease_until=at + lease,
            worker=worker,
            due_at=case((still_held, items.c.embargo_until), else_=None),
        )
        .returning(*_OF_A_CLAIM)
    )
    return read_claims(connection, taken, at, order=ids)


def _batch(rows: Sequence[Any], max_bytes: int) -> list[str]:
    """As many as fit; an item that was in a lost batch comes alone, when it is its turn."""
    if rows and rows[0].lost:
        return [rows[0].id]
    taken: list[str] = []
    total = 0
    for row in rows:
        total += row.size
        if row.lost or (taken and total > max_bytes):
            break
        taken.append(row.id)
    return taken


def read_claims(
    connection: Connection,
    chosen: Select[Any] | ReturningUpdate[Any],
    at: datetime,
    order: Sequence[str] | None = None,
    *,
    published_only: bool = False,
) -> tuple[Claimed, ...]:
    """What to publish of each chosen item, in three statements however many there are. ``chosen`` gives their rows.

    ``published_only``: what readers see already, not what waits to be published.
    """
    rows = {row.id: row for row in connection.execute(chosen)}
    kept = _revisions(connection, list(rows))
    tags = _editor_tags(connection, list(rows))
    return tuple(
        _claimed(rows[id], kept.get(id, []), tags.get(id, EditorTags()), None if published_only else at)
        for id in (order or sorted(rows))
    )


def _revisions(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[Revision, bool]]]:
    """Of each item the newest revision and those that were public, oldest first, with payloads."""
    joined = (
        select(revisions, payloads.c.body)
        .join(items, items.c.id == revisions.c.item_id)
        .outerjoin(
            payloads, (payloads.c.item_id == revisions.c.item_id) & (payloads.c.revision == revisions.c.revision)
        )
        .where(
            among(revisions.c.item_id, ids),
            among(items.c.id, ids),  # says the same again, so that no plan reads all items
            or_(revisions.c.revision == items.c.newest_revision, revisions.c.was_public),
        )
        .order_by(revisions.c.item_id, revisions.c.revision)
    )
    found: dict[str, list[tuple[Revision, bool]]] = {}
    for row in connection.execute(joined):
        found.setdefault(row.item_id, []).append((revision_of(row), row.was_public))
    return found


def _editor_tags(connection: Connection, ids: Sequence[str]) -> dict[str, EditorTags]:
    rows = connection.execute(
        select(editor_tags)
        .where(among(editor_tags.c.item_id, ids))
        .order_by(editor_tags.c.item_id, editor_tags.c.type, editor_tags.c.slug)
    )
    return {id: editor_tags_of(list(said)) for id, said in groupby(rows, key=attrgetter("item_id"))}


def editor_tags_of(rows: Sequence[Row[Any]]) -> EditorTags:
    """What editors said of one item."""
    return EditorTags(
        added=tuple(TagRef(type=row.type, slug=row.slug) for row in rows if row.added),
        removed=tuple(TagRef(type=row.type, slug=row.slug) for row in rows if not row.added),
    )


def revision_of(row: Row[Any], *, with_payload: bool = True) -> Revision:
    """A revision from its row (joined with its payload's ``body``)."""
    return Revision(
        revision=row.revision,
        action=row.action,
        state=row.state,
        received_at=row.received_at,
        by=row.by,
        note=row.note,
        payload=orjson.loads(row.body) if with_payload and row.body else None,
        indexed_at=row.indexed_at,
        attempts=row.attempts,
        stage=row.stage,
        error=row.error,
        erased=row.erased,
    )


def _claimed(row: Row[Any], kept: Sequence[tuple[Revision, bool]], tags: EditorTags, at: datetime | None) -> Claimed:
    publish = _to_publish(row, [revision for revision, _ in kept], at)
    history = tuple(
        revision
        for revision, was_public in kept
        if publish and was_public and revision.revision < publish.revision and revision.action != "withdraw"
    )
    kind: Kind = row.kind
    return Claimed(
        item_id=row.id,
        kind=kind,
        version=row.claim,
        owner=row.owner,
        publish=publish,
        history=history,
        editor_tags=tags,
        lane=Lane(row.lane),
        attempts=publish.attempts if publish else 0,
    )


def _to_publish(row: Row[Any], kept: Sequence[Revision], at: datetime | None) -> Revision | None:
    published = next((revision for revision in kept if revision.revision == row.published_revision), None)
    if at is None:
        return published
    newest = kept[-1]
    held = newest.state == "held" and row.embargo_until is not None and row.embargo_until > at
    if not held and newest.state in ("accepted", "held", "indexed", "withdrawn"):
        return newest
    return published


def sweep(connection: Connection) -> SweepReport:
    """Make items with a lost lease due again; one that lost enough of them alone goes to quarantine."""
    at = now(connection)
    lost = connection.execute(
        select(items.c.id, items.c.lost, items.c.newest_revision, items.c.embargo_until)
        .where(items.c.lease_until < at)
        .order_by(items.c.id)
        .with_for_update(skip_locked=True)
    ).all()
    poison = [row for row in lost if row.lost >= LOST_ALONE and not _held(row, at)]
    poisonous = {row.id for row in poison}
    _release(connection, [row.id for row in lost if row.id not in poisonous], at)
    for row in poison:
        _quarantine_poison(connection, row, at)
    count_outcomes(connection, [("lease", "lost")] * len(lost) + [("lease", "quarantined")] * len(poison))
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.received_at < at - KEYS_KEPT))
    return SweepReport(lost_leases=len(lost), due=due_by_lane(connection, at), quarantined=len(poison))


def _held(row: Any, at: datetime) -> bool:
    """The newest revision waits: it isn't the one that workers died of."""
    return row.embargo_until is not None and row.embargo_until > at


def _release(connection: Connection, ids: Sequence[str], at: datetime) -> None:
    if not ids:
        return
    enough = items.c.lost >= LOST_ALONE
    connection.execute(
        update(items)
        .where(among(items.c.id, ids))
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


def due_by_lane(connection: Connection, at: datetime) -> dict[Lane, int]:
    """How many items wait in each lane."""
    rows = connection.execute(
        select(items.c.lane, func.count())
        .where(items.c.due_at <= at, items.c.lease_until.is_(None))
        .group_by(items.c.lane)
    )
    return dict.fromkeys(Lane, 0) | {Lane(lane): count for lane, count in rows}
