"""Who did what, when: one row for every write, kept when a payload is erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from dateline.adapters.ledger.database.tables import audit


def record_audit(
    connection: Connection,
    at: datetime,
    by: str,
    action: str,
    *,
    item_id: str = "",
    revision: int | None = None,
    detail: str = "",
) -> None:
    """Put one row into the audit."""
    connection.execute(
        insert(audit).values(at=at, by=by, action=action, item_id=item_id, revision=revision, detail=detail)
    )
