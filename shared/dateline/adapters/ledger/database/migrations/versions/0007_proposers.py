"""Whose item proposed a name first, and the names of an item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column, filled from the items, and the indexes."""
    op.add_column("proposals", sa.Column("owner_id", sa.Text(), nullable=True))
    op.execute("UPDATE proposals SET owner_id = (SELECT owner_id FROM items WHERE items.id = proposals.first_item)")
    op.create_index("proposals_owner", "proposals", ["owner_id", "status"])
    op.create_index(op.f("ix_proposal_items_item_id"), "proposal_items", ["item_id"])
