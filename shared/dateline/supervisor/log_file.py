"""The file that a process writes its log to; a large one is put aside, while the process writes too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Final

MAX_BYTES: Final = 20 * 1024 * 1024
LAST_LINES: Final = 12
_LAST_BYTES: Final = 8 * 1024
_CHUNK_BYTES: Final = 1024 * 1024


class LogFile:
    """The log at ``path``, and the one before it beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = path.with_suffix(f"{path.suffix}.1")

    def open(self) -> int:
        """A descriptor for a process to write to. It appends, so that ``rotate`` may empty the file under it."""
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def last_lines(self) -> str:
        """The last lines in it, at most ``LAST_LINES``."""
        with self.path.open("rb") as log:
            log.seek(max(0, self.path.stat().st_size - _LAST_BYTES))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-LAST_LINES:])

    def rotate(self) -> None:
        """Put a large log aside and go on with an empty one.

        It is copied and emptied, since those who have it open go on writing to it; lines of that moment are lost.
        """
        if not self.path.exists() or self.path.stat().st_size <= MAX_BYTES:
            return
        with (
            self.path.open("r+b") as log,
            open(os.open(self._before, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as before,
        ):
            for _ in range(2):  # the second time what came during the first: never for as long as somebody writes
                _copy(log, before, os.fstat(log.fileno()).st_size - log.tell())
            log.truncate(0)


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0 and (chunk := source.read(min(size, _CHUNK_BYTES))):
        target.write(chunk)
        size -= len(chunk)
