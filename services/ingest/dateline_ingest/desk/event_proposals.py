"""Events that stories announce, for editors: accept as they are or changed, take for one on record, reject."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE
from werkzeug.wrappers import Response

from dateline.domain.event import Event
from dateline.errors import Conflict, FieldError, InvalidInput, Permanent
from dateline.schemas.pointers import load
from dateline_ingest.api.event_proposals import EventProposalsQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.events.event_page import when_in_words
from dateline_ingest.desk.events.form.event_form import EventForm
from dateline_ingest.desk.events.form.form_page import errors_of, form_page, is_only_shown, sent_form
from dateline_ingest.desk.events.when.next_times import recurrence_in_words
from dateline_ingest.desk.forms.form_fields import FormError, query_fields
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import Write
from dateline_ingest.proposed_events.accepting import accept, accept_as
from dateline_ingest.proposed_events.known_events import possible_same

event_proposal_pages = Blueprint("event_proposal_pages", __name__, url_prefix="/event-proposals")

MOST_AT_ONCE: Final = 100
HOW: Final = {
    "day": "one day", "range": "a range of days", "until": "a day, and until when", "every": "days that recur",
    "weekday": "a weekday after the story's day", "near": "a day counted from the story's",
}  # fmt: skip
Page = str | Response | tuple[str, int]


@event_proposal_pages.get("")
@needs("editor")
def show() -> Page:
    """The proposed events, newest first; without a choice those that nobody decided on and that aren't over."""
    return _page()


@event_proposal_pages.post("")
@needs("editor")
def decide_several() -> Page:
    """Accept or reject those that are chosen, as they are."""
    chosen = request.form.getlist("proposal")[:MOST_AT_ONCE]
    accepting = "accept" in request.form
    failed = [detail for proposal_id in chosen if (detail := _decided(proposal_id, accepting=accepting))]
    done = len(chosen) - len(failed)
    if done:
        flash(f"{done} {'accepted' if accepting else 'rejected'}.")
    if not chosen:
        flash("None was chosen.", "error")
    for detail in failed:
        flash(detail, "error")
    return redirect(url_for("event_proposal_pages.show"), 303)


@event_proposal_pages.post("/<opaque:proposal_id>")
@needs("editor")
def decide(proposal_id: str) -> Page:
    """Accept one as it is, take it for one on record, or reject it."""
    try:
        flash(_decide(proposal_id))
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("event_proposal_pages.show"), 303)


@event_proposal_pages.get("/<opaque:proposal_id>/form")
@needs("editor")
def show_form(proposal_id: str) -> Page:
    """The form of an event, filled as a proposal has it."""
    here = parts()
    proposal = here.ledger.event_proposal(proposal_id)
    return _form_page(
        proposal_id, EventForm.of(proposal.event, here.settings.timezone, here.vocabulary.current())
    )  # fmt: skip


@event_proposal_pages.post("/<opaque:proposal_id>/form")
@needs("editor")
def accept_form(proposal_id: str) -> Page:
    """Accept one as the form says; show it again where something is wrong, or where that is asked for."""
    form = sent_form()
    try:
        if is_only_shown(form):
            form.check_whole()
            return _form_page(proposal_id, form)
        return _accepted(proposal_id, form)
    except InvalidInput as refusal:
        return _form_page(proposal_id, form, errors_of(form, refusal)), 422
    except Conflict as decided:
        flash(str(decided), "error")
        return redirect(url_for("event_proposal_pages.show"), 303)


def _form_page(proposal_id: str, form: EventForm, errors: tuple[FormError, ...] = ()) -> str:
    return form_page(form, errors=errors, action=url_for("event_proposal_pages.accept_form", proposal_id=proposal_id))


def _accepted(proposal_id: str, form: EventForm) -> Page:
    here = parts()
    zone, proposal = here.settings.timezone, here.ledger.event_proposal(proposal_id)
    if form.when(zone).cancelled:
        detail = "Accept the event first; then its page calls off single times."
        raise InvalidInput(detail, (FieldError("/cancelled_on", detail),))
    _, given = form.checked(zone, here.vocabulary.current(), proposal.event)
    receipt = accept_as(proposal_id, given, Write(by=token()))
    flash("Accepted as you changed it. It is in the calendar, and linked with its story.")
    return redirect(url_for("event_pages.show", event_id=receipt.id), 303)


def _page() -> str:
    here = parts()
    zone = here.settings.timezone
    query = load(EventProposalsQuery(), query_fields(request.args), unknown=EXCLUDE)
    page = here.ledger.event_proposals(
        state=query["state"], today=datetime.now(zone).date(), limit=query["limit"], cursor=query.get("cursor")
    )
    same = {one.id: possible_same(one, here.ledger, zone) for one in page.items if one.state == "open"}
    return render_template(
        "desk/event_proposals.html", page=page, state=query["state"], same=same, how=HOW,
        when=_when,
    )  # fmt: skip


def _when(event: Event) -> str:
    """Its first time, and how it recurs."""
    recurs = recurrence_in_words(event, parts().settings.timezone)
    return f"{when_in_words(event)}; {recurs[:1].lower()}{recurs[1:]}" if recurs else when_in_words(event)


def _decided(proposal_id: str, *, accepting: bool) -> str:
    """Decide on one of several; returns what went wrong."""
    try:
        if accepting:
            accept(proposal_id, {}, Write(by=token()))
        else:
            parts().ledger.reject_event_proposal(proposal_id, token())
    except Permanent as error:
        return error_details(error)
    return ""


def _decide(proposal_id: str) -> str:
    write = Write(by=token())
    if "reject" in request.form:
        parts().ledger.reject_event_proposal(proposal_id, token())
        return "Rejected. Its story does not propose it again."
    if event_id := request.form.get("same", ""):
        accept(proposal_id, {"event": event_id}, write)
        return "Linked. Readers see the event with the story, and the story with the event."
    accept(proposal_id, {}, write)
    return "Accepted. It is in the calendar, and linked with its story."
