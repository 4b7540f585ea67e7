"""Files that come in: each under a name of its own in ``incoming/``, hashed as it is written, until it is kept."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from dateline.adapters.media.disk import PIECE_BYTES, disk_errors, make_folder
from dateline.errors import TooMuch
from dateline.ports.media import original_key

Keep = Callable[[Path, str], None]
"""Puts a file that is whole and on disk under a key."""

_ANY_SIZE: Final = 1 << 62


class IncomingFile:
    """A file in ``incoming/``; ``Upload`` says how it is used."""

    def __init__(self, path: Path, limit: int, keep: Keep) -> None:
        self.path = path
        self.size = 0
        self._limit = limit
        self._keep = keep
        self._hash = hashlib.sha256()
        self._handle: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what came so far, in hex."""
        return self._hash.hexdigest()

    def write(self, piece: bytes) -> int:
        """Write the next bytes; returns how many. Raises ``TooMuch`` over the limit, ``MediaFull``."""
        if self.size + len(piece) > self._limit:
            raise TooMuch(f"a file may have {self._limit:,} bytes, and this one has more")
        assert self._handle is not None, "it was kept"
        rest = memoryview(piece)
        with disk_errors("the file that comes in"):
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        self._hash.update(piece)
        self.size += len(piece)
        return len(piece)

    def keep(self) -> str:
        """Keep it as an original; returns its SHA-256."""
        self.keep_as(original_key(self.sha256))
        return self.sha256

    def keep_as(self, key: str) -> None:
        """Keep it under a key. Raises ``MediaFull`` and ``MediaUnavailable``."""
        assert self._handle is not None, "it was kept"
        with disk_errors(key):
            os.fsync(self._handle)
        self.close()
        self._keep(self.path, key)

    def copy(self, source: BinaryIO | Path) -> None:
        """Write all that a source has. Raises as ``write`` does."""
        if isinstance(source, Path):
            with disk_errors(source.name), source.open("rb") as file:
                return self.copy(file)
        while piece := source.read(PIECE_BYTES):
            self.write(piece)

    def close(self) -> None:
        """Write no more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def incoming_file(folder: Path, keep: Keep, limit: int = _ANY_SIZE) -> Iterator[IncomingFile]:
    """A new file in ``folder``; nothing is left there when the context ends.

    Raises ``MediaFull`` and ``MediaUnavailable``.
    """
    with disk_errors("the file that comes in"):
        make_folder(folder)
        file = IncomingFile(folder / f"{os.getpid()}-{secrets.token_hex(8)}", limit, keep)
    try:
        yield file
    finally:
        file.close()
        with suppress(OSError):  # it was kept, or the disk is away: then the sweep takes it off
            file.path.unlink(missing_ok=True)


def drop_unfinished(folder: Path, before: datetime) -> int:
    """Take off what nobody has written to since a time; returns how many. Raises ``MediaUnavailable``."""
    dropped = 0
    with disk_errors("what came in"):
        for entry in list(os.scandir(folder)) if folder.is_dir() else ():
            with suppress(FileNotFoundError):  # it was kept meanwhile
                if entry.stat(follow_symlinks=False).st_mtime < before.timestamp():
                    os.unlink(entry.path)
                    dropped += 1
    return dropped
