"""Migrations: Alembic, run by the program itself, safe when several processes start at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from dateline.adapters.ledger.database.engine import writing
from dateline.errors import LedgerUnavailable

SCRIPTS: Final = Path(__file__).with_name("migrations")
HEAD: Final = "0014"
"""The newest migration; a test keeps it true."""

LOCK: Final = 20171205
"""PostgreSQL's advisory lock while tables change."""


def migrate(engine: Engine) -> None:
    """Bring the tables to this code's shape."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with _migration_lock(engine), writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _migration_lock(engine: Engine) -> Iterator[None]:
    """On SQLite a lock file: the first switch to WAL fails at once, unwaited for, when another process is there."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        yield
        return
    path = Path(engine.url.database)
    try:
        turn = path.with_name(f"{path.name}.migrating").open("w")
    except OSError as refused:
        raise LedgerUnavailable(f"the ledger's folder can't be written to: {refused.strerror}") from refused
    with turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def check(connection: Connection) -> None:
    """Raise ``LedgerUnavailable`` unless the tables have this code's shape (or a newer one, which only adds)."""
    if not inspect(connection).has_table("alembic_version"):
        raise LedgerUnavailable("the ledger has no tables yet: run `dateline migrate`")
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if version < HEAD:
        raise LedgerUnavailable(
            f"the ledger's tables are at {version or 'nothing'}, this code needs {HEAD}: run `dateline migrate`"
        )
