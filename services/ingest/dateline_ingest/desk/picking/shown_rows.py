"""The rows of pictures as a form shows them: each with its thumbnail, the picture's own words, and what is amiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dateline.domain.html.own_pictures import PICTURE_ID
from dateline.formats.control_characters import drop_control_characters
from dateline_ingest.desk.forms.picture_rows import MOST, PictureRow, rows_of
from dateline_ingest.desk.pictures.search import found_pictures
from dateline_ingest.desk.pictures.shown import ShownPicture, pictures, shown_picture

GONE: Final = "There is no such picture, or it was taken down: readers don’t see it."
NO_ALT: Final = "No alternative text: say what it shows, or that it is decorative."
_WEB: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with its number among the fields. ``picture`` is None of one that isn't the newsroom's, or isn't there."""

    number: int
    row: PictureRow
    picture: ShownPicture | None = None

    @property
    def thumb(self) -> str:
        """Where its thumbnail is; "" where there is nothing to show."""
        if self.picture:
            return self.picture.thumb
        return self.row.address if urlsplit(self.row.address).scheme in _WEB else ""

    @property
    def remarks(self) -> list[str]:
        """What is amiss with it, each in a sentence."""
        if self.picture is None:
            return [GONE] if self.row.picture_id else []
        said = [f"{words[:1].upper()}{words[1:]}." for words in (self.picture.state, self.picture.rights) if words]
        lacks_alt = self.picture.lacks_alt and not (self.row.alt or self.row.decorative)
        return [*said, NO_ALT] if lacks_alt else said


def shown_rows(text: str) -> list[ShownRow]:
    """The rows of a form's text with their pictures."""
    rows = rows_of(text)[:MOST]
    ids = {row.picture_id for row in rows if PICTURE_ID.fullmatch(row.picture_id)}
    found = pictures().pictures_of(ids) if ids else {}
    return [
        ShownRow(number=number, row=row, picture=shown_picture(on) if (on := found.get(row.picture_id)) else None)
        for number, row in enumerate(rows)
    ]


def pictures_to_pick(words: str, text: str) -> list[ShownPicture]:
    """The newest pictures that have these words and aren't in the form's text."""
    there = {row.picture_id for row in rows_of(text)}
    return [one for one in found_pictures(drop_control_characters(words))[0] if one.on.id not in there]
