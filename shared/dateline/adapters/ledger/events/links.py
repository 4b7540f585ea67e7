"""Links between stories and events in SQL, and an editor's word on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, or_, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.event_tables import event_links
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.domain.document import Kind
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.event_links import EventLink, LinkReason
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

_STORY: Final = items.alias("linked_story")
_EVENT: Final = items.alias("linked_event")


class SqlEventLinks(SqlPart):
    """The part of ``ports.ledger.event_links.EventLinks`` that the desk asks, in SQL."""

    def events_of_story(self, story_id: str) -> Sequence[EventLink]:
        own = _links().where(event_links.c.story_id == story_id)
        with reading(self._engine) as connection:
            found = connection.execute(own.order_by(event_links.c.made, event_links.c.event_id))
            return [_link(row) for row in found]

    def stories_of_event(self, event_id: str, *, limit: int = 100) -> Sequence[EventLink]:
        own = _links().where(event_links.c.event_id == event_id)
        with reading(self._engine) as connection:
            found = connection.execute(own.order_by(event_links.c.story_id.desc()).limit(limit))
            return [_link(row) for row in found]

    def link_event(self, story_id: str, event_id: str, by: Token) -> EventLink:
        with writing(self._engine) as connection:
            at = now(connection)
            _check_there(connection, story_id, "story")
            _check_there(connection, event_id, "event")
            add_link(connection, at, story_id, event_id, why="editor", by=by.name)
            record_audit(connection, at, by, "link-event", subject=story_id, detail=event_id)
            pair = event_links.c.story_id == story_id, event_links.c.event_id == event_id
            return _link(connection.execute(_links().where(*pair)).one())

    def unlink_event(self, story_id: str, event_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            parted = (
                update(event_links)
                .where(event_links.c.story_id == story_id, event_links.c.event_id == event_id, ~event_links.c.unlinked)
                .values(unlinked=True, why="editor", made=at, by=by.name)
            )
            if not connection.execute(parted).rowcount:
                raise NotFound("These two are not linked.")
            record_audit(connection, at, by, "unlink-event", subject=story_id, detail=event_id)
            _make_due(connection, at, [story_id])


def add_link(connection: Connection, at: datetime, story_id: str, event_id: str, *, why: LinkReason, by: str) -> None:
    """Link a story and an event, also those that an editor parted; what is linked already keeps its reason."""
    made = {"why": why, "made": at, "by": by, "unlinked": False}
    row = upsert(connection)(event_links).values(story_id=story_id, event_id=event_id, **made)
    weaker = or_(event_links.c.unlinked, event_links.c.why == "mention")
    connection.execute(row.on_conflict_do_update(index_elements=["story_id", "event_id"], set_=made, where=weaker))
    _make_due(connection, at, [story_id])


def forget_links(connection: Connection, at: datetime, item_id: str) -> None:
    """Take out the links of an erased story or event; the stories are indexed again without them."""
    own = or_(event_links.c.story_id == item_id, event_links.c.event_id == item_id)
    gone = connection.execute(delete(event_links).where(own).returning(event_links.c.story_id)).scalars().all()
    _make_due(connection, at, set(gone) - {item_id})


def _links() -> Select[Any]:
    """Links that hold, with the labels of both."""
    return (
        select(event_links, _STORY.c.label.label("story_label"), _EVENT.c.label.label("event_label"))
        .join(_STORY, _STORY.c.id == event_links.c.story_id)
        .join(_EVENT, _EVENT.c.id == event_links.c.event_id)
        .where(~event_links.c.unlinked)
    )


def _link(row: Any) -> EventLink:
    return EventLink(
        story_id=row.story_id, event_id=row.event_id, why=row.why, made=row.made, by=row.by,
        story_label=row.story_label, event_label=row.event_label,
    )  # fmt: skip


def _check_there(connection: Connection, item_id: str, kind: Kind) -> None:
    newest = select(revisions.c.action).join(items, IS_NEWEST).where(items.c.id == item_id, items.c.kind == kind)
    action = connection.execute(newest).scalar()
    if action is None:
        raise NotFound(f"There is no {kind} {item_id}.")
    if action == "withdraw":
        raise Conflict(f"This {kind} was withdrawn.")


def _make_due(connection: Connection, at: datetime, ids: Collection[str]) -> None:
    if ids:
        connection.execute(update(claims).where(in_list(claims.c.item_id, ids)).values(due_again(at, Lane.LIVE)))
