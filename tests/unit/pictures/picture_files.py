"""Small picture files of every format, made by libvips and libheif."""

from __future__ import annotations

from pathlib import Path

import pillow_heif
import pyvips

from dateline.pictures.file_type import FileDescription

ENDINGS = ("jpg", "png", "webp", "gif", "avif", "heic")


def scene(width: int = 300, height: int = 200) -> pyvips.Image:
    """Something with edges and slopes: a bright disc on a slope of colours."""
    across = pyvips.Image.xyz(width, height)
    x, y = across[0] * (255 / width), across[1] * (255 / height)
    disc = ((across[0] - width * 0.7) ** 2 + (across[1] - height * 0.4) ** 2 < (height * 0.2) ** 2) / 255 * 255
    bands = x.bandjoin([y, (x + y) / 2])
    return disc.ifthenelse([240, 60, 40], bands).cast("uchar").copy(interpretation="srgb")


def write(path: Path, picture: pyvips.Image, orientation: int = 0) -> Path:
    """``picture`` as a file of the format that the path's ending says."""
    if path.suffix == ".heic":
        pillow_heif.from_bytes("RGB", (picture.width, picture.height), picture.write_to_memory()).save(str(path))
        return path
    if orientation:
        picture = picture.copy()
        picture.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    picture.write_to_file(str(path))
    return path


def write_moving(path: Path, frames: int = 3) -> Path:
    """A file of several frames."""
    one = scene(60, 40)
    strip = pyvips.Image.arrayjoin([one.linear(1, 20 * n).cast("uchar") for n in range(frames)], across=1).copy()
    strip.set_type(pyvips.GValue.gint_type, "page-height", 40)
    strip.write_to_file(str(path))
    return path


def plain(media_type: str, width: int = 300, height: int = 200) -> FileDescription:
    """The description of a still picture."""
    return FileDescription(media_type=media_type, width=width, height=height)
