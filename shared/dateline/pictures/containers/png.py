"""PNG: its chunks (W3C PNG, third edition), EXIF, XMP and plain words among them."""

from __future__ import annotations

import zlib
from typing import Final

from dateline.pictures.containers.container import MOST_METADATA, MOST_PARTS, Container, Source, broken

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_XMP: Final = "XML:com.adobe.xmp"
_MOST_TEXTS: Final = 100
_MOST_TEXT: Final = 40_000
"""So many texts are looked at, and so many of the bytes that one unpacks to: all of a hundred small ones that unpack to
megabytes would fill the memory."""
_TEXTS: Final = {b"tEXt", b"zTXt", b"iTXt"}


def read_png(source: Source) -> Container:
    """What its chunks say, up to the last, which must be there. Raises ``InvalidInput``."""
    found = Container(media_type="image/png")
    at = len(SIGNATURE)
    if source.read(at + 4, 4) != b"IHDR" or source.number(at, 4) != 13:
        raise broken("a PNG")
    found.width, found.height = source.number(at + 8, 4), source.number(at + 12, 4)
    texts = 0
    for _ in range(MOST_PARTS):
        length, kind = source.number(at, 4), source.read(at + 4, 4)
        if kind == b"IEND":
            source.read(at, 12)
            return found
        texts += kind in _TEXTS
        if length <= MOST_METADATA and (kind not in _TEXTS or texts <= _MOST_TEXTS):
            _take(source, kind, at + 8, length, found)
        at += 12 + length
    raise broken("a PNG")


def _take(source: Source, kind: bytes, at: int, length: int, found: Container) -> None:
    if kind == b"eXIf":
        found.exif = found.exif or source.read(at, length)
    elif kind in _TEXTS:
        keyword, text = _text(kind, source.read(at, length), with_xmp=not found.xmp)
        if keyword == _XMP:
            found.xmp = found.xmp or text.encode()
        elif text:
            found.texts += ((keyword, text[:_MOST_TEXT]),)


def _text(kind: bytes, chunk: bytes, *, with_xmp: bool) -> tuple[str, str]:
    """Keyword and words of a text chunk; those of a compressed one up to the bound."""
    name, _, rest = chunk.partition(b"\x00")
    keyword, is_xmp = name.decode("latin-1"), name == _XMP.encode()
    most = MOST_METADATA if is_xmp and with_xmp else _MOST_TEXT
    if kind == b"tEXt":
        return keyword, rest.decode("latin-1")
    if kind == b"zTXt":
        return keyword, _unpacked(rest[1:], most).decode("utf-8" if is_xmp else "latin-1", "replace")
    compressed, rest = rest[:1] == b"\x01", rest[2:]
    words = rest.split(b"\x00", 2)[-1]
    words = _unpacked(words, most) if compressed else words
    return keyword, words.decode("utf-8", "replace")


def _unpacked(words: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(words, most)
    except zlib.error:
        return b""
