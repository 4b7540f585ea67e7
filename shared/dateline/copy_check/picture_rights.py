"""Pictures that readers won't see: their rights end before the story appears, or begin after it, or they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dateline.copy_check.remark import CheckedPicture, CheckedText, Remark


def picture_remarks(text: CheckedText) -> Iterator[Remark]:
    """What keeps a picture from readers when the story is to appear."""
    for picture in text.pictures:
        if why := _why_unseen(picture, text.appears_at):
            yield Remark(rule="picture-rights", field=picture.field, message=f"{picture.name} {why}.")


def _why_unseen(picture: CheckedPicture, at: datetime | None) -> str:
    if picture.missing:
        return "isn’t there any more: readers don’t see it"
    if at and picture.usable_until and picture.usable_until <= at:
        return f"may be shown until {_words(picture.usable_until)} only: readers won’t see it"
    if at and picture.usable_from and picture.usable_from > at:
        return f"may not be shown before {_words(picture.usable_from)}"
    return ""


def _words(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M}"
