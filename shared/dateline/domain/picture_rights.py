"""Which of a document's pictures readers may see at a time: the one place where every way out asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.shown_pictures import text_with_pictures, usable_images, with_pictures_in_text
from dateline.domain.tag import Tag

D = TypeVar("D", bound=StoryDocument | EventDocument | TermDocument)


def shown_at(document: D, at: datetime, *, feeds: bool = False) -> D:
    """The document with those pictures alone, beside its text and in it, whose rights last; with ``feeds`` only those
    that may go out by feeds."""
    if isinstance(document, TermDocument):
        image = document.image
        shown = image is None or (image.is_usable(at) and (image.feeds or not feeds))
        return document if shown else replace(document, image=None)
    usable = usable_images(document.images, at)
    images = tuple(image for image in usable if image.feeds or not feeds)
    if len(images) == len(document.images):
        return document
    if isinstance(document, StoryDocument):
        html = with_pictures_in_text(document.body_html, images)
        text = text_with_pictures(document.body_html, document.body_text, images)
        tags = _with_places(document.tags, document.body_text, text)
        return replace(document, images=images, body_html=html, body_text=text, tags=tags)
    html = with_pictures_in_text(document.description_html, images)
    text = text_with_pictures(document.description_html, document.description_text, images)
    tags = _with_places(document.tags, document.description_text, text)
    return replace(document, images=images, description_html=html, description_text=text, tags=tags)


def _with_places(tags: tuple[Tag, ...], before: str, text: str) -> tuple[Tag, ...]:
    """Tags with those places in a body's ``text`` that still hold, after a caption went."""
    if text == before:
        return tags
    return tuple(
        tag._replace(evidence=tuple(
            one for one in tag.evidence if one.field != "body_text" or text[one.start : one.end] == one.text
        ))
        for tag in tags
    )  # fmt: skip
