"""JPEG: the segments before the picture's data (ITU-T T.81, B.1); EXIF, XMP and Photoshop's block are among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dateline.pictures.containers.container import MOST_METADATA, MOST_PARTS, Container, Source, broken, truncated

_EXIF: Final = b"Exif\x00\x00"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_PHOTOSHOP: Final = b"Photoshop 3.0\x00"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN: Final = 0xDA
_END: Final = 0xD9


def read_jpeg(source: Source) -> Container:
    """What the segments up to the first scan say. Raises ``InvalidInput``."""
    found = Container(media_type="image/jpeg")
    photoshop = b""
    for marker, at, length in _segments(source):
        if marker in _FRAMES:
            found.height, found.width = source.number(at + 1, 2), source.number(at + 3, 2)
        elif marker == 0xE1 and (start := source.start(at, 29)).startswith(_EXIF):
            found.exif = found.exif or source.read(at + len(_EXIF), length - len(_EXIF))
        elif marker == 0xE1 and start.startswith(_XMP) and length >= len(_XMP):
            found.xmp = found.xmp or source.read(at + len(_XMP), length - len(_XMP))
        elif marker == 0xED and length > 14 and source.start(at, 14) == _PHOTOSHOP and len(photoshop) < MOST_METADATA:
            photoshop += source.read(at + 14, length - 14)
    found.iptc = photoshop
    return found


def _segments(source: Source) -> Iterator[tuple[int, int, int]]:
    """Marker, start and length of each segment's content up to the first scan, which the end must follow."""
    at = 2
    for _ in range(MOST_PARTS):
        if source.number(at, 1) != 0xFF:
            raise broken("a JPEG")
        marker = source.number(at + 1, 1)
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END or marker == 0:
            raise broken("a JPEG")
        at += 2
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            continue
        length = source.number(at, 2)
        if length < 2:
            raise broken("a JPEG")
        if at + length > source.size:
            raise truncated()
        if marker == _SCAN:
            if not source.holds_after(at + length, b"\xff\xd9"):
                raise truncated()
            return
        if not 0xE0 <= marker <= 0xFE or length > 2:
            yield marker, at + 2, length - 2
        at += length
    raise broken("a JPEG")
