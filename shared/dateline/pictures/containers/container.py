"""What the header of a picture file says, and the bytes it is read from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO, Final

from dateline.errors import FieldError, InvalidInput

MOST_METADATA: Final = 4 << 20
"""So many bytes of a file's EXIF, XMP or IPTC are read; a larger block is passed over."""
MOST_PARTS: Final = 50_000
"""So many segments, chunks or boxes a file may have: one of fifty million empty ones would be walked for a minute."""


@dataclass(slots=True, kw_only=True)
class Container:
    """What a header says: pixels as stored, ``turned`` where those shown stand across, and the blocks with words."""

    media_type: str
    width: int = 0
    height: int = 0
    turned: bool = False
    frames: int = 1
    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    texts: tuple[tuple[str, str], ...] = ()


class Source:
    """The bytes of a file, read where they are asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def read(self, at: int, length: int) -> bytes:
        """``length`` bytes from ``at`` on. Raises ``InvalidInput`` where the file ends before."""
        if at < 0 or at + length > self.size:
            raise truncated()
        self._file.seek(at)
        piece = self._file.read(length)
        if len(piece) < length:
            raise truncated()
        return piece

    def number(self, at: int, length: int) -> int:
        """The big-endian number of ``length`` bytes at ``at``."""
        return int.from_bytes(self.read(at, length), "big")

    def start(self, at: int, length: int) -> bytes:
        """``length`` bytes from ``at`` on, or what there is of them."""
        return self.read(at, max(0, min(length, self.size - at)))

    def holds_after(self, at: int, mark: bytes) -> bool:
        """Whether ``mark`` stands anywhere from ``at`` on; the end is looked at first."""
        end, step = self.size, 1 << 20
        while end > at:
            first = max(at, end - step)
            if mark in self.read(first, min(self.size, end + len(mark) - 1) - first):
                return True
            end = first
        return False


def refused(detail: str) -> InvalidInput:
    """The error for a file that isn't taken, with its reason in plain words."""
    return InvalidInput(detail, (FieldError("/file", detail),))


def truncated() -> InvalidInput:
    """The error for a file that ends too early."""
    return refused("The file is cut off: it ends in the middle of the picture. Send it again.")


def broken(kind: str) -> InvalidInput:
    """The error for a file whose header contradicts itself."""
    return refused(f"The file begins as {kind} does, and then makes no sense: it is damaged, or something else.")
