"""Drafts, their texts, and whom they are shared with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("sent_revision", sa.Integer(), nullable=True),
        sa.Column("sent_state", sa.Text(), nullable=True),
        sa.Column("sent_at", Instant, nullable=True),
    )
    op.create_index(op.f("ix_drafts_item_id"), "drafts", ["item_id"])
    op.create_index("drafts_owner", "drafts", ["owner_id", "updated_at"])
    named = sa.text("key <> ''")
    op.create_index(
        "drafts_key", "drafts", ["owner_id", "key"], unique=True, sqlite_where=named, postgresql_where=named
    )
    op.create_table(
        "draft_revisions",
        sa.Column("draft_id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "draft_shares",
        sa.Column("draft_id", sa.Text(), primary_key=True),
        sa.Column("writer_id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_draft_shares_writer_id"), "draft_shares", ["writer_id"])
