"""Taking a picture down: what shows it is told first, a reason is asked for, and what is left is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import InvalidInput, NotAllowed
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.pictures import PictureOnRecord
from dateline.schemas.fields import LONG
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.pictures.picture_form import LABELS
from dateline_ingest.desk.pictures.shown import shown_picture
from dateline_ingest.pictures.taking_down import LEFT_BEHIND, check_may_take_down, take_down, uses_seen_by

picture_takedown = Blueprint("picture_takedown", __name__, url_prefix="/pictures/<opaque:picture_id>/takedown")
Page = str | Response | tuple[str, int]
_DONE: Final = "Taken down. {count} showed it; readers see them without it in a second or two. {left}"


@picture_takedown.get("")
@needs("reporter", "editor")
def show(picture_id: str) -> Page:
    """Everything that shows the picture, what would go, and what would be left."""
    return _page(parts().ledger.picture(picture_id))


@picture_takedown.post("")
@needs("reporter", "editor")
def take(picture_id: str) -> Page:
    """Take the picture down, for the reason that was given."""
    on, reason = parts().ledger.picture(picture_id), drop_control_characters(request.form.get("reason", ""))[:LONG]
    try:
        seen = take_down(parts().ledger, parts().wakeup, on, reason, token())
    except InvalidInput as refusal:
        return _page(on, form_errors(refusal.errors, LABELS)), 422
    flash(_DONE.format(count=len(seen.uses), left=LEFT_BEHIND) if seen.uses else f"Taken down. {LEFT_BEHIND}")
    return redirect(url_for("picture_pages.show_all"), 303)


def _page(on: PictureOnRecord, errors: Sequence[FormError] = ()) -> str:
    seen = uses_seen_by(token(), parts().ledger, on.id)
    return render_template(
        "desk/pictures/takedown.html", one=shown_picture(on), seen=seen, labels=LABELS, errors=errors,
        count=len(seen.uses) + seen.others, refused=_refused(on), left=LEFT_BEHIND,
    )  # fmt: skip


def _refused(on: PictureOnRecord) -> str:
    """Why who asks may not take it down, "" where that is so."""
    try:
        check_may_take_down(on, parts().ledger.uses_of(on.id), token())
    except NotAllowed as refusal:
        return str(refusal)
    return ""
