"""EXIF: tags of the first directory and of the camera's (TIFF 6.0; CIPA DC-008). Place and serial numbers stay out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

_TAGS: Final[dict[int, str]] = {
    0x0112: "orientation",
    0x010E: "description",
    0x013B: "artist",
    0x8298: "copyright",
    0x9003: "taken",
    0x9011: "offset",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
}
_CAMERA: Final = 0x8769
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4}
_MOST_ENTRIES: Final = 1_000
_MOST_VALUE: Final = 20_000
"""Bytes of a value: all entries may name the same megabytes."""


def read_exif(block: bytes) -> dict[str, str]:
    """The tags that are known here, as text; {} where the block makes no sense."""
    order: Literal["little", "big"] | None = {b"II*\x00": "little", b"MM\x00*": "big"}.get(block[:4])  # type: ignore[assignment]
    if order is None:
        return {}
    found: dict[str, str] = {}
    directories, seen = [int.from_bytes(block[4:8], order)], 0
    while directories and seen < 3:
        seen += 1
        for number, kind, value in _entries(block, directories.pop(), order):
            if number == _CAMERA:
                directories.append(int.from_bytes(value, order))
            elif (tag := _TAGS.get(number)) and (text := _text(number, kind, value, order)):
                found.setdefault(tag, text)
    return found


def is_turned(block: bytes) -> bool:
    """Whether the orientation says that the picture stands across what is stored: by a quarter, either way."""
    return read_exif(block).get("orientation") in ("5", "6", "7", "8")


def _entries(block: bytes, at: int, order: Literal["little", "big"]) -> Iterator[tuple[int, int, bytes]]:
    count = int.from_bytes(block[at : at + 2], order)
    for entry in range(at + 2, min(at + 2 + 12 * min(count, _MOST_ENTRIES), len(block) - 11), 12):
        number, kind = (int.from_bytes(block[entry + n : entry + n + 2], order) for n in (0, 2))
        size = _SIZES.get(kind, 0) * int.from_bytes(block[entry + 4 : entry + 8], order)
        if not size:
            continue
        start = entry + 8 if size <= 4 else int.from_bytes(block[entry + 8 : entry + 12], order)
        yield number, kind, block[start : start + min(size, _MOST_VALUE)]


def _text(number: int, kind: int, value: bytes, order: Literal["little", "big"]) -> str:
    if kind in (3, 4):
        return str(int.from_bytes(value[: _SIZES[kind]], order))
    if number >= 0x9C9B:
        return value.decode("utf-16-le", "replace").split("\x00")[0].strip()
    try:
        return value.split(b"\x00")[0].decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.split(b"\x00")[0].decode("latin-1").strip()
