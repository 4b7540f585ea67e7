"""WebP: its chunks (RFC 9649), EXIF and XMP among them."""

from __future__ import annotations

from dateline.pictures.containers.container import (
    MOST_METADATA,
    MOST_PARTS,
    Container,
    Source,
    broken,
    truncated,
)


def read_webp(source: Source) -> Container:
    """What its chunks say. Raises ``InvalidInput``."""
    found = Container(media_type="image/webp", frames=0)
    end = 8 + _little(source, 4, 4)
    if end > source.size:
        raise truncated()
    at = 12
    for _ in range(MOST_PARTS):
        if at + 8 > end:
            found.frames = max(1, found.frames)
            return found
        kind, length = source.read(at, 4), _little(source, at + 4, 4)
        if at + 8 + length > end:
            raise truncated()
        _take(source, kind, at + 8, length, found)
        at += 8 + length + length % 2
    raise broken("a WebP")


def _take(source: Source, kind: bytes, at: int, length: int, found: Container) -> None:
    if kind == b"ANMF":
        found.frames += 1
    elif kind == b"EXIF" and length <= MOST_METADATA:
        found.exif = source.read(at, length).removeprefix(b"Exif\x00\x00")
    elif kind == b"XMP " and length <= MOST_METADATA:
        found.xmp = source.read(at, length)
    elif not found.width:
        found.width, found.height = _size(source, kind, at)


def _size(source: Source, kind: bytes, at: int) -> tuple[int, int]:
    """Width and height, of the canvas or of the only frame; zeros from a chunk that says none."""
    if kind == b"VP8X":
        return _little(source, at + 4, 3) + 1, _little(source, at + 7, 3) + 1
    if kind == b"VP8 ":
        if source.read(at + 3, 3) != b"\x9d\x01\x2a":
            raise broken("a WebP")
        return _little(source, at + 6, 2) & 0x3FFF, _little(source, at + 8, 2) & 0x3FFF
    if kind == b"VP8L":
        if source.read(at, 1) != b"\x2f":
            raise broken("a WebP")
        bits = _little(source, at + 1, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0


def _little(source: Source, at: int, length: int) -> int:
    return int.from_bytes(source.read(at, length), "little")
