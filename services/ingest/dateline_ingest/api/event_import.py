"""``POST /v1/events/import``: files of events read in."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, jsonify, request
from marshmallow import fields, validate

from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import whole_body
from dateline.schemas.event_import import ImportSchema
from dateline_ingest.api.parameters import ALWAYS, Query
from dateline_ingest.auth import needs
from dateline_ingest.calendars.calendar_import import ImportSettings
from dateline_ingest.calendars.event_file import CALENDAR, EventFile, import_file
from dateline_ingest.calendars.event_import import EventImport, import_json
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot

event_import = JsonBlueprint(
    "event_import", __name__, url_prefix="/v1/events", always=ALWAYS, description="Files of events"
)

_FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "An iCalendar object (RFC 5545)",
        "content": {CALENDAR: {"schema": {"type": "string"}}},
    }
}


class ImportQuery(Query):
    """How a file is taken."""

    dry_run = fields.String(
        validate=validate.OneOf(("true", "false")),
        load_default="false",
        metadata={"description": "true: say what would become of each, and write nothing"},
    )


@event_import.post("/import")
@event_import.arguments(ImportQuery, location="query")
@event_import.response(200, ImportSchema)
@event_import.problems(413, 415, 422)
@event_import.doc(**_FILE)
@accepts(CALENDAR)
@needs("editor")
def import_events(query: dict[str, Any]) -> Response:
    """Read in a file; each of its events is taken or refused by itself, and a second import changes nothing."""
    service, dry_run = parts(), query["dry_run"] == "true"
    with within_slot(service.bulk_slots, token().name):
        importing = EventImport(service.intake, token(), dry_run=dry_run)
        done = import_file(_sent_file(), importing, service.ledger, ImportSettings.of(service.settings))
    return jsonify(import_json(done, dry_run=dry_run))


def _sent_file() -> EventFile:
    return EventFile(
        data=whole_body(request), media_type=request.mimetype, charset=request.mimetype_params.get("charset", "")
    )
