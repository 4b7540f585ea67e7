"""Pictures that a story shows from where they are, and the story with the newsroom's own in the place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Any

from dateline.domain.html import clean_html
from dateline.domain.html.tags import TAG, attributes_of
from dateline.domain.story import Story
from dateline.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPicture:
    """A picture at another's address, with what the story says of it."""

    url: str
    alt: str = ""
    credit: str = ""
    caption: str = ""


def foreign_pictures_of(story: Story) -> list[ForeignPicture]:
    """Those beside the text and those in it, each address once."""
    beside = [
        ForeignPicture(url=image.url, alt=image.alt, credit=image.credit, caption=image.caption)
        for image in story.images
        if image.url
    ]
    return list({one.url: one for one in (*_in_text(story.body_html or ""), *beside)}.values())


def with_own_picture(body: Mapping[str, Any], url: str, picture_id: str, alt: str) -> dict[str, Any]:
    """A story's JSON that shows a picture of the newsroom where it named ``url``; without ``alt`` a decorative one."""
    changed = dict(body)
    if "body_html" in body:
        tag = f'<img data-image="{picture_id}" alt="{escape(alt)}">'
        changed["body_html"] = TAG.sub(
            lambda found: tag if _address(found) == url else found[0], clean_html(body["body_html"])
        )
    if "images" in body:
        changed["images"] = [_own(one, picture_id, alt) if one.get("url") == url else one for one in body["images"]]
    return changed


def _own(image: Mapping[str, Any], picture_id: str, alt: str) -> dict[str, Any]:
    kept = {name: image[name] for name in ("credit", "caption", "lead") if image.get(name)}
    return {"id": picture_id, **kept, **({"alt": alt} if alt else {"decorative": True})}


def _in_text(html: str) -> Iterator[ForeignPicture]:
    if "<img" not in html.lower():
        return
    with suppress(InvalidInput):  # more markup than is taken today
        for found in TAG.finditer(clean_html(html)):
            if url := _address(found):
                yield ForeignPicture(url=url, alt=attributes_of(found[3]).get("alt", ""))


def _address(tag: re.Match[str]) -> str:
    """The address of an image that isn't the newsroom's; "" of every other tag."""
    if tag[2] != "img" or tag[1] or "data-image" in tag[3]:
        return ""
    url = attributes_of(tag[3]).get("src", "")
    return url if url.lower().startswith(("http://", "https://")) else ""
