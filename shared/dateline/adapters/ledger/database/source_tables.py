"""The table of sources that are pulled: what an editor said of each, and how its pulls went."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata

pulled_sources: Final = Table(
    "pulled_sources", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False, unique=True),
    Column("every_seconds", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("writer_id", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("once", Boolean, nullable=False),
    Column("next_at", Instant, nullable=False, index=True),
    Column("claim", BigInteger, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("fetching_since", Instant),
    Column("fetched_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="feed"),
)  # fmt: skip
"""``once``: it is pulled the next time although it is paused. ``kind``: whether it gives stories ("feed") or events
("calendar")."""
