"""What the reporters' desk keeps beside stories and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.story_words import make_story_words
from dateline.adapters.ledger.database.tables import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables and columns."""
    _correct()
    _keep_keys_by_their_own_time()
    _similar_stories()
    _pull_sources()
    _review_drafts()
    _story_pages()
    make_story_words(op.get_bind())


def _correct() -> None:
    """What readers are told of a correction."""
    op.add_column("revisions", sa.Column("correction", sa.Text(), nullable=True))


def _keep_keys_by_their_own_time() -> None:
    op.add_column("idempotency_keys", sa.Column("expires_at", Instant()))
    op.create_index(op.f("ix_idempotency_keys_expires_at"), "idempotency_keys", ["expires_at"])


def _similar_stories() -> None:
    op.create_table(
        "story_signatures",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("item_id", sa.Text(), nullable=False, unique=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "story_bands",
        sa.Column("band", sa.BigInteger(), primary_key=True),
        sa.Column("story", sa.Integer(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duplicates",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("other_id", sa.Text(), primary_key=True),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("item_revision", sa.Integer(), nullable=False),
        sa.Column("other_revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("found_at", Instant, nullable=False),
        sa.Column("decided_at", Instant, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
    )
    op.create_index(op.f("ix_duplicates_other_id"), "duplicates", ["other_id"])
    op.create_index("duplicates_status", "duplicates", ["status", "item_id", "other_id"])
    op.create_table(
        "folds",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("leader_id", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_folds_leader_id"), "folds", ["leader_id"])
    op.add_column("changes", sa.Column("folded_into", sa.Text(), nullable=True))


def _pull_sources() -> None:
    op.create_table(
        "pulled_sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("every_seconds", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("fetching_since", Instant(), nullable=True),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("url"),
    )
    op.create_index(op.f("ix_pulled_sources_next_at"), "pulled_sources", ["next_at"])


def _review_drafts() -> None:
    """Who asked for whose eyes and what came of it, who writes what, and drafts that correct a story."""
    op.add_column("drafts", sa.Column("corrects", sa.Text(), nullable=True))
    op.add_column("drafts", sa.Column("corrects_revision", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_drafts_corrects"), "drafts", ["corrects"])
    op.create_table(
        "draft_reviews",
        sa.Column("draft_id", sa.Text(), primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
    )
    waits = sa.text("state = 'to_review'")
    op.create_index("draft_reviews_waiting", "draft_reviews", ["asked_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "draft_assignments",
        sa.Column("draft_id", sa.Text(), primary_key=True),
        sa.Column("writer_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", Instant, nullable=True),
        sa.Column("assigned_at", Instant, nullable=False),
        sa.Column("assigned_by", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_draft_assignments_writer_id"), "draft_assignments", ["writer_id"])


def _story_pages() -> None:
    """Notes to colleagues, and who has a story open; lists by section and day."""
    op.create_index("items_of_section", "items", ["section", "kind", "id"])
    op.create_index("revisions_received", "revisions", ["received_at"])
    op.create_table(
        "story_notes",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_story_notes_item_id"), "story_notes", ["item_id"])
    op.create_table(
        "story_presence",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("writer_id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
    )
    op.create_index(op.f("ix_story_presence_seen_at"), "story_presence", ["seen_at"])
