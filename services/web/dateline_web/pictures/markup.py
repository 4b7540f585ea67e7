"""A picture as HTML: each format in each width that a browser may choose from, and its size, so that nothing moves."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from dateline.domain.picture import FORMATS, PublicImage, media_path, rendition_name, sizes
from dateline_web.pictures.places import PLACES, Place, PlaceName

_LAZY: Final = ' loading="lazy"'
_FIRST: Final = ' fetchpriority="high"'
_BETTER: Final = tuple((ending, type) for ending, type in FORMATS.items() if ending != "jpg")


def picture_markup(
    image: PublicImage, place: PlaceName, *, alt: str | None = None, first: bool = False, lazy: bool = True
) -> Markup:
    """``image`` as it is shown at ``place``. ``first`` is the one that a reader sees first; ``lazy`` ones are fetched
    when they come near. ``alt`` in place of its own."""
    words = escape(image.alt if alt is None else alt)
    loading = _FIRST if first else _LAZY if lazy else ""
    if not image.sha256:
        return Markup(f'<img class="away" src="{escape(image.url)}" alt="{words}"{loading} decoding="async">')
    at = PLACES[place]
    every = sizes(image.width, image.height, at.crop)
    made = [one for one in every if one[0] <= at.most] or every[:1]
    width, height = made[-1]
    sources = "".join(
        f'<source type="{type}" srcset="{_srcset(image, at, made, ending)}" sizes="{at.sizes}">'
        for ending, type in _BETTER
    )
    shape = ' class="tall"' if height > width else ""
    return Markup(
        f'<picture>{sources}<img{shape} src="{_address(image, at, width, "jpg")}"'
        f' srcset="{_srcset(image, at, made, "jpg")}" sizes="{at.sizes}" width="{width}" height="{height}"'
        f' alt="{words}"{loading} decoding="async"></picture>'
    )


def _srcset(image: PublicImage, at: Place, made: list[tuple[int, int]], ending: str) -> str:
    return ", ".join(f"{_address(image, at, width, ending)} {width}w" for width, _ in made)


def _address(image: PublicImage, at: Place, width: int, ending: str) -> str:
    return media_path(image.sha256, rendition_name(width, at.crop, image.focal, ending))
