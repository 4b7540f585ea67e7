"""The tables of names that are proposed, of tags that are suggested, and of moves of terms that can be undone."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata, only

proposals: Final = Table(
    "proposals", metadata,
    Column("type", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("first_item", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("merged_into", Text, nullable=False),
    Column("owner_id", Text),
    Column("form", Text), Column("refused_twice", Boolean),
    Column("mentions", Integer), Column("sources", Integer), Column("first_day", Text), Column("last_day", Text),
)  # fmt: skip
"""``form`` is the name by which spellings of one are told (``name_likeness.form_of``), None of names from before.
How often it is mentioned is counted behind the indexing, and None until then."""
Index("proposals_owner", proposals.c.owner_id, proposals.c.status)
Index(
    "proposals_ranked", proposals.c.status, proposals.c.sources, proposals.c.mentions, proposals.c.owner_id,
    proposals.c.type, proposals.c.slug,
)  # fmt: skip
Index("proposals_uncounted", proposals.c.type, proposals.c.slug, **only("mentions IS NULL"))
Index("proposals_refused_twice", proposals.c.form, **only("refused_twice"))

proposal_items: Final = Table(
    "proposal_items", metadata,
    Column("type", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("item_id", Text, primary_key=True, index=True),
    Column("day", Text),
)  # fmt: skip
"""``day`` is that of the story, in the newsroom's zone; None of mentions from before."""

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
