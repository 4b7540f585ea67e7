"""Tracebacks of what could not be indexed: kept until it is indexed, discarded, erased, or fails otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.quarantine_tables import tracebacks
from dateline.ports.ledger.claims import Later, Outcome, Quarantine


def keep_tracebacks(connection: Connection, marked: Sequence[Outcome]) -> None:
    """Put on record where the code was when these claims failed, in the place of what was known of their items."""
    done = [one.claimed.item_id for one in marked if not isinstance(one, Later)]
    quarantined = [one for one in marked if isinstance(one, Quarantine) and one.traceback]
    if not done:
        return
    forget_tracebacks(connection, done)
    rows = [
        {"item_id": one.claimed.item_id, "revision": one.claimed.publish.revision, "text": one.traceback}
        for one in quarantined
        if one.claimed.publish
    ]
    if rows:
        connection.execute(insert(tracebacks), rows)


def forget_tracebacks(connection: Connection, item_ids: Collection[str]) -> None:
    """Take off the record what is known of these items."""
    connection.execute(delete(tracebacks).where(in_list(tracebacks.c.item_id, item_ids)))
