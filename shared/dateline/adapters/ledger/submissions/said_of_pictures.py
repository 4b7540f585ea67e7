"""What a batch of submissions writes of pictures: their rows, and which items show which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, delete, select

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.picture_tables import picture_uses, pictures, pictures_taken_down
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.adapters.ledger.pictures.addresses import record_addresses
from dateline.adapters.ledger.pictures.records import words_to_search
from dateline.adapters.ledger.submissions.tracked_item import TrackedItem
from dateline.domain.payload import from_payload
from dateline.domain.picture import Picture
from dateline.domain.shown_pictures import addresses, picture_ids
from dateline.errors import Conflict
from dateline.ports.ledger.submissions import Receipt, Submission

_ANY: Final = select(picture_uses.c.item_id).limit(1)
"""A newsroom without pictures shall pay nothing for them."""
_REFUSED: Final = select(pictures_taken_down)
_KNOWN: Final = (
    select(pictures.c.sha256, items.c.id, items.c.newest_revision, revisions.c.state, revisions.c.received_at)
    .join(items, items.c.id == pictures.c.item_id)
    .join(revisions, IS_NEWEST)
)
_AS_SAID: Final = """ON CONFLICT (item_id) DO UPDATE SET words = excluded.words, lacks_alt = excluded.lacks_alt,
    usable_from = excluded.usable_from, usable_until = excluded.usable_until"""
_THERE: Final = "ON CONFLICT DO NOTHING"


class KnownFiles:
    """Which files of a batch's new pictures are on record already, and which are taken no more."""

    def __init__(self, connection: Connection, submissions: Sequence[Submission]) -> None:
        files = [one.payload["sha256"] for one in submissions if one.kind == "image" and one.item_id is None]
        self._receipts: dict[str, Receipt] = {}
        self._refused: dict[str, str] = {}
        if not files:
            return
        for row in connection.execute(_REFUSED.where(in_list(pictures_taken_down.c.sha256, files))):
            self._refused[row.sha256] = f"{row.by} took this picture down, and it isn't taken again: {row.reason}"
        for row in connection.execute(_KNOWN.where(in_list(pictures.c.sha256, files))):
            self._receipts[row.sha256] = Receipt(
                id=row.id, kind="image", revision=row.newest_revision, state=row.state, received_at=row.received_at,
                changed=False, unchanged=True,
            )  # fmt: skip

    def receipt(self, submission: Submission) -> Receipt | None:
        """That of the picture whose file it is; None for a new one. Raises ``Conflict`` where it was taken down."""
        if submission.kind != "image" or submission.item_id is not None:
            return None
        sha256 = submission.payload["sha256"]
        if sha256 in self._refused:
            raise Conflict(self._refused[sha256])
        return self._receipts.get(sha256)

    def keep(self, submission: Submission, receipt: Receipt) -> None:
        """Let later submissions of the batch know of a new picture."""
        if submission.kind == "image" and submission.item_id is None:
            self._receipts[submission.payload["sha256"]] = replace(receipt, changed=False, unchanged=True)


def record_pictures(connection: Connection, at: datetime, changed: Iterable[TrackedItem]) -> None:
    """Put on record what the new revisions say of pictures, and which they show.

    What readers see goes on showing what it shows while a revision is held.
    """
    said: list[dict[str, Any]] = []
    shown: list[dict[str, str]] = []
    again: list[str] = []
    addressed: dict[str, tuple[str, ...]] = {}
    for item in changed:
        body = item.added[-1].body
        if item.kind == "image":
            said += [_row(item.id, from_payload(Picture, orjson.loads(body)))] if body else []
            continue
        if not item.is_new and item.newest_state != "held":
            again.append(item.id)
        if '"id"' in body or "data-image" in body.lower():
            shown += [{"picture_id": id, "item_id": item.id} for id in picture_ids(orjson.loads(body))]
        if item.external_source and '"images"' in body:
            addressed[item.id] = addresses(orjson.loads(body))
    if again and connection.execute(_ANY).first() is not None:
        connection.execute(delete(picture_uses).where(in_list(picture_uses.c.item_id, again)))
    insert_all(connection, picture_uses, shown, otherwise=_THERE)
    insert_all(connection, pictures, said, otherwise=_AS_SAID)
    record_addresses(connection, at, addressed)


def _row(item_id: str, picture: Picture) -> dict[str, Any]:
    return {
        "item_id": item_id, "sha256": picture.sha256, "words": words_to_search(picture),
        "lacks_alt": not (picture.alt or picture.decorative), "usable_from": picture.usable_from,
        "usable_until": picture.usable_until, "anew": False, "public": False, "animated": False, "jpeg_size": 0,
    }  # fmt: skip
