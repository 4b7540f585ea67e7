"""One time of a series at the desk: changed alone, with all that follow, or with all; called off, or taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.moments import clock_of
from dateline.errors import FieldError, InvalidInput, StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.schemas.event import REASON
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.events.correcting import changes_of
from dateline_ingest.desk.events.event_page import event_page
from dateline_ingest.desk.events.form.event_form import EventForm
from dateline_ingest.desk.events.form.form_page import Page, errors_of, form_page, is_only_shown, sent_form
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.events.series_edit import SCOPES, Scope, at_time, consequences, done
from dateline_ingest.desk.events.when.next_times import occurrence_in_words
from dateline_ingest.desk.forms.form_fields import note_field, revision_field
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.intake import Write
from dateline_ingest.series.edits import SeriesEdits
from dateline_ingest.series.record import series_on_record

event_times = Blueprint("event_times", __name__, url_prefix="/events/<opaque:event_id>/times/<name>")


@event_times.get("")
@needs("editor")
def show(event_id: str, name: str) -> Page:
    """The form filled with the series as it is at that time."""
    event, _ = at_time(series_on_record(parts().ledger, item()), name)
    form = EventForm.of(event, parts().settings.timezone, parts().vocabulary.current())
    form.values["scope"] = "this"
    return _page(form, name, event)


@event_times.post("")
@needs("editor")
def change(event_id: str, name: str) -> Page:
    """Say what the form changes, of the times that are meant; with ``confirmed`` do it."""
    form = sent_form()
    event, _ = at_time(series_on_record(parts().ledger, item()), name)
    try:
        return _answer(form, name, event)
    except InvalidInput as refusal:
        return _page(form, name, event, errors=errors_of(form, refusal)), 422
    except StaleRevision:
        return _page(form, name, event, stale=True, revision=item().newest_revision), 412


@event_times.post("/cancel")
@needs("editor")
def cancel(event_id: str, name: str) -> Page:
    """Call one time off: readers see it struck, with what they are told."""
    reason = drop_control_characters(request.form.get("reason", "")).strip()[:REASON]
    if not reason:
        return event_page(item(), error="Say why it is cancelled: readers see it."), 422
    receipt = _edits().edit_time(item(), name, {"status": "cancelled", "reason": reason}, _write())
    flash(f"That time is cancelled. {received_words(receipt.series)}")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


@event_times.post("/remove")
@needs("editor")
def remove(event_id: str, name: str) -> Page:
    """Take one time out of the series: readers don't see it any more."""
    receipt = _edits().take_out(item(), name, _write(), note_field(request.form))
    flash(f"That time is taken out. {received_words(receipt.series)}")
    return redirect(url_for("event_pages.show", event_id=event_id), 303)


def _edits() -> SeriesEdits:
    return SeriesEdits(parts().ledger, parts().intake, parts().wakeup, parts().settings.timezone)


def _write(sent: Any = None) -> Write:
    return Write(by=token(), sent=sent, if_match=revision_field(request.form))


def _answer(form: EventForm, name: str, event: Event) -> Page:
    form.check_whole()
    if is_only_shown(form):
        return _page(form, name, event)
    scope = _scope(form.values)
    body, given = form.checked(parts().settings.timezone, parts().vocabulary.current(), event)
    if revision_field(request.form) != item().newest_revision:
        raise StaleRevision("The series was changed meanwhile.")
    if "confirmed" not in form.values:
        told = consequences(item(), name, scope, given, today_here())
        return _page(form, name, event, told=told, changes=changes_of(form, event), scope=scope)
    lost = form.values.get("lost")
    write = replace(_write(body), rescheduled=form.is_move)
    receipt = done(item(), name, scope, given, write, "drop" if lost == "drop" else "keep")
    flash(received_words(receipt) if receipt.changed else "The series says that already.")
    return redirect(url_for("event_pages.show", event_id=receipt.id), 303)


def _page(form: EventForm, name: str, event: Event, **more: Any) -> str:
    clock = clock_of(event, parts().settings.timezone)
    return form_page(
        form, item(), event, action=url_for("event_times.change", event_id=item().id, name=name), scopes=SCOPES,
        time_words=occurrence_in_words(Occurrence(start=event.start, end=event.end), clock), name=name, **more,
    )  # fmt: skip


def _scope(values: Mapping[str, str]) -> Scope:
    chosen = next((scope for scope in SCOPES if scope == values.get("scope")), None)
    if chosen is None:
        raise InvalidInput("Say which times are meant.", (FieldError("/scope", "Say which times are meant."),))
    return chosen
