"""Pictures that a story, an event or a term is to show: whether there are such, and what tells who doesn't see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from dateline.domain.story import Image
from dateline.errors import FieldError, InvalidInput, NotFound, Withdrawn
from dateline.ports.ledger.pictures import PictureOnRecord, Pictures
from dateline.ports.ledger.submissions import Submissions
from dateline.schemas.picture import NO_ALT
from dateline.schemas.pointers import INVALID


class SubmittedPictures(Submissions, Pictures, Protocol):
    """What taking in stories and events asks of the ledger."""


def check_image(image: Image | None, pictures: Pictures) -> None:
    """The same for the one picture of a term."""
    try:
        check_images([image] if image else (), pictures)
    except InvalidInput as error:
        moved = (FieldError(one.pointer.replace("/images/0", "/image", 1), one.detail) for one in error.errors)
        raise InvalidInput(INVALID, tuple(moved)) from None


def check_images(images: Sequence[Image], pictures: Pictures) -> None:
    """Raise ``InvalidInput`` for pictures that aren't on record or were taken down, each at its place, and for those of
    which neither the record nor the place in hand says what they show."""
    if not any(image.id for image in images):
        return
    known = pictures.pictures_of({image.id for image in images if image.id})
    if errors := tuple(_errors(images, pictures, known)):
        raise InvalidInput(INVALID, errors)


def _errors(images: Sequence[Image], pictures: Pictures, known: Mapping[str, PictureOnRecord]) -> Iterator[FieldError]:
    for place, image in enumerate(images):
        on = known.get(image.id)
        if image.id and on is None:
            yield FieldError(f"/images/{place}/id", _why_missing(pictures, image.id))
        elif on and not (image.alt or image.decorative or on.picture.alt or on.picture.decorative):
            yield FieldError(f"/images/{place}/alt", NO_ALT)


def _why_missing(pictures: Pictures, picture_id: str) -> str:
    try:
        pictures.picture(picture_id)
    except Withdrawn as gone:
        return f"It was taken down: {gone}"
    except NotFound:
        pass
    return f"There is no picture {picture_id!r}."


def check_alt_of_addresses(body: Any) -> None:
    """Raise ``InvalidInput`` for pictures of a body as it was sent that are named by an address, and of which nothing
    says what they show. What others' feeds bring isn't asked."""
    images = body.get("images") if isinstance(body, Mapping) else None
    errors = tuple(
        FieldError(f"/images/{place}/alt", NO_ALT)
        for place, image in enumerate(images if isinstance(images, list) else ())
        if isinstance(image, Mapping) and "url" in image and not (_says(image.get("alt")) or image.get("decorative"))
    )
    if errors:
        raise InvalidInput(INVALID, errors)


def _says(alt: Any) -> bool:
    return alt is not None and (not isinstance(alt, str) or bool(alt.strip()))
