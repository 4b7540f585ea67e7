"""What a file is: the formats that are taken, sizes the right way up, and plain words for what isn't."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from dateline.errors import InvalidInput
from dateline.pictures.file_type import FileDescription, describe_file
from unit.pictures.picture_files import ENDINGS, plain, scene, write, write_moving

TYPES = {"jpg": "image/jpeg", **{ending: f"image/{ending}" for ending in ENDINGS if ending != "jpg"}}


def reason(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        describe_file(path)
    assert [error.pointer for error in refused.value.errors] == ["/file"]
    return str(refused.value)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_is_known_by_its_bytes(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a.{ending}", scene())
    assert describe_file(path.rename(tmp_path / "a.txt")) == plain(TYPES[ending])


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif"])
def test_a_picture_taken_upright_is_told_as_upright(tmp_path: Path, ending: str) -> None:
    assert describe_file(write(tmp_path / f"a.{ending}", scene(), 6)) == plain(TYPES[ending], 200, 300)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_is_cut_off_is_named_so(tmp_path: Path, ending: str) -> None:
    content = write(tmp_path / f"a.{ending}", scene()).read_bytes()
    for length in (len(content) // 2, len(content) - 1):
        assert "cut off" in reason(tmp_path / "part", content[:length])


def test_a_gif_that_moves_is_told_with_its_frames(tmp_path: Path) -> None:
    described = describe_file(write_moving(tmp_path / "a.gif"))
    assert described == FileDescription(media_type="image/gif", width=60, height=40, animated=True, frames=3)


def test_a_webp_that_moves_counts_its_frames_and_shows_one(tmp_path: Path) -> None:
    described = describe_file(write_moving(tmp_path / "a.webp"))
    assert (described.frames, described.animated) == (3, False)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "SVG"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "web page"),
        (b"8BPS\x00\x01", "Photoshop"),
        (b"II*\x00\x08\x00\x00\x00", "TIFF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "film"),
        (b"just words", "no picture"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in reason(tmp_path / "a.jpg", content)


def png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, b"IDAT" + zlib.compress(b"\x00"), b"IEND")
    )


def test_bombs_are_refused_by_their_header(tmp_path: Path) -> None:
    assert "megapixels" in reason(tmp_path / "a", png(29_000, 29_000))
    assert "no side" in reason(tmp_path / "a", png(4_000_000_000, 1))
    assert "no pixels" in reason(tmp_path / "a", png(0, 5))


def test_a_gif_of_many_large_frames_is_refused(tmp_path: Path) -> None:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 4000, 4000, 0) + b"\x02\x01\x00\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 4000, 4000, 0, 0, 0)
    assert "in all its frames" in reason(tmp_path / "a", head + frame * 20 + b"\x3b")
    small = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0)
    assert "601 frames" in reason(tmp_path / "a", small + frame * 601 + b"\x3b")


def test_a_file_of_endless_parts_is_not_walked_for_ever(tmp_path: Path) -> None:
    assert "makes no sense" in reason(tmp_path / "a", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 60_000)
    assert "makes no sense" in reason(tmp_path / "a", png(5, 5)[:33] + b"\x00\x00\x00\x00aaaabbbb" * 60_000)
    assert "makes no sense" in reason(
        tmp_path / "a", b"GIF89a\x05\x00\x05\x00\x00\x00\x00\x21\xfe" + b"\x01a" * 500_000
    )


def test_a_picture_that_is_a_page_and_an_archive_too_is_the_picture(tmp_path: Path) -> None:
    content = write(tmp_path / "a.jpg", scene()).read_bytes()
    comment = b"\xff\xfe\x00\x1b<script>alert(1)</script>"
    (tmp_path / "b").write_bytes(content[:2] + comment + content[2:] + b"PK\x03\x04 and a page: <html>")
    assert describe_file(tmp_path / "b") == plain("image/jpeg")
