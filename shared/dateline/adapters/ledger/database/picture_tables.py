"""The tables of pictures beside their revisions: what is known of the files, what shows them, which were taken down."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata, only

pictures: Final = Table(
    "pictures", metadata,
    Column("item_id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("words", Text, nullable=False),
    Column("lacks_alt", Boolean, nullable=False),
    Column("usable_from", Instant),
    Column("usable_until", Instant),
    Column("ready_revision", Integer),
    Column("public", Boolean, nullable=False),
    Column("anew", Boolean, nullable=False),
    Column("focal_x", Integer), Column("focal_y", Integer),
    Column("likeness", BigInteger),
    Column("animated", Boolean, nullable=False),
    Column("jpeg_size", BigInteger, nullable=False),
)  # fmt: skip
"""``words``, ``lacks_alt`` and the times are what the newest revision says. From ``focal_x`` on it is what making the
renditions found; ``ready_revision`` is the last one whose renditions and rights the media store has, for readers where
``public``. ``likeness`` is a
signed number of 64 bits; None before."""
Index("pictures_lack_alt", pictures.c.item_id, **only("lacks_alt"))

picture_uses: Final = Table(
    "picture_uses", metadata,
    Column("picture_id", Text, primary_key=True),
    Column("item_id", Text, primary_key=True, index=True),
)  # fmt: skip
"""Which stories, events and terms show a picture in a revision that readers see or may see yet. ``picture_id`` is an
address, too, of what a source names by one."""

picture_addresses: Final = Table(
    "picture_addresses", metadata,
    Column("url", Text, primary_key=True),
    Column("picture_id", Text, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant, index=True),
    Column("error", Text, nullable=False),
)  # fmt: skip
"""Pictures that sources name by an address: when each is fetched next, and the picture that it became."""

pictures_taken_down: Final = Table(
    "pictures_taken_down", metadata,
    Column("sha256", Text, primary_key=True),
    Column("item_id", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)  # fmt: skip
"""Files that are taken no more. The row outlasts the picture's own, by which the files are found that are to go."""
