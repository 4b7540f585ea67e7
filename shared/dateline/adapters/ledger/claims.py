"""Claims: taking due items under a lease, and what a claim holds of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select, update

from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, diffs, editor_tags, items, payloads, revisions
from dateline.adapters.ledger.diffs import read_passages
from dateline.adapters.ledger.event_ids import with_event_ids
from dateline.adapters.ledger.folded import with_folds
from dateline.adapters.ledger.items import IS_PAYLOAD, editor_tags_of, revision_of
from dateline.adapters.ledger.shown_pictures import with_pictures
from dateline.domain.document import ItemKind
from dateline.domain.tag import EditorTags
from dateline.ports.ledger.claims import LONG, MOST_HISTORY, SLOW_LANES_BYTES, Claimed, Diff
from dateline.ports.ledger.items import DIFF_STATES, DiffState, Revision
from dateline.ports.wakeup import Lane

IS_CLAIM: Final = claims.c.item_id == items.c.id
"""Joins an item with its place in the queue."""

CLAIMED_ITEMS: Final = select(
    items.c.id, items.c.kind, claims.c.claim, items.c.owner, items.c.published_revision, items.c.embargo_until
).join(claims, IS_CLAIM)
"""What ``read_claims`` reads of the chosen items."""


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

_IS_TOLD: Final = or_(
    revisions.c.revision == items.c.published_revision,
    (items.c.kind == "story") & revisions.c.was_public & diffs.c.item_id.is_(None),
)
"""The revisions whose payloads are read to say what readers get."""


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
        suspect: bool = False,
    ) -> tuple[Claimed, ...]:
        """On PostgreSQL rows that others are just taking are skipped; SQLite has one writer."""
        with writing(self._engine) as connection:
            at = now(connection)
            lane = claims.c.lane == Lane.SUSPECT if suspect else claims.c.lane < Lane.SUSPECT
            order = (claims.c.due_at,) if oldest_of_any_lane else (claims.c.lane, claims.c.due_at)
            due = (
                select(claims.c.item_id, claims.c.size, claims.c.lane)
                .where(lane, claims.c.due_at <= at, claims.c.lease_until.is_(None))
                .order_by(*order, claims.c.item_id)
                .limit(1 if suspect else limit)
                .with_for_update(skip_locked=True)
            )
            rows: Sequence[Any] = connection.execute(due).all()
            if not oldest_of_any_lane and _live_bytes(rows) > max_bytes:
                rows = _in_turns(connection, rows)
            ids = _batch(rows, max_bytes)
            if not ids:
                return ()
            take_claims(connection, ids, worker, lease, at)
            return read_claims(connection, CLAIMED_ITEMS.where(in_list(items.c.id, ids)), at, order=ids)


def due_again(at: datetime, lane: Lane) -> dict[str, Any]:
    """How the row in ``claims`` is left of what is to be indexed again; a suspect stays one, and a long text waits in
    the bulk lane at least."""
    at_least_bulk = claims.c.size > LONG, int(max(lane, Lane.BULK))
    suspect: ColumnElement[int] = case(
        (claims.c.lane >= int(Lane.MEDIA), int(lane.of_pictures())),
        (claims.c.lost > 0, int(Lane.SUSPECT)),
        at_least_bulk,
        else_=int(lane),
    )
    return {"due_at": at, "lane": suspect}


def take_claims(connection: Connection, ids: Sequence[str], worker: str, lease: timedelta, at: datetime) -> None:
    """Claim these: the next number, the lease, and due no more (or when the embargo of the newest revision ends)."""
    held_until = select(items.c.embargo_until).where(IS_CLAIM, items.c.embargo_until > at).scalar_subquery()
    connection.execute(
        update(claims)
        .where(in_list(claims.c.item_id, ids))
        .values(claim=claims.c.claim + 1, lease_until=at + lease, worker=worker, due_at=held_until)
    )


def _live_bytes(rows: Sequence[Any]) -> int:
    return sum(row.size for row in rows if row.lane == Lane.LIVE)


def _in_turns(connection: Connection, rows: Sequence[Any]) -> list[Any]:
    """What doesn't fit into one batch, by writers in turn: who has fewer bytes before an item comes first with it."""
    ids = [row.item_id for row in rows]
    owned = select(items.c.id, items.c.owner, items.c.owner_id).where(in_list(items.c.id, ids))
    owners = {row.id: (row.owner, row.owner_id) for row in connection.execute(owned)}
    taken: Counter[tuple[str, str]] = Counter()
    before: dict[str, int] = {}
    for row in rows:
        before[row.item_id] = taken[owners[row.item_id]]
        taken[owners[row.item_id]] += row.size
    return sorted(rows, key=lambda row: (row.lane, before[row.item_id]))


def _batch(rows: Sequence[Any], max_bytes: int) -> list[str]:
    """As many as fit, and at least one; a long one alone."""
    taken: list[str] = []
    total = slow = 0
    for row in rows:
        total += row.size
        slow += row.size if row.lane > Lane.LIVE else 0
        if taken and (row.size > LONG or total > max_bytes or slow > SLOW_LANES_BYTES):
            break
        taken.append(row.item_id)
        if row.size > LONG:
            break
    return taken


def read_claims(
    connection: Connection,
    chosen: Select[Any],
    at: datetime,
    order: Sequence[str] | None = None,
    *,
    published_only: bool = False,
) -> tuple[Claimed, ...]:
    """What to publish of each chosen item, in a few statements however many there are. ``chosen`` gives their rows as
    ``CLAIMED_ITEMS`` does.

    ``published_only``: what readers see already, not what waits to be published; of a term that nothing public uses the
    newest, since no term waits.
    """
    rows = {row.id: row for row in connection.execute(chosen)}
    read = read_revisions(connection, list(rows))
    tags = _editor_tags(connection, list(rows))
    claimed = [
        _claimed(rows[id], read.get(id, []), tags.get(id, EditorTags()), None if published_only else at)
        for id in (order or sorted(rows))
    ]
    return with_pictures(connection, with_event_ids(connection, with_folds(connection, claimed)))


class ReadRevision(NamedTuple):
    """A revision, whether readers saw it, and how it differs from the public one before, where that is on record."""

    revision: Revision
    was_public: bool
    diff: Diff | None


def read_revisions(
    connection: Connection, ids: Sequence[str], *, published_only: bool = False
) -> dict[str, list[ReadRevision]]:
    """Of each item the newest revision, those that were public, and those whose difference an editor spoke of, oldest
    first. Payloads are there of the newest (unless ``published_only``) and the published one, and where a difference is
    missing."""
    joined = (
        select(revisions, payloads.c.body, diffs.c.before, diffs.c.passages)
        .join(items, items.c.id == revisions.c.item_id)
        .outerjoin(diffs, (diffs.c.item_id == revisions.c.item_id) & (diffs.c.revision == revisions.c.revision))
        .outerjoin(payloads, IS_PAYLOAD & (_IS_TOLD if published_only else _IS_READ))
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
    kind: ItemKind = row.kind
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
