"""Cancelling, postponing, moving and withdrawing an event at the desk, each with what readers are told; bringing one
back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from dateline.domain.event import Event
from dateline.errors import Conflict, FieldError, InvalidInput, StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.pointers import load
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.events.change_kinds import KINDS, possible_changes
from dateline_ingest.desk.events.event_page import when_in_words
from dateline_ingest.desk.events.form.event_form import EventForm
from dateline_ingest.desk.events.form.form_page import ALL_LABELS, Page, errors_of
from dateline_ingest.desk.events.series_writing import changed_whole
from dateline_ingest.desk.events.when.when_form import read_when, when_fields
from dateline_ingest.desk.forms.form_fields import FormError, note_field, revision_field
from dateline_ingest.desk.receipts import readers_words
from dateline_ingest.intake import Write, content_of
from dateline_ingest.series.withdrawing import SeriesWithdrawals

event_changes = Blueprint("event_changes", __name__, url_prefix="/events/<opaque:event_id>")
_PATH = f"/change/<any({','.join(KINDS)}):change>"
_STATUS = {"cancel": "cancelled", "postpone": "postponed", "move": "confirmed", "resume": "confirmed"}
_NO_REASON = "Say why: readers see it."


@event_changes.get(_PATH)
@needs("editor")
def show_change(event_id: str, change: str) -> Page:
    """What the change will do, and what readers are told."""
    event = _standing(item())
    values = when_fields(event, parts().settings.timezone) if change == "move" else {}
    return _page(change, event, EventForm(values | {"reason": ""}))


@event_changes.post(_PATH)
@needs("editor")
def do_change(event_id: str, change: str) -> Page:
    """Change the event; what is missing is said."""
    form, event = EventForm.typed(request.form), _standing(item())
    try:
        receipt = _changed(change, event, form)
    except InvalidInput as refusal:
        return _page(change, event, form, errors_of(form, refusal)), 422
    except StaleRevision:
        return _page(change, event, form, overtaken=True), 412
    flash(f"{_DONE[change]}{readers_words(receipt)}")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


@event_changes.post("/restore")
@needs("editor")
def restore(event_id: str) -> Page:
    """Bring a withdrawn event back as it was."""
    whole = parts().ledger.item("event", event_id, payloads="all")
    write = Write(by=token(), if_match=revision_field(request.form))
    withdrawals = SeriesWithdrawals(parts().ledger, parts().wakeup)
    receipt = withdrawals.restore(whole, write, note_field(request.form))
    flash(f"The event is back{readers_words(receipt)}")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


_DONE = {
    "cancel": "Cancelled", "postpone": "Postponed", "move": "Moved", "resume": "It takes place",
    "withdraw": "Withdrawn",
}  # fmt: skip


def _standing(whole: Item) -> Event:
    event = content_of(Event, whole.newest.payload)
    if event is None:
        raise Conflict("This event is withdrawn, or its text was erased.")
    return event


def _changed(change: str, event: Event, form: EventForm) -> Receipt:
    form.check_whole()
    reason = drop_control_characters(form.values.get("reason", "")).strip()
    seen = item().published_revision is not None
    if not reason and seen and change != "resume":
        raise InvalidInput(_NO_REASON, (FieldError("/reason", _NO_REASON),))
    write = Write(by=token(), if_match=revision_field(request.form))
    if change == "withdraw":
        return SeriesWithdrawals(parts().ledger, parts().wakeup).withdraw(item(), write, reason[:2_000])
    body = event_json(event) | {"status": _STATUS[change], "reason": reason}
    body.pop("note", None)
    if change == "move":
        body, write = _moved(body, event, form), replace(write, rescheduled=True)
    return changed_whole(item(), load(EventSchema(), body), write)


def _moved(body: dict[str, Any], event: Event, form: EventForm) -> dict[str, Any]:
    """The body at its new time. Raises ``InvalidInput`` where that is the old one."""
    when = read_when(form.values, parts().settings.timezone, event)
    if (when.start, when.end) == (event.start, event.end):
        raise InvalidInput("It is at that time already.", (FieldError("/start_date", "It is at that time already."),))
    without = {name: value for name, value in body.items() if name not in ("start", "end", "timezone")}
    return without | {name: value for name, value in when.body.items() if name in ("start", "end", "timezone")}


def _page(
    change: str, event: Event, form: EventForm, errors: tuple[FormError, ...] = (), *, overtaken: bool = False
) -> str:
    if change not in possible_changes(event) and not overtaken:
        raise Conflict("That was done already: look at the event again.")
    zones = list(dict.fromkeys(filter(None, (event.timezone, parts().settings.timezone.key))))
    return render_template(
        "desk/events/change.html", item=item(), event=event, change=change, kind=KINDS[change], form=form,
        when=when_in_words(event), errors=errors, overtaken=overtaken, labels=ALL_LABELS, zones=zones,
        zone_default=parts().settings.timezone.key, most=2_000 if change == "withdraw" else 500,
    )  # fmt: skip
