"""One of a story's pictures, large, with the way to the others."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.domain.document import StoryDocument
from dateline.errors import NotFound
from dateline_web.pictures.choice import NumberedPicture, numbered_pictures
from dateline_web.urls import picture_path

Way = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A picture of ``story``, the ``place``th of ``total`` that readers may see, and the ones before and after it."""

    story: StoryDocument
    shown: NumberedPicture
    place: int
    total: int
    previous: Way | None
    next: Way | None


def picture_page(story: StoryDocument, number: int) -> PicturePage:
    """The page of the picture that has ``number``. Raises ``NotFound`` where there is none, or not any more."""
    each = numbered_pictures(story)
    place = next((place for place, one in enumerate(each) if one.number == number), None)
    if place is None:
        raise NotFound("This story has no such picture.")

    def way(to: int, words: str) -> Way | None:
        return (picture_path(story, each[to].number), words) if 0 <= to < len(each) else None

    return PicturePage(
        story=story, shown=each[place], place=place + 1, total=len(each), previous=way(place - 1, "Previous picture"),
        next=way(place + 1, "Next picture"),
    )  # fmt: skip
