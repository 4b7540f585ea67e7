"""``POST /v1/events/import``: files of events read in."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, jsonify, request
from marshmallow import fields, validate

from dateline.errors import FieldError, InvalidInput
from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import whole_body
from dateline.schemas.event_import import ImportSchema
from dateline.schemas.fields import Text
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import ALWAYS, Query
from dateline_ingest.auth import needs
from dateline_ingest.calendars.event_file import EventFile, import_file, remember_columns
from dateline_ingest.calendars.event_import import EventImport
from dateline_ingest.calendars.file_types import CALENDAR, CSV, NINJS, TYPES, XLSX
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.table_import import TableChoice
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot

event_import = JsonBlueprint(
    "event_import", __name__, url_prefix="/v1/events", always=ALWAYS, description="Files of events"
)

_FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "An iCalendar object (RFC 5545); a table of events, CSV or a workbook of Excel; or events as "
        "IPTC ninjs 3.1: one, a list, or one a line",
        "content": {
            CALENDAR: {"schema": {"type": "string"}},
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            NINJS: {"schema": {"type": "object", "description": "IPTC ninjs 3.1"}},
        },
    }
}


class ImportQuery(Query):
    """How a file is taken."""

    dry_run = fields.String(
        validate=validate.OneOf(("true", "false")),
        load_default="false",
        metadata={"description": "true: say what would become of each, and write nothing"},
    )
    source = Text(100, load_default="", metadata={"description": "Of a table: the list that it is of"})
    map = fields.List(
        Text(400), load_default=[], metadata={"description": "Of a table: COLUMN=field, as often as need be"}
    )
    dates = fields.String(
        validate=validate.OneOf(("dmy", "mdy")),
        metadata={"description": "Of a table: what 05/12/2017 means, where its column doesn't show it"},
    )


@event_import.post("/import")
@event_import.arguments(ImportQuery, location="query")
@event_import.response(200, ImportSchema)
@event_import.problems(413, 415, 422)
@event_import.doc(**_FILE)
@accepts(*TYPES)
@needs("editor")
def import_events(query: dict[str, Any]) -> Response:
    """Read in a file; each of its events is taken or refused by itself, and a second import changes nothing."""
    service, dry_run = parts(), query["dry_run"] == "true"
    with within_slot(service.bulk_slots, token().name):
        importing = EventImport(service.intake, token(), dry_run=dry_run)
        done = import_file(_sent_file(query), importing, service.ledger, ImportSettings.of(service.settings))
        if not dry_run:
            remember_columns(done, service.ledger, token())
    return jsonify(done.json(dry_run=dry_run))


def _sent_file(query: dict[str, Any]) -> EventFile:
    choice = TableChoice(source=query["source"], columns=_columns(query["map"]), dates=query.get("dates", ""))
    charset = request.mimetype_params.get("charset", "")
    return EventFile(data=whole_body(request), media_type=request.mimetype, charset=charset, choice=choice)


def _columns(pairs: list[str]) -> dict[str, str]:
    """``COLUMN=field`` each; a column's name may have a = in it. Raises ``InvalidInput``."""
    parted = [pair.rpartition("=") for pair in pairs]
    wrong = tuple(
        FieldError(f"/map/{place}", "Must be COLUMN=field.") for place, one in enumerate(parted) if not one[0]
    )
    if wrong:
        raise InvalidInput(INVALID, wrong)
    return {column.strip(): meant.strip() for column, _, meant in parted}
