"""${message}."""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Add what this version needs; take nothing away that the version before it uses."""
    ${upgrades if upgrades else "pass"}
