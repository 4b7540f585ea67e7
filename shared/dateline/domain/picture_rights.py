"""Which of a document's pictures readers may see at a time: the one place where every way out asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.shown_pictures import usable_images, with_pictures_in_text

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
        return replace(document, images=images, body_html=with_pictures_in_text(document.body_html, images))
    return replace(document, images=images, description_html=with_pictures_in_text(document.description_html, images))
