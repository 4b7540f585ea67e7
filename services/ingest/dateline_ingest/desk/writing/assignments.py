"""The desk's pages of what is given to colleagues: the list, giving something new or a draft, taking it away."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.schemas.draft import NewAssignmentSchema
from dateline.schemas.pointers import load
from dateline_ingest.assigning import assign
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.choices import writers_by_name
from dateline_ingest.desk.forms.form_fields import FormError, form_errors, key_field, query_fields, time_field
from dateline_ingest.desk.forms.typed_fields import TypedForm
from dateline_ingest.desk.template_filters import error_details

assignment_pages = Blueprint("assignment_pages", __name__)
Page = str | Response | tuple[str, int]

LABELS: Final = {
    "assigned-headline": "What about", "to": "Who writes it", "note": "Note", "until": "Until", "mail": "Tell by mail",
}  # fmt: skip
_NO_HEADLINE: Final = FieldError("/assigned-headline", "Say what it is about.")


class AssignmentForm(TypedForm):
    """The form by which something is given to a colleague."""

    def given(self) -> dict[str, Any]:
        """To whom it is given, with what note, until when. Raises ``InvalidInput``."""
        self.check_whole()
        said = {name: self.values.get(name, "").strip() for name in ("to", "note", "until")}
        body: dict[str, Any] = {name: text for name, text in said.items() if text}
        if "until" in body:
            body["until"] = time_field(body["until"], parts().settings.timezone)
        given: dict[str, Any] = load(NewAssignmentSchema(), clean({"to": "", **body, "mail": "mail" in self.values}))
        return given


@assignment_pages.get("/assignments")
@needs("editor")
def show() -> Page:
    """What was given to colleagues and isn't sent, and the form to give something."""
    return _page(AssignmentForm({"mail": "1"}))


@assignment_pages.post("/assignments")
@needs("editor")
def give_new() -> Page:
    """Give a colleague something to write: a draft with a headline, and a note."""
    form = AssignmentForm.typed(request.form)
    try:
        given = _begun(form)
    except InvalidInput as refusal:
        return _page(form, form_errors(refusal.errors, LABELS)), 422
    flash(f"Given to {given}. It is among their drafts.")
    return redirect(url_for("assignment_pages.show"), 303)


@assignment_pages.post("/drafts/<opaque:draft_id>/assign")
@needs("editor")
def give(draft_id: str) -> Page:
    """Give a draft to a colleague, or to another."""
    try:
        given = AssignmentForm.typed(request.form).given()
        draft = assign(draft_id, given["to"], given["note"], given["until"], mail=given["mail"])
        flash(f"Given to {draft.writer}. It is among their drafts.")
    except (InvalidInput, Conflict) as refusal:
        flash(error_details(refusal), "error")
    return redirect(url_for("assignment_pages.show"), 303)


@assignment_pages.post("/drafts/<opaque:draft_id>/unassign")
@needs("editor")
def take_away(draft_id: str) -> Page:
    """Take a draft from whom it was given to."""
    parts().ledger.unassign_draft(draft_id, token())
    flash("Nobody has it now but its owner.")
    return redirect(url_for("assignment_pages.show"), 303)


def _begun(form: AssignmentForm) -> str:
    """Make the draft, and give it: the name of who has it. A form that is sent twice makes one. ``InvalidInput``."""
    given, headline = form.given(), str(clean(form.values.get("assigned-headline", ""))).strip()[:300]
    if not headline:
        raise InvalidInput(_NO_HEADLINE.detail, (_NO_HEADLINE,))
    made = parts().ledger.create_draft(token(), {"headline": headline}, label=headline, key=key_field(request.form))
    return assign(made.id, given["to"], given["note"], given["until"], mail=given["mail"]).writer


def _page(form: AssignmentForm, errors: tuple[FormError, ...] = ()) -> str:
    found = parts().ledger.assigned_drafts(limit=50, cursor=query_fields(request.args).get("cursor"))
    return render_template(
        "desk/assignments.html", found=found.drafts, next=found.next, form=form, errors=errors,
        assignment_labels=LABELS, people=writers_by_name(), key=uuid4().hex,
    )  # fmt: skip
