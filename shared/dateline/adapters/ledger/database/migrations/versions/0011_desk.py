"""What the reporters' desk keeps beside stories and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables and columns."""
    _correct()


def _correct() -> None:
    """What readers are told of a correction."""
    op.add_column("revisions", sa.Column("correction", sa.Text(), nullable=True))
