"""Events that stories announce, for editors: accept as they are or changed, take for one on record, reject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE
from werkzeug.wrappers import Response

from dateline.domain.event import Event
from dateline.errors import FieldError, InvalidInput, Permanent
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.event_proposals import EventProposal
from dateline.schemas.pointers import load
from dateline_ingest.api.event_proposals import EventProposalsQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.events.event_page import when_in_words
from dateline_ingest.desk.events.when.next_times import recurrence_in_words
from dateline_ingest.desk.forms.form_fields import FormError, form_errors, query_fields
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import Write
from dateline_ingest.proposed_events.accepting import accept
from dateline_ingest.proposed_events.known_events import possible_same

event_proposal_pages = Blueprint("event_proposal_pages", __name__, url_prefix="/event-proposals")

LABELS: Final = {
    "title": "Title", "start": "Begins on", "start_time": "at", "end": "Ends on", "end_time": "at", "place": "Place",
    "rrule": "Recurs",
}  # fmt: skip
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
    flash(f"{done} {'accepted' if accepting else 'rejected'}." if chosen else "None was chosen.")
    for detail in failed:
        flash(detail)
    return redirect(url_for("event_proposal_pages.show"), 303)


@event_proposal_pages.post("/<opaque:proposal_id>")
@needs("editor")
def decide(proposal_id: str) -> Page:
    """Accept one as it is or as the form says, take it for one on record, or reject it."""
    try:
        flash(_decide(proposal_id))
    except InvalidInput as error:
        return _page(proposal_id, form_errors(error.errors or (FieldError("", str(error)),), LABELS)), 422
    except Permanent as error:
        flash(error_details(error))
    return redirect(url_for("event_proposal_pages.show"), 303)


def _page(wrong: str = "", errors: tuple[FormError, ...] = ()) -> str:
    here = parts()
    zone = here.settings.timezone
    query = load(EventProposalsQuery(), query_fields(request.args), unknown=EXCLUDE)
    page = here.ledger.event_proposals(
        state=query["state"], today=datetime.now(zone).date(), limit=query["limit"], cursor=query.get("cursor")
    )
    same = {one.id: possible_same(one, here.ledger, zone) for one in page.items if one.state == "open"}
    typed = {one.id: request.form if one.id == wrong else form_of(one.event, zone) for one in page.items}
    return render_template(
        "desk/event_proposals.html", page=page, state=query["state"], same=same, typed=typed, wrong=wrong,
        errors=errors, how=HOW, when=_when, field_labels=LABELS,
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
    if "changed" not in request.form:
        accept(proposal_id, {}, write)
        return "Accepted. It is in the calendar, and linked with its story."
    proposal = parts().ledger.event_proposal(proposal_id)
    accept(proposal_id, changes_of(request.form, proposal, parts().settings.timezone), write)
    return "Accepted as you changed it. It is in the calendar, and linked with its story."


def form_of(event: Event, zone: ZoneInfo) -> dict[str, str]:
    """The fields of the form that an event fills."""
    return {
        "title": event.title, **_moment_fields("start", event.start, zone), **_moment_fields("end", event.end, zone),
        "place": event.location.name if event.location else "", "rrule": event.rrule,
    }  # fmt: skip


def _moment_fields(name: str, moment: date | datetime | None, zone: ZoneInfo) -> dict[str, str]:
    if moment is None:
        return {name: "", f"{name}_time": ""}
    if isinstance(moment, datetime):
        here = moment.astimezone(zone)
        return {name: here.date().isoformat(), f"{name}_time": f"{here:%H:%M}"}
    return {name: moment.isoformat(), f"{name}_time": ""}


def changes_of(form: Mapping[str, str], proposal: EventProposal, zone: ZoneInfo) -> dict[str, Any]:
    """The event's fields as the form has them, in the API's shape. Raises ``InvalidInput`` for what is no day."""
    said = {name: drop_control_characters(form.get(name, "")).strip() for name in LABELS}
    start = _moment(said, "start", "", zone)
    place = proposal.event.location
    same_place = place is not None and place.name == said["place"]
    return {
        "title": said["title"],
        "start": start,
        "end": _moment(said, "end", said["start"] if said["end_time"] else "", zone),
        "timezone": zone.key if "T" in (start or "") else None,
        "rrule": said["rrule"] or None,
        **({} if same_place else {"location": {"name": said["place"]} if said["place"] else None}),
    }


def _moment(said: Mapping[str, str], name: str, otherwise: str, zone: ZoneInfo) -> str | None:
    day, clock = said[name] or otherwise, said[f"{name}_time"]
    if not day:
        return None
    try:
        at = date.fromisoformat(day)
        return datetime.combine(at, time.fromisoformat(clock), zone).isoformat() if clock else at.isoformat()
    except ValueError:
        detail = "Must be a day, as 2026-07-03, and a time, as 19:00, or none."
        raise InvalidInput(detail, (FieldError(f"/{name}", detail),)) from None
