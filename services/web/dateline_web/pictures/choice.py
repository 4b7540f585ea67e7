"""Which of a story's or an event's pictures is shown where; none whose rights have ended is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.picture import PublicImage
from dateline.domain.shown_pictures import usable_images
from dateline_web.context import web


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPicture:
    """A picture with its number among all of its story's; the number stays when another one's rights end."""

    number: int
    image: PublicImage


def numbered_pictures(document: StoryDocument | EventDocument) -> tuple[NumberedPicture, ...]:
    """The pictures that readers may see now, the lead first, those in the text last."""
    shown = set(usable_images(document.images, web().now()))
    each = [
        NumberedPicture(number=number, image=image) for number, image in enumerate(document.images, 1) if image in shown
    ]
    return tuple(sorted(each, key=lambda one: (one.image.in_text, not one.image.lead)))


def beside_text(document: StoryDocument | EventDocument) -> tuple[NumberedPicture, ...]:
    """Those that don't stand in the text already: the lead, and the gallery."""
    return tuple(one for one in numbered_pictures(document) if not one.image.in_text)


def lead_picture(document: StoryDocument | EventDocument) -> PublicImage | None:
    """The one that stands for it on the front page."""
    return next((one.image for one in numbered_pictures(document)), None)


def thumbnail(document: StoryDocument | EventDocument) -> PublicImage | None:
    """The one that stands beside its headline in a list: of the newsroom's own. What lies elsewhere may be of any
    size, and tells its owner who reads what."""
    if not document.images:
        return None
    return next((one.image for one in numbered_pictures(document) if one.image.sha256), None)


def picture_of_term(term: TermDocument) -> PublicImage | None:
    """A term's picture, while its rights last."""
    shown: Sequence[PublicImage] = usable_images((term.image,), web().now()) if term.image else ()
    return next(iter(shown), None)
