"""What readers see of a correction's difference: an editor's word, kept whatever is written later."""

from __future__ import annotations

from sqlalchemy import select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.tables import claims, items, revisions
from dateline.adapters.ledger.diffs import forget_diff
from dateline.adapters.ledger.items import read_item
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.items import DiffState, Item
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


class SqlCorrectionMarks(SqlPart):
    """``ports.ledger.submissions.Submissions.show_difference`` in SQL."""

    def show_difference(self, story_id: str, revision: int, shown: DiffState, reason: str, by: Token) -> Item:
        """The item is due again at once."""
        which = revisions.c.item_id == story_id, revisions.c.revision == revision
        with writing(self._engine) as connection:
            at = now(connection)
            locked = select(items.c.id).where(items.c.id == story_id, items.c.kind == "story").with_for_update()
            if connection.execute(locked).first() is None:
                raise NotFound(f"there is no story {story_id}")
            connection.execute(update(claims).where(claims.c.item_id == story_id).values(due_again(at, Lane.LIVE)))
            row = connection.execute(select(revisions.c.action, revisions.c.diff_state).where(*which)).first()
            if row is None or revision == 1 or row.action == "withdraw":
                raise NotFound(f"revision {revision} of story {story_id} is no correction")
            if row.diff_state == "removed" and shown != "removed":
                raise Conflict("this difference was removed for legal reasons, and stays so")
            connection.execute(update(revisions).where(*which).values(diff_state=shown))
            if shown == "removed":
                forget_diff(connection, story_id, revision)
            record_audit(connection, at, by, f"difference-{shown}", subject=story_id, revision=revision, detail=reason)
            return read_item(connection, "story", story_id, "newest")
