"""In which texts events are looked for, and what was found, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, delete, insert, select

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.event_tables import event_links
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import MENTIONS_SEEN, write_fact
from dateline.adapters.ledger.database.tables import changes, payloads
from dateline.adapters.ledger.followed_changes import followed_to, is_story_waiting, still_there
from dateline.adapters.ledger.vocabulary.retag_jobs import make_idle_due
from dateline.domain.enrichment import from_compact
from dateline.ports.ledger.event_links import Mentions, PublicText, TextsToRead
from dateline.ports.wakeup import Lane


class SqlMentions(SqlPart):
    """The part of ``ports.ledger.event_links.EventLinks`` that the indexer asks, in SQL."""

    def texts_to_read(self, *, limit: int) -> TextsToRead:
        with reading(self._engine) as connection:
            before = followed_to(connection, MENTIONS_SEEN)
            if is_story_waiting(connection):
                return TextsToRead(texts=(), seen=before, before=before)
            rows = connection.execute(_changed(before, limit)).all()
        texts = [_text(row) for row in rows if row.kind != "term"]
        return TextsToRead(texts=texts, seen=rows[-1].seq if rows else before, before=before)

    def changed_events(self, *, after: int, limit: int) -> Sequence[PublicText]:
        with reading(self._engine) as connection:
            return [_text(row) for row in connection.execute(_changed(after, limit).where(changes.c.kind == "event"))]

    def public_stories(self, item_ids: Collection[str]) -> Sequence[PublicText]:
        chosen = _with_payload().where(in_list(changes.c.item_id, item_ids), changes.c.kind == "story")
        with reading(self._engine) as connection:
            return [_text(row) for row in connection.execute(chosen) if row.body]

    def stories_mentioning(self, event_id: str, *, limit: int = 500) -> Sequence[str]:
        linked = event_links.c.event_id == event_id, event_links.c.why == "mention", ~event_links.c.unlinked
        newest = select(event_links.c.story_id).where(*linked).order_by(event_links.c.story_id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return connection.execute(newest).scalars().all()

    def record_mentions(self, found: Sequence[Mentions], *, seen: int) -> Sequence[str]:
        with writing(self._engine) as connection:
            at = now(connection)
            there = still_there(connection, {id for one in found for id in (one.story_id, *one.event_ids)})
            changed = [one.story_id for one in found if _record(connection, at, one, there)]
            make_idle_due(connection, changed, Lane.RETAG)
            write_fact(connection, MENTIONS_SEEN, str(seen))
        return changed


def _record(connection: Connection, at: datetime, one: Mentions, there: Collection[str]) -> bool:
    """Put on record what a story mentions; whether that changed anything."""
    kept = connection.execute(select(event_links).where(event_links.c.story_id == one.story_id)).all()
    known = {row.event_id for row in kept}
    held = {row.event_id for row in kept if row.why == "mention" and not row.unlinked}
    new = sorted(one.event_ids & set(there) - known) if one.story_id in there else []
    gone = held - one.event_ids if one.among is None else (held & one.among) - one.event_ids
    if gone:
        own = event_links.c.story_id == one.story_id, in_list(event_links.c.event_id, gone)
        connection.execute(delete(event_links).where(*own))
    if new:
        row = {"story_id": one.story_id, "why": "mention", "made": at, "by": "", "unlinked": False}
        connection.execute(insert(event_links), [{**row, "event_id": event_id} for event_id in new])
    return bool(new or gone)


def _changed(after: int, limit: int) -> Select[Any]:
    """What readers get otherwise than before, in the order of the change sequence."""
    return _with_payload().where(changes.c.seq > after).order_by(changes.c.seq).limit(limit)


def _with_payload() -> Select[Any]:
    """What readers get, with its text."""
    told = and_(
        payloads.c.item_id == changes.c.item_id, payloads.c.revision == changes.c.revision,
        changes.c.kind != "term", changes.c.state == "published",
    )  # fmt: skip
    read = changes.c.seq, changes.c.item_id, changes.c.kind, changes.c.enrichment, payloads.c.body
    return select(*read).outerjoin(payloads, told)


def _text(row: Any) -> PublicText:
    if not row.body:
        return PublicText(item_id=row.item_id, kind=row.kind, payload=None, seq=row.seq)
    tags = from_compact(orjson.loads(row.enrichment)).tags if row.enrichment else ()
    places = frozenset(tag.slug for tag in tags if tag.type == "place")
    return PublicText(item_id=row.item_id, kind=row.kind, payload=orjson.loads(row.body), seq=row.seq, places=places)
