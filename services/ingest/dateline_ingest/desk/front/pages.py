"""The editor's page of the front: what leads, what stands in the second row, what is hidden, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from dateline.domain.front import HOME, Placement
from dateline.errors import InvalidInput, Permanent, StaleRevision
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors, query_fields, revision_field
from dateline_ingest.desk.framing import framing_policy
from dateline_ingest.desk.front.on_record import restorable
from dateline_ingest.desk.front.page import front_page
from dateline_ingest.desk.front.placement_form import LABELS, PRESETS, FrontForm, form_pointers
from dateline_ingest.desk.front.steps import Step, stepped
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.fronts.placement_editor import front_editor
from dateline_ingest.intake import Write

front_pages = Blueprint("front_pages", __name__, url_prefix="/front")
Page = Response | tuple[Response, int]


@front_pages.get("")
@needs("editor")
def show() -> Page:
    """The front as it is, or that of the section which the address names."""
    here = front_editor().placement(_page_name())
    return _page(FrontForm.of(here.placement, parts().settings.timezone), here.revision)


@front_pages.post("")
@needs("editor")
def change() -> Page:
    """One step on what isn't saved yet; ``save`` puts it on the site."""
    form, doing = FrontForm.sent(_page_name(), request.form), request.form.get("do", "")
    if doing == "save":
        return _save(form, revision_field(request.form))
    return _page(_changed(form, doing), revision_field(request.form))


@front_pages.post("/revisions/<int:revision>/restore")
@needs("editor")
def restore(revision: int) -> Response:
    """Make the front once more what it was at a revision."""
    try:
        _put(restorable(_page_name(), revision, datetime.now(UTC)), revision_field(request.form))
        flash(f"The front is again as it was at revision {revision}.")
    except Permanent as refusal:
        flash(f"Not changed. {error_details(refusal)}", "error")
    return _to_the_front()


def _page_name() -> str:
    """Which front the address means. Aborts with 404 where there is no such section."""
    slug = query_fields(request.args).get("section", "")
    if slug and not parts().vocabulary.current().find("section", slug):
        raise NotFound
    return slug or HOME


def _changed(form: FrontForm, doing: str) -> FrontForm:
    """The form after what a button says; as it was typed where that says nothing."""
    if step := Step.of(doing):
        return form.placing(stepped(form.placed, step, form.row))
    match doing.split():
        case ["end", "until" | "breaking_until" as field, preset] if preset in PRESETS:
            return form.with_end(field, preset, parts().settings.timezone, datetime.now(UTC))
    return form


def _save(form: FrontForm, revision: int) -> Page:
    try:
        _put(form.placement(parts().settings.timezone), revision)
    except InvalidInput as refusal:
        errors = form_errors(form_pointers(refusal.errors), LABELS)
        return _page(form, revision, errors or (FormError("until", "", str(refusal)),)), 422
    except StaleRevision:
        return _page(form, revision, stale=True), 412
    flash("Saved. Readers see it in a second or two.")
    return _to_the_front()


def _put(placement: Placement, revision: int) -> None:
    front_editor().put(placement.page, placement, Write(by=token(), if_match=revision))


def _page(form: FrontForm, revision: int, errors: Sequence[FormError] = (), *, stale: bool = False) -> Response:
    page = front_page(form, revision, errors, stale=stale)
    response = make_response(render_template(
        "desk/front/front.html", page=page, HOME=HOME, front_labels=LABELS, front_presets=PRESETS,
    ))  # fmt: skip
    response.headers["Content-Security-Policy"] = framing_policy(page.preview.origin)
    return response


def _to_the_front() -> Response:
    return redirect(url_for("front_pages.show", section=query_fields(request.args).get("section")), 303)
