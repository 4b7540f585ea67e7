"""Who has a story open: a row a person and story, which is written again while the page is open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.story_page_tables import story_presence
from dateline.ports.ledger.story_pages.presence import PRESENT_FOR
from dateline.ports.ledger.tokens import Token


class SqlPresence(SqlPart):
    """``ports.ledger.story_pages.presence.Presence`` in SQL. Who has gone is swept away by whoever comes next."""

    def note_presence(self, story_id: str, by: Token, *, here: bool = True) -> tuple[str, ...]:
        own = story_presence.c.item_id == story_id, story_presence.c.writer_id == by.id
        with writing(self._engine) as connection:
            at = now(connection)
            connection.execute(delete(story_presence).where(story_presence.c.seen_at < at - PRESENT_FOR))
            if here:
                row = {"item_id": story_id, "writer_id": by.id, "name": by.name, "seen_at": at}
                connection.execute(
                    upsert(connection)(story_presence)
                    .values(row)
                    .on_conflict_do_update(
                        index_elements=["item_id", "writer_id"], set_={"name": by.name, "seen_at": at}
                    )
                )
            else:
                connection.execute(delete(story_presence).where(*own))
            return _present(connection, at, story_id, by)

    def present(self, story_id: str, by: Token) -> tuple[str, ...]:
        with reading(self._engine) as connection:
            return _present(connection, now(connection), story_id, by)


def _present(connection: Connection, at: datetime, story_id: str, by: Token) -> tuple[str, ...]:
    others = select(story_presence.c.name).where(
        story_presence.c.item_id == story_id,
        story_presence.c.writer_id != by.id,
        story_presence.c.seen_at >= at - PRESENT_FOR,
    )
    return tuple(connection.execute(others.order_by(story_presence.c.name)).scalars())
