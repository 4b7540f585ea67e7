"""What readers see of a correction's difference."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the column; without a value the difference is shown."""
    op.add_column("revisions", sa.Column("diff_state", sa.Text(), nullable=True))
