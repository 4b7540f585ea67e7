"""The tables of similar stories: by what they are found, which pairs are alike, and which story stands behind which."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata

story_signatures: Final = Table(
    "story_signatures", metadata,
    Column("number", Integer, primary_key=True),
    Column("item_id", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)  # fmt: skip
"""What was compared last of a story; the signature is empty for a text too short to be compared."""

story_bands: Final = Table(
    "story_bands", metadata,
    Column("band", BigInteger, primary_key=True),
    Column("story", Integer, primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Stories that have a band in common may be alike; ``story`` is a signature's number, since this table is the long
one."""

duplicates: Final = Table(
    "duplicates", metadata,
    Column("item_id", Text, primary_key=True),
    Column("other_id", Text, primary_key=True, index=True),
    Column("likeness", Float, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("compared", Integer, nullable=False),
    Column("item_revision", Integer, nullable=False),
    Column("other_revision", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Text),
)  # fmt: skip
"""Pairs of stories that are alike; ``item_id`` is the one that came later."""
Index("duplicates_status", duplicates.c.status, duplicates.c.item_id, duplicates.c.other_id)

folds: Final = Table(
    "folds", metadata,
    Column("item_id", Text, primary_key=True),
    Column("leader_id", Text, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)  # fmt: skip
"""Which story stands behind which in readers' lists; a leader stands behind none."""
