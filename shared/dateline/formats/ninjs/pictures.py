"""Pictures of a ninjs object: which rendition browsers show, and when a picture may be shown at all.

A picture may be held back, by an embargo or for good, and expire. That is kept with its story, and read whenever the
story's document is made, so that nothing held gets out with any text that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from dateline.domain.story import Image
from dateline.domain.timestamps import read_timestamp
from dateline.domain.web_address import absolute_address
from dateline.formats.ninjs.picture_addresses import is_among, is_picture_file
from dateline.formats.ninjs.texts import contents
from dateline.schemas.fields import address_or_nothing

TYPES: Final = ("picture", "graphic")
HELD: Final = "associations"
"""The member of what is kept in which pictures that have times stand, as short as ninjs allows."""
_SAID: Final = ("pubStatus", "embargoedUntil", "expires")

_SHOWN_TYPES: Final = frozenset({
    "image/jpeg", "image/jpg", "image/pjpeg", "image/png", "image/x-png", "image/webp", "image/avif", "image/gif",
})  # fmt: skip
_SHOWN_EXTENSIONS: Final = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp", "avif", "gif"})
_OTHER_EXTENSIONS: Final = frozenset({
    "tif", "tiff", "eps", "ps", "ai", "psd", "psb", "pdf", "svg", "svgz", "bmp", "heic", "heif", "jp2", "j2k", "jxl",
    "dng", "raw", "nef", "cr2", "cr3", "arw", "orf", "rw2", "raf", "indd", "cdr", "wmf", "emf", "tga", "zip", "mp4",
    "mov", "avi", "mpg", "mpeg", "webm", "mkv", "m4v", "wmv", "mp3", "wav", "m3u8", "html", "htm", "doc", "docx",
})  # fmt: skip
_UNTOLD_TYPES: Final = frozenset({"", "image", "image/*", "application/octet-stream", "binary/octet-stream"})
_LESSER: Final = re.compile(
    r"thumb|water-?_?mark|preview|\bcomp\b|\bicon|\bmini\b|\btiny\b|\bcrop(?:ped)?\b|sq(?:uare)?\d*\b", re.I
)
"""Names of renditions that are for choosing a picture, and not for readers."""


def shown_rendition(picture: Mapping[str, Any]) -> str | None:
    """The address of the largest rendition that browsers show; a thumbnail, a crop or a marked one only where there is
    no other."""
    listed = [(one, _followed(one["href"])) for one in picture.get("renditions", ()) if "href" in one]
    found = [(one, address) for one, address in listed if address and _is_shown(one)]
    return max(found, key=lambda pair: _rank(pair[0]))[1] if found else None


def _followed(href: str) -> str:
    """``href`` as readers' programs can follow it; empty where it leads nowhere from here."""
    address = absolute_address(href) or ""
    return address_or_nothing(re.sub(r"\s", "%20", address))


def image_of(picture: Mapping[str, Any], address: str, pointer: str) -> dict[str, Any]:
    """A picture as a story has it; ``pointer`` is where it stood."""
    headlines, captions = contents(picture, "headlines", pointer), contents(picture, "descriptions", pointer)
    image = {
        "url": address,
        "alt": headlines[0].line if headlines else "",
        "credit": picture.get("by", ""),
        "caption": captions[0].text if captions else "",
    }
    return {name: value for name, value in image.items() if value}


def timed_pictures(sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pictures of an object that may not always be shown: their addresses, and what says so."""
    return [
        {
            "name": one["name"],
            "uri": one["uri"],
            **{name: one[name] for name in _SAID if name in one},
            "renditions": [{"name": r["name"], "href": r["href"]} for r in one.get("renditions", ()) if "href" in r],
        }
        for one in sent.get("associations", ())
        if one.get("pubStatus", "usable") != "usable" or "embargoedUntil" in one or "expires" in one
    ]


def why_held(picture: Mapping[str, Any], now: datetime) -> str:
    """Why a picture may not be shown now; empty where it may."""
    if (status := picture.get("pubStatus", "usable")) != "usable":
        return f"This picture is {status}: it isn't shown."
    if "embargoedUntil" in picture and read_timestamp(picture["embargoedUntil"]) > now:
        return f"This picture is held: it is shown from {picture['embargoedUntil']} on."
    if "expires" in picture and read_timestamp(picture["expires"]) <= now:
        return "This picture's time is over: it isn't shown."
    return ""


def held_addresses(kept: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """The addresses of pictures that may not be shown now, of the kept members of a story."""
    return _addresses(one for one in kept.get(HELD, ()) if why_held(one, now))


def timed_addresses(kept: Mapping[str, Any]) -> frozenset[str]:
    """The addresses of pictures that may not be shown at some time."""
    return _addresses(kept.get(HELD, ()))


def _addresses(pictures: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    found: set[str] = set()
    for one in pictures:
        found |= {rendition["href"].strip() for rendition in one.get("renditions", ())}
        if is_picture_file(one.get("uri", "")):
            found.add(one["uri"].strip())
    return frozenset(found)


def next_picture_time(kept: Mapping[str, Any], now: datetime) -> datetime | None:
    """When, after ``now``, a picture of a story begins or ends to be one that may be shown."""
    return min((at for at in _times(kept.get(HELD, ())) if at > now), default=None)


def images_shown(images: Sequence[Image], held: frozenset[str]) -> tuple[Image, ...]:
    """Those of ``images`` that aren't held."""
    return tuple(image for image in images if not is_among(image.url, held))


def _times(pictures: Sequence[Mapping[str, Any]]) -> Iterator[datetime]:
    for one in pictures:
        if one.get("pubStatus", "usable") == "usable":
            yield from (read_timestamp(one[name]) for name in ("embargoedUntil", "expires") if name in one)


def _is_shown(rendition: Mapping[str, Any]) -> bool:
    """By media type or, where that says nothing, by the address; a picture of neither is taken for one."""
    media = rendition.get("contentType", "").partition(";")[0].strip().lower()
    if media not in _UNTOLD_TYPES:
        return media in _SHOWN_TYPES
    extension = _extension(rendition["href"])
    if extension in _SHOWN_EXTENSIONS:
        return True
    told = rendition.get("format", "").strip().lower().rpartition("/")[2]
    return extension not in _OTHER_EXTENSIONS and told not in _OTHER_EXTENSIONS and "videoCodec" not in rendition


def _extension(address: str) -> str:
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _rank(rendition: Mapping[str, Any]) -> tuple[bool, float, float, bool]:
    told = f"{rendition.get('name', '')} {rendition.get('title', '')}"
    size = rendition.get("width", 0) * rendition.get("height", 1)
    return not _LESSER.search(told), size, rendition.get("sizeInBytes", 0), rendition.get("name") == "original"
