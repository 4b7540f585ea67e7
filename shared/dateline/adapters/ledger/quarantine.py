"""The quarantine: reading it, and what editors decide on what is in it."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, Select, case, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.tables import claims, items, revisions
from dateline.adapters.ledger.items import newest_first
from dateline.errors import NotFound
from dateline.ports.ledger.items import State
from dateline.ports.ledger.quarantine import QuarantinedItem, QuarantinePage
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

_QUARANTINED: Final[Select[Any]] = (
    select(items.c.id, items.c.kind, items.c.label, revisions)
    .join(revisions, revisions.c.item_id == items.c.id)
    .where(revisions.c.state == "quarantined")
)


_STAGE: Final = select(revisions.c.stage).where(revisions.c.state == "quarantined")


class SqlQuarantine(SqlPart):
    """``ports.ledger.quarantine.QuarantinedItems`` in SQL."""

    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> QuarantinePage:
        with reading(self._engine) as connection:
            rows, following = newest_first(connection, _QUARANTINED, limit, cursor)
        return QuarantinePage(items=tuple(map(_quarantined, rows)), next=following)

    def quarantined(self, item_id: str) -> QuarantinedItem:
        with reading(self._engine) as connection:
            row = connection.execute(_QUARANTINED.where(items.c.id == item_id)).first()
        if row is None:
            raise NotFound(f"nothing of {item_id} is in quarantine")
        return _quarantined(row)

    def requeue(self, item_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            # what workers died of is tried alone
            suspect = connection.execute(_STAGE.where(revisions.c.item_id == item_id)).scalar() == "worker"
            lane = Lane.SUSPECT if suspect else Lane.LIVE
            its_own = case((claims.c.lane >= int(Lane.MEDIA), int(Lane.MEDIA)), else_=int(lane))
            again = {"due_at": now(connection), "lease_until": None, "lost": int(suspect), "lane": its_own}
            connection.execute(update(claims).where(claims.c.item_id == item_id).values(again))
            _decide(connection, item_id, "accepted", by, "requeue")

    def discard(self, item_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            _decide(connection, item_id, "discarded", by, "discard")


def _decide(connection: Connection, item_id: str, state: State, by: Token, action: str) -> None:
    quarantined = revisions.c.item_id == item_id, revisions.c.state == "quarantined"
    done = connection.execute(update(revisions).where(*quarantined).values(state=state))
    if done.rowcount == 0:
        raise NotFound(f"nothing of {item_id} is in quarantine")
    record_audit(connection, now(connection), by, action, subject=item_id)


def _quarantined(row: Row[Any]) -> QuarantinedItem:
    return QuarantinedItem(
        id=row.id,
        kind=row.kind,
        revision=row.revision,
        label=row.label,
        stage=row.stage,
        reason=row.error,
        attempts=row.attempts,
        at=row.failed_at or row.received_at,
    )
