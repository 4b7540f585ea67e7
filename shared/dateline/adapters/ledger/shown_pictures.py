"""Which pictures the claimed items show: those whose renditions are made, as they were then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection, Row, select

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.picture_tables import picture_addresses, pictures
from dateline.adapters.ledger.database.tables import payloads
from dateline.domain.payload import from_payload
from dateline.domain.picture import FocalPoint, MadePicture, Picture, ReadyPicture
from dateline.domain.shown_pictures import addresses, picture_ids
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Payload

_SIGN: Final = 1 << 63
_READY: Final = select(pictures, payloads.c.body).join(
    payloads, (payloads.c.item_id == pictures.c.item_id) & (payloads.c.revision == pictures.c.ready_revision)
)


def with_pictures(connection: Connection, claimed: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """The claims, with the pictures that each shows. Costs nothing where none shows any."""
    shown = {one.item_id: here for one in claimed if (payload := _payload(one)) and (here := _Shown.of(payload))}
    became = _pictures_at(connection, {url for one in shown.values() for url in one.urls})
    wanted = {id for one in shown.values() for id in one.ids} | {*became.values()}
    if not wanted:
        return tuple(claimed)
    ready, gone = read_ready(connection, wanted), _gone(connection, became.values())
    by_name = {**ready, **{url: ready[id] for url, id in became.items() if id in ready}}
    gone_urls = {url for url, id in became.items() if id in gone}
    return tuple(
        replace(
            one,
            pictures={name: by_name[name] for name in (*here.ids, *here.urls) if name in by_name},
            gone_addresses=frozenset(gone_urls.intersection(here.urls)),
        )
        if (here := shown.get(one.item_id))
        else one
        for one in claimed
    )


class _Shown(NamedTuple):
    """The pictures that an item shows, and the addresses of others."""

    ids: tuple[str, ...]
    urls: tuple[str, ...]

    @classmethod
    def of(cls, payload: Payload) -> _Shown | None:
        """Those of a payload; None where it shows none."""
        shown = cls(picture_ids(payload), addresses(payload))
        return shown if any(shown) else None


def _pictures_at(connection: Connection, urls: set[str]) -> dict[str, str]:
    """The pictures that these addresses became."""
    if not urls:
        return {}
    became = select(picture_addresses.c.url, picture_addresses.c.picture_id).where(
        in_list(picture_addresses.c.url, sorted(urls)), picture_addresses.c.picture_id != ""
    )
    return {row.url: row.picture_id for row in connection.execute(became)}


def _gone(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these pictures that were taken down, or erased."""
    if not (wanted := sorted(set(ids))):
        return set()
    there = select(payloads.c.item_id).where(in_list(payloads.c.item_id, wanted))
    return set(wanted) - set(connection.execute(there).scalars())


def read_ready(connection: Connection, ids: set[str]) -> Mapping[str, ReadyPicture]:
    """Those of these pictures whose renditions are made."""
    rows = connection.execute(_READY.where(in_list(pictures.c.item_id, sorted(ids))))
    return {row.item_id: ready for row in rows if (ready := _ready(row))}


def _payload(claimed: Claimed) -> Payload | None:
    publish = claimed.publish
    return publish.payload if publish is not None and claimed.kind != "image" else None


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
