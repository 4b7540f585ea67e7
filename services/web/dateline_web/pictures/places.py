"""Where pictures stand on pages: in which crop, how wide, and how many pixels are worth sending there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dateline.domain.picture import Crop

PlaceName = Literal["lead", "second", "thumb", "portrait", "side", "story", "gallery", "text", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a page. ``sizes`` says how wide a picture is there (HTML's attribute), ``most`` is the widest
    rendition that is offered."""

    crop: Crop
    sizes: str
    most: int


PHONE: Final = "calc(100vw - 40px)"
"""A little less than it is: a phone of 360 points with two pixels each takes the rendition of 640, not that of 960."""

PLACES: Final[dict[PlaceName, Place]] = {
    "lead": Place(crop="4:3", sizes=f"(min-width: 64rem) 36rem, (min-width: 48rem) 62vw, {PHONE}", most=1280),
    "second": Place(crop="4:3", sizes=f"(min-width: 48rem) 20rem, {PHONE}", most=640),
    "thumb": Place(crop="4:3", sizes="9rem", most=320),
    "portrait": Place(crop="1:1", sizes="17rem", most=640),
    "side": Place(crop="4:3", sizes="17rem", most=640),
    "story": Place(crop="", sizes=f"(min-width: 50rem) 48rem, {PHONE}", most=1920),
    "gallery": Place(crop="4:3", sizes="(min-width: 40rem) 16rem, 50vw", most=640),
    "text": Place(crop="", sizes=f"(min-width: 42rem) 38rem, {PHONE}", most=1280),
    "page": Place(crop="", sizes="(min-width: 78rem) 76rem, 100vw", most=1920),
}
"""Lists and the front page are cropped to 4:3, of which the style shows 3:2 around the middle; a story shows all
of it."""
