"""Pictures beside a text and in it, as the desk's pages show a story or an event: with the words on record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from dateline.domain.html.own_pictures import OWN_PICTURE, ids_in_text
from dateline.domain.story import Image
from dateline_ingest.desk.picking.shown_rows import GONE
from dateline_ingest.desk.pictures.shown import ShownPicture, pictures, shown_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPicture:
    """A picture with the words that readers get. ``remark`` says what is amiss with it."""

    url: str
    alt: str
    caption: str
    credit: str
    remark: str = ""


def used_pictures(images: Sequence[Image]) -> list[UsedPicture]:
    """The pictures of a story or an event in the order in which readers see them, the lead first."""
    found = _found([image.id for image in images if image.id])
    return [_used(image, found.get(image.id)) for image in sorted(images, key=lambda image: not image.lead)]


def with_pictures(html: Markup) -> Markup:
    """Cleaned HTML whose pictures have the address of a file that staff may see; of those that are gone it is said."""
    found = _found(ids_in_text(html))

    def shown(tag: re.Match[str]) -> str:
        one = found.get(tag[1])
        if one is None:
            return f'<b class="wrong">{escape(GONE)}</b>'
        return f'{tag[0][:-1]} src="{escape(one.large)}">'

    return Markup(OWN_PICTURE.sub(shown, str(html))) if found or "data-image" in html else html


def _found(ids: Sequence[str]) -> Mapping[str, ShownPicture]:
    on_record = pictures().pictures_of(ids) if ids else {}
    return {id: shown_picture(on) for id, on in on_record.items()}


def _used(image: Image, one: ShownPicture | None) -> UsedPicture:
    if one is None:
        return UsedPicture(
            url=image.url, alt=image.alt, caption=image.caption, credit=image.credit, remark=GONE if image.id else ""
        )
    picture = one.on.picture
    return UsedPicture(
        url=one.large, alt="" if image.decorative else image.alt or picture.alt,
        caption=image.caption or picture.caption, credit=image.credit or picture.credit,
        remark=". ".join(filter(None, (one.state, one.rights))),
    )  # fmt: skip
