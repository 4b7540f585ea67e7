"""What a file is, by its bytes and not by its name: the check at the border, which decodes nothing.

It reads the header and walks the parts of the file, so that it may run in any process on whatever was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.pictures.containers import png
from dateline.pictures.containers.container import Container, Source, refused
from dateline.pictures.containers.gif import read_gif
from dateline.pictures.containers.heif import media_type_of, read_heif
from dateline.pictures.containers.jpeg import read_jpeg
from dateline.pictures.containers.png import read_png
from dateline.pictures.containers.webp import read_webp
from dateline.pictures.metadata.exif import is_turned

MOST_PIXELS: Final = 120_000_000
"""A picture's pixels, and those of all frames of one that moves."""
MOST_ACROSS: Final = 30_000
"""Pixels of a side."""
MOST_FRAMES: Final = 600
_TAKEN: Final = "Send a JPEG, PNG, WebP, GIF, AVIF or HEIC."
_OTHERS: Final = (
    (b"%PDF", "a PDF"),
    (b"8BPS", "a Photoshop file"),
    (b"II*\x00", "a TIFF or a camera's raw file"),
    (b"MM\x00*", "a TIFF or a camera's raw file"),
    (b"BM", "a Windows bitmap"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x1aE\xdf\xa3", "a film"),
)
"""What else is often sent, by its first bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDescription:
    """What a file is: its type, its pixels the right way up, whether it moves, and in how many frames."""

    media_type: str
    width: int
    height: int
    animated: bool = False
    frames: int = 1


def describe_file(path: Path) -> FileDescription:
    """What the picture in a file is. Raises ``InvalidInput``, with plain words at ``/file``, for what isn't taken: no
    picture, another format, one that is cut off or damaged, too many pixels or frames."""
    found = read_container(path)
    moves = found.media_type == "image/gif" and found.frames > 1
    turned = found.turned or (found.media_type not in ("image/heic", "image/avif") and is_turned(found.exif))
    _check_bounds(found)
    width, height = (found.height, found.width) if turned else (found.width, found.height)
    return FileDescription(media_type=found.media_type, width=width, height=height, animated=moves, frames=found.frames)


def read_container(path: Path) -> Container:
    """The header of the picture in a file. Raises ``InvalidInput`` where there is none."""
    with path.open("rb") as file:
        source = Source(file)
        if not source.size:
            raise refused("The file is empty.")
        return _reader(source)(source)


def _reader(source: Source) -> Callable[[Source], Container]:
    start = source.start(0, 1024)
    if start.startswith(b"\xff\xd8\xff"):
        return read_jpeg
    if start.startswith(png.SIGNATURE):
        return read_png
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return read_gif
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return read_webp
    if start[4:8] == b"ftyp" and media_type_of(source):
        return read_heif
    raise refused(f"The file is {_other(start)}. {_TAKEN}")


def _other(start: bytes) -> str:
    """What a file that is no picture of ours seems to be."""
    for mark, name in _OTHERS:
        if start.startswith(mark):
            return name
    if start[4:8] == b"ftyp":
        return "a film, or a kind of HEIF that isn't read here"
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in words:
        return "an SVG drawing, which may hold scripts"
    if words.startswith((b"<!doctype html", b"<html", b"<script", b"<!--", b"<head", b"<body")):
        return "a web page"
    return "no picture"


def _check_bounds(found: Container) -> None:
    if not found.width or not found.height or not found.frames:
        raise refused("The picture has no pixels: its width or its height is 0, or it has no frame.")
    if max(found.width, found.height) > MOST_ACROSS:
        raise refused(f"The picture is {found.width} × {found.height} pixels; no side may have over {MOST_ACROSS:,}.")
    if found.width * found.height * found.frames > MOST_PIXELS:
        raise refused(
            f"The picture has {found.width * found.height * found.frames / 1e6:,.0f} megapixels"
            f"{' in all its frames' if found.frames > 1 else ''}; {MOST_PIXELS // 1_000_000} are taken at most."
        )
    if found.frames > MOST_FRAMES:
        raise refused(f"The picture moves in {found.frames:,} frames; {MOST_FRAMES} are taken at most.")
