"""The files of pictures as they came, copied from one media store to another, and looked at byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from dateline.errors import MediaMissing
from dateline.ports.ledger.pictures import Pictures
from dateline.ports.media import MediaStore, original_key

_ANY_SIZE: Final = 1 << 62
_SHOWN: Final = 20


@dataclass(slots=True)
class Originals:
    """What was found of pictures' files: how many, their bytes, and which aren't there or aren't what they were."""

    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether all are there as they were."""
        return not self.missing and not self.damaged

    @property
    def json(self) -> dict[str, Any]:
        """The same for programs."""
        return {"files": self.files, "bytes": self.bytes, "missing": self.missing, "damaged": self.damaged}

    def __str__(self) -> str:
        lines = [f"{self.files:,} files of pictures, {self.bytes:,} bytes"]
        for what, found in (("missing", self.missing), ("damaged", self.damaged)):
            lines += [f"{what}: {sha256}" for sha256 in found[:_SHOWN]]
            lines += [f"{what}: {len(found) - _SHOWN:,} more"] if len(found) > _SHOWN else []
        return "\n".join(lines)


def files_on_record(ledger: Pictures) -> Iterator[str]:
    """The SHA-256 of every picture's file that the media store must have."""
    after = ""
    while page := ledger.files_of_pictures(after=after):
        yield from page
        after = page[-1]


def copy_originals(files: Iterable[str], source: MediaStore, target: MediaStore) -> Originals:
    """Copy the originals that ``target`` lacks; nothing is kept of one whose bytes aren't what its name says.

    Raises ``MediaUnavailable`` and ``MediaFull``; run again, it goes on.
    """
    found = Originals()
    for sha256 in files:
        size = target.size(original_key(sha256))
        if size is None or size != source.size(original_key(sha256)):
            size = _copied(sha256, source, target, found)
        if size is not None:
            found.files += 1
            found.bytes += size
    return found


def _copied(sha256: str, source: MediaStore, target: MediaStore, found: Originals) -> int | None:
    """The bytes of an original that was copied; None where it can't be, which ``found`` is told."""
    try:
        pieces = source.open(original_key(sha256)).pieces
    except MediaMissing:
        found.missing.append(sha256)
        return None
    with target.receive(_ANY_SIZE) as upload:
        for piece in pieces:
            upload.write(piece)
        if upload.sha256 != sha256:
            found.damaged.append(sha256)
            return None
        upload.keep()
        return upload.size


def check_originals(files: Iterable[str], store: MediaStore) -> Originals:
    """Read every original, and say which aren't there or aren't what they were. Raises ``MediaUnavailable``."""
    found = Originals()
    for sha256 in files:
        digest, size = hashlib.sha256(), 0
        try:
            for piece in store.open(original_key(sha256)).pieces:
                digest.update(piece)
                size += len(piece)
        except MediaMissing:
            found.missing.append(sha256)
            continue
        if digest.hexdigest() != sha256:
            found.damaged.append(sha256)
            continue
        found.files += 1
        found.bytes += size
    return found
