"""Claims: taking due items under a lease, and what a claim holds of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, case, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import diffs, editor_tags, items, payloads, revisions
from dateline.adapters.ledger.diffs import read_passages
from dateline.adapters.ledger.items import IS_PAYLOAD, editor_tags_of, revision_of
from dateline.domain.document import Kind
from dateline.domain.tag import EditorTags
from dateline.ports.ledger.claims import MOST_HISTORY, Claimed, Diff
from dateline.ports.ledger.items import DIFF_STATES, DiffState, Revision

_CLAIM_COLUMNS: Final = (
    items.c.id, items.c.kind, items.c.claim, items.c.owner, items.c.published_revision, items.c.embargo_until,
)  # fmt: skip


_IS_NEWEST: Final = revisions.c.revision == items.c.newest_revision
_PUBLIC: Final = revisions.alias("public_revisions")
_TEXT: Final = payloads.alias("public_payloads")
_LONG_PAST: Final = func.coalesce(
    select(_PUBLIC.c.revision)
    .where(_PUBLIC.c.item_id == items.c.id, _PUBLIC.c.was_public)
    .order_by(_PUBLIC.c.revision.desc())
    .offset(MOST_HISTORY + 1)
    .limit(1)
    .correlate(items)
    .scalar_subquery(),
    0,
)
"""The last public revision that is too long past to be told of."""
_LAST_TEXT: Final = (
    select(func.max(_PUBLIC.c.revision))
    .join(_TEXT, (_TEXT.c.item_id == _PUBLIC.c.item_id) & (_TEXT.c.revision == _PUBLIC.c.revision))
    .where(_PUBLIC.c.item_id == items.c.id, _PUBLIC.c.was_public)
    .correlate(items)
    .scalar_subquery()
)
"""The last public revision that says anything: a tombstone keeps its date."""
_IS_READ: Final = or_(
    _IS_NEWEST,
    revisions.c.revision == items.c.published_revision,
    (items.c.kind == "story")
    & revisions.c.was_public
    & or_(diffs.c.item_id.is_(None), revisions.c.revision == _LAST_TEXT),
)
"""The revisions whose payloads are read: the cheapest condition stands first, and is enough for most items."""


class SqlClaims(SqlPart):
    """``ports.ledger.claims.Claims.claim`` in SQL."""

    def claim(
        self,
        *,
        worker: str,
        lease: timedelta,
        limit: int = 500,
        max_bytes: int = 5_000_000,
        oldest_of_any_lane: bool = False,
    ) -> tuple[Claimed, ...]:
        """On PostgreSQL rows that others are just taking are skipped; SQLite has one writer."""
        with writing(self._engine) as connection:
            at = now(connection)
            order = (items.c.due_at,) if oldest_of_any_lane else (items.c.lane, items.c.due_at)
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
            return read_claims(connection, _take(ids, worker, lease, at), at, order=ids)


def _take(ids: Sequence[str], worker: str, lease: timedelta, at: datetime) -> ReturningUpdate[Any]:
    """The claim: the next number, the lease, and due no more (or when the embargo of the newest revision ends)."""
    still_held = (items.c.embargo_until.is_not(None)) & (items.c.embargo_until > at)
    return (
        update(items)
        .where(in_list(items.c.id, ids))
        .values(
            claim=items.c.claim + 1,
            lease_until=at + lease,
            worker=worker,
            due_at=case((still_held, items.c.embargo_until), else_=None),
        )
        .returning(*_CLAIM_COLUMNS)
    )


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

    ``published_only``: what readers see already, not what waits to be published; of a term that nothing public uses the
    newest, since no term waits.
    """
    rows = {row.id: row for row in connection.execute(chosen)}
    read = read_revisions(connection, list(rows))
    tags = _editor_tags(connection, list(rows))
    return tuple(
        _claimed(rows[id], read.get(id, []), tags.get(id, EditorTags()), None if published_only else at)
        for id in (order or sorted(rows))
    )


class ReadRevision(NamedTuple):
    """A revision, whether readers saw it, and how it differs from the public one before, where that is on record."""

    revision: Revision
    was_public: bool
    diff: Diff | None


