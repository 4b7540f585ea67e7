"""Tags that a person took from an item for good."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import editor_tags, items, payloads
from dateline.adapters.ledger.items import IS_PUBLIC_PAYLOAD
from dateline.domain.tag import TagRef


class SqlRefusedTags(SqlPart):
    """``ports.ledger.vocabulary.RefusedTags`` in SQL."""

    def refusing(self, tag: TagRef, item_ids: Collection[str] | None = None) -> frozenset[str]:
        own = editor_tags.c.type == tag.type, editor_tags.c.slug == tag.slug, ~editor_tags.c.added
        chosen = select(editor_tags.c.item_id).where(*own)
        if item_ids is not None:
            chosen = chosen.where(in_list(editor_tags.c.item_id, item_ids))
        with reading(self._engine) as connection:
            by_editors = connection.execute(chosen).scalars().all()
            by_reporters = _by_reporters(connection, tag, item_ids) if item_ids else ()
        return frozenset((*by_editors, *by_reporters))


def _by_reporters(connection: Connection, tag: TagRef, item_ids: Collection[str]) -> list[str]:
    """Few texts say so: only theirs are parsed."""
    said = (
        select(items.c.id, payloads.c.body)
        .join(payloads, IS_PUBLIC_PAYLOAD)
        .where(in_list(items.c.id, item_ids), payloads.c.body.contains('"removed_tags"'))
    )
    wanted = {"type": tag.type, "slug": tag.slug}
    rows = connection.execute(said).all()
    return [row.id for row in rows if wanted in json.loads(row.body).get("removed_tags", ())]
