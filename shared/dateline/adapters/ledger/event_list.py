"""The desk's list of events in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import orjson
from sqlalchemy import select

from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, payloads, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.ports.ledger.event_list import EventRow
from dateline.ports.ledger.items import Payload


class SqlEventList(SqlPart):
    """``ports.ledger.event_list.EventList`` in SQL."""

    def event_rows(self) -> tuple[EventRow, ...]:
        columns = (
            items.c.id, items.c.label, items.c.section, items.c.owner, items.c.published_revision, revisions.c.revision,
            revisions.c.action, revisions.c.state, revisions.c.by, revisions.c.received_at, revisions.c.erased,
        )  # fmt: skip
        chosen = select(*columns).join(revisions, IS_NEWEST).where(items.c.kind == "event")
        with reading(self._engine) as connection:
            return tuple(
                EventRow(
                    id=row.id, revision=row.revision, action=row.action, state=row.state, label=row.label,
                    text_revision=row.revision - (row.action == "withdraw"), section=row.section, owner=row.owner,
                    by=row.by, received_at=row.received_at, is_public=row.published_revision is not None,
                    erased=row.erased,
                )
                for row in connection.execute(chosen.order_by(items.c.id.desc()))
            )  # fmt: skip

    def event_payloads(self, texts: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], Payload]:
        wanted = set(texts)
        newest = payloads.c.revision >= items.c.newest_revision - 1
        chosen = (
            select(payloads.c.item_id, payloads.c.revision, payloads.c.body)
            .join(items, (items.c.id == payloads.c.item_id) & newest)
            .where(items.c.kind == "event", in_list(items.c.id, sorted({item_id for item_id, _ in wanted})))
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        found = {(row.item_id, row.revision): row.body for row in rows if row.body}
        return {key: orjson.loads(body) for key, body in found.items() if key in wanted}
