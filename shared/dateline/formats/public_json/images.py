"""Pictures as JSON: with all renditions where something stands by itself, by one address in lists."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.domain.picture import PublicImage, media_path, renditions
from dateline.domain.shown_pictures import with_absolute_pictures
from dateline.domain.timestamps import rfc3339
from dateline.formats.public_json.parts import Json
from dateline.formats.public_json.site import Site


def image_url(image: PublicImage, site: Site) -> str:
    """The one address that stands for a picture: the largest JPEG of the newsroom's own."""
    return site.url(image.url) if image.sha256 else image.url


def image_json(image: PublicImage, site: Site) -> Json:
    """A picture with its words, its rights and all its renditions."""
    return {
        **image_ref(image, site),
        "id": image.id or None,
        "decorative": image.decorative,
        "byline": image.byline,
        "copyright": image.copyright,
        "licence": image.licence,
        "licence_url": image.licence_url or None,
        "lead": image.lead,
        "in_text": image.in_text,
        "feeds": image.feeds,
        "usable_until": rfc3339(image.usable_until) if image.usable_until else None,
        "renditions": _renditions(image, site),
    }


def image_ref(image: PublicImage, site: Site) -> Json:
    """A picture as a list shows it."""
    return {
        "url": image_url(image, site),
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "width": image.width or None,
        "height": image.height or None,
    }


def lead_of(images: Sequence[PublicImage]) -> PublicImage | None:
    """The picture that stands for what has these: the lead, else the first."""
    return next((image for image in images if image.lead), next(iter(images), None))


def lead_ref(images: Sequence[PublicImage], site: Site) -> Json | None:
    """The picture that stands for what has these, as a list shows it."""
    lead = lead_of(images)
    return image_ref(lead, site) if lead else None


def absolute_html(html: str, site: Site) -> str:
    """A text whose pictures of the newsroom can be found from anywhere."""
    return with_absolute_pictures(html, site.address)


def _renditions(image: PublicImage, site: Site) -> list[Json]:
    if not image.sha256:
        return []
    return [
        {
            "url": site.url(media_path(image.sha256, one.name)),
            "width": one.width,
            "height": one.height,
            "type": one.media_type,
            "crop": one.crop or None,
        }
        for one in renditions(image.width, image.height, image.focal)
    ]