def read_revisions(connection: Connection, ids: Sequence[str]) -> dict[str, list[ReadRevision]]:
    """Of each item the newest revision, those that were public, and those whose difference an editor spoke of, oldest
    first. Payloads are there of the newest and the published one, and where a difference is missing."""
    joined = (
        select(revisions, payloads.c.body, diffs.c.before, diffs.c.passages)
        .join(items, items.c.id == revisions.c.item_id)
        .outerjoin(diffs, (diffs.c.item_id == revisions.c.item_id) & (diffs.c.revision == revisions.c.revision))
        .outerjoin(payloads, IS_PAYLOAD & _IS_READ)
        .where(
            in_list(revisions.c.item_id, ids),
            in_list(items.c.id, ids),  # says the same again, so that no plan reads all items
            or_(
                _IS_NEWEST,
                and_(revisions.c.was_public, revisions.c.revision > _LONG_PAST),
                revisions.c.diff_state.is_not(None),
            ),
        )
        .order_by(revisions.c.item_id, revisions.c.revision)
    )
    found: dict[str, list[ReadRevision]] = {}
    for row in connection.execute(joined):
        diff = Diff(before=row.before, passages=read_passages(row.passages)) if row.before is not None else None
        found.setdefault(row.item_id, []).append(ReadRevision(revision_of(row), row.was_public, diff))
    return {id: _with_marks(read) for id, read in found.items()}


def _editor_tags(connection: Connection, ids: Sequence[str]) -> dict[str, EditorTags]:
    rows = connection.execute(
        select(editor_tags)
        .where(in_list(editor_tags.c.item_id, ids))
        .order_by(editor_tags.c.item_id, editor_tags.c.type, editor_tags.c.slug)
    )
    return {id: editor_tags_of(list(tags)) for id, tags in groupby(rows, key=attrgetter("item_id"))}


def _claimed(row: Row[Any], read: Sequence[ReadRevision], tags: EditorTags, at: datetime | None) -> Claimed:
    publish = _to_publish(row, [one.revision for one in read], at)
    kind: Kind = row.kind
    return Claimed(
        item_id=row.id,
        kind=kind,
        version=row.claim,
        owner=row.owner,
        publish=publish,
        history=texts_before(read, publish.revision) if publish else (),
        diffs=diffs_of(read),
        editor_tags=tags,
        attempts=publish.attempts if publish else 0,
        published=row.published_revision is not None,
    )


def texts_before(read: Sequence[ReadRevision], revision: int) -> tuple[Revision, ...]:
    """Of the revisions before ``revision`` those that readers saw, tombstones left out."""
    return tuple(
        one.revision
        for one in read
        if one.was_public and one.revision.revision < revision and one.revision.action != "withdraw"
    )


def diffs_of(read: Sequence[ReadRevision]) -> dict[int, Diff]:
    """What is on record of how the revisions differ."""
    return {one.revision.revision: one.diff for one in read if one.diff is not None}


def _with_marks(read: Sequence[ReadRevision]) -> list[ReadRevision]:
    """The revisions, each with the word on its difference: also on that of one before it which nobody saw, whose change
    it has too."""
    marked: list[ReadRevision] = []
    unseen: DiffState = "shown"
    for one in read:
        state = max(unseen, one.revision.diff_state, key=DIFF_STATES.index)
        revision = one.revision if state == one.revision.diff_state else replace(one.revision, diff_state=state)
        marked.append(one._replace(revision=revision))
        unseen = "shown" if one.was_public else state
    return marked


def _to_publish(row: Row[Any], read: Sequence[Revision], at: datetime | None) -> Revision | None:
    published = next((revision for revision in read if revision.revision == row.published_revision), None)
    if at is None and (published or row.kind != "term"):
        return published
    newest = read[-1]
    held = newest.state == "held" and row.embargo_until is not None and (at is None or row.embargo_until > at)
    if not held and newest.state in ("accepted", "held", "indexed", "withdrawn"):
        return newest
    return published
