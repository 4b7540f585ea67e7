"""PNG: its chunks (W3C PNG, third edition), EXIF, XMP and plain words among them."""

from __future__ import annotations

import zlib
from typing import Final

from dateline.pictures.containers.container import MOST_METADATA, MOST_PARTS, Container, Source, broken

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_XMP: Final = "XML:com.adobe.xmp"
_TEXTS: Final = {b"tEXt", b"zTXt", b"iTXt"}


def read_png(source: Source) -> Container:
    """What its chunks say, up to the last, which must be there. Raises ``InvalidInput``."""
    found = Container(media_type="image/png")
    at = len(SIGNATURE)
    if source.read(at + 4, 4) != b"IHDR" or source.number(at, 4) != 13:
        raise broken("a PNG")
    found.width, found.height = source.number(at + 8, 4), source.number(at + 12, 4)
    for _ in range(MOST_PARTS):
        length, kind = source.number(at, 4), source.read(at + 4, 4)
        if kind == b"IEND":
            source.read(at, 12)
            return found
        if length <= MOST_METADATA:
            _take(source, kind, at + 8, length, found)
        at += 12 + length
    raise broken("a PNG")


def _take(source: Source, kind: bytes, at: int, length: int, found: Container) -> None:
    if kind == b"eXIf":
        found.exif = found.exif or source.read(at, length)
    elif kind in _TEXTS and len(found.texts) < 100:
        keyword, text = _text(kind, source.read(at, length))
        if keyword == _XMP:
            found.xmp = found.xmp or text.encode()
        elif text:
            found.texts += ((keyword, text),)


def _text(kind: bytes, chunk: bytes) -> tuple[str, str]:
    """Keyword and words of a text chunk; those of a compressed one up to the bound."""
    keyword, _, rest = chunk.partition(b"\x00")
    if kind == b"tEXt":
        return keyword.decode("latin-1"), rest.decode("latin-1")
    if kind == b"zTXt":
        words = _unpacked(rest[1:])
        return keyword.decode("latin-1"), words.decode("utf-8" if keyword == _XMP.encode() else "latin-1", "replace")
    compressed, rest = rest[:1] == b"\x01", rest[2:]
    words = rest.split(b"\x00", 2)[-1]
    words = _unpacked(words) if compressed else words
    return keyword.decode("latin-1"), words.decode("utf-8", "replace")


def _unpacked(words: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(words, MOST_METADATA)
    except zlib.error:
        return b""
