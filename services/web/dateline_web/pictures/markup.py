"""A picture as HTML: each format in each width that a browser may choose from, and its size, so that nothing moves."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from dateline.domain.picture import FORMATS, PublicImage, media_path, rendition_name, sizes
from dateline_web.pictures.places import PLACES, Place, PlaceName

_SOURCE: Final = Markup('<source type="{}" srcset="{}" sizes="{}">')
_OURS: Final = Markup(
    '<picture>{sources}<img{shape} src="{src}" srcset="{srcset}" sizes="{sizes}" width="{width}" height="{height}"'
    ' alt="{alt}"{loading} decoding="async"></picture>'
)
_AWAY: Final = Markup('<img class="away" src="{src}" alt="{alt}"{loading} decoding="async">')
_LAZY: Final = Markup(' loading="lazy"')
_FIRST: Final = Markup(' fetchpriority="high"')
_TALL: Final = Markup(' class="tall"')
_BETTER: Final = tuple(ending for ending in FORMATS if ending != "jpg")


def picture_markup(
    image: PublicImage, place: PlaceName, *, alt: str | None = None, first: bool = False, lazy: bool = True
) -> Markup:
    """``image`` as it is shown at ``place``. ``first`` is the one that a reader sees first; ``lazy`` ones are fetched
    when they come near. ``alt`` in place of its own."""
    words = image.alt if alt is None else alt
    loading = _FIRST if first else _LAZY if lazy else ""
    if not image.sha256:
        return _AWAY.format(src=image.url, alt=words, loading=loading)
    at = PLACES[place]
    made = [one for one in sizes(image.width, image.height, at.crop) if one[0] <= at.most] or [
        sizes(image.width, image.height, at.crop)[0]
    ]
    width, height = made[-1]
    sources = Markup("").join(
        _SOURCE.format(FORMATS[ending], _srcset(image, at, made, ending), at.sizes) for ending in _BETTER
    )
    return _OURS.format(
        sources=sources, shape=_TALL if height > width else "", src=_address(image, at, width, "jpg"),
        srcset=_srcset(image, at, made, "jpg"), sizes=at.sizes, width=width, height=height, alt=words, loading=loading,
    )  # fmt: skip


def _srcset(image: PublicImage, at: Place, made: list[tuple[int, int]], ending: str) -> str:
    return ", ".join(f"{_address(image, at, width, ending)} {width}w" for width, _ in made)


def _address(image: PublicImage, at: Place, width: int, ending: str) -> str:
    return media_path(image.sha256, rendition_name(width, at.crop, image.focal, ending))
