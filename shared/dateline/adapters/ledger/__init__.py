"""The ledger on SQLAlchemy Core: a SQLite file, or PostgreSQL. One set of code."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.adapters.ledger.database.engine import connect
from dateline.adapters.ledger.database.roles import ensure_roles
from dateline.adapters.ledger.ledger import SqlLedger

__all__ = ["SqlLedger", "ensure_sql_roles", "open_sql_ledger"]


def open_sql_ledger(url: str) -> SqlLedger:
    """The ledger at a SQLAlchemy address (``sqlite:///…`` or ``postgresql://…``); connects at the first call."""
    return SqlLedger(connect(url))


def ensure_sql_roles(url: str, passwords: Mapping[str, str]) -> None:
    """Make or renew the services' roles on the database at ``url``, whose user owns the tables."""
    engine = connect(url)
    try:
        ensure_roles(engine, passwords)
    finally:
        engine.dispose()
