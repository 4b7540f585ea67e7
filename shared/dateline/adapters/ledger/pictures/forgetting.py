"""What goes of pictures with an erasure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, update

from dateline.adapters.ledger.database.picture_tables import picture_uses, pictures
from dateline.adapters.ledger.pictures.addresses import forget_addresses
from dateline.adapters.ledger.pictures.uses import make_uses_due


def forget_pictures(connection: Connection, at: datetime, item_id: str) -> None:
    """Let go of the words on a picture, of its renditions, and of what an item shows; what shows the picture is due
    again. Of a picture's row the file's name stays, until a worker has taken the file off."""
    gone = {"words": "", "lacks_alt": False, "usable_from": None, "usable_until": None, "ready_revision": None,
            "likeness": None, "public": False}  # fmt: skip
    if connection.execute(update(pictures).where(pictures.c.item_id == item_id).values(gone)).rowcount:
        make_uses_due(connection, at, [item_id])
        connection.execute(delete(picture_uses).where(picture_uses.c.picture_id == item_id))
    forget_addresses(connection, item_id)
    connection.execute(delete(picture_uses).where(picture_uses.c.item_id == item_id))
