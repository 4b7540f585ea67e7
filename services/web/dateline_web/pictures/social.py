"""The picture with which others' pages show a link to a page here (https://ogp.me)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.picture import PublicImage, media_path, rendition_name, sizes
from dateline.formats.public_json.images import lead_of
from dateline_web.pictures.outward import for_api
from dateline_web.urls import absolute

_MOST: Final = 1280


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialImage:
    """A picture for others' pages; of one that lies elsewhere nobody knows type and size."""

    url: str
    alt: str
    type: str = ""
    width: int = 0
    height: int = 0


def social_image(document: StoryDocument | EventDocument | TermDocument) -> SocialImage | None:
    """The lead in 16:9, or a term's picture; None where there is none to be shown now."""
    shown = for_api(document)
    image = shown.image if isinstance(shown, TermDocument) else lead_of(shown.images)
    return _social(image) if image else None


def _social(image: PublicImage) -> SocialImage:
    if not image.sha256:
        return SocialImage(url=image.url, alt=image.alt)
    made = sizes(image.width, image.height, "16:9")
    width, height = max([one for one in made if one[0] <= _MOST] or made[:1])
    url = absolute(media_path(image.sha256, rendition_name(width, "16:9", image.focal, "jpg")))
    return SocialImage(url=url, alt=image.alt, type="image/jpeg", width=width, height=height)
