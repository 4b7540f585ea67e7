"""The names that the tagger proposes, and an editor's word on them, on a story's tags and on its differences."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.tag import TagRef
from dateline.domain.term import TermType
from dateline.errors import Permanent
from dateline.ports.wakeup import Lane
from dateline.schemas.base import DifferenceSchema, TagRefSchema
from dateline.schemas.pointers import load
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import note_field, slug_field
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.vocabulary.term_editor import term_editor

proposal_pages = Blueprint("proposal_pages", __name__)

_TERM = "/proposals/<any(person, place, organisation, topic):type>/<slug:slug>"


@proposal_pages.get("/proposals")
@needs("editor")
def show() -> str:
    """The names the tagger found that nobody has decided on, first what most sources mention."""
    proposals = parts().ledger.proposals()
    return render_template("desk/proposals.html", proposals=proposals[:100], more=max(0, len(proposals) - 100))


@proposal_pages.post(f"{_TERM}/decide")
@needs("editor")
def decide(type: TermType, slug: str) -> Response:
    """Accept, reject or merge a proposal; what goes wrong is told on the list."""
    try:
        flash(_decide(type, slug))
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("proposal_pages.show"), 303)


@proposal_pages.post("/stories/<opaque:story_id>/tags")
@needs("editor")
def change_tags(story_id: str) -> Response:
    """Add a tag to a story, or take one from it, for good."""
    try:
        _change_tags(story_id)
        flash("Noted. The story is tagged again in a second or two, and your word stays.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("desk.show", story_id=story_id), 303)


@proposal_pages.post("/stories/<opaque:story_id>/corrections/<int:revision>")
@needs("editor")
def show_difference(story_id: str, revision: int) -> Response:
    """Say what readers see of a correction's difference."""
    try:
        _show_difference(story_id, revision)
        flash("Noted. Readers see it so in a second or two.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("desk.show", story_id=story_id), 303)


def _decide(type: TermType, slug: str) -> str:
    terms = term_editor()
    if "reject" in request.form:
        terms.reject(type, slug, token())
        return "Rejected. It is not proposed again."
    if "merge" in request.form:
        into = slug_field(request.form, "into")
        terms.merge(type, slug, into, token())
        return f"Merged into {into}. Its stories are tagged again in the background."
    terms.accept(type, slug, token())
    return "Accepted. It has a page, and its stories are tagged again in the background."


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
