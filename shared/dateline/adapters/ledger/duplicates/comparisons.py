"""What is to be compared, by what alike stories are found, and what a comparison leaves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

import orjson
from sqlalchemy import Connection, TextClause, and_, delete, insert, or_, select, text

from dateline.adapters.ledger.database.duplicate_tables import duplicates, story_bands, story_signatures
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.named_values import COMPARED, write_fact
from dateline.adapters.ledger.database.tables import changes, items, payloads, revisions
from dateline.adapters.ledger.followed_changes import followed_to, is_story_waiting, still_there
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.domain.similarity.minhash import bands_of
from dateline.ports.ledger.duplicates import Alike, Comparison, StoryText, TextsToCompare

MOST_OF_BAND: Final = 50
"""Stories of one band that are looked at, the newest: copies of one text by the thousand share all."""

_HAS_PAYLOAD: Final = (payloads.c.item_id == changes.c.item_id) & (payloads.c.revision == changes.c.revision)
_SIGNED: Final = story_signatures.c.item_id == items.c.id


class SqlComparisons(SqlPart):
    """The comparing half of ``ports.ledger.duplicates.Duplicates`` in SQL."""

    def texts_to_compare(self, *, limit: int) -> TextsToCompare:
        with reading(self._engine) as connection:
            before = followed_to(connection, COMPARED)
            if is_story_waiting(connection):
                return TextsToCompare(texts=(), seen=before, before=before)
            rows = connection.execute(_changed(before, limit)).all()
            held = connection.execute(_held(limit)).all()
        seen = rows[-1].seq if rows else before
        texts = [_text(row) for row in rows if row.kind == "story" and not _is_signed(row)]
        return TextsToCompare(texts=[*texts, *map(_text, held)], seen=seen, before=before)

    def stories_with_bands(self, bands: Sequence[int], *, limit: int = 20) -> Sequence[StoryText]:
        if not bands:
            return ()
        asked = {f"band{place}": band for place, band in enumerate(bands)}
        with reading(self._engine) as connection:
            found = connection.execute(_with_bands(len(bands)), {**asked, "most": MOST_OF_BAND, "limit": limit})
            return [
                StoryText(item_id=row.item_id, revision=row.revision, payload=None, signature=bytes(row.signature))
                for row in found
            ]

    def compared_texts(self, item_ids: Collection[str]) -> Sequence[StoryText]:
        compared = and_(
            payloads.c.item_id == story_signatures.c.item_id, payloads.c.revision == story_signatures.c.revision
        )
        found = select(story_signatures, payloads.c.body).join(payloads, compared)
        with reading(self._engine) as connection:
            rows = connection.execute(found.where(in_list(story_signatures.c.item_id, item_ids))).all()
        return [_text(row, row.signature) for row in rows]

    def record_comparisons(self, found: Sequence[Comparison], *, seen: int) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            named = {one.item_id for one in found} | {alike.item_id for one in found for alike in one.alike}
            there = still_there(connection, named)
            kept = [one for one in found if one.signature is not None and one.item_id in there]
            forget_comparisons(connection, {one.item_id for one in found} - {one.item_id for one in kept})
            _sign(connection, kept)
            own = _is_of([one.item_id for one in kept])
            connection.execute(delete(duplicates).where(duplicates.c.status == "open", own))
            for one in kept:
                for alike in one.alike:
                    if alike.item_id in there:
                        _record_pair(connection, one, alike, at)
            write_fact(connection, COMPARED, str(seen))


@cache
def _with_bands(count: int) -> TextClause:
    """The stories that have most of so many bands; written out, since making it anew takes longer than running it."""
    each = " UNION ALL ".join(
        f"SELECT story FROM (SELECT story FROM story_bands WHERE band = :band{place} ORDER BY story DESC LIMIT :most) t"
        for place in range(count)
    )
    most = (
        f"SELECT story, count(*) AS bands FROM ({each}) met GROUP BY story ORDER BY bands DESC, story DESC LIMIT :limit"
    )
    return text(
        f"SELECT s.item_id, s.revision, s.signature FROM ({most}) m JOIN story_signatures s ON s.number = m.story"
        " ORDER BY m.bands DESC, m.story DESC"
    )


def _changed(after: int, limit: int) -> Any:
    """What readers get otherwise than before, in the order of the change sequence, with what is on record of it."""
    return (
        select(changes, payloads.c.body, story_signatures.c.revision.label("signed"))
        .outerjoin(payloads, and_(_HAS_PAYLOAD, changes.c.kind == "story", changes.c.state == "published"))
        .outerjoin(story_signatures, story_signatures.c.item_id == changes.c.item_id)
        .where(changes.c.seq > after)
        .order_by(changes.c.seq)
        .limit(limit)
    )


def _held(limit: int) -> Any:
    """Stories that nobody saw yet, and whose held text was not compared."""
    return (
        select(revisions.c.item_id, revisions.c.revision, payloads.c.body)
        .join(items, IS_NEWEST)
        .join(payloads, (payloads.c.item_id == items.c.id) & (payloads.c.revision == items.c.newest_revision))
        .outerjoin(story_signatures, _SIGNED)
        .where(
            revisions.c.state == "held",
            items.c.kind == "story",
            items.c.published_revision.is_(None),
            or_(story_signatures.c.item_id.is_(None), story_signatures.c.revision != items.c.newest_revision),
        )
        .limit(limit)
    )


def _is_signed(row: Any) -> bool:
    """Whether this very revision was compared: a retag changes no text."""
    return bool(row.state == "published" and row.signed == row.revision)


def _text(row: Any, signature: bytes = b"") -> StoryText:
    payload = orjson.loads(row.body) if row.body else None
    return StoryText(item_id=row.item_id, revision=row.revision, payload=payload, signature=bytes(signature))


def _sign(connection: Connection, found: Sequence[Comparison]) -> None:
    """Put the signatures and bands on record in place of earlier ones."""
    _forget_signatures(connection, [one.item_id for one in found])
    if not found:
        return
    rows = [{"item_id": one.item_id, "revision": one.revision, "signature": one.signature} for one in found]
    signed = insert(story_signatures).returning(story_signatures.c.item_id, story_signatures.c.number)
    numbers = {row.item_id: row.number for row in connection.execute(signed, rows)}
    bands = [{"band": band, "story": numbers[one.item_id]} for one in found for band in set(one.bands)]
    insert_all(connection, story_bands, bands)


def _record_pair(connection: Connection, one: Comparison, alike: Alike, at: datetime) -> None:
    """Ids sort by the time they were made, so the later story is the greater one."""
    later, earlier = sorted([(one.item_id, one.revision), (alike.item_id, alike.revision)], reverse=True)
    measured = {
        "likeness": alike.likeness, "shared": alike.shared, "compared": alike.compared, "item_revision": later[1],
        "other_revision": earlier[1],
    }  # fmt: skip
    pair = upsert(connection)(duplicates).values(
        item_id=later[0], other_id=earlier[0], status="open", found_at=at, **measured
    )
    connection.execute(pair.on_conflict_do_update(index_elements=["item_id", "other_id"], set_=measured))


def _is_of(ids: Collection[str]) -> Any:
    """Pairs of which one is among these."""
    return or_(in_list(duplicates.c.item_id, ids), in_list(duplicates.c.other_id, ids))


def _forget_signatures(connection: Connection, item_ids: Collection[str]) -> None:
    gone = delete(story_signatures).where(in_list(story_signatures.c.item_id, item_ids))
    rows = connection.execute(gone.returning(story_signatures.c.number, story_signatures.c.signature)).all()
    for row in rows:
        if row.signature:
            own = story_bands.c.band.in_(bands_of(bytes(row.signature))), story_bands.c.story == row.number
            connection.execute(delete(story_bands).where(*own))


def forget_comparisons(connection: Connection, item_ids: Collection[str]) -> None:
    """Take out all by which these stories were found alike, and what was said of the pairs."""
    if item_ids:
        _forget_signatures(connection, item_ids)
        connection.execute(delete(duplicates).where(_is_of(item_ids)))
