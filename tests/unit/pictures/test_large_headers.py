"""Headers that name the same bytes thousands of times: what is read of a file stays in proportion to it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

import pytest

from dateline.errors import InvalidInput
from dateline.pictures.containers.container import Source
from dateline.pictures.file_type import describe_file
from dateline.pictures.metadata.exif import read_exif

BLOCK: Final = 4 << 20
ITEMS: Final = 4_990


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def heic(*meta: bytes) -> bytes:
    types = box(b"ftyp", b"heic\0\0\0\0heic")
    return types + box(b"meta", bytes(4) + b"".join(meta)) + box(b"mdat", b"x" * BLOCK)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes were read each time."""
    counted: list[int] = []
    read = Source.read

    def counting(source: Source, at: int, length: int) -> bytes:
        counted.append(length)
        return read(source, at, length)

    monkeypatch.setattr(Source, "read", counting)
    return counted


@pytest.mark.parametrize("kind", [b"mime", b"Exif"])
def test_items_that_share_a_block_are_read_once(tmp_path: Path, read: list[int], kind: bytes) -> None:
    numbers = range(ITEMS)
    types = b"".join(box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + kind) for number in numbers)
    places = b"".join(struct.pack(">HHHII", number, 0, 1, 0, BLOCK) for number in numbers)
    file = tmp_path / "one.heic"
    file.write_bytes(
        heic(
            box(b"iinf", bytes(4) + struct.pack(">H", ITEMS) + types),
            box(b"iloc", bytes(4) + struct.pack(">HH", 0x4400, ITEMS) + places),
        )
    )
    with pytest.raises(InvalidInput, match="no pixels"):
        describe_file(file)
    assert sum(read) < 2 * file.stat().st_size


def test_metadata_of_megabytes_is_not_walked(tmp_path: Path, read: list[int]) -> None:
    belonging = box(b"ipma", bytes(4) + struct.pack(">I", 5_000) + (b"\0\1\xff" + b"\1" * 255) * 5_000)
    file = tmp_path / "one.heic"
    file.write_bytes(heic(box(b"iprp", belonging)))
    with pytest.raises(InvalidInput, match="makes no sense"):
        describe_file(file)
    assert len(read) < 100


def test_tags_that_share_a_value_take_little_of_it() -> None:
    tags = struct.pack("<HHII", 0x010E, 2, 1 << 20, 20_000) * 1_000
    block = b"II*\0" + struct.pack("<IH", 8, 1_000) + tags
    assert 10_000 < len(read_exif(block.ljust(2 << 20, b"a"))["description"]) <= 20_000
