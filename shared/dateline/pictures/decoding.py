"""Decodes a picture by libvips, HEIC by libheif: upright, in sRGB, without alpha. For the child process alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyvips

from dateline.errors import PictureUnreadable
from dateline.pictures.file_type import FileDescription

_LOADERS: Final = {
    "image/jpeg": "VipsForeignLoadJpeg",
    "image/png": "VipsForeignLoadPng",
    "image/webp": "VipsForeignLoadWebp",
    "image/gif": "VipsForeignLoadNsgif",
    "image/avif": "VipsForeignLoadHeif",
}
_UPRIGHT: Final = 1
_QUARTERS: Final = (5, 6, 7, 8)


def decode(path: Path, file: FileDescription, width: int, height: int) -> pyvips.Image:
    """The picture in that size, in memory: turned upright, in sRGB of 8 bits, on white where it was transparent.

    Raises ``PictureUnreadable``.
    """
    try:
        if file.media_type == "image/heic":
            picture = _heic(path).thumbnail_image(
                width, height=height, size="force", export_profile="srgb", no_rotate=True
            )
        else:
            _allow(file.media_type)
            _check_size(path, file)
            picture = pyvips.Image.thumbnail(
                str(path), width, height=height, size="force", export_profile="srgb", fail_on="truncated"
            )
        return _plain(picture).copy_memory()
    except pyvips.Error as error:
        raise PictureUnreadable(f"The picture can't be decoded: {_words(error)}") from None


def _allow(media_type: str) -> None:
    """Let libvips read files of this one type, whatever a file says it is."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    pyvips.operation_block_set(_LOADERS[media_type], False)


def _check_size(path: Path, file: FileDescription) -> None:
    """Raise where the decoder sees another size than the border did: it would be drawn out of shape."""
    header = pyvips.Image.new_from_file(str(path), access="sequential")
    turned = header.get("orientation") in _QUARTERS if header.get_typeof("orientation") else False
    size = (header.height, header.width) if turned else (header.width, header.height)
    if size != (file.width, file.height):
        raise PictureUnreadable(
            f"The file says that it has {file.width} × {file.height} pixels, and holds {size[0]} × {size[1]}."
        )


def _heic(path: Path) -> pyvips.Image:
    import pillow_heif

    try:
        heif = pillow_heif.open_heif(str(path), convert_hdr_to_8bit=True)
        bands = {"L": 1, "RGB": 3, "RGBA": 4}[heif.mode]
        width, height = heif.size
        data = memoryview(heif.data)
        stride = heif.stride
        picture = pyvips.Image.new_from_memory(data, stride // bands, height, bands, "uchar")
        picture = picture.crop(0, 0, width, height).copy(interpretation="srgb" if bands > 1 else "b-w")
        if profile := heif.info.get("icc_profile"):
            picture.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
        return picture
    except (ValueError, RuntimeError, SyntaxError, OSError, EOFError, KeyError) as error:
        raise PictureUnreadable(f"The picture can't be decoded: {error}") from None


def _plain(picture: pyvips.Image) -> pyvips.Image:
    if picture.interpretation != "srgb":
        picture = picture.colourspace("srgb")
    if picture.hasalpha():
        picture = picture.flatten(background=255)
    return (picture.extract_band(0, n=3) if picture.bands > 3 else picture).cast("uchar")


def _words(error: pyvips.Error) -> str:
    """The last of the decoder's lines, which is the most exact, without paths."""
    lines = [line.strip() for line in str(error.detail or error.message).splitlines() if line.strip()]
    return lines[-1].rpartition("/")[2][:200] if lines else "no reason given"
