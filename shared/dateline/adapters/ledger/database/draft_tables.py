"""The tables of drafts: apart from items, so that no claim and no index ever meets them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata, only

drafts: Final = Table(
    "drafts", metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("item_id", Text, index=True),
    Column("sent_revision", Integer),
    Column("sent_state", Text),
    Column("sent_at", Instant),
    Column("corrects", Text, index=True),
    Column("corrects_revision", Integer),
)  # fmt: skip
Index("drafts_owner", drafts.c.owner_id, drafts.c.updated_at)
Index("drafts_key", drafts.c.owner_id, drafts.c.key, unique=True, **only("key <> ''"))

draft_revisions: Final = Table(
    "draft_revisions", metadata,
    Column("draft_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip

draft_shares: Final = Table(
    "draft_shares", metadata,
    Column("draft_id", Text, primary_key=True),
    Column("writer_id", Text, primary_key=True, index=True),
    Column("name", Text, nullable=False),
)  # fmt: skip

draft_reviews: Final = Table(
    "draft_reviews", metadata,
    Column("draft_id", Text, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Text, nullable=False),
    Column("notes", Text, nullable=False),
)  # fmt: skip
"""A round each time that a draft goes to the editors; ``decided_by`` is "" until somebody decides."""
Index("draft_reviews_waiting", draft_reviews.c.asked_at, **only("state = 'to_review'"))

draft_assignments: Final = Table(
    "draft_assignments", metadata,
    Column("draft_id", Text, primary_key=True),
    Column("writer_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("until", Instant),
    Column("assigned_at", Instant, nullable=False),
    Column("assigned_by", Text, nullable=False),
)  # fmt: skip
"""Who writes a draft, for whose headline and note another gave it: at most one."""
