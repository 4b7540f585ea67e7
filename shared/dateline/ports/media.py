"""The media store: the files of pictures, which are neither in the ledger nor in the index.

Keys are paths: ``originals/{sha256}`` (nobody gets these but the desk), ``renditions/{sha256}/{name}`` (readers get
these at ``/media/{sha256}/{name}``), and ``renditions/{sha256}/rights.json``, which says how long they may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A file of the store: ``size`` in bytes, and its bytes from ``first`` on in pieces."""

    key: str
    size: int
    first: int
    length: int
    pieces: Iterator[bytes]


class MediaStore(Protocol):
    """A folder, or a bucket of S3. A file is there whole or not at all, and on disk when ``put`` returns."""

    def put(self, key: str, source: BinaryIO | Path) -> int:
        """Keep a file; one of that key is replaced at once, so that a reader gets the old or the new one. Returns its
        bytes. Raises ``MediaFull`` where the disk is, ``MediaUnavailable`` where the store doesn't answer."""
        ...

    def open(self, key: str, first: int = 0, length: int | None = None) -> MediaFile:
        """Read a file, or the part of it from ``first`` on. Raises ``MediaMissing``, ``MediaUnavailable``."""
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """A file as one on this machine's disk, to read, while the context lasts. Raises as ``open`` does."""
        ...

    def size(self, key: str) -> int | None:
        """How many bytes a file has; None where it isn't. Raises ``MediaUnavailable``."""
        ...

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin so, in their order."""
        ...

    def delete(self, *keys: str) -> None:
        """Take files off; what isn't there is no error. Raises ``MediaUnavailable``."""
        ...


def original_key(sha256: str) -> str:
    """Where the file is as it came."""
    return f"originals/{sha256}"


def rendition_key(sha256: str, name: str) -> str:
    """Where a rendition is."""
    return f"renditions/{sha256}/{name}"
