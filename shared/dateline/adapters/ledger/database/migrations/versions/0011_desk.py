"""What the reporters' desk keeps beside stories and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables and columns."""
    _correct()
    _keep_keys_by_their_own_time()


def _correct() -> None:
    """What readers are told of a correction."""
    op.add_column("revisions", sa.Column("correction", sa.Text(), nullable=True))


def _keep_keys_by_their_own_time() -> None:
    op.add_column("idempotency_keys", sa.Column("expires_at", Instant()))
    op.create_index(op.f("ix_idempotency_keys_expires_at"), "idempotency_keys", ["expires_at"])
