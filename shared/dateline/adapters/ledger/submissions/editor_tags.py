"""An editor's tags: this tag, or not this tag, kept through every retagging."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.tables import claims, editor_tags, items, revisions
from dateline.adapters.ledger.items import read_item
from dateline.domain.document import ItemKind
from dateline.domain.tag import TagRef
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


class SqlEditorTags(SqlPart):
    """``ports.ledger.submissions.Submissions.set_editor_tags`` in SQL."""

    def set_editor_tags(self, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> Item:
        """The item is due again at once."""
        with writing(self._engine) as connection:
            at = now(connection)
            locked = select(items.c.kind, items.c.newest_revision).where(items.c.id == item_id).with_for_update()
            item = connection.execute(locked).first()
            if item is None:
                raise NotFound(f"there is no item {item_id}")
            connection.execute(update(claims).where(claims.c.item_id == item_id).values(due_again(at, Lane.LIVE)))
            newest = revisions.c.item_id == item_id, revisions.c.revision == item.newest_revision
            if connection.execute(select(revisions.c.action).where(*newest)).scalar() == "withdraw":
                raise Conflict(f"this {item.kind} was withdrawn, and stays so")
            choices = {ref: True for ref in add} | {ref: False for ref in remove}
            for ref in choices:
                connection.execute(
                    delete(editor_tags).where(
                        editor_tags.c.item_id == item_id, editor_tags.c.type == ref.type, editor_tags.c.slug == ref.slug
                    )
                )
            if choices:
                rows = [
                    {"item_id": item_id, "type": ref.type, "slug": ref.slug, "added": added}
                    for ref, added in choices.items()
                ]
                connection.execute(insert(editor_tags), rows)
            detail = ", ".join(("+" if added else "-") + ref.key for ref, added in choices.items())
            record_audit(connection, at, by, "tags", subject=item_id, detail=detail)
            kind: ItemKind = item.kind
            return read_item(connection, kind, item_id, "newest")
