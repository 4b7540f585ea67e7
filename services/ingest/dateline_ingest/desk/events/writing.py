"""Announcing an event at the desk: the form, empty or after another event, its next times, and what it offers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final
from uuid import uuid4

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for

from dateline.domain.event import Event
from dateline.errors import InvalidInput, NotFound
from dateline.formats.strict_json import digest
from dateline.ports.ledger.submissions import Idempotency
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.events.event_page import last_text
from dateline_ingest.desk.events.form.event_form import EventForm
from dateline_ingest.desk.events.form.form_page import (
    Page,
    errors_of,
    form_page,
    is_only_shown,
    sent_form,
    shown_times,
)
from dateline_ingest.desk.events.form.places import places_called
from dateline_ingest.desk.events.series_writing import announced
from dateline_ingest.desk.events.when.zones import zones_matching
from dateline_ingest.desk.forms.form_fields import key_field, query_fields
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.event_register import used, used_places
from dateline_ingest.intake import Write, content_of

event_writing = Blueprint("event_writing", __name__, url_prefix="/events")

_MOST: Final = 20
_LEAST: Final = 2
"""Letters of a tag: one stands in most names, and all of them would be gone through and sorted."""


@event_writing.get("/new")
@needs("editor")
def new() -> Page:
    """The form of a new event; ``like`` names one that it is filled with."""
    like = query_fields(request.args).get("like", "")
    return form_page(_duplicate(like) if like else EventForm())


@event_writing.post("")
@needs("editor")
def submit() -> Page:
    """Announce what the form says; show it again where something is wrong, or where that is asked for."""
    form = sent_form()
    try:
        if is_only_shown(form):
            form.check_whole()
            return form_page(form)
        return _submitted(form)
    except InvalidInput as refusal:
        return form_page(form, errors=errors_of(form, refusal)), 422


@event_writing.post("/times")
@event_writing.post("/<opaque:event_id>/times")
@needs("editor")
def times(event_id: str = "") -> str | Response:
    """The next times of what stands in the form, as a part of a page or as JSON; nothing is stored."""
    before = content_of(Event, item().newest.payload) if event_id else None
    shown = shown_times(EventForm.typed(request.form), before)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(asdict(shown))
    return render_template("desk/events/times.html", shown=shown)


@event_writing.get("/places")
@needs("editor")
def places() -> Response:
    """What the name of a place may become, with address and coordinates; JSON."""
    typed = query_fields(request.args).get("q", "")
    known = used_places(parts().event_register.lines())
    return jsonify({"items": places_called(typed, known, parts().vocabulary.current())})


@event_writing.get("/completions")
@needs("editor")
def complete() -> Response:
    """What ``q`` may become in ``field``: a zone, an organiser, a category or a tag; JSON."""
    query = query_fields(request.args)
    return jsonify({"items": _completions(query.get("field", ""), query.get("q", "").strip()[:100])})


def _completions(field: str, typed: str) -> list[str]:
    if field == "timezone":
        return zones_matching(typed)
    if field == "tags":
        if len(typed) < _LEAST:
            return []
        return [
            term.label for term in parts().vocabulary.current().search(typed, None, _MOST) if term.type != "section"
        ]
    lines = parts().event_register.lines()
    values = {
        "organizer": lambda line: (line.event.organizer,), "categories": lambda line: line.event.categories,
    }.get(field)  # fmt: skip
    found = used(lines, values) if values else []
    return [value for value in found if f" {typed.casefold()}" in f" {value.casefold()}"][:_MOST]


def _duplicate(item_id: str) -> EventForm:
    """The form filled with another event, but for what is that one's own."""
    event = last_text(parts().ledger.item("event", item_id))
    if event is None:
        raise NotFound("The text of this event was erased.")
    form = EventForm.of(event, parts().settings.timezone, parts().vocabulary.current())
    form.values |= {"reason": "", "status": "confirmed", "rescheduled": ""}
    return form


def _submitted(form: EventForm) -> Page:
    service = parts()
    zone, terms = service.settings.timezone, service.vocabulary.current()
    body, given = form.checked(zone, terms, external_id=_uid(form.values["key"]))
    key = key_field(request.form)
    once = Idempotency(key=key, digest=digest(["desk", body])) if key else None
    write = Write(by=token(), sent=body, idempotency=once)
    receipt = announced(given, form.when(zone), write)
    flash(received_words(receipt))
    return redirect(url_for("event_pages.show", event_id=receipt.id), 303)


def _uid(key: str) -> str:
    """The UID of a new event, by the form's key: a form that is sent twice makes one."""
    host = (parts().settings.web_url or "http://dateline").partition("://")[2].partition("/")[0].partition(":")[0]
    return f"{key if key.isalnum() and len(key) <= 64 else uuid4().hex}@{host or 'dateline'}"
