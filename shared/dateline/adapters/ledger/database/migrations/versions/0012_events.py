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
    _event_proposals()
    _import_files()


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


def _event_proposals() -> None:
    """Events that stories announce, and in which words."""
    op.create_table(
        "event_proposals",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_at", Instant, nullable=False),
        sa.Column("decided_at", Instant, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
    )
    op.create_index("event_proposals_state", "event_proposals", ["state", "id"])
    op.create_table(
        "event_proposal_evidence",
        sa.Column("proposal_id", sa.Text(), primary_key=True),
        sa.Column("story_id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("said_from", sa.Integer(), nullable=False),
        sa.Column("said_to", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_event_proposal_evidence_story_id"), "event_proposal_evidence", ["story_id"])
    op.create_index(op.f("ix_event_proposal_evidence_day"), "event_proposal_evidence", ["day"])


def _import_files() -> None:
    """What the columns of tables of events stand for, and which sources are calendars."""
    op.create_table(
        "column_mappings",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("headings", sa.Text(), primary_key=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
    )
    op.add_column("pulled_sources", sa.Column("kind", sa.Text(), nullable=False, server_default="feed"))
