"""Terms that something public uses: with that they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, literal, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items
from dateline.ports.wakeup import Lane


class SqlPublicTerms(SqlPart):
    """``ports.ledger.vocabulary.PublicTerms`` in SQL."""

    def publish_terms(self, keys: Sequence[str]) -> int:
        """A term that a worker is just at stays due, and is claimed again after that."""
        if not keys:
            return 0
        with writing(self._engine) as connection:
            at = now(connection)
            hidden = (items.c.kind == "term", items.c.published_revision.is_(None), in_list(items.c.id, sorted(keys)))
            locked = select(items.c.id).where(*hidden).order_by(items.c.id).with_for_update()
            ids = connection.execute(locked).scalars().all()
            if ids:
                public = update(items).where(in_list(items.c.id, ids))
                connection.execute(public.values(published_revision=items.c.newest_revision))
                due_at = func.coalesce(claims.c.due_at, literal(at, claims.c.due_at.type))
                again = due_again(at, Lane.LIVE) | {"due_at": due_at}
                connection.execute(update(claims).where(in_list(claims.c.item_id, ids)).values(again))
            return len(ids)
