"""Accounts of people; ids of writers in revisions; sessions that can be listed; tokens that are rotated."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0010"
down_revision = "0009"

_COLUMNS: dict[str, dict[str, Any]] = {
    "tokens": {
        "account_id": sa.Text(), "last_used_at": Instant(), "former_digest": sa.Text(), "former_until": Instant(),
        "former_used_at": Instant(),
    },
    "sessions": {"last_seen_at": Instant(), "address": sa.Text(), "agent": sa.Text()},
    "revisions": {"by_id": sa.Text()},
}  # fmt: skip


def upgrade() -> None:
    """Make the tables and columns."""
    for table, columns in _COLUMNS.items():
        for name, type in columns.items():
            op.add_column(table, sa.Column(name, type, nullable=True))
    op.create_index("tokens_account", "tokens", ["account_id"])
    op.create_index("tokens_former", "tokens", ["former_digest"])
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_folded", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("signed_in_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_folded"),
        sa.UniqueConstraint("email_folded"),
        sa.UniqueConstraint("subject"),
    )
    op.create_table(
        "password_links",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_password_links_account_id"), "password_links", ["account_id"])
