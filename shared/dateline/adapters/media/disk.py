"""What a media store does with a disk: errors by their names, folders and files that outlive a power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dateline.errors import MediaFull, MediaMissing, MediaUnavailable

PIECE_BYTES: Final = 262_144
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_THERE: Final = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


@contextmanager
def disk_errors(key: str) -> Iterator[None]:
    """Raise what ``MediaStore`` promises in the place of an ``OSError`` about the file ``key``."""
    try:
        yield
    except _NOT_THERE:
        raise MediaMissing(f"{key} isn't in the media store") from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise MediaFull("there is no room left in the media store", retry_after=30) from error
        raise MediaUnavailable(f"the media store can't be used: {error.strerror}") from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for this user alone and on disk when it returns. Raises ``OSError``."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Let what was made and renamed in a folder be on disk. Raises ``OSError``."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
