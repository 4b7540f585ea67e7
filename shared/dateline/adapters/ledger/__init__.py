"""The ledger on SQLAlchemy Core: a SQLite file, or PostgreSQL. One set of code."""

from __future__ import annotations

from dateline.adapters.ledger.database.engine import connect
from dateline.adapters.ledger.ledger import SqlLedger

__all__ = ["SqlLedger", "open_sql_ledger"]


def open_sql_ledger(url: str) -> SqlLedger:
    """The ledger at a SQLAlchemy address (``sqlite:///…`` or ``postgresql://…``); connects at the first call."""
    return SqlLedger(connect(url))
