"""The media store: the files of pictures, which are neither in the ledger nor in the index.

Keys are paths: ``originals/{sha256}`` (nobody gets these but the desk), ``renditions/{sha256}/{name}`` (readers get
these at ``/media/{sha256}/{name}``), and ``renditions/{sha256}/rights.json``, which says how long they may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A file of the store: its ``size``, and ``length`` of its bytes from ``first`` on in pieces.

    Who doesn't read them to their end calls ``close``, as WSGI servers do.
    """

    key: str
    size: int
    first: int
    length: int
    pieces: Pieces


class Pieces(Iterator[bytes], Protocol):
    """The bytes of a file as they are read."""

    def close(self) -> None:
        """Read no more."""
        ...


class Upload(Protocol):
    """A file that comes in and isn't kept yet; it is on this machine's disk, at ``path``."""

    @property
    def path(self) -> Path:
        """Where its bytes are so far, to be looked at."""
        ...

    @property
    def size(self) -> int:
        """Its bytes so far."""
        ...

    @property
    def sha256(self) -> str:
        """The SHA-256 of what came so far, in hex."""
        ...

    def write(self, piece: bytes) -> int:
        """Take the next bytes; returns how many. Raises ``TooMuch`` over the limit, ``MediaFull``."""
        ...

    def keep(self) -> str:
        """Keep it as the original of its SHA-256, which is returned: on disk, and fine where it is there already.

        Raises ``MediaFull`` and ``MediaUnavailable``.
        """
        ...


class MediaStore(Protocol):
    """A folder, or a bucket of S3. A file is there whole or not at all, and on disk when ``put`` returns."""

    def put(self, key: str, source: BinaryIO | Path) -> int:
        """Keep a file; one of that key is replaced at once, so that a reader gets the old or the new one. Returns its
        bytes. Raises ``MediaFull`` where the disk is, ``MediaUnavailable`` where the store doesn't answer."""
        ...

    def receive(self, limit: int) -> AbstractContextManager[Upload]:
        """Take a file of up to ``limit`` bytes that comes in pieces; nothing is left of one that wasn't kept when the
        context ends. Raises ``MediaFull`` and ``MediaUnavailable``."""
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

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """The keys that begin so, in their order; with ``before`` only of files that were put before that time.

        Raises ``MediaUnavailable``.
        """
        ...

    def delete(self, *keys: str) -> None:
        """Take files off; what isn't there is no error. Raises ``MediaUnavailable``."""
        ...

    def drop_unfinished(self, before: datetime) -> int:
        """Take off what was begun before that time and never became a file, as after a kill. Returns how many."""
        ...


def original_key(sha256: str) -> str:
    """Where the file is as it came."""
    return f"originals/{sha256}"


def rendition_key(sha256: str, name: str) -> str:
    """Where a rendition is."""
    return f"renditions/{sha256}/{name}"


def rights_key(sha256: str) -> str:
    """Where it is said until when the renditions may be shown."""
    return f"renditions/{sha256}/rights.json"
