"""An editor's word on a story's tags, and on what readers see of its corrections."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.tag import TagRef, TagType
from dateline.domain.term import Term
from dateline.errors import InvalidInput, Permanent
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.wakeup import Lane
from dateline.schemas.base import DifferenceSchema, TagRefSchema
from dateline.schemas.pointers import load
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import note_field
from dateline_ingest.desk.tagging.sent_form import terms_called
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
    adding = "add" in request.form
    tag = _tag_called(request.form["name"], request.form.get("type", "")) if "name" in request.form else _tag_field()
    if adding:
        here.intake.check_tags((tag,), "")
    here.ledger.set_editor_tags(story_id, [tag] if adding else [], [] if adding else [tag], token())
    here.wakeup.wake(Lane.LIVE)


def _tag_field() -> TagRef:
    """The tag that a button beside one names."""
    given: Any = load(TagRefSchema(), {name: request.form.get(name, "").strip() for name in ("type", "slug")})
    tag: TagRef = given
    return tag


def _tag_called(name: str, type: str) -> TagRef:
    """The term of a name in any language, of one type where that is chosen. Raises ``InvalidInput``, which names those
    that it may be."""
    typed = drop_control_characters(name).strip()
    called = terms_called(typed, parts().vocabulary.current()) if typed else []
    found = [term for term in called if type in ("", term.type)]
    if len(found) == 1:
        return TagRef(type=cast(TagType, found[0].type), slug=found[0].slug)
    if not found:
        raise InvalidInput(f"No term is called “{typed}”. Make it a term first, on the page Terms." if typed else
                           "Type the name of a term.")  # fmt: skip
    listed = "; ".join(_in_words(term) for term in found[:5])
    raise InvalidInput(f"Several terms are called “{typed}”: {listed}. Choose the type, or type another of its names.")


def _in_words(term: Term) -> str:
    return f"{term.label}, {term.type}" + (f", also {term.aliases[0]}" if term.aliases else "")


def _show_difference(story_id: str, revision: int) -> None:
    given = load(DifferenceSchema(), {"diff": request.form.get("diff", ""), "reason": note_field(request.form)})
    parts().ledger.show_difference(story_id, revision, given["diff"], given["reason"], token())
    parts().wakeup.wake(Lane.LIVE)
