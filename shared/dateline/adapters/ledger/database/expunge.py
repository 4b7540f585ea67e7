"""The database's files without what was erased."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy import Engine

from dateline.adapters.ledger.database.engine import translated
from dateline.adapters.sqlite_expunge import expunge as expunge_file
from dateline.errors import LedgerUnavailable

_HELD_TEXT: Final = (
    "payloads, diffs, items, revisions, audit, editor_tags, proposals, proposal_items, term_edits, retag_jobs, changes,"
    " idempotency_keys, source_holders, drafts, draft_revisions,"
    " suggested_tags, draft_reviews, draft_assignments, story_texts, story_notes, term_move_tags"
)

_MERGED: Final = "INSERT INTO story_words (story_words) VALUES ('optimize')"
"""A full-text index keeps what was taken out of it until its parts are merged."""

_IS_OWNER: Final = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'payloads'::regclass"
"""To anybody else PostgreSQL gives a warning, and vacuums nothing."""


def expunge(engine: Engine) -> None:
    """Rewrite what held erased text, so that no file of the database has it. Writers wait meanwhile.

    PostgreSQL's own log (``pg_wal``) is its administrator's. Raises ``LedgerUnavailable``.
    """
    if engine.dialect.name == "sqlite":
        _expunge_sqlite(engine)
    else:
        _vacuum_postgresql(engine)


def _expunge_sqlite(engine: Engine) -> None:
    with translated():
        pooled = engine.raw_connection()
    try:
        assert isinstance(pooled.driver_connection, sqlite3.Connection)
        pooled.driver_connection.execute(_MERGED)
        expunge_file(pooled.driver_connection)
    except sqlite3.Error as error:
        raise LedgerUnavailable(f"the ledger's files can't be rewritten now: {error}") from error
    finally:
        pooled.close()


def _vacuum_postgresql(engine: Engine) -> None:
    with translated(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.exec_driver_sql(_IS_OWNER).scalar():
            raise LedgerUnavailable("only who owns the ledger's tables can write them anew, and this user doesn't")
        connection.exec_driver_sql("SET statement_timeout = 0")
        try:
            connection.exec_driver_sql(f"VACUUM (FULL) {_HELD_TEXT}")
        finally:
            connection.exec_driver_sql("RESET statement_timeout")
