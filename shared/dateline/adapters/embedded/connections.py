"""Connections: one a thread, none across a fork, each transaction ended with the call that began it."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakSet

from dateline.adapters.embedded.generations import Generations
from dateline.adapters.embedded.tables.schema import ANALYSIS, SCRATCH
from dateline.deadline import within
from dateline.errors import IndexUnavailable, NotFound

BUSY_SECONDS: Final = 5.0
BUDGET_SECONDS: Final = 4.0
"""How long one read may take, with what is made of its rows: over it, it is IndexUnavailable, not a hanging worker."""

STEPS_BETWEEN_LOOKS: Final = 100_000
CACHE_KILOBYTES: Final = 8_000
"""A connection; there is one for each thread of each process."""

UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""What may pass; any other SQLite error is a defect of ours and is not dressed up."""

_left_behind: Final[list[sqlite3.Connection]] = []
"""Connections that must not be closed: a forked child's from its parent (sqlite.org/howtocorrupt, 2.6), and those in
use by a thread that the end of the process stopped."""


class _OfThread:
    """The connections of one thread, by generation; closed when the thread ends.

    ``in_use`` is held while the thread reads or writes: closing a connection under its statement ends the process.
    """

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.opened: dict[str, sqlite3.Connection] = {}
        self.in_use = threading.RLock()

    def close(self, *, wait: bool = True) -> None:
        """Close all, once the thread is done with what it does. Any thread may."""
        if self.pid != os.getpid() or not self.in_use.acquire(blocking=wait):
            _left_behind.extend(self.opened.values())
            self.opened.clear()
            return
        try:
            connections = list(self.opened.values())
            self.opened.clear()
            for connection in connections:
                connection.close()
        finally:
            self.in_use.release()

    def __del__(self) -> None:
        # at the end of the process its thread may have been stopped while it read: nobody would give the lock back
        self.close(wait=False)


class Connections:
    """Opens the generations' files as they are needed."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._mine = threading.local()
        self._threads: WeakSet[_OfThread] = WeakSet()

    @contextmanager
    def reading(self, generation: str | None = None) -> Iterator[sqlite3.Connection]:
        """A consistent view of a generation (default: the current one) until the block ends.

        Raises ``IndexUnavailable``, ``NotFound`` for a generation that isn't there.
        """
        with _unavailable(), self._of_thread().in_use, within(BUDGET_SECONDS) as deadline:
            connection = self._connection(generation)
            connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.set_progress_handler(None, 0)
                _end(connection)

    @contextmanager
    def writing(self, generation: str | None = None) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end of the block, undone by an error. Raises as ``reading``."""
        with _unavailable(), self._of_thread().in_use:
            connection = self._connection(generation)
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                _end(connection)

    def close(self) -> None:
        """Close every connection of this process, each when the call that uses it has ended."""
        for thread in list(self._threads):
            thread.close()

    def forget(self, generation: str) -> None:
        """Close this thread's connection to a generation."""
        connection = self._of_thread().opened.pop(generation, None)
        if connection is not None:
            connection.close()

    def _of_thread(self) -> _OfThread:
        mine: _OfThread | None = getattr(self._mine, "value", None)
        if mine is None or mine.pid != os.getpid():
            if mine is not None:
                mine.close()
            mine = self._mine.value = _OfThread()
            self._threads.add(mine)
        return mine

    def _connection(self, generation: str | None) -> sqlite3.Connection:
        if generation is not None:
            return self._open(generation)
        while True:
            current = self._generations.current()
            opened = self._of_thread().opened
            if current in opened:
                return opened[current]
            # readers notice a swap here: whatever else is open is of the past, or opens again in a moment
            for name in list(opened):
                self.forget(name)
            connection = self._open_if_still(current)
            if connection is not None:
                return connection

    def _open_if_still(self, current: str) -> sqlite3.Connection | None:
        """The connection to the current generation; None when it was swapped while it was opened.

        Only a generation that is still current afterwards was surely opened with its WAL, and not while it was dropped.
        """
        try:
            connection = self._open(current)
        except (NotFound, sqlite3.Error) as error:
            if self._generations.current() != current:
                return None
            if isinstance(error, NotFound):
                raise IndexUnavailable(f"{error}: `dateline index reindex`") from error
            raise
        return connection if self._generations.current() == current else None

    def _open(self, generation: str) -> sqlite3.Connection:
        opened = self._of_thread().opened
        if generation not in opened:
            opened[generation] = _connect(self._generations.path(generation))
        return opened[generation]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        analysis = connection.execute("SELECT value FROM meta WHERE name = 'analysis'").fetchone()
        if analysis != (ANALYSIS,):
            raise IndexUnavailable(f"{path.stem} is of another version of this program: `dateline index reindex`")
        connection.executescript(SCRATCH)
    except BaseException:
        connection.close()
        raise
    return connection


def _end(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in UNAVAILABLE:
            raise IndexUnavailable(f"the embedded index can't be used now: {error}") from error
        raise
