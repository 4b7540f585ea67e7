"""Run by Alembic for each migration, on the connection that ``migrating.py`` hands over."""

from __future__ import annotations

from alembic import context

from dateline.adapters.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
