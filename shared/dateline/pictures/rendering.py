"""Makes a picture's renditions: decoded once, in the least size that all of them need. For the child process alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyvips

from dateline.domain.picture import (
    ANIMATED,
    CROPS,
    FORMATS,
    Crop,
    FocalPoint,
    MadePicture,
    crop_size,
    largest_jpeg,
    rendition_name,
    sizes,
)
from dateline.pictures.containers.container import Source
from dateline.pictures.containers.gif import picture_alone
from dateline.pictures.decoding import decode
from dateline.pictures.file_type import FileDescription
from dateline.pictures.likeness import SIDE, likeness

_THREADS: Final = 2
"""Files that are encoded at a time; each by one thread, so that made twice is the same bytes."""
_GUESS_SIDE: Final = 256
_ENCODERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("heifsave", {"Q": 52, "effort": 0, "compression": "av1"}),
    "webp": ("webpsave", {"Q": 76, "effort": 1}),
    "jpg": ("jpegsave", {"Q": 80, "optimize_coding": True}),
}
"""How each format is saved: the effort behind which files hardly get smaller for the time they take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What was found of a picture, and the names of the files that were made."""

    made: MadePicture
    names: tuple[str, ...]


def render(
    path: Path, file: FileDescription, folder: Path, focal: FocalPoint | None, there: Collection[str] = ()
) -> Rendered:
    """Make the renditions of a picture as files in ``folder``, but those whose names are ``there`` already.

    ``focal`` None: the guessed one. No metadata is in them. Raises ``PictureUnreadable``.
    """
    scale = _scale(file)
    whole = decode(path, file, *(max(1, round(side * scale)) for side in (file.width, file.height)))
    guessed = guess_focal(whole)
    focal = focal or guessed
    with ThreadPoolExecutor(_THREADS) as threads:
        saved: Iterator[list[str]] = threads.map(list, _jobs(whole, file, folder, focal, there))
        made = [name for names in saved for name in names]
    if file.animated and ANIMATED not in there:
        made.append(_keep_moving(path, folder))
    largest = folder / largest_jpeg(file.width, file.height).name
    return Rendered(
        made=MadePicture(
            focal=guessed,
            likeness=likeness(grey_of(whole)),
            animated=file.animated,
            jpeg_size=largest.stat().st_size if largest.exists() else 0,
        ),
        names=tuple(sorted(made)),
    )


def guess_focal(picture: pyvips.Image) -> FocalPoint:
    """Where one looks first: colours of skin, edges, saturation (libvips' attention)."""
    small = picture.thumbnail_image(_GUESS_SIDE, height=_GUESS_SIDE, size="down")
    half = max(1, small.width // 2), max(1, small.height // 2)
    _, found = small.smartcrop(*half, interesting="attention", attention_x=True, attention_y=True)
    x, y = (round(100 * found[f"attention_{axis}"] / side) for axis, side in (("x", small.width), ("y", small.height)))
    return FocalPoint(min(100, max(0, x)), min(100, max(0, y)))


def grey_of(picture: pyvips.Image) -> bytes:
    """The few grey pixels by which likeness is told."""
    grey = picture.thumbnail_image(SIDE, height=SIDE, size="force").colourspace("b-w")
    return bytes(grey.extract_band(0).cast("uchar").write_to_memory())


def _scale(file: FileDescription) -> float:
    """How much of its size every rendition can be made from."""
    return max(
        across / crop_size(file.width, file.height, crop)[0]
        for crop in CROPS
        for across, _ in sizes(file.width, file.height, crop)
    )


def _jobs(
    whole: pyvips.Image, file: FileDescription, folder: Path, focal: FocalPoint, there: Collection[str]
) -> Iterator[Iterator[str]]:
    """Each size of each crop, the largest first: what saves its files and gives their names."""
    pixels = [
        (across * down, crop, across, down) for crop in CROPS for across, down in sizes(file.width, file.height, crop)
    ]
    for _, crop, across, down in sorted(pixels, reverse=True):
        names = [(rendition_name(across, crop, focal, ending), ending) for ending in FORMATS]
        if missing := [(name, ending) for name, ending in names if name not in there]:
            yield _save(cut(whole, file, crop, focal), across, down, folder, missing)


def cut(whole: pyvips.Image, file: FileDescription, crop: Crop, focal: FocalPoint) -> pyvips.Image:
    """The part that a crop shows: what is at so many per cent of the picture is there in the crop too."""
    if not crop:
        return whole
    across, down = crop_size(file.width, file.height, crop)
    width = max(1, min(whole.width, round(across * whole.width / file.width)))
    height = max(1, min(whole.height, round(down * whole.height / file.height)))
    left, top = round((whole.width - width) * focal.x / 100), round((whole.height - height) * focal.y / 100)
    return whole.crop(left, top, width, height)


def _save(part: pyvips.Image, across: int, down: int, folder: Path, missing: list[tuple[str, str]]) -> Iterator[str]:
    if (part.width, part.height) != (across, down):
        part = part.thumbnail_image(across, height=down, size="force")
    part = part.copy_memory()
    for name, ending in missing:
        save, options = _ENCODERS[ending]
        getattr(part, save)(str(folder / name), keep="none", **options)
        yield name


def _keep_moving(path: Path, folder: Path) -> str:
    with path.open("rb") as original, (folder / ANIMATED).open("wb") as kept:
        kept.writelines(picture_alone(Source(original)))
    return ANIMATED
