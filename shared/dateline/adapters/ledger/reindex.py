"""Reindexing: which generation is being filled, and what it is filled from."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import or_

from dateline.adapters.ledger.claims import CLAIMED_ITEMS, read_claims
from dateline.adapters.ledger.database.duplicate_tables import folds
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.locks import exclusive_lock
from dateline.adapters.ledger.database.named_values import OPEN_GENERATION, read_fact, write_fact
from dateline.adapters.ledger.database.tables import claims, items
from dateline.domain.document import Kind
from dateline.errors import Conflict
from dateline.ports.ledger.claims import Claimed


class SqlReindexing(SqlPart):
    """``ports.ledger.reindex.Reindexing`` in SQL."""

    def exclusive_lock(self, name: str) -> AbstractContextManager[None]:
        return exclusive_lock(self._engine, name)

    def open_reindex(self, generation: str) -> None:
        with writing(self._engine) as connection:
            advisory_lock(connection, OPEN_GENERATION)
            if open_one := read_fact(connection, OPEN_GENERATION):
                raise Conflict(f"a reindex into {open_one} is under way")
            write_fact(connection, OPEN_GENERATION, generation)

    def open_generation(self) -> str | None:
        with reading(self._engine) as connection:
            return read_fact(connection, OPEN_GENERATION) or None

    def close_reindex(self) -> None:
        with writing(self._engine) as connection:
            write_fact(connection, OPEN_GENERATION, "")

    def published(self, *, kind: Kind, after: str = "", limit: int = 500, folded: bool = False) -> tuple[Claimed, ...]:
        public = items.c.published_revision.is_not(None)
        shown = or_(public, claims.c.claim > 0) if kind == "term" else public
        page = CLAIMED_ITEMS.where(items.c.kind == kind, items.c.id > after, shown).order_by(items.c.id).limit(limit)
        if folded:
            page = page.join(folds, folds.c.item_id == items.c.id)
        with reading(self._engine) as connection:
            return read_claims(connection, page, now(connection), published_only=True)

    def latest(self, *, kind: Kind, before: str = "", limit: int = 100) -> tuple[Claimed, ...]:
        page = CLAIMED_ITEMS.where(items.c.kind == kind, items.c.published_revision.is_not(None))
        if before:
            page = page.where(items.c.id < before)
        with reading(self._engine) as connection:
            chosen = page.order_by(items.c.id.desc()).limit(limit)
            return read_claims(connection, chosen, now(connection), published_only=True)[::-1]
