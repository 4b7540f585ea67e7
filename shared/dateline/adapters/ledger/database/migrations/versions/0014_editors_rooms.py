"""What editors plan, suggest, merge and split; where the code was when something failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    _coverages()
    _vocabulary()
    _proposals()
    op.create_table(
        "tracebacks",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )


def _coverages() -> None:
    op.create_table(
        "coverages",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False, index=True),
        sa.Column("recurrence_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False, index=True),
        sa.Column("due_at", Instant, nullable=True, index=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Text(), nullable=False, index=True),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False, index=True),
        sa.Column("counts_from", Instant, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
    )
    op.create_table(
        "plan_addresses",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("writer_id", sa.Text(), nullable=False, unique=True),
        sa.Column("made_at", Instant, nullable=False),
    )
    op.create_table(
        "plan_mails",
        sa.Column("day", sa.Text(), primary_key=True),
        sa.Column("account_id", sa.Text(), primary_key=True),
    )


def _vocabulary() -> None:
    op.create_table(
        "suggested_tags",
        sa.Column("item_id", sa.Text(), primary_key=True),
        sa.Column("type", sa.Text(), primary_key=True),
        sa.Column("slug", sa.Text(), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
    )
    op.create_index("suggested_tags_term", "suggested_tags", ["decided", "type", "slug"])
    op.create_table(
        "term_moves",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, index=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False, index=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("undone_at", Instant, nullable=True),
    )
    op.create_table(
        "term_move_tags",
        sa.Column("move_id", sa.Text(), primary_key=True),
        sa.Column("item_id", sa.Text(), primary_key=True, index=True),
        sa.Column("type", sa.Text(), primary_key=True),
        sa.Column("slug", sa.Text(), primary_key=True),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("former", sa.Boolean(), nullable=True),
    )


def _proposals() -> None:
    op.add_column("proposals", sa.Column("form", sa.Text(), nullable=True))
    op.add_column("proposals", sa.Column("refused_twice", sa.Boolean(), nullable=True))
    op.create_index(
        "proposals_refused_twice", "proposals", ["form"],
        sqlite_where=sa.text("refused_twice"), postgresql_where=sa.text("refused_twice"),
    )  # fmt: skip
    for name in ("mentions", "sources"):
        op.add_column("proposals", sa.Column(name, sa.Integer(), nullable=True))
    for name in ("first_day", "last_day"):
        op.add_column("proposals", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("proposals_ranked", "proposals", ["status", "sources", "mentions", "owner_id", "type", "slug"])
    op.create_index(
        "proposals_uncounted", "proposals", ["type", "slug"],
        sqlite_where=sa.text("mentions IS NULL"), postgresql_where=sa.text("mentions IS NULL"),
    )  # fmt: skip
    op.add_column("proposal_items", sa.Column("day", sa.Text(), nullable=True))
