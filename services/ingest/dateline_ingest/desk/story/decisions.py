"""An editor's word on a story's tags, and on what readers see of its corrections."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.tag import TagRef
from dateline.errors import Permanent
from dateline.ports.wakeup import Lane
from dateline.schemas.base import DifferenceSchema, TagRefSchema
from dateline.schemas.pointers import load
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import note_field
from dateline_ingest.desk.template_filters import error_details

story_decisions = Blueprint("story_decisions", __name__, url_prefix="/stories/<opaque:story_id>")


@story_decisions.post("/tags")
@needs("editor")
def change_tags(story_id: str) -> Response:
    """Add a tag to a story, or take one from it, for good."""
    try:
        _change_tags(story_id)
        flash("Noted. The story is tagged again in a second or two, and your word stays.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("desk.show", story_id=story_id), 303)


@story_decisions.post("/corrections/<int:revision>")
@needs("editor")
def show_difference(story_id: str, revision: int) -> Response:
    """Say what readers see of a correction's difference."""
    try:
        _show_difference(story_id, revision)
        flash("Noted. Readers see it so in a second or two.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("desk.show", story_id=story_id), 303)


def _change_tags(story_id: str) -> None:
    here = parts()
    given: Any = load(TagRefSchema(), {name: request.form.get(name, "").strip() for name in ("type", "slug")})
    tag: TagRef = given
    adding = "add" in request.form
    if adding:
        here.intake.check_tags((tag,), "")
    here.ledger.set_editor_tags(story_id, [tag] if adding else [], [] if adding else [tag], token())
    here.wakeup.wake(Lane.LIVE)


def _show_difference(story_id: str, revision: int) -> None:
    given = load(DifferenceSchema(), {"diff": request.form.get("diff", ""), "reason": note_field(request.form)})
    parts().ledger.show_difference(story_id, revision, given["diff"], given["reason"], token())
    parts().wakeup.wake(Lane.LIVE)
