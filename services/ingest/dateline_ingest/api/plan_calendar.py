"""``/v1/plan.ics``: somebody's own promises for the calendar on their phone, under a secret address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Response
from marshmallow import fields, validate

from dateline.errors import NotFound
from dateline.formats.ics.writing.promises import write_promises
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import answer_conditionally
from dateline.ports.ledger.coverages import CoverageSearch
from dateline.ports.ledger.tokens import Token
from dateline_ingest.api.parameters import Query
from dateline_ingest.api.responses import base_url
from dateline_ingest.context import parts

BACK: Final = timedelta(days=30)
_CALENDAR: Final[dict[str, Any]] = {"text/calendar": {"schema": {"type": "string"}}}

plan_calendar = JsonBlueprint(
    "plan_calendar", __name__, url_prefix="/v1/plan.ics", always=(422, 429, 503), description="A writer's own plan"
)


class PlanKeyQuery(Query):
    """Whose plan: the secret in its address. It is no part of the path, which logs have."""

    key = fields.String(required=True, validate=validate.Length(1, 100))


@plan_calendar.get("")
@plan_calendar.arguments(PlanKeyQuery, location="query")
@plan_calendar.response(200)
@plan_calendar.problems(404)
@plan_calendar.doc(security=[], responses={200: {"content": _CALENDAR}})
def show(query: dict[str, Any]) -> Response:
    """Show what somebody promised as a calendar (iCalendar), from a month ago on."""
    reader = parts().ledger.plan_reader(query["key"])
    if reader is None:
        raise NotFound("There is no calendar at this address: it may have a new one.")
    response = Response(_calendar(reader), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return answer_conditionally(response)


def _calendar(reader: Token) -> bytes:
    here = parts()
    first = datetime.now(here.settings.timezone).date() - BACK
    found = here.ledger.coverages(CoverageSearch(assignee_id=reader.id, first=first)).items
    name = f"{here.settings.title}: {reader.name}"
    return write_promises(found, base_url=base_url(), name=name, zone=here.settings.timezone)
