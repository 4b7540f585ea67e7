"""A picture that has just arrived, as the page shows it: where it stands, what is nearly the same, and its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError
from dateline_ingest.desk.pictures.picture_form import PictureForm
from dateline_ingest.desk.pictures.picture_page import AlikePicture, alike_ones
from dateline_ingest.desk.pictures.shown import ShownPicture, pictures, shown_picture
from dateline_ingest.pictures.receiving import may_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture on the page where pictures are added. ``known``: its file was here before; ``form`` is None for who may
    not change its words."""

    shown: ShownPicture
    alike: Sequence[AlikePicture]
    form: PictureForm | None
    errors: Sequence[FormError] = ()
    known: bool = False
    saved: bool = False
    overtaken: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it comes by itself any more."""
        return self.shown.on.state != "accepted"


def card_of(
    picture_id: str, form: PictureForm | None = None, errors: Sequence[FormError] = (), *, known: bool = False,
    saved: bool = False, overtaken: bool = False,
) -> Card:  # fmt: skip
    """The card of a picture on record, with what was typed into its form, or what it says."""
    on = pictures().picture(picture_id)
    filled = (form or PictureForm.of(on.picture, parts().settings.timezone)) if may_change(on, token()) else None
    return Card(
        shown=shown_picture(on), alike=alike_ones(on), form=filled, errors=errors, known=known, saved=saved,
        overtaken=overtaken,
    )  # fmt: skip
