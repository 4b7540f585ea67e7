"""Pictures inside a text: as the builder wrote them into it, in all their formats and sizes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dateline.domain.html.own_pictures import OWN_PICTURE
from dateline.domain.picture import PublicImage
from dateline.domain.shown_pictures import usable_images, with_pictures_in_text
from dateline_web.context import web
from dateline_web.pictures.markup import picture_markup


def body_with_pictures(html: str, images: Sequence[PublicImage]) -> Markup:
    """Clean HTML of a document with its pictures, but for those whose rights have ended."""
    if "data-image" not in html:
        return Markup(html)
    shown = {image.id: image for image in usable_images(images, web().now()) if image.in_text}
    kept = with_pictures_in_text(html, tuple(shown.values()))
    return Markup(OWN_PICTURE.sub(lambda tag: picture_markup(shown[tag[1]], "text"), kept))
