"""Pictures as schema.org/ImageObject, with what search engines ask of licences
(https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.domain.picture import PublicImage, largest_jpeg, media_path
from dateline.formats.public_json.images import image_url
from dateline_web.urls import absolute, site


def linked_images(images: Sequence[PublicImage]) -> list[dict[str, Any]]:
    """Each picture that a page shows."""
    return [linked_image(image) for image in images]


def linked_image(image: PublicImage) -> dict[str, Any]:
    """A picture, its words, its credit and licence; where it may be had is known where the licence has an address."""
    url = image_url(image, site())
    said = {
        "@type": "ImageObject",
        "contentUrl": url,
        "url": url,
        **_size(image),
        "caption": image.caption,
        "description": image.alt,
        "creditText": image.credit,
        "creator": {"@type": "Person", "name": image.byline} if image.byline else None,
        "copyrightNotice": image.copyright,
        "license": image.licence_url,
        "usageInfo": image.licence_url,
        "acquireLicensePage": image.licence_url,
        "expires": image.usable_until.isoformat() if image.usable_until else None,
    }
    return {name: value for name, value in said.items() if value}


def _size(image: PublicImage) -> dict[str, Any]:
    if not image.sha256:
        return {}
    whole = largest_jpeg(image.width, image.height)
    crop = largest_jpeg(image.width, image.height, "1:1", image.focal)
    return {
        "width": whole.width,
        "height": whole.height,
        "encodingFormat": "image/jpeg",
        "thumbnailUrl": absolute(media_path(image.sha256, crop.name)),
    }
