"""HEIF, which HEIC and AVIF are: the boxes that say the main picture's size and words (ISO/IEC 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from dateline.pictures.containers.container import MOST_METADATA, Container, Source, broken, refused, truncated

HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis"})
AVIF_BRANDS: Final = frozenset({b"avif"})
_MOST_BOXES: Final = 5_000
_MOST_ITEMS: Final = 5_000
_MOST_META: Final = 1 << 20
"""Bytes of the box of metadata, of which each may be looked at: a picture of a thousand tiles has fifty thousand."""


class Box(NamedTuple):
    """A box: its type, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


@dataclass(slots=True)
class _Meta:
    primary: int = 0
    types: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    properties: list[Box] = field(default_factory=list)
    belonging: dict[int, list[int]] = field(default_factory=dict)


def media_type_of(source: Source) -> str | None:
    """The type that the first box's brands say; None where it is another kind of file."""
    length = source.number(0, 4)
    if not 16 <= length <= 4096:
        return None
    brands = source.read(8, length - 8)
    named = {brands[:4], *(brands[at : at + 4] for at in range(8, len(brands), 4))}
    if named & AVIF_BRANDS:
        return "image/avif"
    return "image/heic" if named & HEIC_BRANDS else None


def read_heif(source: Source) -> Container:
    """What the box of metadata says of the main picture. Raises ``InvalidInput``."""
    found = Container(media_type=media_type_of(source) or "image/heic")
    meta = _Meta()
    tops = list(_boxes(source, 0, source.size))
    for box in tops:
        if box.kind == b"meta":
            if box.end - box.start > _MOST_META:
                raise broken("a HEIF")
            _read_meta(source, box, meta)
            break
    else:
        raise refused("The file holds no still picture.")
    if not any(box.kind in (b"mdat", b"idat") for box in tops) and not meta.places:
        raise truncated()
    for number in meta.belonging.get(meta.primary, ()):
        if 0 < number <= len(meta.properties):
            _apply(source, meta.properties[number - 1], found)
    for item, (at, length) in meta.places.items():
        if at + length > source.size:
            raise truncated()
        _take_words(source, meta.types.get(item, b""), at, length, found)
    return found


def _boxes(source: Source, start: int, end: int) -> Iterator[Box]:
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        length, kind, header = source.number(at, 4), source.read(at + 4, 4), 8
        if length == 1:
            length, header = source.number(at + 8, 8), 16
        elif length == 0:
            length = end - at
        if length < header:
            raise broken("a HEIF")
        if at + length > end:
            raise truncated()
        yield Box(kind, at + header, at + length)
        at += length
    raise broken("a HEIF")


def _read_meta(source: Source, box: Box, meta: _Meta) -> None:
    for one in _boxes(source, box.start + 4, box.end):
        if one.kind == b"pitm":
            meta.primary = source.number(one.start + 4, 4 if source.number(one.start, 1) else 2)
        elif one.kind == b"iinf":
            wide = source.number(one.start, 1) > 0
            for entry in _boxes(source, one.start + (8 if wide else 6), one.end):
                _read_item_type(source, entry, meta)
        elif one.kind == b"iloc":
            _read_places(source, one, meta)
        elif one.kind == b"iprp":
            for part in _boxes(source, one.start, one.end):
                if part.kind == b"ipco":
                    meta.properties = list(_boxes(source, part.start, part.end))
                elif part.kind == b"ipma":
                    _read_belonging(source, part, meta)


def _read_item_type(source: Source, entry: Box, meta: _Meta) -> None:
    version = source.number(entry.start, 1)
    if entry.kind == b"infe" and version >= 2:
        width = 2 if version == 2 else 4
        meta.types[source.number(entry.start + 4, width)] = source.read(entry.start + 6 + width, 4)


def _read_places(source: Source, box: Box, meta: _Meta) -> None:
    """Where items are in the file, of those that are in one piece."""
    version, sizes = source.number(box.start, 1), source.number(box.start + 4, 2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    at = box.start + 6
    count, at = source.number(at, wide), at + wide
    for _ in range(min(count, _MOST_ITEMS)):
        item, at = source.number(at, wide), at + wide
        method = 0
        if version:
            method, at = source.number(at, 2) & 15, at + 2
        base, at = source.number(at + 2, base_size), at + 2 + base_size
        extents, at = source.number(at, 2), at + 2
        first = at + index_size
        if extents == 1 and method == 0:
            offset = base + source.number(first, offset_size)
            meta.places[item] = offset, source.number(first + offset_size, length_size)
        at += extents * (index_size + offset_size + length_size)
        if at > box.end:
            raise broken("a HEIF")


def _read_belonging(source: Source, box: Box, meta: _Meta) -> None:
    """Which properties each item has, by their numbers from 1 on."""
    version, wide_number = source.number(box.start, 1), source.number(box.start + 1, 3) & 1
    at, wide = box.start + 8, 4 if version else 2
    for _ in range(min(source.number(box.start + 4, 4), _MOST_ITEMS)):
        item, count, at = source.number(at, wide), source.number(at + wide, 1), at + wide + 1
        size = 2 if wide_number else 1
        mask = 0x7FFF if wide_number else 0x7F
        meta.belonging[item] = [source.number(at + n * size, size) & mask for n in range(count)]
        at += count * size
        if at > box.end:
            raise broken("a HEIF")


def _apply(source: Source, box: Box, found: Container) -> None:
    if box.kind == b"ispe":
        found.width, found.height = source.number(box.start + 4, 4), source.number(box.start + 8, 4)
    elif box.kind == b"clap":
        wide, wide_under, high, high_under = (source.number(box.start + 4 * n, 4) for n in range(4))
        if not wide_under or not high_under:
            raise broken("a HEIF")
        found.width, found.height = wide // wide_under, high // high_under
    elif box.kind == b"irot":
        found.turned ^= bool(source.number(box.start, 1) & 1)


def _take_words(source: Source, kind: bytes, at: int, length: int, found: Container) -> None:
    if length > MOST_METADATA:
        return
    if kind == b"Exif" and length > 10 and not found.exif:
        skipped = 4 + source.number(at, 4)
        if skipped < length:
            found.exif = source.read(at + skipped, length - skipped)
    elif kind == b"mime" and not found.xmp:
        found.xmp = source.read(at, length)
