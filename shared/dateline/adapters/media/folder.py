"""The media store as a folder: a file's key is its path. Readers see each file whole, as it was or as it is now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dateline.adapters.media.disk import PIECE_BYTES, disk_errors, make_folder, sync_folder
from dateline.adapters.media.incoming import IncomingFile, drop_unfinished, incoming_file
from dateline.adapters.media.keys import INCOMING, checked_key
from dateline.errors import MediaMissing
from dateline.ports.media import MediaFile


class FolderStore:
    """A ``MediaStore`` in ``root``, which is made by the first file. Only this user may read it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, source: BinaryIO | Path) -> int:
        """See ``MediaStore``."""
        checked_key(key)
        with incoming_file(self.root / INCOMING, self._keep) as file:
            file.copy(source)
            file.keep_as(key)
        return file.size

    def receive(self, limit: int) -> AbstractContextManager[IncomingFile]:
        """See ``MediaStore``."""
        return incoming_file(self.root / INCOMING, self._keep, limit)

    def _keep(self, path: Path, key: str) -> None:
        kept = self.root / key
        with disk_errors(key):
            while True:
                make_folder(kept.parent)
                try:
                    path.replace(kept)
                except FileNotFoundError:  # ``delete`` took the folder off meanwhile
                    if path.exists():
                        continue
                    raise
                return sync_folder(kept.parent)

    def open(self, key: str, first: int = 0, length: int | None = None) -> MediaFile:
        """See ``MediaStore``."""
        with disk_errors(key):
            handle = os.open(self.root / checked_key(key), os.O_RDONLY | os.O_CLOEXEC)
        size = os.fstat(handle).st_size
        rest = max(0, size - first)
        wanted = rest if length is None else min(rest, length)
        pieces = _FilePieces(handle, key, first, wanted)
        return MediaFile(key=key, size=size, first=first, length=wanted, pieces=pieces)

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """See ``MediaStore``: the file itself, which may be replaced or taken off meanwhile."""
        path = self.root / checked_key(key)
        if not path.is_file():
            raise MediaMissing(f"{key} isn't in the media store")
        yield path

    def size(self, key: str) -> int | None:
        """See ``MediaStore``."""
        with suppress(MediaMissing), disk_errors(key):
            return (self.root / checked_key(key)).stat().st_size
        return None

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """See ``MediaStore``."""
        with suppress(MediaMissing), disk_errors(prefix):
            yield from self._keys("", prefix, before.timestamp() if before else None)

    def _keys(self, folder: str, prefix: str, before: float | None) -> Iterator[str]:
        """Those in ``folder``, which is "" or ends in a slash; one that isn't there has none."""
        with suppress(FileNotFoundError):
            entries = sorted(
                (f"{folder}{one.name}" + "/" * one.is_dir(), one) for one in os.scandir(self.root / folder)
            )
            for key, entry in entries:
                if key == f"{INCOMING}/":
                    continue
                if key.endswith("/") and (key.startswith(prefix) or prefix.startswith(key)):
                    yield from self._keys(key, prefix, before)
                elif not key.endswith("/") and key.startswith(prefix) and _is_older(entry, before):
                    yield key

    def delete(self, *keys: str) -> None:
        """See ``MediaStore``; a folder without files goes too."""
        for key in keys:
            with suppress(MediaMissing), disk_errors(key):
                path = self.root / checked_key(key)
                path.unlink()
                with suppress(OSError):  # there is more in it
                    path.parent.rmdir()

    def drop_unfinished(self, before: datetime) -> int:
        """See ``MediaStore``."""
        return drop_unfinished(self.root / INCOMING, before)


def _is_older(entry: os.DirEntry[str], before: float | None) -> bool:
    if before is None:
        return True
    with suppress(FileNotFoundError):
        return entry.stat().st_mtime < before
    return False


class _FilePieces:
    """The bytes of an open file from one place to another; the file is closed at their end."""

    def __init__(self, handle: int, key: str, first: int, length: int) -> None:
        self._handle: int | None = handle
        self._key = key
        self._at = first
        self._end = first + length

    def __iter__(self) -> _FilePieces:
        return self

    def __next__(self) -> bytes:
        if self._handle is None or self._at >= self._end:
            self.close()
            raise StopIteration
        with disk_errors(self._key):
            piece = os.pread(self._handle, min(PIECE_BYTES, self._end - self._at), self._at)
        if not piece:
            self.close()
            raise StopIteration
        self._at += len(piece)
        return piece

    def close(self) -> None:
        """Read no more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        self.close()
