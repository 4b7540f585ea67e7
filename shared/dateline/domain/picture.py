"""Pictures: what is on record of one, where stories, events and terms show it, and which renditions there are of it.

A ``Picture`` is a submission like a story: each change is a revision of it. An ``Image`` (``domain/story.py``) is where
something shows one; a ``PublicImage`` is what readers get of that. The files are in the media store, by their SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

PICTURE_SCHEMA = 1
"""The number of today's payload shape; ``domain/payload.py`` upgrades older ones."""

Crop = Literal["", "16:9", "4:3", "1:1"]
CROPS: Final[dict[Crop, tuple[int, int]]] = {"": (0, 0), "16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1)}
"""The crops by name; "" is the whole picture."""
WIDTHS: Final = (320, 640, 960, 1280, 1920)
"""The widths of renditions, in pixels, where the picture has as many."""
CROP_WIDTHS: Final = WIDTHS[:4]
"""Those of crops, which stand in columns and lists; the widest is for the whole picture alone."""
FORMATS: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""The endings of renditions and their types, the best first; every reader can show the last."""
ANIMATED: Final = "animated.gif"
"""The name under which a GIF that moves is kept whole."""


class FocalPoint(NamedTuple):
    """What a picture is about, in per cent of its width and height from the left and the top."""

    x: int = 50
    y: int = 50


CENTRE: Final = FocalPoint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One revision of a picture: the file as it came, and what was said of it.

    ``sha256`` is that of the original, in hex; ``width`` and ``height`` are its pixels the right way up. ``alt`` is
    empty of a ``decorative`` one alone. ``focal`` is set by hand; None leaves it to the guess. ``restriction`` has
    territory or channel in words; ``feeds`` is False where it may not go out by feeds.
    """

    sha256: str
    media_type: str
    width: int
    height: int
    size: int
    filename: str = ""
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    byline: str = ""
    copyright: str = ""
    licence: str = ""
    licence_url: str = ""
    source: str = ""
    taken_at: str = ""
    place: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    usable_from: datetime | None = None
    usable_until: datetime | None = None
    restriction: str = ""
    feeds: bool = True
    focal: FocalPoint | None = None
    note: str = ""

    def is_usable(self, at: datetime) -> bool:
        """Whether its rights let readers see it at a time: from ``usable_from`` on, up to before ``usable_until``."""
        return (self.usable_from is None or self.usable_from <= at) and (
            self.usable_until is None or at < self.usable_until
        )

    def next_change(self, at: datetime) -> datetime | None:
        """When, after a time, it becomes usable or stops being so by itself."""
        times = [time for time in (self.usable_from, self.usable_until) if time is not None and time > at]
        return min(times, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePicture:
    """What making its renditions found of a picture: the guessed focal point, a perceptual hash of 64 bits by which
    likeness is told, whether it moves, and the bytes of its largest whole JPEG."""

    focal: FocalPoint
    likeness: int
    animated: bool = False
    jpeg_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPicture:
    """A picture whose renditions are made, as the revision says for which that was done. ``public``: the media store
    has them for readers."""

    id: str
    picture: Picture
    made: MadePicture
    public: bool

    @property
    def focal(self) -> FocalPoint:
        """The focal point: set by hand, or guessed."""
        return self.picture.focal or self.made.focal

    def is_shown(self, at: datetime) -> bool:
        """Whether readers may see it at a time, and can."""
        return self.public and self.picture.is_usable(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicImage:
    """A picture as readers get it with a story, an event or a term.

    One of ours has ``id``, ``sha256``, ``width``, ``height`` and ``focal``, which say its renditions, and an address
    without a host; one that is shown from where it is has ``url`` alone. ``in_text``: it stands in the text already.
    """

    url: str = ""
    id: str = ""
    sha256: str = ""
    width: int = 0
    height: int = 0
    focal: FocalPoint = CENTRE
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    byline: str = ""
    copyright: str = ""
    licence: str = ""
    licence_url: str = ""
    lead: bool = False
    in_text: bool = False
    animated: bool = False
    jpeg_size: int = 0
    feeds: bool = True
    usable_until: datetime | None = None

    def is_usable(self, at: datetime) -> bool:
        """Whether readers may still see it at a time."""
        return self.usable_until is None or at < self.usable_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture: its name in the store and in addresses, its pixels, type and crop."""

    name: str
    width: int
    height: int
    media_type: str
    crop: Crop = ""


def renditions(width: int, height: int, focal: FocalPoint) -> Iterator[Rendition]:
    """Every rendition of a picture of that size: each crop in each width, in each format. None is larger than the
    picture; one narrower than the least width has its own. Names of crops tell the focal point, so that a name always
    stands for the same bytes."""
    for crop in CROPS:
        for across, down in sizes(width, height, crop):
            for ending, media_type in FORMATS.items():
                name = rendition_name(across, crop, focal, ending)
                yield Rendition(name=name, width=across, height=down, media_type=media_type, crop=crop)


def sizes(width: int, height: int, crop: Crop) -> list[tuple[int, int]]:
    """The sizes in which a crop of a picture is made, the smallest first."""
    across, down = crop_size(width, height, crop)
    widths = [one for one in (CROP_WIDTHS if crop else WIDTHS) if one <= across] or [across]
    return [(one, max(1, round(one * down / across))) for one in widths]


def crop_size(width: int, height: int, crop: Crop) -> tuple[int, int]:
    """The most that a crop can have of a picture, in its own pixels."""
    ratio = CROPS[crop]
    if not crop:
        return width, height
    across = min(width, height * ratio[0] // ratio[1])
    return max(1, across), max(1, min(height, round(across * ratio[1] / ratio[0])))


def rendition_name(width: int, crop: Crop, focal: FocalPoint, ending: str) -> str:
    """``640.webp`` of the whole, ``640-16x9-50x30.webp`` of a crop."""
    cut = f"-{crop.replace(':', 'x')}-{focal.x}x{focal.y}" if crop else ""
    return f"{width}{cut}.{ending}"


def media_path(sha256: str, name: str) -> str:
    """Where readers get a rendition, without the host."""
    return f"/media/{sha256}/{name}"


def largest_jpeg(width: int, height: int, crop: Crop = "", focal: FocalPoint = CENTRE) -> Rendition:
    """The largest JPEG of a crop: the one that stands for the picture where there is room for one address."""
    across, down = sizes(width, height, crop)[-1]
    name = rendition_name(across, crop, focal, "jpg")
    return Rendition(name=name, width=across, height=down, media_type="image/jpeg", crop=crop)
