"""Suggested tags in SQL: which stories are looked through, what was found, and what editors decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import orjson
from sqlalchemy import Connection, and_, delete, func, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.named_values import SUGGESTED_SEEN, write_fact
from dateline.adapters.ledger.database.tables import changes, claims, editor_tags, items, payloads
from dateline.adapters.ledger.database.vocabulary_tables import suggested_tags
from dateline.adapters.ledger.followed_changes import followed_to, is_story_waiting, still_there
from dateline.domain.tag import EditorTags, TagRef, TagType
from dateline.ports.ledger.suggested_tags import (
    PublicStory,
    StoriesToSuggest,
    StorySuggestions,
    SuggestedStory,
    SuggestedTag,
    SuggestedTerm,
)
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

_OPEN: Final = suggested_tags.c.decided == ""


class SqlSuggestedTags(SqlPart):
    """``ports.ledger.suggested_tags.SuggestedTags`` in SQL."""

    def stories_to_suggest(self, *, limit: int) -> StoriesToSuggest:
        told = and_(
            payloads.c.item_id == changes.c.item_id, payloads.c.revision == changes.c.revision,
            changes.c.state == "published",
        )  # fmt: skip
        with reading(self._engine) as connection:
            before = followed_to(connection, SUGGESTED_SEEN)
            if is_story_waiting(connection):
                return StoriesToSuggest(stories=(), seen=before, before=before)
            read = select(changes.c.seq, changes.c.item_id, changes.c.kind, payloads.c.body).outerjoin(payloads, told)
            rows = connection.execute(read.where(changes.c.seq > before).order_by(changes.c.seq).limit(limit)).all()
            said = _editor_tags(connection, [row.item_id for row in rows])
        stories = [
            PublicStory(
                item_id=row.item_id, payload=orjson.loads(row.body) if row.body else None, editor_tags=said[row.item_id]
            )
            for row in rows
            if row.kind == "story"
        ]
        return StoriesToSuggest(stories=stories, seen=rows[-1].seq if rows else before, before=before)

    def record_suggestions(self, found: Sequence[StorySuggestions], *, seen: int, most: int) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            ids = [one.item_id for one in found]
            connection.execute(delete(suggested_tags).where(in_list(suggested_tags.c.item_id, ids), _OPEN))
            there = still_there(connection, ids)
            rows = [_row(one.item_id, tag, at) for one in found if one.item_id in there for tag in one.tags]
            insert_all(connection, suggested_tags, rows, otherwise="ON CONFLICT DO NOTHING")
            _trim(connection, most)
            write_fact(connection, SUGGESTED_SEEN, str(seen))

    def suggested_terms(self, *, type: str = "", limit: int, start: int = 0) -> Sequence[SuggestedTerm]:
        count = func.count().label("stories")
        chosen = select(suggested_tags.c.type, suggested_tags.c.slug, count).where(_OPEN)
        if type:
            chosen = chosen.where(suggested_tags.c.type == type)
        grouped = chosen.group_by(suggested_tags.c.type, suggested_tags.c.slug)
        ranked = grouped.order_by(count.desc(), suggested_tags.c.type, suggested_tags.c.slug).limit(limit).offset(start)
        with reading(self._engine) as connection:
            return [
                SuggestedTerm(type=row.type, slug=row.slug, count=row.stories) for row in connection.execute(ranked)
            ]

    def suggested_stories(self, keys: Collection[str], *, each: int) -> Sequence[SuggestedStory]:
        with reading(self._engine) as connection:
            return [one for key in keys for one in _stories_of(connection, key, each)]

    def decide_suggestions(
        self, type: TagType, slug: str, item_ids: Collection[str], decided: Literal["accepted", "refused"], by: Token
    ) -> Sequence[str]:
        own = suggested_tags.c.type == type, suggested_tags.c.slug == slug
        with writing(self._engine) as connection:
            open_ones = select(suggested_tags.c.item_id).where(*own, _OPEN, in_list(suggested_tags.c.item_id, item_ids))
            chosen = sorted(still_there(connection, set(connection.scalars(open_ones))))
            here = *own, in_list(suggested_tags.c.item_id, chosen)
            connection.execute(update(suggested_tags).where(*here).values(decided=decided))
            at, ref = now(connection), TagRef(type=type, slug=slug)
            if decided == "accepted":
                _add_tag(connection, at, ref, chosen)
                for item_id in chosen:
                    record_audit(connection, at, by, "tags", subject=item_id, detail=f"+{ref.key}")
            elif chosen:
                detail = f"{len(chosen)} stories"
                record_audit(connection, at, by, "suggestion-refused", subject=ref.key, detail=detail)
        return chosen


def forget_suggestions(connection: Connection, item_id: str) -> None:
    """Take out what was suggested of an erased story: it is in its words."""
    connection.execute(delete(suggested_tags).where(suggested_tags.c.item_id == item_id))


def _add_tag(connection: Connection, at: datetime, ref: TagRef, item_ids: Sequence[str]) -> None:
    """Add an editor's tag to stories, which are due with that."""
    locked = select(items.c.id).where(in_list(items.c.id, item_ids)).order_by(items.c.id).with_for_update()
    connection.execute(locked)
    own = editor_tags.c.type == ref.type, editor_tags.c.slug == ref.slug, in_list(editor_tags.c.item_id, item_ids)
    connection.execute(delete(editor_tags).where(*own))
    rows = [{"item_id": item_id, "type": ref.type, "slug": ref.slug, "added": True} for item_id in item_ids]
    insert_all(connection, editor_tags, rows)
    due = in_list(claims.c.item_id, item_ids)  # what a worker has under way too: it may have read the tags before
    connection.execute(update(claims).where(due).values(due_again(at, Lane.LIVE)))


