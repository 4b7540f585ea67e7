"""``/v1/events``: the same life for events."""

from __future__ import annotations

from typing import Any

from flask import Request, Response

from dateline.domain.event import Event
from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import StrictParser
from dateline.schemas.base import ReceiptSchema, SummariesSchema
from dateline.schemas.event import EventItemSchema, EventSchema, event_json
from dateline.schemas.occurrence import SeriesReceiptSchema
from dateline_ingest.api.occurrences import ScopeQuery, from_time, scoped_write, series_edits, series_response
from dateline_ingest.api.parameters import (
    ALWAYS,
    CHANGE,
    JSON,
    NEW,
    NOTE_BODY,
    RECEIPT_HEADERS,
    ListQuery,
    NoteQuery,
    change_write,
    new_write,
    position,
    withdrawal_note,
)
from dateline_ingest.api.responses import item_response, page_response, receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts
from dateline_ingest.intake import content_of
from dateline_ingest.series.withdrawing import SeriesWithdrawals
from dateline_ingest.shown_images import check_alt_of_addresses


class EventParser(StrictParser):
    """Reads events; each picture says what it shows."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """The event's fields."""
        body = super().load_json(req, schema)
        check_alt_of_addresses(body)
        return body


class EventBlueprint(JsonBlueprint):
    """Routes that take events."""

    ARGUMENTS_PARSER = EventParser()


events = EventBlueprint("events", __name__, url_prefix="/v1/events", always=ALWAYS, description="What editors announce")


@events.post("")
@events.arguments(EventSchema)
@events.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@events.problems(409)
@events.doc(**NEW)
@needs("editor")
def submit(given: dict[str, Any]) -> Response:
    """Submit an event; it is on disk when this answers."""
    intake = parts().intake
    return receipt_response(intake.submit(intake.new_event(given, new_write())))


@events.get("")
@events.arguments(ListQuery, location="query")
@events.response(200, SummariesSchema)
@needs("editor")
def list_events(query: dict[str, Any]) -> Response:
    """List events, the newest submission first."""
    found = parts().ledger.items(
        "event", state=query.get("state"), query=query.get("q", ""), limit=query["limit"], cursor=position(query)
    )
    return page_response(found)


@events.get("/<opaque:event_id>")
@events.response(200, EventItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@events.problems(404)
@needs("editor")
def show(event_id: str) -> Response:
    """Show an event as submitted, and where each of its revisions is."""
    event = content_of(Event, item().newest.payload)
    recurrence_id = event.recurrence_id if event else ""
    return item_response(item(), event=event_json(event) if event else None, recurrence_id=recurrence_id)


@events.put("/<opaque:event_id>")
@events.arguments(EventSchema)
@events.arguments(ScopeQuery, location="query")
@events.response(202, SeriesReceiptSchema, headers=RECEIPT_HEADERS)
@events.problems(404, 409, 412, 428)
@events.doc(**CHANGE)
@needs("editor")
def correct(given: dict[str, Any], query: dict[str, Any], event_id: str) -> Response:
    """Correct an event, of a series all its times, or with a scope those from one on: a new revision."""
    edits, write = series_edits(), scoped_write(query)
    if start := from_time(query):
        return series_response(edits.edit_following(item(), start, given, write, query["lost"]))
    return series_response(edits.edit_all(item(), given, write, query["lost"]))


@events.delete("/<opaque:event_id>")
@events.arguments(NoteQuery, location="query")
@events.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@events.problems(404, 409, 412, 428)
@events.doc(**CHANGE, **NOTE_BODY)
@accepts(JSON, optional=True)
@needs("editor")
def withdraw(query: dict[str, Any], event_id: str) -> Response:
    """Withdraw an event, of a series all its times: readers get 410 with the note."""
    note, withdrawals = withdrawal_note(query), SeriesWithdrawals(parts().ledger, parts().wakeup)
    return receipt_response(withdrawals.withdraw(item(), change_write(), note))
