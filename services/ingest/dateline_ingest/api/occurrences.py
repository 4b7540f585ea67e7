"""``/v1/events/{event_id}/occurrences``: one time of a series; and what is answered to edits of series."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from flask import Response, g, jsonify
from marshmallow import fields, validate

from dateline.domain.recurrence.recurrence_id import parse_recurrence_id
from dateline.domain.series.edits import ExceptionChange, SeriesEdit
from dateline.domain.series.series_times import name_of
from dateline.errors import FieldError, InvalidInput
from dateline.http import JsonBlueprint, accepts
from dateline.ports.ledger.submissions import Idempotency
from dateline.schemas.event import event_json
from dateline.schemas.occurrence import OccurrenceItemSchema, OccurrenceSchema, SeriesReceiptSchema
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import (
    ALWAYS,
    CHANGE,
    JSON,
    NOTE_BODY,
    RECEIPT_HEADERS,
    NoteQuery,
    Query,
    change_write,
    idempotency,
    withdrawal_note,
)
from dateline_ingest.api.responses import receipt_json, receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts
from dateline_ingest.intake import Write
from dateline_ingest.series.edits import SeriesEdits, SeriesReceipts
from dateline_ingest.series.record import time_on_record

occurrences = JsonBlueprint(
    "occurrences", __name__, url_prefix="/v1/events", always=ALWAYS, description="What editors announce"
)

MOST_TOLD: Final = 100
"""So many exceptions of each kind an answer names."""


class MovedQuery(Query):
    """What another time means."""

    rescheduled = fields.String(
        validate=validate.OneOf(("true", "false")),
        load_default="true",
        metadata={
            "description": "true: the time that readers saw stays among the previous ones; false: it was never right"
        },
    )


class ScopeQuery(MovedQuery):
    """Of which times of a series an edit is."""

    scope = fields.String(
        validate=validate.OneOf(("all", "following")), load_default="all",
        metadata={"description": "all: every time; following: that of `from` and all later ones"},
    )  # fmt: skip
    from_ = fields.String(
        data_key="from", metadata={"description": "Which time, as the .ics names it: 20260703T190000, or 20260703"}
    )
    lost = fields.String(
        validate=validate.OneOf(("keep", "drop")), load_default="keep",
        metadata={"description": "Exceptions that stand for no time any more: events of their own, or withdrawn"},
    )  # fmt: skip


def series_edits() -> SeriesEdits:
    """The edits of series in this newsroom."""
    return SeriesEdits(parts().ledger, parts().intake, parts().wakeup, parts().settings.timezone)


def scoped_write(query: dict[str, Any]) -> Write:
    """The write of an event or a part of it; raises ``RevisionRequired`` without If-Match."""
    return replace(change_write(), idempotency=_scoped_key(query), rescheduled=query["rescheduled"] == "true")


def _scoped_key(query: dict[str, Any]) -> Idempotency | None:
    """The request's key: the same body for other times of a series is another request."""
    body = g.get("json_body")
    usual = {"scope": "all", "lost": "keep", "rescheduled": "true"}
    asked = {name: value for name, value in query.items() if usual.get(name) != value}
    return idempotency([body, asked] if asked else body)


def from_time(query: dict[str, Any]) -> str:
    """The time from which on an edit is; empty for one of all. Raises ``InvalidInput`` for half a scope."""
    if (query["scope"] == "following") != ("from_" in query):
        raise InvalidInput(INVALID, (FieldError("/from", "scope=following and from come together."),))
    return str(query.get("from_", ""))


def series_response(receipts: SeriesReceipts) -> Response:
    """202 with the receipt of the series and of what else was written; what became of its exceptions."""
    response = receipt_response(receipts.series)
    body = receipt_json(receipts.series)
    for name, receipt in (("occurrence", receipts.occurrence), ("following", receipts.following)):
        if receipt:
            body[name] = receipt_json(receipt)
    if receipts.edit and receipts.edit.exceptions:
        body["exceptions"] = _fates(receipts.edit)
    response.set_data(jsonify(body).get_data())
    return response


def _fates(edit: SeriesEdit) -> dict[str, list[dict[str, Any]]]:
    return {
        "kept": [_fate(one) for one in edit.of_fate("kept")[:MOST_TOLD]],
        "moved": [_fate(one) for one in edit.of_fate("moved")[:MOST_TOLD]],
        "lost": [_fate(one) for one in edit.of_fate("lost")[:MOST_TOLD]],
    }


def _fate(change: ExceptionChange) -> dict[str, Any]:
    before, event = change.on_record, change.event
    assert before is not None
    zone = parts().settings.timezone
    stands_for = event.recurrence_id if event else ""
    return {
        "id": before.id,
        "title": before.event.title,
        "recurrence_id": name_of(before.at, before.event, zone),
        "stands_for": name_of(parse_recurrence_id(stands_for), event, zone) if event and stands_for else None,
        "withdrawn": event is None,
    }


@occurrences.get("/<opaque:event_id>/occurrences/<recurrence_id>")
@occurrences.response(200, OccurrenceItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@occurrences.problems(404, 409)
@needs("editor")
def show(event_id: str, recurrence_id: str) -> Response:
    """Show one time of a series as it takes place: as the series has it, edited, or taken out."""
    found = time_on_record(parts().ledger, item(), recurrence_id, parts().settings.timezone)
    event = event_json(found.event)
    event.pop("external_id", None)
    answer = {"recurrence_id": found.name, "state": found.state, "id": found.exception_id, "event": event}
    response = jsonify(answer)
    response.set_etag(str(item().newest_revision))
    return response


@occurrences.put("/<opaque:event_id>/occurrences/<recurrence_id>")
@occurrences.arguments(OccurrenceSchema)
@occurrences.arguments(MovedQuery, location="query")
@occurrences.response(202, SeriesReceiptSchema, headers=RECEIPT_HEADERS)
@occurrences.problems(404, 409, 412, 428)
@occurrences.doc(**CHANGE)
@needs("editor")
def edit(given: dict[str, Any], query: dict[str, Any], event_id: str, recurrence_id: str) -> Response:
    """Edit one time of a series; what the body leaves out is as the series has it."""
    return series_response(series_edits().edit_time(item(), recurrence_id, given, scoped_write(query)))


@occurrences.delete("/<opaque:event_id>/occurrences/<recurrence_id>")
@occurrences.arguments(NoteQuery, location="query")
@occurrences.response(202, SeriesReceiptSchema, headers=RECEIPT_HEADERS)
@occurrences.problems(404, 409, 412, 428)
@occurrences.doc(**CHANGE, **NOTE_BODY)
@accepts(JSON, optional=True)
@needs("editor")
def take_out(query: dict[str, Any], event_id: str, recurrence_id: str) -> Response:
    """Take one time out of a series, an edited one too."""
    note = withdrawal_note(query)
    return series_response(series_edits().take_out(item(), recurrence_id, change_write(), note))
