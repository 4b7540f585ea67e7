"""Owners by their ids, sources and who holds them, and the desk's sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.owners import identify_owners, identify_writers
from dateline.adapters.ledger.database.tables import Instant

revision = "0002"
down_revision = "0001"

_FROM_ITEMS = sa.text(
    "SELECT DISTINCT external_source, owner_id FROM items "
    "WHERE kind = 'story' AND external_id <> '' AND external_source NOT IN ('', 'uri')"
)


def upgrade() -> None:
    """Make the tables and columns; say whose each item and each source is."""
    op.add_column("tokens", sa.Column("writer_id", sa.Text(), nullable=True))
    op.add_column("tokens", sa.Column("sources", sa.Text(), nullable=True))
    op.create_index("tokens_writer", "tokens", ["writer_id"], unique=True)
    op.add_column("items", sa.Column("owner_id", sa.Text(), nullable=True))
    holders = op.create_table(
        "source_holders",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.Text(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_sessions_writer_id"), "sessions", ["writer_id"], unique=False)
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"], unique=False)
    connection = op.get_bind()
    identify_writers(connection)
    identify_owners(connection)
    if rows := _held_sources(connection):
        op.bulk_insert(holders, rows)


def _held_sources(connection: sa.Connection) -> list[dict[str, object]]:
    """A source that one reporter wrote for is that reporter's; the others are the newsroom's, to be given out."""
    owners: dict[str, set[str]] = defaultdict(set)
    for source, owner in connection.execute(_FROM_ITEMS):
        owners[source].add(owner or "")
    reporters = set(connection.scalars(sa.text("SELECT writer_id FROM tokens WHERE role = 'reporter'")))
    at = datetime.now(UTC)
    return [
        {"source": source, "holder": f"token {next(iter(ids))}" if len(ids) == 1 and ids <= reporters else "", "at": at}
        for source, ids in owners.items()
    ]
