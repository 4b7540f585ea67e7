"""What the calendar keeps beside events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables and columns."""
    _event_links()


def _event_links() -> None:
    """Which stories and events belong together."""
    op.create_table(
        "event_links",
        sa.Column("story_id", sa.Text(), primary_key=True),
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("unlinked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(op.f("ix_event_links_event_id"), "event_links", ["event_id"])
