"""Pictures as associations of a ninjs 3.1 object, with their renditions and rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.domain.picture import PublicImage, Rendition, media_path, renditions
from dateline.domain.timestamps import rfc3339


def picture(place: int, image: PublicImage, base_url: str) -> dict[str, Any]:
    """A picture as an association: the whole of it in its largest JPEG first, then the other JPEGs, crops too."""
    described = {
        "by": image.credit,
        "headlines": values(image.alt),
        "descriptions": values(image.caption),
        "copyrightNotice": image.copyright,
        "usageTerms": _usage_terms(image),
        "rightsInfo": {"linkedRights": image.licence_url} if image.licence_url else {},
        "expires": rfc3339(image.usable_until) if image.usable_until else "",
    }
    return {
        "name": f"image-{place}",
        "uri": base_url + image.url if image.sha256 else image.url,
        "type": "picture",
        **{name: value for name, value in described.items() if value},
        "renditions": list(_renditions(image, base_url)) or [{"name": "original", "href": image.url}],
    }


def values(text: str) -> list[dict[str, str]]:
    """A plain text as a list of headlines or descriptions; none for an empty one."""
    return [{"value": text, "contentType": "text/plain"}] if text else []


def _usage_terms(image: PublicImage) -> str:
    until = f"Usable until {rfc3339(image.usable_until)}." if image.usable_until else ""
    return " ".join(filter(None, (image.licence and f"{image.licence.rstrip('.')}.", until)))


def _renditions(image: PublicImage, base_url: str) -> Iterator[dict[str, Any]]:
    """JPEGs alone: every program shows those."""
    if not image.sha256:
        return
    made = [one for one in renditions(image.width, image.height, image.focal) if one.media_type == "image/jpeg"]
    for one in sorted(made, key=lambda one: (one.crop != "", one.crop, -one.width)):
        yield {
            "name": f"crop-{one.crop}-{one.width}" if one.crop else f"whole-{one.width}",
            "href": base_url + media_path(image.sha256, one.name),
            "contentType": one.media_type,
            "width": one.width,
            "height": one.height,
            **({"aspectRatio": one.crop} if one.crop else _whole(image, one)),
        }


def _whole(image: PublicImage, one: Rendition) -> dict[str, Any]:
    """What the whole alone says: what it is about, in its pixels, and of the largest its bytes."""
    size = {"sizeInBytes": image.jpeg_size} if image.jpeg_size and image.url.endswith(f"/{one.name}") else {}
    return {"poi": {"x": one.width * image.focal.x // 100, "y": one.height * image.focal.y // 100}, **size}
