"""The change sequence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.named_values import UNNUMBERED

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table; what is public already gets its numbers from the next reindex."""
    op.create_table(
        "changes",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("enrichment", sa.Text(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_index("changes_seq", "changes", ["seq"], unique=True)
    public = "SELECT :name, 'yes' WHERE EXISTS (SELECT 1 FROM items WHERE published_revision IS NOT NULL)"
    op.get_bind().execute(sa.text(f"INSERT INTO facts (name, value) {public}"), {"name": UNNUMBERED})