def _editor_tags(connection: Connection, item_ids: Collection[str]) -> dict[str, EditorTags]:
    added: dict[str, list[TagRef]] = defaultdict(list)
    removed: dict[str, list[TagRef]] = defaultdict(list)
    for row in connection.execute(select(editor_tags).where(in_list(editor_tags.c.item_id, item_ids))):
        (added if row.added else removed)[row.item_id].append(TagRef(type=row.type, slug=row.slug))
    return {one: EditorTags(added=tuple(added[one]), removed=tuple(removed[one])) for one in item_ids}


def _row(item_id: str, tag: SuggestedTag, at: datetime) -> dict[str, Any]:
    words = orjson.dumps([tag.before, tag.words, tag.after]).decode()
    return {"item_id": item_id, "type": tag.type, "slug": tag.slug, "words": words, "reason": tag.reason, "at": at,
            "decided": ""}  # fmt: skip


def _trim(connection: Connection, most: int) -> None:
    """Let the oldest stories' go where more wait than ``most``."""
    surplus = (connection.execute(select(func.count()).where(_OPEN)).scalar() or 0) - most
    if surplus > 0:
        oldest = select(suggested_tags.c.item_id).where(_OPEN).order_by(suggested_tags.c.item_id).limit(surplus)
        gone = set(connection.scalars(oldest))
        connection.execute(delete(suggested_tags).where(in_list(suggested_tags.c.item_id, gone), _OPEN))


def _stories_of(connection: Connection, key: str, each: int) -> list[SuggestedStory]:
    type, _, slug = key.partition(":")
    chosen = (
        select(suggested_tags, items.c.label)
        .join(items, items.c.id == suggested_tags.c.item_id)
        .where(_OPEN, suggested_tags.c.type == type, suggested_tags.c.slug == slug)
        .order_by(suggested_tags.c.item_id.desc())
        .limit(each)
    )
    return [SuggestedStory(item_id=row.item_id, label=row.label, tag=_tag(row)) for row in connection.execute(chosen)]


def _tag(row: Any) -> SuggestedTag:
    before, words, after = orjson.loads(row.words)
    return SuggestedTag(type=row.type, slug=row.slug, before=before, words=words, after=after, reason=row.reason)
