"""The desk's pages of the plan: look at a day or a week, give things to people, say what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from babel.dates import format_date
from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.coverage import Coverage
from dateline.errors import Conflict, InvalidInput, NotAllowed, Permanent
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.events.when.rule_words import LOCALE
from dateline_ingest.desk.forms.form_fields import form_errors, query_fields, revision_field
from dateline_ingest.desk.planning.plan_form import FORM_WORDS, LABELS, STATE_WORDS, PlanForm
from dateline_ingest.desk.planning.plan_page import coverages_of_event, due_today, next_time_of, plan_page
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.planning.given_drafts import add_promise, with_draft
from dateline_ingest.planning.promises import changed_promise, new_promise

plan_pages = Blueprint("plan_pages", __name__, url_prefix="/plan")
plan_pages.add_app_template_global(coverages_of_event)
plan_pages.add_app_template_global(due_today)
plan_pages.add_app_template_global(next_time_of)
plan_pages.add_app_template_global(lambda: datetime.now(UTC), "now_here")
plan_pages.add_app_template_filter(lambda day: format_date(day, "EEE d MMM", locale=LOCALE), "clock_day")
plan_pages.app_context_processor(lambda: {"coverage_forms": FORM_WORDS, "coverage_states": STATE_WORDS})
Page = str | Response | tuple[str, int]
_DONE = {
    "drop": "Dropped.", "file": "Marked as filed.", "reopen": "Open again.",
    "give-back": "Given back. An editor sees it.",
}  # fmt: skip


@plan_pages.get("")
@needs("reporter", "editor")
def show() -> Page:
    """A day of the plan, or a week; a reporter's is what they promised."""
    return plan_page()


@plan_pages.post("/coverages")
@needs("editor")
def add() -> Page:
    """Plan who covers an event, or something that isn't in the calendar."""
    form = PlanForm.typed(request.form)
    try:
        made = _added(form)
    except (InvalidInput, Conflict) as refusal:
        return _refused(form, refusal)
    flash(f"{made.assignee} covers it: {made.title}." if made.assignee else f"Planned: {made.title}.")
    return _back(made)


@plan_pages.post("/coverages/<opaque:coverage_id>")
@needs("editor")
def change(coverage_id: str) -> Page:
    """Change who covers it, in what form, until when."""
    form = PlanForm.typed({**request.form.to_dict(), "coverage": coverage_id})
    try:
        changed = _changed(coverage_id, form)
    except Permanent as refusal:
        return _refused(form, refusal)
    flash(f"Changed: {changed.title}.")
    return _back(changed)


@plan_pages.post("/coverages/<opaque:coverage_id>/<any('drop', 'file', 'reopen', 'give-back'):deed>")
@needs("reporter", "editor")
def say(coverage_id: str, deed: str) -> Page:
    """Drop it, say that it is filed, open it again, or give it back."""
    form = PlanForm.typed({**request.form.to_dict(), "coverage": coverage_id})
    try:
        changed = _said(coverage_id, form, deed)
    except Permanent as refusal:
        return _refused(form, refusal)
    flash(_DONE[deed])
    return _back(changed)


@plan_pages.post("/coverages/<opaque:coverage_id>/remove")
@needs("editor")
def remove(coverage_id: str) -> Page:
    """Take it out of the plan."""
    parts().ledger.remove_coverage(coverage_id, token(), if_match=revision_field(request.form))
    flash("Taken out of the plan.")
    return _back(None)


def _added(form: PlanForm) -> Coverage:
    here, zone = parts(), parts().settings.timezone
    given = form.new(zone)
    details = new_promise(given, here.ledger, zone, datetime.now(zone).date())
    return add_promise(details, give_draft=given["give_draft"])


def _changed(coverage_id: str, form: PlanForm) -> Coverage:
    here, zone = parts(), parts().settings.timezone
    before = here.ledger.coverage(coverage_id)
    details = changed_promise(before, form.changes(zone), here.ledger, zone, token())
    changed = here.ledger.change_coverage(coverage_id, details, token(), if_match=revision_field(form.values))
    given = "give_draft" in form.values and changed.assignee and not changed.draft_id
    return with_draft(changed) if given else changed


def _said(coverage_id: str, form: PlanForm, deed: str) -> Coverage:
    here = parts()
    before = here.ledger.coverage(coverage_id)
    if token().role != "editor" and not before.belongs_to(token().id):
        raise NotAllowed("This is another reporter's.")
    details = changed_promise(before, form.deed(deed), here.ledger, here.settings.timezone, token())
    return here.ledger.change_coverage(coverage_id, details, token(), if_match=revision_field(form.values))


def _refused(form: PlanForm, refusal: Permanent) -> Page:
    """The page again, with what was typed where it was typed. Raises what is no fault of the form."""
    if isinstance(refusal, InvalidInput) and refusal.errors:
        return plan_page(form, form_errors(refusal.errors, LABELS)), 422
    if isinstance(refusal, NotAllowed):
        raise refusal
    flash(error_details(refusal), "error")
    return _back(None)


def _back(made: Coverage | None) -> Response:
    """Where the form stood, at the coverage."""
    sent = query_fields(request.form)
    day = sent.get("shown") or (made.day.isoformat() if made else None)
    shown: dict[str, Any] = {"week" if sent.get("span") == "week" else "day": day}
    return redirect(url_for("plan_pages.show", **shown, _anchor=f"c-{made.id}" if made else None), 303)
