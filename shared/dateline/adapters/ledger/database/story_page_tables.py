"""The tables of a story's page: notes that colleagues leave there, and who has it open. The indexes of lists."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from dateline.adapters.ledger.database.tables import Instant, items, metadata, revisions

Index("items_of_section", items.c.section, items.c.kind, items.c.id)
Index("revisions_received", revisions.c.received_at)

story_notes: Final = Table(
    "story_notes", metadata,
    Column("id", Text, primary_key=True),
    Column("item_id", Text, nullable=False, index=True),
    Column("answers", Text),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("text", Text, nullable=False),
)  # fmt: skip

story_presence: Final = Table(
    "story_presence", metadata,
    Column("item_id", Text, primary_key=True),
    Column("writer_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
)  # fmt: skip
