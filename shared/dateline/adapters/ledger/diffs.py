"""How public revisions differ: worked out once, when they are indexed, and kept."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from sqlalchemy import Connection, func, select, update

from dateline.adapters.ledger.database.engine import upsert
from dateline.adapters.ledger.database.tables import diffs
from dateline.ports.ledger.claims import Indexed


def read_passages(written: str) -> tuple[tuple[str, str], ...]:
    """The passages of a row."""
    return tuple((before, after) for before, after in orjson.loads(written))


def keep_diffs(connection: Connection, indexed: Sequence[Indexed]) -> None:
    """Put on record what was worked out for documents that stand in the index now; what is there already stays."""
    rows = [
        {
            "item_id": one.claimed.item_id,
            "revision": revision,
            "before": diff.before,
            "passages": orjson.dumps(diff.passages).decode(),
        }
        for one in indexed
        for revision, diff in sorted(one.diffs.items())
    ]
    if rows:
        connection.execute(upsert(connection)(diffs).on_conflict_do_nothing(), rows)


def forget_diff(connection: Connection, item_id: str, revision: int) -> None:
    """Take the passages of a revision's difference off the record; of one that nobody saw they are the next one's.

    That there was a difference stays, so that it isn't worked out again.
    """
    shown = select(func.min(diffs.c.revision)).where(diffs.c.item_id == item_id, diffs.c.revision >= revision)
    which = diffs.c.item_id == item_id, diffs.c.revision == shown.scalar_subquery()
    connection.execute(update(diffs).where(*which).values(passages="[]"))
