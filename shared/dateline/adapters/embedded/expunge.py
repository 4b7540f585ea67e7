"""A generation without a trace of what was deleted from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dateline.adapters import sqlite_expunge
from dateline.adapters.embedded.connections import BUSY_SECONDS
from dateline.errors import IndexUnavailable


def expunge(path: Path) -> None:
    """Rewrite the generation at ``path``; writers wait meanwhile. Raises ``IndexUnavailable``."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            _drop_unused_values(connection)
            # an entry of a deleted story stays in its segment until segments are merged
            connection.execute("INSERT INTO text (text) VALUES ('optimize')")
            connection.execute("INSERT INTO event_text (event_text) VALUES ('optimize')")
            connection.execute("COMMIT")
            sqlite_expunge.expunge(connection)
    except sqlite3.Error as error:
        raise IndexUnavailable(f"the files of {path.stem} can't be rewritten now: {error}") from error


def _drop_unused_values(connection: sqlite3.Connection) -> None:
    """Drop facet values that nothing carries any more: the label of one may be a name that only the erased text had."""
    connection.execute(
        "DELETE FROM facet_value WHERE stories = 0 AND number NOT IN (SELECT value FROM story_value)"
        " AND number NOT IN (SELECT value FROM event_value)"
    )
