"""Reading items: one with its revisions, and the desk's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSON

from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import editor_tags, items, payloads, revisions
from dateline.domain.document import ItemKind
from dateline.domain.tag import EditorTags, TagRef
from dateline.errors import NotFound
from dateline.ports.ledger.items import Item, ItemSummary, Page, Payload, Revision, State, UsedField, WhichPayloads
from dateline.ports.ledger.tokens import Token

IS_NEWEST: Final = (revisions.c.item_id == items.c.id) & (revisions.c.revision == items.c.newest_revision)
"""Joins an item with its newest revision."""

IS_PAYLOAD: Final = (payloads.c.item_id == revisions.c.item_id) & (payloads.c.revision == revisions.c.revision)
"""Joins a revision with its payload; one that was erased has none, nor have most tombstones."""

IS_NEWEST_PAYLOAD: Final = (payloads.c.item_id == items.c.id) & (payloads.c.revision == items.c.newest_revision)
"""Joins an item with what its newest revision says."""

IS_PUBLIC_PAYLOAD: Final = (payloads.c.item_id == items.c.id) & (payloads.c.revision == items.c.published_revision)
"""Joins an item with what readers see of it."""

LOOKED_AT: Final = 500
"""Of how many stories a field is looked at."""
MOST_USED: Final = 50


class SqlItems(SqlPart):
    """``ports.ledger.items.Items`` in SQL."""

    def item(self, kind: ItemKind, item_id: str, *, payloads: WhichPayloads = "newest") -> Item:
        with reading(self._engine) as connection:
            return read_item(connection, kind, item_id, payloads)

    def newest_revisions(self, kind: ItemKind, item_id: str, *, limit: int) -> tuple[Revision, ...]:
        chosen = (
            select(revisions, payloads.c.body)
            .join(items, items.c.id == revisions.c.item_id)
            .outerjoin(payloads, IS_PAYLOAD)
            .where(revisions.c.item_id == item_id, items.c.kind == kind)
            .order_by(revisions.c.revision.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(map(revision_of, connection.execute(chosen)))

    def item_of_source(self, kind: ItemKind, source: str, external_id: str) -> Item | None:
        key = items.c.external_scope == f"source {source}", items.c.external_id == external_id
        chosen = select(items.c.id).where(items.c.kind == kind, *key, items.c.external_id != "")
        with reading(self._engine) as connection:
            found = connection.execute(chosen).scalar()
            return read_item(connection, kind, found, "newest") if found else None

    def ids_of_source(self, kind: ItemKind, source: str, containing: str) -> Mapping[str, str]:
        key = items.c.external_scope == f"source {source}", items.c.external_id.contains(containing, autoescape=True)
        chosen = select(items.c.external_id, items.c.id).where(items.c.kind == kind, *key, items.c.external_id != "")
        with reading(self._engine) as connection:
            return {row.external_id: row.id for row in connection.execute(chosen)}

    def live_ids_of_owner(self, kind: ItemKind, source: str, owner: Token) -> Mapping[str, str]:
        own = items.c.owner == owner.name, items.c.owner_id == owner.id, items.c.external_scope == f"source {source}"
        live = items.c.kind == kind, items.c.external_id != "", revisions.c.action != "withdraw"
        chosen = select(items.c.external_id, items.c.id).join(revisions, IS_NEWEST).where(*own, *live)
        with reading(self._engine) as connection:
            return {row.external_id: row.id for row in connection.execute(chosen)}

    def newest_payloads(self, item_ids: Collection[str]) -> list[Payload]:
        chosen = select(payloads.c.body).join(items, IS_NEWEST_PAYLOAD).where(in_list(items.c.id, item_ids))
        with reading(self._engine) as connection:
            return [orjson.loads(row.body) for row in connection.execute(chosen.order_by(items.c.id)) if row.body]

    def used_values(self, field: UsedField) -> tuple[str, ...]:
        """The database takes the field out of the payloads: a text may have megabytes."""
        public = items.c.kind == "story", items.c.published_revision.is_not(None)
        with reading(self._engine) as connection:
            value = _member(connection, field)
            newest = select(value).select_from(items).join(payloads, IS_PUBLIC_PAYLOAD).where(*public)
            rows = connection.execute(newest.order_by(items.c.id.desc()).limit(LOOKED_AT)).scalars()
            counted = Counter(found for found in rows if found)
        return tuple(value for value, _ in counted.most_common(MOST_USED))

    def items(
        self,
        kind: ItemKind,
        *,
        owner: Token | None = None,
        state: State | None = None,
        query: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """Newest first by when they were made."""
        chosen: Select[Any] = select(items, revisions).join(revisions, IS_NEWEST).where(items.c.kind == kind)
        if owner is not None:
            chosen = chosen.where(items.c.owner == owner.name, func.coalesce(items.c.owner_id, owner.id) == owner.id)
        if state is not None:
            chosen = chosen.where(revisions.c.state == state)
        if query:
            chosen = chosen.where(items.c.label_folded.contains(query.casefold(), autoescape=True))
        with reading(self._engine) as connection:
            rows, following = newest_first(connection, chosen, limit, cursor)
        return Page(items=tuple(map(summary_of, rows)), next=following)


def _member(connection: Connection, name: str) -> ColumnElement[Any]:
    """A member of the payload, as text."""
    if connection.dialect.name == "postgresql":
        member: ColumnElement[Any] = cast(payloads.c.body, JSON)[name].astext
        return member
    return func.json_extract(payloads.c.body, f"$.{name}")


def newest_first(
    connection: Connection, chosen: Select[Any], limit: int, cursor: str | None
) -> tuple[Sequence[Row[Any]], str | None]:
    """A page of the chosen items, those made last first, and the next page's cursor: the id of this page's last one."""
    if cursor is not None:
        chosen = chosen.where(items.c.id < cursor)
    rows = connection.execute(chosen.order_by(items.c.id.desc()).limit(limit + 1)).all()
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def read_item(connection: Connection, kind: ItemKind, item_id: str, which: WhichPayloads) -> Item:
    """One item with all its revisions. ``NotFound``."""
    row = connection.execute(select(items).where(items.c.id == item_id, items.c.kind == kind)).first()
    if row is None:
        raise NotFound(f"there is no {kind} {item_id}")
    named = (row.newest_revision,) if which == "newest" else which
    wanted = IS_PAYLOAD if named == "all" else IS_PAYLOAD & payloads.c.revision.in_(named)
    found = connection.execute(
        select(revisions, payloads.c.body)
        .outerjoin(payloads, wanted)
        .where(revisions.c.item_id == item_id)
        .order_by(revisions.c.revision)
    )
    tags = connection.execute(
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
        editor_tags=editor_tags_of(tags.all()),
        revisions=tuple(map(revision_of, found)),
        owner_id=row.owner_id,
    )


def summary_of(row: Any) -> ItemSummary:
    """A line of the list, from an item's row joined with its newest revision."""
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


def revision_of(row: Row[Any]) -> Revision:
    """A revision from its row (joined with its payload's ``body``, or None)."""
    return Revision(
        revision=row.revision,
        action=row.action,
        state=row.state,
        received_at=row.received_at,
        by=row.by,
        note=row.note,
        payload=orjson.loads(row.body) if row.body else None,
        indexed_at=row.indexed_at,
        attempts=row.attempts,
        stage=row.stage,
        error=row.error,
        erased=row.erased,
        diff_state=row.diff_state or "shown",
        correction=row.correction or "",
    )


def editor_tags_of(rows: Sequence[Row[Any]]) -> EditorTags:
    """The tags that editors added to one item and removed from it."""
    return EditorTags(
        added=tuple(TagRef(type=row.type, slug=row.slug) for row in rows if row.added),
        removed=tuple(TagRef(type=row.type, slug=row.slug) for row in rows if not row.added),
    )
