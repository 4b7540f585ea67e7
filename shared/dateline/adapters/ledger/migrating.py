"""Migrations, run from the package: ``migrations/versions`` holds one Alembic script a step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from dateline.adapters.ledger.database import Database
from dateline.errors import LedgerUnavailable

FOLDER: Final = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _steps() -> list[str]:
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _applied(cx: Connection) -> str | None:
    return MigrationContext.configure(cx).get_current_revision()


def migrate(database: Database) -> None:
    """Apply the steps that are missing. Several processes may start at once: one works, the others wait."""
    config = _config()
    with database.migrating() as cx:
        if (applied := _applied(cx)) is None or applied in _steps():
            config.attributes["connection"] = cx
            command.upgrade(config, "head")


def check(database: Database) -> None:
    """Raise ``LedgerUnavailable`` unless the newest step this code knows is applied.

    Tables of a newer version are fine: a step only adds, so that old and new workers run side by side.
    """
    with database.read() as tx:
        applied = _applied(tx.cx)
    steps = _steps()
    if applied is None or applied in steps[1:]:
        raise LedgerUnavailable("the ledger's tables aren't those of this version: run `dateline migrate`")
