"""Pictures that sources name by an address: fetched one by one, and shown as the newsroom's own once they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Connection, delete, insert, literal, select, update

from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.picture_tables import picture_addresses, picture_uses
from dateline.adapters.ledger.database.tables import items, payloads
from dateline.adapters.ledger.items import IS_NEWEST_PAYLOAD
from dateline.adapters.ledger.pictures.uses import make_uses_due
from dateline.domain.payload import from_json
from dateline.domain.story import Image
from dateline.ports.ledger.pictures import AddressedPicture

MOST_TRIES: Final = 5
FIRST_REST: Final = timedelta(minutes=5)
"""After the first try; it doubles."""

_THERE: Final = "ON CONFLICT DO NOTHING"
_SHOWN_BY: Final = (
    select(items.c.owner, items.c.owner_id, items.c.external_source, payloads.c.body)
    .join(picture_uses, picture_uses.c.item_id == items.c.id)
    .join(payloads, IS_NEWEST_PAYLOAD)
    .limit(1)
)


class SqlPictureAddresses(SqlPart):
    """The addresses of ``ports.ledger.pictures.Pictures`` in SQL."""

    def claim_address(self) -> AddressedPicture | None:
        with writing(self._engine) as connection:
            at = now(connection)
            due = (
                select(picture_addresses)
                .where(picture_addresses.c.next_at <= at)
                .order_by(picture_addresses.c.next_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            while (row := connection.execute(due).first()) is not None:
                again = at + FIRST_REST * 2**row.tries if row.tries + 1 < MOST_TRIES else None
                this = picture_addresses.c.url == row.url
                connection.execute(update(picture_addresses).where(this).values(tries=row.tries + 1, next_at=again))
                if (found := _addressed(connection, row.url)) is not None:
                    return found
                connection.execute(delete(picture_addresses).where(this))
            return None

    def note_address(self, url: str, picture_id: str = "", *, error: str = "", again: bool = False) -> None:
        with writing(self._engine) as connection:
            values: dict[str, Any] = {"picture_id": picture_id, "error": error} | ({} if again else {"next_at": None})
            connection.execute(update(picture_addresses).where(picture_addresses.c.url == url).values(values))
            if not picture_id:
                return
            shown_by = select(literal(picture_id), picture_uses.c.item_id).where(
                picture_uses.c.picture_id == url,
                picture_uses.c.item_id.not_in(
                    select(picture_uses.c.item_id).where(picture_uses.c.picture_id == picture_id)
                ),
            )
            connection.execute(insert(picture_uses).from_select(["picture_id", "item_id"], shown_by))
            make_uses_due(connection, now(connection), [picture_id])


def _addressed(connection: Connection, url: str) -> AddressedPicture | None:
    """Who shows the address, and what is said of the picture there; None where nobody does any more."""
    row = connection.execute(_SHOWN_BY.where(picture_uses.c.picture_id == url)).first()
    images = orjson.loads(row.body).get("images", ()) if row else ()
    said = next((image for image in images if image.get("url") == url), None)
    if row is None or said is None:
        return None
    image = from_json(Image, said)
    return AddressedPicture(url=url, image=image, writer=row.owner, writer_id=row.owner_id, source=row.external_source)


def record_addresses(connection: Connection, at: datetime, shown: Mapping[str, Iterable[str]]) -> None:
    """Note which items show which addresses, and fetch those that are new."""
    urls = sorted({url for urls in shown.values() for url in urls})
    if not urls:
        return
    known = select(picture_addresses.c.url, picture_addresses.c.picture_id)
    rows = connection.execute(known.where(in_list(picture_addresses.c.url, urls)))
    became = {row.url: row.picture_id for row in rows}
    new = [{"url": url, "picture_id": "", "tries": 0, "next_at": at, "error": ""} for url in urls if url not in became]
    insert_all(connection, picture_addresses, new, otherwise=_THERE)
    uses = [
        {"picture_id": name, "item_id": item_id}
        for item_id, shown_urls in shown.items()
        for url in dict.fromkeys(shown_urls)
        for name in (url, became.get(url))
        if name
    ]
    insert_all(connection, picture_uses, uses, otherwise=_THERE)


def forget_addresses(connection: Connection, item_id: str) -> None:
    """Let go of the addresses that an item alone shows."""
    mine = select(picture_uses.c.picture_id).where(picture_uses.c.item_id == item_id)
    others = select(picture_uses.c.picture_id).where(picture_uses.c.item_id != item_id)
    connection.execute(
        delete(picture_addresses).where(picture_addresses.c.url.in_(mine), picture_addresses.c.url.not_in(others))
    )
