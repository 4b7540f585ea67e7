"""GIF: its blocks (GIF89a), how many frames there are, and the same file without what isn't the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from dateline.pictures.containers.container import Container, Source, broken, truncated

_MOST_SUB_BLOCKS: Final = 400_000
_IMAGE: Final = 0x2C
_EXTENSION: Final = 0x21
_TRAILER: Final = 0x3B
_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF
_CONTROL_BYTES: Final = 8
"""A longer one holds what no picture needs."""
_LOOP: Final = b"NETSCAPE2.0"


class Block(NamedTuple):
    """A block by its marker (an extension by its label), where it begins and where it ends."""

    marker: int
    start: int
    end: int


def read_gif(source: Source) -> Container:
    """What its blocks say, up to the trailer, which must be there. Raises ``InvalidInput``."""
    found = Container(media_type="image/gif", frames=0)
    found.width, found.height = _little(source, 6), _little(source, 8)
    found.frames = sum(block.marker == _IMAGE for block in blocks(source))
    return found


def blocks(source: Source) -> Iterator[Block]:
    """Each block after the header. Raises ``InvalidInput`` where there is no trailer."""
    at, budget = after_header(source), _MOST_SUB_BLOCKS
    while budget > 0:
        start, marker = at, source.number(at, 1)
        if marker == _TRAILER:
            return
        if marker == _EXTENSION:
            marker, at = source.number(at + 1, 1), at + 2
        elif marker == _IMAGE:
            at += 10 + _table(source.number(at + 9, 1)) + 1
        else:
            raise broken("a GIF")
        while length := source.number(at, 1):
            at += 1 + length
            budget -= 1
            if budget < 0:
                raise broken("a GIF")
        at += 1
        budget -= 1
        if at > source.size:
            raise truncated()
        yield Block(marker, start, at)
    raise broken("a GIF")


def picture_alone(source: Source) -> Iterator[bytes]:
    """The file's pieces without comments, words, other programs' blocks and what follows the trailer."""
    yield source.read(0, after_header(source))
    for marker, start, end in blocks(source):
        loops = marker == _APPLICATION and source.start(start + 3, 11) == _LOOP
        controls = marker == _CONTROL and end - start == _CONTROL_BYTES
        if marker == _IMAGE or controls or (loops and end - start == 19):
            yield source.read(start, end - start)
    yield bytes([_TRAILER])


def after_header(source: Source) -> int:
    """Where the first block begins: behind the screen's descriptor and the common table of colours."""
    return 13 + _table(source.number(10, 1))


def _table(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _little(source: Source, at: int) -> int:
    return int.from_bytes(source.read(at, 2), "little")
