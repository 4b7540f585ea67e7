"""A picture's own page: it and its crops, its words and rights, where it is shown, what its file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from flask import render_template

from dateline.domain.picture import CROPS, Crop, crop_size
from dateline.ports.ledger.pictures import PictureOnRecord
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError
from dateline_ingest.desk.pictures.picture_form import LABELS, PictureForm, picture_fields
from dateline_ingest.desk.pictures.shown import (
    ShownPicture,
    file_address,
    large_address,
    pictures,
    shown_picture,
    thumb_address,
)
from dateline_ingest.pictures.receiving import may_change
from dateline_ingest.pictures.taking_down import SeenUses, uses_seen_by

_USES: Final[Mapping[Crop, str]] = {"16:9": "leads, shared links", "4:3": "lists", "1:1": "small pictures"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCrop:
    """A crop: its address and size, and that of the whole picture, of which a page cuts it while its point moves."""

    name: str
    use: str
    css: str
    address: str
    whole: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePicture:
    """A picture that is nearly the same, and what shows it, as far as who asks may know."""

    one: ShownPicture
    seen: SeenUses


def picture_page(
    picture_id: str, form: PictureForm | None = None, errors: Sequence[FormError] = (), **more: Any
) -> str:  # fmt: skip
    """The page of a picture, with its form for who may change it. ``NotFound``, ``Withdrawn``."""
    on, zone = pictures().picture(picture_id), parts().settings.timezone
    filled = form or PictureForm.of(on.picture, zone)
    return render_template(
        "desk/pictures/picture.html", one=shown_picture(on), form=filled if may_change(on, token()) else None,
        errors=errors, labels=LABELS, said=picture_fields(on.picture, zone), crops=crops_of(on),
        seen=uses_seen_by(token(), parts().ledger, on.id), alike=alike_ones(on),
        original=file_address(on.id, "original"), item=parts().ledger.item("image", on.id), **more,
    )  # fmt: skip


def crops_of(on: PictureOnRecord) -> list[ShownCrop]:
    """The crops of a picture; none while there is nothing to show."""
    now = datetime.now(UTC)
    whole = large_address(on, now)
    if not whole:
        return []
    return [
        ShownCrop(
            name=crop, use=_USES[crop], css=f"of-{crop.replace(':', 'x')}", whole=whole,
            address=thumb_address(on, now, crop), width=size[0], height=size[1],
        )
        for crop in CROPS if crop and (size := crop_size(on.picture.width, on.picture.height, crop))
    ]  # fmt: skip


def alike_ones(on: PictureOnRecord) -> list[AlikePicture]:
    """Other pictures that are nearly the same; none before its renditions are there."""
    if on.made is None:
        return []
    found = (one for one in pictures().pictures_like(on.made.likeness) if one.id != on.id)
    return [AlikePicture(one=shown_picture(one), seen=uses_seen_by(token(), parts().ledger, one.id)) for one in found]
