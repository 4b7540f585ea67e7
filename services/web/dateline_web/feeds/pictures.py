"""The pictures of a feed's entry, and how Media RSS (https://www.rssboard.org/media-rss) says them in XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.etree import ElementTree

from dateline.domain.picture import PublicImage, largest_jpeg, media_path, sizes
from dateline.formats.public_json.images import image_url, lead_of
from dateline_web.feeds.xml_writer import add_child
from dateline_web.urls import absolute, site

MEDIA: Final = "http://search.yahoo.com/mrss/"
_JPEG: Final = "image/jpeg"
_THUMBNAIL: Final = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPicture:
    """A picture with its words and addresses. Of one that lies elsewhere ``type``, sizes and ``banner`` aren't known;
    ``length`` is the bytes of its file, 0 where nobody knows."""

    url: str
    alt: str
    caption: str
    credit: str
    copyright: str = ""
    licence: str = ""
    licence_url: str = ""
    type: str = ""
    length: int = 0
    width: int = 0
    height: int = 0
    banner: str = ""
    thumbnail: tuple[str, int, int] | None = None


def entry_pictures(images: Sequence[PublicImage]) -> tuple[EntryPicture, ...]:
    """The pictures of an entry, the one that stands for it first."""
    lead = lead_of(images)
    return tuple(_picture(image) for image in sorted(images, key=lambda image: image is not lead))


def _picture(image: PublicImage) -> EntryPicture:
    said = EntryPicture(
        url=image_url(image, site()), alt=image.alt, caption=image.caption, credit=image.credit,
        copyright=image.copyright, licence=image.licence, licence_url=image.licence_url,
    )  # fmt: skip
    return _with_files(said, image) if image.sha256 else said


def _with_files(said: EntryPicture, image: PublicImage) -> EntryPicture:
    whole = largest_jpeg(image.width, image.height)
    banner = largest_jpeg(image.width, image.height, "16:9", image.focal)
    width, height = max((one for one in sizes(image.width, image.height, "") if one[0] <= _THUMBNAIL), default=(0, 0))
    thumbnail = (absolute(media_path(image.sha256, f"{width}.jpg")), width, height) if width else None
    return replace(
        said, type=_JPEG, length=image.jpeg_size, width=whole.width, height=whole.height,
        banner=absolute(media_path(image.sha256, banner.name)), thumbnail=thumbnail,
    )  # fmt: skip


def add_media(entry: ElementTree.Element, pictures: Sequence[EntryPicture]) -> None:
    """Each picture as ``media:content``, the first as the default one."""
    for place, picture in enumerate(pictures):
        known = {"type": picture.type, "fileSize": picture.length, "width": picture.width, "height": picture.height}
        said = {name: str(value) for name, value in known.items() if value}
        default = {} if place else {"isDefault": "true"}
        content = add_child(entry, "media:content", url=picture.url, medium="image", **said, **default)
        if picture.caption:
            add_child(content, "media:description", picture.caption, type="plain")
        if picture.alt:
            add_child(content, "media:title", picture.alt, type="plain")
        if picture.credit:
            add_child(content, "media:credit", picture.credit)
        if picture.copyright:
            add_child(content, "media:copyright", picture.copyright)
        if picture.licence:
            link = {"href": picture.licence_url} if picture.licence_url else {}
            add_child(content, "media:license", picture.licence, type="text/html", **link)
        if picture.thumbnail:
            url, width, height = picture.thumbnail
            add_child(content, "media:thumbnail", url=url, width=str(width), height=str(height))
