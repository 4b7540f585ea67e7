"""A story's pictures as they are checked: its own words for each, and what is on record of the newsroom's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateline.copy_check import CheckedPicture
from dateline.domain.html.own_pictures import PICTURE_ID
from dateline.domain.shown_pictures import images_in
from dateline.domain.story import Image
from dateline.ports.ledger.pictures import PictureOnRecord
from dateline_ingest.context import parts

MOST = 100


def checked_pictures(body: Mapping[str, Any], html: str) -> tuple[CheckedPicture, ...]:
    """The pictures of a story's JSON, of which nothing need be right, and those in its cleaned text."""
    return tuple(_checked(body, html, parts().settings.timezone))


def _checked(body: Mapping[str, Any], html: str, zone: ZoneInfo) -> Iterator[CheckedPicture]:
    rows = [row for row in body.get("images", ()) if row.get("id") or row.get("url")][:MOST]
    beside = [
        Image(id=row.get("id") or "", alt=row.get("alt") or "", decorative=bool(row.get("decorative"))) for row in rows
    ]
    within = list(images_in(html))[:MOST]
    ids = {image.id for image in (*beside, *within) if PICTURE_ID.fullmatch(image.id)}
    found = parts().ledger.pictures_of(ids) if ids else {}
    for number, image in enumerate(beside, start=1):
        yield _picture(f"Picture {number}", "images", image, found, zone)
    for number, image in enumerate(within, start=1):
        name = "The picture in the text" if len(within) == 1 else f"Picture {number} in the text"
        yield _picture(name, "body_text", image, found, zone)


def _picture(
    name: str, field: str, image: Image, found: Mapping[str, PictureOnRecord], zone: ZoneInfo
) -> CheckedPicture:
    on = found.get(image.id)
    if on is None:
        return CheckedPicture(
            name=name, field=field, alt=image.alt, decorative=image.decorative, missing=bool(image.id)
        )
    picture = on.picture
    return CheckedPicture(
        name=name, field=field, alt=image.alt or picture.alt, decorative=image.decorative or picture.decorative,
        usable_from=_local(picture.usable_from, zone), usable_until=_local(picture.usable_until, zone),
    )  # fmt: skip


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None
