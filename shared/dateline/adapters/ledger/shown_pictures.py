"""Which pictures the claimed items show: those whose renditions are made, as they were then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, select

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.picture_tables import pictures
from dateline.adapters.ledger.database.tables import payloads
from dateline.domain.payload import from_payload
from dateline.domain.picture import FocalPoint, MadePicture, Picture, ReadyPicture
from dateline.domain.shown_pictures import picture_ids
from dateline.ports.ledger.claims import Claimed

_SIGN: Final = 1 << 63
_READY: Final = select(pictures, payloads.c.body).join(
    payloads, (payloads.c.item_id == pictures.c.item_id) & (payloads.c.revision == pictures.c.ready_revision)
)


def with_pictures(connection: Connection, claimed: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """The claims, with the pictures that each shows. Costs nothing where none shows any."""
    shown = {one.item_id: ids for one in claimed if (ids := _shown(one))}
    if not shown:
        return tuple(claimed)
    ready = read_ready(connection, {id for ids in shown.values() for id in ids})
    return tuple(
        replace(one, pictures={id: ready[id] for id in shown[one.item_id] if id in ready})
        if one.item_id in shown
        else one
        for one in claimed
    )


def read_ready(connection: Connection, ids: set[str]) -> Mapping[str, ReadyPicture]:
    """Those of these pictures whose renditions are made."""
    rows = connection.execute(_READY.where(in_list(pictures.c.item_id, sorted(ids))))
    return {row.item_id: ready for row in rows if (ready := _ready(row))}


def _shown(claimed: Claimed) -> tuple[str, ...]:
    publish = claimed.publish
    if claimed.kind == "image" or publish is None or not publish.payload:
        return ()
    return picture_ids(publish.payload)


def _ready(row: Row[Any]) -> ReadyPicture | None:
    if (made := made_of(row)) is None:
        return None
    picture = from_payload(Picture, orjson.loads(row.body))
    return ReadyPicture(id=row.item_id, picture=picture, made=made, public=row.public)


def made_of(row: Row[Any]) -> MadePicture | None:
    """What making its renditions found of a picture; None before."""
    if row.likeness is None:
        return None
    return MadePicture(
        focal=FocalPoint(row.focal_x, row.focal_y), likeness=unsigned(row.likeness), animated=row.animated,
        jpeg_size=row.jpeg_size,
    )  # fmt: skip


def signed(likeness: int) -> int:
    """A hash as databases keep it: they know no unsigned 64 bits."""
    return likeness - (1 << 64) if likeness & _SIGN else likeness


def unsigned(kept: int) -> int:
    """The hash of what ``signed`` gave."""
    return kept % (1 << 64)
