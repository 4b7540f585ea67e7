"""The tables of tags that are suggested, and of merges and splits of terms that can be undone."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata

suggested_tags: Final = Table(
    "suggested_tags", metadata,
    Column("item_id", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("decided", Text, nullable=False),
)  # fmt: skip
"""Tags that a text speaks for, and not enough to be given; ``decided`` is what an editor said, "" before that."""
Index("suggested_tags_term", suggested_tags.c.decided, suggested_tags.c.type, suggested_tags.c.slug)

term_moves: Final = Table(
    "term_moves", metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("undone_at", Instant),
)  # fmt: skip
"""Merges, splits and retirements of terms; ``before`` is JSON: of each term that changed the revision before and after,
to undo them."""

term_move_tags: Final = Table(
    "term_move_tags", metadata,
    Column("move_id", Text, primary_key=True),
    Column("item_id", Text, primary_key=True, index=True),
    Column("type", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("added", Boolean, nullable=False),
    Column("former", Boolean),
)  # fmt: skip
"""Editors' words on items that a move changed: what is said now, and what was said before (NULL: nothing)."""
