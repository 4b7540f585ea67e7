"""SQLite files without a trace of what was deleted: written anew, and the write-ahead log emptied."""

from __future__ import annotations

import sqlite3
import time
from typing import Final

CHECKPOINT_SECONDS: Final = 10.0
"""How long readers are waited for: a checkpoint can't pass one that still reads what was before."""
_PAUSE: Final = 0.05


def expunge(connection: sqlite3.Connection) -> None:
    """Write the database anew and empty its write-ahead log. ``connection`` is in WAL mode and in no transaction.

    Overwriting what is deleted is not enough: a page that was split keeps what moved away from it, and the log all
    that was written since the last checkpoint.

    Raises ``sqlite3.OperationalError`` when a writer, or a reader, does not let go in time.
    """
    connection.execute("VACUUM")
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")  # who waits for readers inside a checkpoint keeps writers waiting
    try:
        _truncate_wal(connection)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _truncate_wal(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + CHECKPOINT_SECONDS
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise sqlite3.OperationalError("a reader that does not end holds what was deleted")
        time.sleep(_PAUSE)
