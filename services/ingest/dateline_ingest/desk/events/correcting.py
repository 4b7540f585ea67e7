"""Correcting an event at the desk; a form that was overtaken is shown again with what the other changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for

from dateline.domain.event import Event
from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.ports.ledger.items import Item
from dateline.schemas.event import EventSchema
from dateline.schemas.pointers import load
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.events.form.event_form import EventForm, event_fields
from dateline_ingest.desk.events.form.form_page import (
    ALL_LABELS,
    Page,
    errors_of,
    form_page,
    is_only_shown,
    sent_form,
)
from dateline_ingest.desk.events.series_writing import changed_whole
from dateline_ingest.desk.forms.form_fields import revision_field
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.intake import Write, content_of

event_correcting = Blueprint("event_correcting", __name__, url_prefix="/events/<opaque:event_id>")


@event_correcting.get("/correct")
@needs("editor")
def show_correct(event_id: str) -> Page:
    """The form filled with the event; it carries the revision it was made from."""
    event = _standing(item())
    return form_page(EventForm.of(event, parts().settings.timezone, parts().vocabulary.current()), item(), event)


@event_correcting.post("/correct")
@needs("editor")
def correct(event_id: str) -> Page:
    """Correct the event as the form says; of a series all its times."""
    form, before = sent_form(), _standing(item())
    try:
        return _answer(form, before, revision_field(request.form))
    except InvalidInput as refusal:
        return form_page(form, item(), before, errors=errors_of(form, refusal), revision=_revision()), 422
    except StaleRevision:
        return overtaken_page(form, _revision()), 412


def _revision() -> int:
    return revision_field(request.form)


def _answer(form: EventForm, before: Event, revision: int) -> Page:
    if is_only_shown(form):
        form.check_whole()
        return form_page(form, item(), before, revision=revision)
    if revision != item().newest_revision:
        return overtaken_page(form, revision), 412
    body = form.body(parts().settings.timezone, parts().vocabulary.current(), before)
    receipt = changed_whole(item(), load(EventSchema(), body), Write(by=token(), sent=body, if_match=revision))
    flash(received_words(receipt) if receipt.changed else "The event says that already.")
    return redirect(url_for("event_pages.show", event_id=receipt.id), 303)


def _standing(whole: Item) -> Event:
    event = content_of(Event, whole.newest.payload)
    if event is None:
        raise Conflict("This event is withdrawn, or its text was erased; it can't be changed.")
    return event


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMerge:
    """Two changes of one form: ``values`` with both, the labels of what is ``taken`` from the other, and what both
    changed, by the label, as the other has it."""

    values: dict[str, str]
    taken: list[str]
    disputed: list[tuple[str, str]]


def merged(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> FieldMerge:
    """What both made of ``base``: what only they changed is taken, what both changed stays mine."""
    merge = FieldMerge(values=dict(mine), taken=[], disputed=[])
    for name in sorted(set(base) | set(theirs)):
        was, now, typed = (one.get(name, "") for one in (base, theirs, mine))
        if now in (was, typed):
            continue
        label = ALL_LABELS.get(name, name.replace("_", " "))
        if typed == was:
            merge.values[name] = now
            merge.taken.append(label)
        else:
            merge.disputed.append((label, now))
    return merge


def overtaken_page(form: EventForm, revision: int) -> str:
    """The form with what was typed, what somebody else changed meanwhile beside it, to be sent again."""
    whole = parts().ledger.item("event", item().id, payloads="all")
    zone, terms = parts().settings.timezone, parts().vocabulary.current()
    events = {one.revision: content_of(Event, one.payload) for one in whole.revisions}
    base, newest = events.get(revision), _standing(whole)
    fields = [event_fields(event, zone, terms) if event else {} for event in (base, newest)]
    typed = {name: value.replace("\r\n", "\n") for name, value in form.values.items()}
    merge = merged(fields[0], typed, fields[1])
    form.values.update(merge.values)
    return form_page(form, whole, newest, theirs=merge.disputed, taken=merge.taken, revision=whole.newest_revision)
