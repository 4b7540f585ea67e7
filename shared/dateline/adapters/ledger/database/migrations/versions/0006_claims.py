"""An item's place in the queue, in a narrow table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.adapters.ledger.database.tables import Instant

revision = "0006"
down_revision = "0005"

_QUEUE = {"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0.01, "autovacuum_vacuum_threshold": 1000,
          "autovacuum_vacuum_cost_delay": 0, "autovacuum_analyze_scale_factor": 0.02}  # fmt: skip
"""Room in each page for the next versions of its rows, and a cleaning that comes early and doesn't rest."""

_MOVE = """
INSERT INTO claims (item_id, lane, due_at, claim, lease_until, worker, lost, size)
SELECT id, CASE WHEN lost > 0 THEN 3 ELSE lane END, due_at, claim, lease_until, worker, lost, size FROM items
"""
_EMPTY = "UPDATE items SET due_at = NULL, lease_until = NULL WHERE due_at IS NOT NULL OR lease_until IS NOT NULL"

_INSERTED = """
INSERT INTO claims (item_id, lane, due_at, claim, lease_until, worker, lost, size)
VALUES (NEW.id, NEW.lane, NEW.due_at, NEW.claim, NULL, '', 0, NEW.size);
"""
_UPDATED = """
UPDATE claims SET due_at = coalesce(NEW.due_at, due_at), claim = claim + NEW.claim - OLD.claim, size = NEW.size,
    lease_until = CASE WHEN NEW.claim = OLD.claim THEN lease_until END,
    lane = CASE WHEN lost > 0 OR due_at IS NOT NULL AND lane < NEW.lane THEN lane ELSE NEW.lane END
WHERE item_id = NEW.id;
"""
_SQLITE = (
    f"""CREATE TRIGGER items_inserted AFTER INSERT ON items WHEN NEW.worker <> 'claims' BEGIN {_INSERTED}
        UPDATE items SET due_at = NULL WHERE id = NEW.id AND due_at IS NOT NULL; END""",
    f"""CREATE TRIGGER items_updated AFTER UPDATE OF due_at, claim ON items
        WHEN NEW.due_at IS NOT NULL OR NEW.claim <> OLD.claim BEGIN {_UPDATED}
        UPDATE items SET due_at = NULL WHERE id = NEW.id AND due_at IS NOT NULL; END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION items_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {_INSERTED} NEW.due_at := NULL; RETURN NEW; END $$""",
    f"""CREATE FUNCTION items_updated() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {_UPDATED} NEW.due_at := NULL; RETURN NEW; END $$""",
    """CREATE TRIGGER items_inserted BEFORE INSERT ON items FOR EACH ROW WHEN (NEW.worker <> 'claims')
       EXECUTE FUNCTION items_inserted()""",
    """CREATE TRIGGER items_updated BEFORE UPDATE OF due_at, claim ON items FOR EACH ROW
       WHEN (NEW.due_at IS NOT NULL OR NEW.claim <> OLD.claim) EXECUTE FUNCTION items_updated()""",
)
"""Processes of the version before write in ``items``: what they make due is moved, and they find nothing due there."""


def upgrade() -> None:
    """Make the table, move what stands in ``items``, and let a trigger move what comes there."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute("LOCK TABLE items IN SHARE ROW EXCLUSIVE MODE")
    op.create_table(
        "claims",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant, nullable=True),
        sa.Column("claim", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", Instant, nullable=True),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
        sqlite_with_rowid=False,
    )
    if postgresql:
        op.execute(f"ALTER TABLE claims SET ({', '.join(f'{name} = {value}' for name, value in _QUEUE.items())})")
    op.execute(_MOVE)
    op.execute(_EMPTY)
    due, leased = sa.text("due_at IS NOT NULL AND lease_until IS NULL"), sa.text("lease_until IS NOT NULL")
    op.create_index("claims_due", "claims", ["lane", "due_at"], sqlite_where=due, postgresql_where=due)
    op.create_index("claims_leased", "claims", ["lease_until"], sqlite_where=leased, postgresql_where=leased)
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)
