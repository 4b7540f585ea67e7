"""What shows a picture, and taking one down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, or_, select, update

from dateline.adapters.ledger.claims import IS_CLAIM, due_again
from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.picture_tables import picture_addresses, picture_uses
from dateline.adapters.ledger.database.tables import claims, items, payloads, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.ports.ledger.pictures import PictureUse
from dateline.ports.wakeup import Lane

_MAY_USE: Final = (
    select(items.c.id, items.c.kind, items.c.label, items.c.published_revision, revisions.c.state)
    .join(picture_uses, picture_uses.c.item_id == items.c.id)
    .join(revisions, IS_NEWEST)
    .order_by(items.c.id.desc())
)


class SqlPictureUses(SqlPart):
    """``ports.ledger.pictures.Pictures.uses_of`` in SQL."""

    def uses_of(self, picture_id: str) -> Sequence[PictureUse]:
        with reading(self._engine) as connection:
            return uses_of(connection, picture_id)


def uses_of(connection: Connection, picture_id: str) -> list[PictureUse]:
    """What shows a picture in its newest revision, or in that which readers see."""
    these = or_(payloads.c.revision == items.c.newest_revision, payloads.c.revision == items.c.published_revision)
    by_address = select(picture_addresses.c.url).where(picture_addresses.c.picture_id == picture_id)
    names = [picture_id, *connection.execute(by_address).scalars()]
    named = or_(*(payloads.c.body.contains(name, autoescape=True) for name in names))
    says = select(payloads.c.item_id).where(payloads.c.item_id == items.c.id, these, named).exists()
    rows = connection.execute(_MAY_USE.where(picture_uses.c.picture_id == picture_id, says))
    return [_use(row) for row in rows]


def make_uses_due(connection: Connection, at: datetime, picture_ids: Collection[str]) -> int:
    """Make due again, in the live lane, what shows pictures and is public, or may become so at this moment.

    Returns how many."""
    if not picture_ids:
        return 0
    uses = select(picture_uses.c.item_id).where(in_list(picture_uses.c.picture_id, list(picture_ids)))
    shown = or_(items.c.published_revision.is_not(None), claims.c.lease_until.is_not(None))
    waits = or_(claims.c.due_at.is_(None), claims.c.due_at > at)
    chosen = (
        select(items.c.id)
        .join(claims, IS_CLAIM)
        .where(items.c.id.in_(uses), shown, waits)
        .order_by(items.c.id)
        .with_for_update()
    )
    made_due = update(claims).where(claims.c.item_id.in_(chosen)).values(due_again(at, Lane.LIVE))
    return int(connection.execute(made_due).rowcount)


def _use(row: Any) -> PictureUse:
    is_public = row.published_revision is not None and row.state != "withdrawn"
    return PictureUse(kind=row.kind, id=row.id, label=row.label, state=row.state, public=is_public)
