"""Migrations: Alembic, run by the program itself, safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from dateline.adapters.ledger.engine import writing
from dateline.errors import LedgerUnavailable

SCRIPTS: Final = Path(__file__).with_name("migrations")
HEAD: Final = "0001"
"""The newest migration; a test keeps it true."""

LOCK: Final = 20171205
"""PostgreSQL's advisory lock while tables change; SQLite's write transaction is lock enough."""


def migrate(engine: Engine) -> None:
    """Bring the tables to this code's shape."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Raise ``LedgerUnavailable`` unless the tables have this code's shape (or a newer one, which only adds)."""
    if not inspect(connection).has_table("alembic_version"):
        raise LedgerUnavailable("the ledger has no tables yet: run `dateline migrate`")
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if version < HEAD:
        raise LedgerUnavailable(
            f"the ledger's tables are at {version or 'nothing'}, this code needs {HEAD}: run `dateline migrate`"
        )
