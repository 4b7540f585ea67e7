"""The quarantine: reading it, and what editors decide on what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, case, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.quarantine_tables import tracebacks
from dateline.adapters.ledger.database.tables import claims, items, revisions
from dateline.adapters.ledger.items import newest_first
from dateline.adapters.ledger.tracebacks import forget_tracebacks
from dateline.domain.failure_cause import FailureCause, cause_of
from dateline.errors import NotFound
from dateline.ports.ledger.items import State
from dateline.ports.ledger.quarantine import MOST_COMPARED, FailedAlike, QuarantinedItem, QuarantinePage
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

_QUARANTINED: Final[Select[Any]] = (
    select(items.c.id, items.c.kind, items.c.label, revisions)
    .join(revisions, revisions.c.item_id == items.c.id)
    .where(revisions.c.state == "quarantined")
)
_REQUEUED_TOGETHER: Final = 500


class SqlQuarantine(SqlPart):
    """``ports.ledger.quarantine.QuarantinedItems`` in SQL."""

    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> QuarantinePage:
        with reading(self._engine) as connection:
            rows, following = newest_first(connection, _QUARANTINED, limit, cursor)
        return QuarantinePage(items=tuple(map(_quarantined, rows)), next=following)

    def quarantine_by_cause(self, *, each: int) -> tuple[FailedAlike, ...]:
        by_cause: dict[FailureCause, list[str]] = {}
        with reading(self._engine) as connection:
            for id, cause in _newest_causes(connection):
                by_cause.setdefault(cause, []).append(id)
            return tuple(_alike(connection, cause, ids, each) for cause, ids in by_cause.items())

    def failed_alike(self, item_id: str, *, limit: int, cursor: str | None = None) -> FailedAlike:
        own = self.quarantined(item_id)
        with reading(self._engine) as connection:
            return _alike(connection, own.cause, _ids_alike(connection, own), limit, cursor)

    def quarantined(self, item_id: str) -> QuarantinedItem:
        with reading(self._engine) as connection:
            row = connection.execute(_QUARANTINED.where(items.c.id == item_id)).first()
        if row is None:
            raise _not_there(item_id)
        return _quarantined(row)

    def traceback(self, item_id: str, revision: int) -> str:
        chosen = select(tracebacks.c.text).where(tracebacks.c.item_id == item_id, tracebacks.c.revision == revision)
        with reading(self._engine) as connection:
            return connection.execute(chosen).scalar() or ""

    def requeue(self, item_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            if not _requeue(connection, [item_id], by):
                raise _not_there(item_id)

    def requeue_alike(self, item_id: str, by: Token) -> int:
        """In parts, so that others write in between; what somebody decided meanwhile isn't counted."""
        own, requeued = self.quarantined(item_id), 0
        with reading(self._engine) as connection:
            ids = _ids_alike(connection, own)
        for start in range(0, len(ids), _REQUEUED_TOGETHER):
            with writing(self._engine) as connection:
                requeued += _requeue(connection, ids[start : start + _REQUEUED_TOGETHER], by)
        return requeued

    def discard(self, item_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            if not _decide(connection, [item_id], "discarded", by, "discard"):
                raise _not_there(item_id)
            forget_tracebacks(connection, [item_id])


def _newest_causes(connection: Connection) -> Iterator[tuple[str, FailureCause]]:
    """The newest items in quarantine by their ids, newest first, and what each failed by."""
    named = _QUARANTINED.with_only_columns(items.c.id, items.c.kind, revisions.c.stage, revisions.c.error)
    for row in connection.execute(named.order_by(items.c.id.desc()).limit(MOST_COMPARED)):
        yield row.id, cause_of(row.kind, row.stage, row.error)


def _ids_alike(connection: Connection, own: QuarantinedItem) -> list[str]:
    """What failed as one item did, newest first; itself too, however old it is."""
    ids = [id for id, cause in _newest_causes(connection) if cause == own.cause]
    return ids if own.id in ids else [*ids, own.id]


def _alike(
    connection: Connection, cause: FailureCause, ids: Sequence[str], limit: int, cursor: str | None = None
) -> FailedAlike:
    behind = [id for id in ids if cursor is None or id < cursor]
    shown = _QUARANTINED.where(in_list(items.c.id, behind[:limit])).order_by(items.c.id.desc())
    following = behind[limit - 1] if len(behind) > limit else None
    found = tuple(map(_quarantined, connection.execute(shown)))
    return FailedAlike(cause=cause, count=len(ids), items=found, next=following)


def _requeue(connection: Connection, item_ids: Sequence[str], by: Token) -> int:
    """Make due again those of the items that are in quarantine: how many."""
    queued = in_list(claims.c.item_id, item_ids)
    connection.execute(select(claims.c.item_id).where(queued).order_by(claims.c.item_id).with_for_update())
    stages = _decide(connection, item_ids, "accepted", by, "requeue")
    # what workers died of is tried alone
    for suspect in (True, False):
        chosen = [item_id for item_id, stage in stages.items() if (stage == "worker") is suspect]
        lane = Lane.SUSPECT if suspect else Lane.LIVE
        its_own = case((claims.c.lane >= int(Lane.MEDIA), int(Lane.MEDIA)), else_=int(lane))
        again = {"due_at": now(connection), "lease_until": None, "lost": int(suspect), "lane": its_own}
        connection.execute(update(claims).where(in_list(claims.c.item_id, chosen)).values(again))
    return len(stages)


def _decide(connection: Connection, item_ids: Sequence[str], state: State, by: Token, action: str) -> dict[str, str]:
    """Take the items out of the quarantine: the stage at which each of those that were in it stopped."""
    quarantined = in_list(revisions.c.item_id, item_ids), revisions.c.state == "quarantined"
    decided = update(revisions).where(*quarantined).values(state=state)
    rows = connection.execute(decided.returning(revisions.c.item_id, revisions.c.stage)).all()
    for row in rows:
        record_audit(connection, now(connection), by, action, subject=row.item_id)
    return {row.item_id: row.stage for row in rows}


def _not_there(item_id: str) -> NotFound:
    return NotFound(f"nothing of {item_id} is in quarantine")


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
