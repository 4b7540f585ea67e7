"""Reading pictures: one, several, all that match, those that are alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, Row, func, select

from dateline.adapters.ledger.database.engine import SqlPart, now, reading
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.picture_tables import picture_uses, pictures, pictures_taken_down
from dateline.adapters.ledger.database.tables import items, payloads, revisions
from dateline.adapters.ledger.items import IS_NEWEST, IS_NEWEST_PAYLOAD, newest_first
from dateline.adapters.ledger.shown_pictures import made_of, unsigned
from dateline.analysis.folding import fold
from dateline.domain.payload import from_payload
from dateline.domain.picture import Picture
from dateline.errors import NotFound, Withdrawn
from dateline.ports.ledger.pictures import (
    ALIKE_BITS,
    ENDING_WITHIN,
    PictureOnRecord,
    PicturePage,
    PictureQuery,
    TakenDown,
)

OF_ITEM: Final = pictures.c.item_id == items.c.id
_ON_RECORD: Final = (
    select(items, pictures, revisions.c.state, revisions.c.received_at, revisions.c.error, payloads.c.body)
    .join(pictures, OF_ITEM)
    .join(revisions, IS_NEWEST)
    .join(payloads, IS_NEWEST_PAYLOAD)
)
"""Of one that was erased there is no payload, and so no row."""


class SqlPictures(SqlPart):
    """The reading half of ``ports.ledger.pictures.Pictures`` in SQL."""

    def picture(self, picture_id: str) -> PictureOnRecord:
        with reading(self._engine) as connection:
            row = connection.execute(_ON_RECORD.where(items.c.id == picture_id)).first()
            if row is None:
                _check_taken_down(connection, picture_id)
                raise NotFound(f"there is no picture {picture_id}")
        return _on_record(row)

    def pictures_of(self, picture_ids: Collection[str]) -> Mapping[str, PictureOnRecord]:
        if not picture_ids:
            return {}
        with reading(self._engine) as connection:
            rows = connection.execute(_ON_RECORD.where(in_list(items.c.id, list(picture_ids)))).all()
        return {row.id: _on_record(row) for row in rows}

    def picture_with(self, sha256: str) -> str | None:
        with reading(self._engine) as connection:
            return connection.execute(select(pictures.c.item_id).where(pictures.c.sha256 == sha256)).scalar()

    def taken_down(self, sha256: str) -> TakenDown | None:
        with reading(self._engine) as connection:
            found = select(pictures_taken_down).where(pictures_taken_down.c.sha256 == sha256)
            row = connection.execute(found).first()
        if row is None:
            return None
        return TakenDown(sha256=sha256, item_id=row.item_id, reason=row.reason, at=row.at, by=row.by)

    def find_pictures(self, query: PictureQuery, *, limit: int = 40, cursor: str | None = None) -> PicturePage:
        with reading(self._engine) as connection:
            chosen = _ON_RECORD.where(items.c.kind == "image", *_conditions(query, now(connection)))
            rows, following = newest_first(connection, chosen, limit, cursor)
        return PicturePage(pictures=tuple(map(_on_record, rows)), next=following)

    def pictures_like(self, likeness: int, *, limit: int = 5) -> Sequence[PictureOnRecord]:
        """All hashes are read: 8 bytes a picture, and no index finds what differs in any bits."""
        with reading(self._engine) as connection:
            hashes = connection.execute(
                select(pictures.c.item_id, pictures.c.likeness).where(pictures.c.likeness.is_not(None))
            )
            apart = [((unsigned(kept) ^ likeness).bit_count(), id) for id, kept in hashes]
        nearest = [id for bits, id in sorted(apart) if bits <= ALIKE_BITS][:limit]
        read = self.pictures_of(nearest)
        return [read[id] for id in nearest if id in read]

    def pictures_without_alt(self) -> int:
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.count()).where(pictures.c.lacks_alt)).scalar_one())

    def files_of_pictures(self, after: str = "", limit: int = 1000) -> Sequence[str]:
        there = select(pictures.c.sha256).join(items, OF_ITEM).join(payloads, IS_NEWEST_PAYLOAD)
        page = there.where(pictures.c.sha256 > after).order_by(pictures.c.sha256).limit(limit)
        with reading(self._engine) as connection:
            return list(connection.execute(page).scalars())


def _check_taken_down(connection: Connection, picture_id: str) -> None:
    why = select(pictures_taken_down.c.reason).where(pictures_taken_down.c.item_id == picture_id)
    if (reason := connection.execute(why).scalar()) is not None:
        raise Withdrawn(f"picture {picture_id} was taken down: {reason}")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are searched."""
    return tuple(dict.fromkeys(re.findall(r"\w+", fold(text.casefold()))))


def _conditions(query: PictureQuery, at: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        pictures.c.words.contains(f" {word}", autoescape=True) for word in words_of(query.words)
    ]
    if query.by is not None:
        found.append(items.c.owner_id == query.by.id)
    if query.state is not None:
        found.append(revisions.c.state == query.state)
    if query.lacks_alt:
        found.append(pictures.c.lacks_alt)
    if query.unused:
        found.append(~select(picture_uses.c.item_id).where(picture_uses.c.picture_id == items.c.id).exists())
    begun = pictures.c.usable_from.is_(None) | (pictures.c.usable_from <= at)
    over = pictures.c.usable_until <= at
    match query.rights:
        case "usable":
            found += [begun, pictures.c.usable_until.is_(None) | (pictures.c.usable_until > at)]
        case "ending":
            found += [begun, pictures.c.usable_until > at, pictures.c.usable_until <= at + ENDING_WITHIN]
        case "not yet":
            found.append(pictures.c.usable_from > at)
        case "ended":
            found.append(over)
    return found


def _on_record(row: Row[Any]) -> PictureOnRecord:
    return PictureOnRecord(
        id=row.id, picture=from_payload(Picture, orjson.loads(row.body)), revision=row.newest_revision,
        state=row.state, owner=row.owner, owner_id=row.owner_id, received_at=row.received_at, made=made_of(row),
        ready_revision=row.ready_revision, error=row.error,
    )  # fmt: skip


def words_to_search(picture: Picture) -> str:
    """What of a picture is searched, folded: each word after a space."""
    said = (
        picture.caption, picture.alt, picture.credit, picture.byline, picture.copyright, picture.source, picture.place,
        picture.taken_at, picture.filename, *picture.keywords, *picture.people,
    )  # fmt: skip
    return "".join(f" {word}" for word in words_of(" ".join(said)))
