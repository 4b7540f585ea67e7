"""The newsroom's own pictures in HTML: ``<img data-image="ID" alt="…">``, most often in a ``figure``.

What has the id has no address of its own: readers get that, and the sizes, when the document is made.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from dateline.domain.html.tags import attributes_of
from dateline.domain.item_id import ALPHABET, CHARACTERS

PICTURE_ID: Final = re.compile(rf"[{ALPHABET}]{{{CHARACTERS}}}")
"""The id of a picture, as of every item."""
OWN_PICTURE: Final = re.compile(rf'<img(?: [^>]*?)? data-image="({PICTURE_ID.pattern})"[^>]*>')
"""Of cleaned HTML."""


def ids_in_text(html: str) -> tuple[str, ...]:
    """The ids of the newsroom's pictures in cleaned HTML, in their order, each once."""
    return tuple(dict.fromkeys(OWN_PICTURE.findall(html))) if "data-image" in html else ()


def ids_in_sent_text(html: str) -> tuple[str, ...]:
    """The same of HTML as it was sent, which may be written in other ways; and perhaps a few that aren't shown."""
    return tuple(dict.fromkeys(_SENT_ID.findall(html)))


def own_picture(tag: str) -> str:
    """The tag of an image of the newsroom with its id and its ``alt``, and nothing else; empty for any other."""
    if "data-image" not in tag:
        return ""
    attributes = attributes_of(tag)
    picture_id = attributes.get("data-image", "").strip()
    if not PICTURE_ID.fullmatch(picture_id):
        return ""
    alt = f' alt="{escape(attributes["alt"])}"' if "alt" in attributes else ""
    return f'<img data-image="{picture_id}"{alt}>'


def without_foreign_id(tag: str) -> str:
    """The tag of an image without what stands where the id of a picture would, and is none."""
    return _ID.sub("", tag)


_ID: Final = re.compile(r' data-image="[^"]*"')
_SENT_ID: Final = re.compile(rf"data-image\s*=\s*[\"']?\s*({PICTURE_ID.pattern})", re.IGNORECASE)
