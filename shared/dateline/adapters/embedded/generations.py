"""Generations are files ``index-<stamp>.sqlite``; ``current`` names the one readers see and is replaced by rename."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from dateline.adapters.embedded.tables.schema import ANALYSIS, TABLES
from dateline.errors import CannotStart, Conflict, IndexUnavailable, NotFound

SUFFIX: Final = ".sqlite"
SIDE_FILES: Final = ("", "-wal", "-shm")


class Generations:
    """The index folder. Several processes may use it at once."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._folder = folder
        self._zone = zone
        self._pointer = folder / "current"

    def ensure(self) -> None:
        """Make the folder, and a first generation where there is none. Raises ``CannotStart`` without FTS5."""
        with self._locked():
            if not self._pointer.exists():
                self._point_at(self._create())

    def create(self) -> str:
        """Make an empty generation and return its name."""
        with self._locked():
            return self._create()

    def names(self) -> list[str]:
        """All generations, oldest first."""
        return sorted(path.name.removesuffix(SUFFIX) for path in self._folder.glob(f"index-*{SUFFIX}"))

    def current(self) -> str:
        """The generation readers see. Raises ``IndexUnavailable`` when there is none yet."""
        try:
            return self._pointer.read_text().strip()
        except OSError as error:
            raise IndexUnavailable(f"there is no index yet ({error.strerror}): `dateline index ensure`") from error

    def path(self, name: str) -> Path:
        """Where a generation is. Raises ``NotFound``."""
        path = self._folder / f"{name}{SUFFIX}"
        if name not in self.names():
            raise NotFound(f"there is no generation {name}")
        return path

    def swap(self, name: str) -> None:
        """Make ``name`` the current one. Raises ``NotFound``."""
        with self._locked():
            self.path(name)
            self._point_at(name)

    def drop(self, name: str) -> None:
        """Remove a generation. Raises ``Conflict`` for the current one; one that is gone is as good as dropped."""
        with self._locked():
            if name == self.current():
                raise Conflict(f"readers see the generation {name}")
            if name in self.names():
                for side in SIDE_FILES:
                    (self._folder / f"{name}{SUFFIX}{side}").unlink(missing_ok=True)

    def _create(self) -> str:
        name = self._free_name()
        unfinished = self._folder / f"{name}.unfinished"
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as connection:
            if connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone() != (1,):
                raise CannotStart(f"the SQLite {sqlite3.sqlite_version} of this Python has no full text search (FTS5)")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(TABLES)
            connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [("generation", name), ("analysis", ANALYSIS), ("timezone", self._zone.key)],
            )
            connection.commit()
        # closing the only connection folds the WAL into the file: one file to rename
        unfinished.rename(self._folder / f"{name}{SUFFIX}")
        return name

    def _free_name(self) -> str:
        """By the time; later than every other one even when the clock went back."""
        stamp = int(datetime.now(UTC).strftime("%Y%m%d%H%M%S%f"))
        taken = [int(name.removeprefix("index-")) for name in self.names() if name.removeprefix("index-").isdecimal()]
        return f"index-{max([stamp, *(number + 1 for number in taken)])}"

    def _point_at(self, name: str) -> None:
        replacement = self._folder / "current.next"
        with replacement.open("w") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        replacement.replace(self._pointer)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time makes, swaps and drops."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise IndexUnavailable(f"the index folder {self._folder} can't be written: {error.strerror}") from error
