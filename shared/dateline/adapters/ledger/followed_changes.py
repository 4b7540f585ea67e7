"""What those ask who follow the change sequence in the background: how far they are, if a story waits, what is gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, select

from dateline.adapters.ledger.changes import last_number
from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import read_fact
from dateline.adapters.ledger.database.tables import Instant, claims, items, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.ports.wakeup import Lane

_WAITING: Final = (
    select(claims.c.item_id)
    .where(
        claims.c.lane < Lane.RETAG, claims.c.due_at <= bindparam("at", type_=Instant), claims.c.lease_until.is_(None)
    )
    .limit(1)
)


def followed_to(connection: Connection, name: str) -> int:
    """The number up to which the changes are looked through, as the fact ``name`` says."""
    seen = int(read_fact(connection, name) or 0)
    return 0 if seen > last_number(connection) else seen  # the ledger was restored: its changes are numbered anew


def is_story_waiting(connection: Connection) -> bool:
    """Whether something is due that readers or reporters wait for."""
    return connection.execute(_WAITING, {"at": now(connection)}).first() is not None


def still_there(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of the items that nobody withdrew."""
    kept = select(items.c.id).join(revisions, IS_NEWEST).where(revisions.c.action != "withdraw")
    return set(connection.execute(kept.where(in_list(items.c.id, ids))).scalars())
