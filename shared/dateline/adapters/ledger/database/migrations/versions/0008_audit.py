"""From where something was done, by whom for certain, and the indexes that the audit is read by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns and the indexes."""
    op.add_column("audit", sa.Column("writer_id", sa.Text(), nullable=True))
    op.add_column("audit", sa.Column("address", sa.Text(), nullable=True))
    op.create_index("audit_at", "audit", ["at", "id"])
    op.create_index("audit_by", "audit", ["by", "at", "id"])
    op.create_index("audit_writer", "audit", ["writer_id", "at", "id"])
    op.create_index("audit_action", "audit", ["action", "at", "id"])
