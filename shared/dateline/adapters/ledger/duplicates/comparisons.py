"""What is to be compared, by what alike stories are found, and what a comparison leaves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, and_, delete, func, literal, or_, select, union_all

from dateline.adapters.ledger.changes import last_number
from dateline.adapters.ledger.database.duplicate_tables import duplicates, story_bands, story_signatures
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.named_values import COMPARED, read_fact, write_fact
from dateline.adapters.ledger.database.tables import changes, items, payloads, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.domain.similarity.minhash import bands_of
from dateline.ports.ledger.duplicates import Comparison, StoryText, TextsToCompare

MOST_OF_BAND: Final = 50
"""Stories of one band that are looked at, the newest: copies of one text by the thousand share all."""

_HAS_PAYLOAD: Final = (payloads.c.item_id == changes.c.item_id) & (payloads.c.revision == changes.c.revision)
_SIGNED: Final = story_signatures.c.item_id == items.c.id


class SqlComparisons(SqlPart):
    """The comparing half of ``ports.ledger.duplicates.Duplicates`` in SQL."""

    def texts_to_compare(self, *, limit: int) -> TextsToCompare:
        with reading(self._engine) as connection:
            before = int(read_fact(connection, COMPARED) or 0)
            if before > last_number(connection):  # the ledger was restored: its changes are numbered anew
                before = 0
            rows = connection.execute(_changed(before, limit)).all()
            held = connection.execute(_held(limit)).all()
        seen = rows[-1].seq if rows else before
        texts = [_text(row) for row in rows if row.kind == "story" and not _is_signed(row)]
        return TextsToCompare(texts=[*texts, *map(_text, held)], seen=seen, before=before)

    def stories_with_bands(self, bands: Sequence[int], *, limit: int = 20) -> Sequence[StoryText]:
        each = [
            select(
                select(story_bands.c.story)
                .where(story_bands.c.band == literal(band))
                .order_by(story_bands.c.story.desc())
                .limit(MOST_OF_BAND)
                .subquery()
            )
            for band in bands
        ]
        if not each:
            return ()
        met = union_all(*each).subquery()
        counted = select(met.c.story, func.count().label("bands")).group_by(met.c.story)
        most = counted.order_by(func.count().desc(), met.c.story.desc()).limit(limit).subquery()
        found = (
            select(story_signatures)
            .join(most, most.c.story == story_signatures.c.number)
            .order_by(most.c.bands.desc(), most.c.story.desc())
        )
        with reading(self._engine) as connection:
            return [
                StoryText(item_id=row.item_id, revision=row.revision, payload=None, signature=row.signature)
                for row in connection.execute(found)
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
            there = _still_there(connection, [one.item_id for one in found])
            for one in found:
                if one.signature is None or one.item_id not in there:
                    forget_comparisons(connection, [one.item_id])
                else:
                    _record(connection, one, there, at)
            write_fact(connection, COMPARED, str(seen))


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
    return StoryText(item_id=row.item_id, revision=row.revision, payload=payload, signature=signature)


def _still_there(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those that nobody withdrew."""
    kept = select(items.c.id).join(revisions, IS_NEWEST).where(revisions.c.action != "withdraw")
    return set(connection.execute(kept.where(in_list(items.c.id, ids))).scalars())


def _record(connection: Connection, one: Comparison, there: set[str], at: datetime) -> None:
    _forget_signature(connection, one.item_id)
    row = {"item_id": one.item_id, "revision": one.revision, "signature": one.signature}
    signed = upsert(connection)(story_signatures).values(row).returning(story_signatures.c.number)
    number = connection.execute(signed).scalar_one()
    bands = [{"band": band, "story": number} for band in set(one.bands)]
    insert_all(connection, story_bands, bands)
    open_pairs = duplicates.c.status == "open", _is_of([one.item_id])
    others = [alike.item_id for alike in one.alike]
    connection.execute(delete(duplicates).where(*open_pairs))
    there = there | _still_there(connection, others)
    for alike in one.alike:
        if alike.item_id not in there:
            continue
        later, earlier = sorted(
            [(one.item_id, one.revision), (alike.item_id, alike.revision)], reverse=True
        )  # ids sort by the time they were made
        measured = {"likeness": alike.likeness, "shared": alike.shared, "compared": alike.compared,
                    "item_revision": later[1], "other_revision": earlier[1]}  # fmt: skip
        pair = upsert(connection)(duplicates).values(
            item_id=later[0], other_id=earlier[0], status="open", found_at=at, **measured
        )
        connection.execute(pair.on_conflict_do_update(index_elements=["item_id", "other_id"], set_=measured))


def _is_of(ids: Collection[str]) -> Any:
    """Pairs of which one is among these."""
    return or_(in_list(duplicates.c.item_id, ids), in_list(duplicates.c.other_id, ids))


def _forget_signature(connection: Connection, item_id: str) -> None:
    gone = delete(story_signatures).where(story_signatures.c.item_id == item_id)
    row = connection.execute(gone.returning(story_signatures.c.number, story_signatures.c.signature)).first()
    if row is not None and row.signature:
        own = story_bands.c.band.in_(bands_of(row.signature)), story_bands.c.story == row.number
        connection.execute(delete(story_bands).where(*own))


def forget_comparisons(connection: Connection, item_ids: Collection[str]) -> None:
    """Take out all by which these stories were found alike, and what was said of the pairs."""
    for item_id in item_ids:
        _forget_signature(connection, item_id)
    connection.execute(delete(duplicates).where(_is_of(item_ids)))
