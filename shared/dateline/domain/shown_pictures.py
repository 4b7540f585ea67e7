"""Where a text, an event or a term shows pictures of the newsroom: their ids, and what readers get of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any, Final

from dateline.domain.html.own_pictures import OWN_PICTURE, ids_in_sent_text, ids_in_text
from dateline.domain.html.text import text_of
from dateline.domain.picture import Picture, PublicImage, ReadyPicture, largest_jpeg, media_path
from dateline.domain.story import Image

_ALT: Final = re.compile(r'\balt="([^"]*)"')
_FIGURE: Final = re.compile(r"<figure[^>]*>[^<]*(?:<(?!/?figure)[^<]*)*</figure>")
"""One that has none within. Of nested ones no more is looked at, so that a long text is read once."""
_TEXTS: Final = ("body_html", "description_html")


def picture_ids(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """The pictures that a payload of the ledger shows, beside its text and in it."""
    images = [*payload.get("images", ()), payload.get("image") or {}]
    beside = [image["id"] for image in images if image.get("id")]
    within = [id for name in _TEXTS for id in ids_in_sent_text(payload.get(name) or "")]
    return tuple(dict.fromkeys((*beside, *within)))


def addresses(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses of the pictures that a payload shows beside its text, and that aren't the newsroom's."""
    return tuple(dict.fromkeys(image["url"] for image in payload.get("images", ()) if image.get("url")))


def public_images(
    images: Sequence[Image], html: str, ready: Mapping[str, ReadyPicture], at: datetime
) -> tuple[PublicImage, ...]:
    """What readers get at a time of the ``images`` beside a text and of those in it: not what isn't ready, or has no
    rights then."""
    beside = (public_image(image, ready, at) for image in images)
    within = (public_image(image, ready, at) for image in images_in(html)) if "data-image" in html else ()
    return tuple(image for image in (*beside, *within) if image is not None)


def public_image(image: Image, ready: Mapping[str, ReadyPicture], at: datetime) -> PublicImage | None:
    """What readers get of one; None where that is nothing."""
    one = ready.get(image.id or image.url)
    if one is None and not image.id:
        return PublicImage(
            url=image.url, alt=image.alt, decorative=image.decorative, caption=image.caption, credit=image.credit,
            lead=image.lead,
        )  # fmt: skip
    if one is None or not one.is_shown(at):
        return None
    picture = one.picture
    largest = largest_jpeg(picture.width, picture.height)
    return PublicImage(
        url=media_path(picture.sha256, largest.name),
        id=one.id,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        focal=one.focal,
        alt="" if image.decorative else image.alt or picture.alt,
        decorative=image.decorative or (picture.decorative and not image.alt),
        caption=image.caption or picture.caption,
        credit=image.credit or picture.credit,
        byline=picture.byline,
        copyright=picture.copyright,
        licence=picture.licence,
        licence_url=picture.licence_url,
        lead=image.lead,
        in_text=image.in_text,
        animated=one.made.animated,
        jpeg_size=one.made.jpeg_size,
        feeds=picture.feeds,
        usable_until=picture.usable_until,
    )


def pictured_place(images: Sequence[Image] | Sequence[PublicImage], pictures: Mapping[str, Picture]) -> str:
    """Where the pictures beside a text were taken, as the first that says so has it, the lead before others; of
    ``pictures``, by their ids."""
    beside = sorted((one for one in images if one.id and not one.in_text), key=lambda one: not one.lead)
    return next((place for one in beside if one.id in pictures and (place := pictures[one.id].place)), "")


def with_pictures_in_text(html: str, images: Sequence[PublicImage]) -> str:
    """A text whose pictures have their address and size; a figure none of whose pictures is among ``images`` is gone,
    and so is a picture outside of one."""
    if "data-image" not in html:
        return html
    shown = {image.id: image for image in images if image.in_text}
    kept = _FIGURE.sub(lambda figure: figure[0] if _is_kept(figure[0], shown) else "", html)
    return OWN_PICTURE.sub(lambda tag: _tag(shown[tag[1]]) if tag[1] in shown else "", kept)


def text_with_pictures(html: str, text: str, images: Sequence[PublicImage]) -> str:
    """The ``text`` of ``html`` without the captions of figures that ``with_pictures_in_text`` takes out."""
    shown = {image.id for image in images if image.in_text}
    return text if shown.issuperset(ids_in_text(html)) else text_of(with_pictures_in_text(html, images))


def _is_kept(figure: str, shown: Mapping[str, PublicImage]) -> bool:
    ids = OWN_PICTURE.findall(figure)
    return not ids or any(id in shown for id in ids)


def images_in(html: str) -> Iterator[Image]:
    """The pictures in a text, each as it is used there."""
    for found in OWN_PICTURE.finditer(html):
        alt = _ALT.search(found[0])
        yield Image(id=found[1], alt=_unescaped(alt[1]) if alt else "", in_text=True)


def _tag(image: PublicImage) -> str:
    size = largest_jpeg(image.width, image.height)
    return (
        f'<img src="{image.url}" alt="{escape(image.alt)}" width="{size.width}" height="{size.height}"'
        f' data-image="{image.id}">'
    )


def _unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def usable_images(images: Sequence[PublicImage], at: datetime) -> tuple[PublicImage, ...]:
    """Those of a document's pictures that readers may see at a time."""
    return tuple(image for image in images if image.is_usable(at))


def without_images(html: str, ids: set[str], images: Sequence[PublicImage]) -> str:
    """A document's text without the pictures of these ids."""
    return with_pictures_in_text(html, [replace(image, in_text=True) for image in images if image.id not in ids])


def with_absolute_pictures(html: str, address: str) -> str:
    """A text whose pictures of the newsroom can be found from anywhere; ``address`` is the site's, without a slash at
    its end."""
    return html.replace('<img src="/media/', f'<img src="{address}/media/')
