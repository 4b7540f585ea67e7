"""What only one process may do at a time. Whoever dies lets go: the kernel's lock on a file beside SQLite's, or a
lock of PostgreSQL's session."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from dateline.adapters.ledger.database.engine import translated
from dateline.errors import Conflict


@contextmanager
def exclusive_lock(engine: Engine, name: str) -> Iterator[None]:
    """Keep other processes out while the block runs. Raises ``Conflict`` when one is in."""
    if engine.dialect.name == "postgresql":
        with _session_lock(engine, name):
            yield
    else:
        with _file_lock(Path(f"{engine.url.database}.{name}"), name):
            yield


@contextmanager
def _session_lock(engine: Engine, name: str) -> Iterator[None]:
    with translated():
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with translated():
            locked = connection.execute(text("SELECT pg_try_advisory_lock(hashtext(:what))"), {"what": f"hold {name}"})
            if not locked.scalar_one():
                raise _busy(name)
        yield
    finally:
        # not back to the pool: the lock is the session's
        connection.invalidate()
        connection.close()


@contextmanager
def _file_lock(path: Path, name: str) -> Iterator[None]:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(name) from None
        yield


def _busy(name: str) -> Conflict:
    return Conflict(f"a {name} is under way in another process")
