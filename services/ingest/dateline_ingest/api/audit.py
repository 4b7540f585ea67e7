"""``/v1/audit``: who did what, when, and from where. For editors."""

from __future__ import annotations

from typing import Any, Final

from flask import Response
from marshmallow import fields, validate

from dateline.http import JsonBlueprint
from dateline.schemas.base import Strict
from dateline.schemas.fields import Counted, Moment
from dateline_ingest.api.parameters import ALWAYS, Query, cursor_at, position
from dateline_ingest.api.responses import list_response
from dateline_ingest.audit.export import csv_lines, entry_json, ndjson_lines
from dateline_ingest.audit.search import AuditFilters, search_of
from dateline_ingest.auth import needs
from dateline_ingest.context import parts

audit = JsonBlueprint("audit", __name__, url_prefix="/v1/audit", always=ALWAYS, description="Who did what, and when")


class AuditEntrySchema(Strict):
    """One deed; ``subject`` is what it was done to, ``who`` is empty for somebody unknown."""

    id = fields.String(required=True)
    at = Moment(required=True)
    who = fields.String(required=True)
    writer_id = fields.String(required=True)
    what = fields.String(required=True)
    subject = fields.String(required=True)
    revision = fields.Integer(required=True, allow_none=True)
    address = fields.String(required=True)
    detail = fields.String(required=True)


_FILES: Final = {kind: {"schema": {"type": "string"}} for kind in ("text/csv", "application/x-ndjson")}


class AuditQuery(Query, AuditFilters):
    """Which entries of the audit, and in which form."""

    limit = Counted(1, 100, load_default=100)
    cursor = fields.String(validate=validate.Length(max=500))
    format = fields.String(
        validate=validate.OneOf(("json", "csv", "ndjson")), load_default="json",
        metadata={"description": "`csv` and `ndjson` give all entries at once, without pages"},
    )  # fmt: skip


class AuditSchema(Strict):
    """The audit, newest first."""

    items = fields.List(fields.Nested(AuditEntrySchema), required=True)
    next = fields.String(required=True, allow_none=True)


@audit.get("")
@audit.arguments(AuditQuery, location="query")
@audit.response(200, AuditSchema)
@audit.doc(responses={200: {"content": _FILES}})
@needs("editor", session_too=True)
def list_audit(query: dict[str, Any]) -> Response:
    """List who did what, newest first; with `format=csv` or `ndjson` all of it at once."""
    search = search_of(query, parts().settings.timezone)
    if query["format"] == "csv":
        return Response(csv_lines(parts().ledger, search), content_type="text/csv; charset=utf-8; header=present")
    if query["format"] == "ndjson":
        return Response(ndjson_lines(parts().ledger, search), content_type="application/x-ndjson; charset=utf-8")
    page = parts().ledger.audit(search, limit=query["limit"], cursor=position(query))
    return list_response(map(entry_json, page.items), cursor_at(page.next))
