"""Pictures of the newsroom's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pictures",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("sha256", sa.Text(), nullable=False, unique=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lacks_alt", sa.Boolean(), nullable=False),
        sa.Column("usable_from", Instant, nullable=True),
        sa.Column("usable_until", Instant, nullable=True),
        sa.Column("ready_revision", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("anew", sa.Boolean(), nullable=False),
        sa.Column("focal_x", sa.Integer(), nullable=True),
        sa.Column("focal_y", sa.Integer(), nullable=True),
        sa.Column("likeness", sa.BigInteger(), nullable=True),
        sa.Column("animated", sa.Boolean(), nullable=False),
        sa.Column("jpeg_size", sa.BigInteger(), nullable=False),
    )
    lacking = sa.text("lacks_alt")
    op.create_index("pictures_lack_alt", "pictures", ["item_id"], sqlite_where=lacking, postgresql_where=lacking)
    op.create_table(
        "picture_uses",
        sa.Column("picture_id", sa.Text(), primary_key=True),
        sa.Column("item_id", sa.Text(), primary_key=True),
    )
    op.create_index(op.f("ix_picture_uses_item_id"), "picture_uses", ["item_id"])
    op.create_table(
        "picture_addresses",
        sa.Column("url", sa.Text(), primary_key=True),
        sa.Column("picture_id", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", Instant, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_picture_addresses_picture_id"), "picture_addresses", ["picture_id"])
    op.create_index(op.f("ix_picture_addresses_next_at"), "picture_addresses", ["next_at"])
    op.create_table(
        "pictures_taken_down",
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_pictures_taken_down_item_id"), "pictures_taken_down", ["item_id"])
