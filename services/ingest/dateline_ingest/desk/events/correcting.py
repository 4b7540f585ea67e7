"""Correcting an event at the desk; a form that was overtaken is shown again with what the other changed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from dateline.domain.event import Event
from dateline.domain.series.series_times import is_series
from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.ports.ledger.items import Item
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.events.form.event_form import EventForm, event_fields
from dateline_ingest.desk.events.form.field_changes import field_changes, merged
from dateline_ingest.desk.events.form.form_page import Page, errors_of, form_page, is_only_shown, sent_form
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.events.series_edit import consequences, done, without_exceptions
from dateline_ingest.desk.forms.form_fields import revision_field
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.intake import Write, content_of
from dateline_ingest.series.record import series_on_record, with_exceptions

event_correcting = Blueprint("event_correcting", __name__, url_prefix="/events/<opaque:event_id>")


@event_correcting.get("/correct")
@needs("editor")
def show_correct(event_id: str) -> Page:
    """The form filled with the event; it carries the revision it was made from."""
    event = shown_event(item())
    return form_page(EventForm.of(event, parts().settings.timezone, parts().vocabulary.current()), item(), event)


@event_correcting.post("/correct")
@needs("editor")
def correct(event_id: str) -> Page:
    """Correct the event as the form says, of a series all its times: where some were edited, what becomes of them is
    said first."""
    form, before, revision = sent_form(), shown_event(item()), revision_field(request.form)
    try:
        return _answer(form, before, revision)
    except InvalidInput as refusal:
        return form_page(form, item(), before, errors=errors_of(form, refusal), revision=revision), 422
    except StaleRevision:
        return overtaken_page(form, revision), 412


def shown_event(whole: Item) -> Event:
    """What the form shows of an event: of a series not the left out times for which exceptions stand. Raises
    ``Conflict`` for one that is withdrawn."""
    event = content_of(Event, whole.newest.payload)
    if event is None:
        raise Conflict("This event is withdrawn, or its text was erased; it can't be changed.")
    return without_exceptions(with_exceptions(parts().ledger, whole, event)) if is_series(event) else event


def _answer(form: EventForm, before: Event, revision: int) -> Page:
    form.check_whole()
    if is_only_shown(form):
        return form_page(form, item(), before, revision=revision)
    if revision != item().newest_revision:
        return overtaken_page(form, revision), 412
    body, given = form.checked(parts().settings.timezone, parts().vocabulary.current(), before)
    write = Write(by=token(), sent=body, if_match=revision, rescheduled=form.is_move)
    if not is_series(before):
        receipt = parts().intake.submit(parts().intake.corrected_event(item(), given, write))
    elif "confirmed" not in form.values and series_on_record(parts().ledger, item()).exceptions:
        told = consequences(item(), "", "all", given, today_here())
        return form_page(form, item(), before, told=told, changes=changes_of(form, before), scope="all")
    else:
        lost = form.values.get("lost")
        receipt = done(item(), "", "all", given, write, "drop" if lost == "drop" else "keep")
    flash(received_words(receipt) if receipt.changed else "The event says that already.")
    return redirect(url_for("event_pages.show", event_id=item().id), 303)


def changes_of(form: EventForm, before: Event) -> object:
    """What the form changes of an event, field by field."""
    return field_changes(event_fields(before, parts().settings.timezone, parts().vocabulary.current()), form.values)


def overtaken_page(form: EventForm, revision: int) -> str:
    """The form with what was typed, what somebody else changed meanwhile beside it, to be sent again."""
    whole = parts().ledger.item("event", item().id, payloads="all")
    zone, terms = parts().settings.timezone, parts().vocabulary.current()
    events = {one.revision: content_of(Event, one.payload) for one in whole.revisions}
    newest = shown_event(whole)
    base = events.get(revision)
    if base is not None and is_series(base):
        base = without_exceptions(with_exceptions(parts().ledger, whole, base))
    fields = [event_fields(event, zone, terms) if event else {} for event in (base, newest)]
    typed = {name: value.replace("\r\n", "\n") for name, value in form.values.items()}
    merge = merged(fields[0], typed, fields[1])
    form.values.update(merge.values)
    return form_page(form, whole, newest, theirs=merge.disputed, taken=merge.taken, revision=whole.newest_revision)
