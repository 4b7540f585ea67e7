"""``/v1/coverages``: who covers what until when, for editors; reporters see their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, jsonify, request
from marshmallow import fields, validate

from dateline.domain.coverage import COVERAGE_STATES, Coverage
from dateline.errors import FieldError, InvalidInput, NotAllowed
from dateline.formats.ninjs.planning import write_ninjs_planning
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import REVISION_HEADER, matched_revision
from dateline.ports.ledger.coverages import CoverageSearch
from dateline.schemas.coverage import (
    CoverageChangeSchema,
    CoverageSchema,
    CoveragesSchema,
    NewCoverageSchema,
    coverage_json,
)
from dateline.schemas.fields import SHORT, Counted, Text
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import ALWAYS, RECEIPT_HEADERS, Query, cursor_at, position
from dateline_ingest.api.responses import base_url, list_response, status_url
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.planning.given_drafts import add_promise
from dateline_ingest.planning.promises import changed_promise, new_promise

coverages = JsonBlueprint(
    "coverages", __name__, url_prefix="/v1/coverages", always=ALWAYS, description="Who covers what until when"
)
_HEADERS = {"ETag": RECEIPT_HEADERS["ETag"]}
_REMOVED = {**REVISION_HEADER, "description": "The revision that is meant; without it the newest."}


class CoverageQuery(Query):
    """Which coverages: of these days of the newsroom, both inclusive."""

    from_ = fields.Date(data_key="from")
    to = fields.Date()
    assignee = Text(SHORT, metadata={"description": "A name"})
    state = fields.String(validate=validate.OneOf(COVERAGE_STATES))
    event_id = Text(120)
    format = fields.String(validate=validate.OneOf(("json", "ninjs")), load_default="json")
    limit = Counted(1, 500, load_default=100)
    cursor = fields.String(validate=validate.Length(max=500))


@coverages.get("")
@coverages.arguments(CoverageQuery, location="query")
@coverages.response(200, CoveragesSchema)
@needs("reporter", "editor")
def list_coverages(query: dict[str, Any]) -> Response:
    """List coverages by day; for a reporter the own ones. `format=ninjs` gives planning items of ninjs 3.1."""
    found = parts().ledger.coverages(_search(query), limit=query["limit"], cursor=position(query))
    written = _ninjs if query["format"] == "ninjs" else _json
    return list_response([written(one) for one in found.items], cursor_at(found.next))


@coverages.post("")
@coverages.arguments(NewCoverageSchema)
@coverages.response(201, CoverageSchema, headers=RECEIPT_HEADERS)
@needs("editor")
def add(given: dict[str, Any]) -> Response:
    """Plan a coverage: of an event, or of something else with a title and a day."""
    here, zone = parts(), parts().settings.timezone
    details = new_promise(given, here.ledger, zone, datetime.now(zone).date())
    response = _answer(add_promise(details, give_draft=given["give_draft"]))
    response.status_code = 201
    response.headers["Location"] = response.get_json()["url"]
    return response


@coverages.get("/<opaque:coverage_id>")
@coverages.response(200, CoverageSchema, headers=_HEADERS)
@coverages.problems(404)
@needs("reporter", "editor")
def show(coverage_id: str) -> Response:
    """Show a coverage."""
    return _answer(own_coverage(coverage_id))


@coverages.put("/<opaque:coverage_id>")
@coverages.arguments(CoverageChangeSchema)
@coverages.response(200, CoverageSchema, headers=_HEADERS)
@coverages.problems(404, 412, 428)
@coverages.doc(parameters=[REVISION_HEADER])
@needs("reporter", "editor")
def change(given: dict[str, Any], coverage_id: str) -> Response:
    """Say something else of a coverage; what isn't said stays. A reporter says of an own one that it is filed or
    dropped, or gives it back (`assignee` null)."""
    here, before = parts(), own_coverage(coverage_id)
    revision = matched_revision(request, before.revision)
    details = changed_promise(before, given, here.ledger, here.settings.timezone, token())
    return _answer(here.ledger.change_coverage(coverage_id, details, token(), if_match=revision))


@coverages.delete("/<opaque:coverage_id>")
@coverages.response(204)
@coverages.problems(404, 412)
@coverages.doc(parameters=[_REMOVED])
@needs("editor")
def remove(coverage_id: str) -> None:
    """Take a coverage out of the plan; a story that was filed stays."""
    newest = parts().ledger.coverage(coverage_id).revision
    revision = matched_revision(request, newest) if "If-Match" in request.headers else None
    parts().ledger.remove_coverage(coverage_id, token(), if_match=revision)


def own_coverage(coverage_id: str) -> Coverage:
    """A coverage that who asks may see. Raises ``NotFound``, ``NotAllowed``."""
    found = parts().ledger.coverage(coverage_id)
    if token().role != "editor" and not found.belongs_to(token().id):
        raise NotAllowed("This is another reporter's.")
    return found


def _search(query: dict[str, Any]) -> CoverageSearch:
    """Raises ``InvalidInput`` for days in the wrong order."""
    first, last = query.get("from_"), query.get("to")
    if first and last and last < first:
        raise InvalidInput(INVALID, (FieldError("/to", "Must not be before from."),))
    return CoverageSearch(
        first=first, last=last, event_ids=[query["event_id"]] if query.get("event_id") else (),
        assignee_id=_assignee(query.get("assignee", "")), states=[query["state"]] if query.get("state") else (),
    )  # fmt: skip


def _assignee(name: str) -> str:
    """The id of who has a name, or is of the id; a reporter's own, whoever is asked for."""
    if token().role != "editor":
        return token().id
    account = parts().ledger.find_account(name) if name else None
    holder = parts().ledger.live_token(name) if name and not account else None
    return account.id if account else holder.id if holder else name


def _answer(coverage: Coverage) -> Response:
    response = jsonify(_json(coverage))
    response.set_etag(str(coverage.revision))
    return response


def _json(coverage: Coverage) -> dict[str, Any]:
    return coverage_json(coverage, f"{base_url()}/v1/coverages/{coverage.id}")


def _ninjs(coverage: Coverage) -> dict[str, Any]:
    return write_ninjs_planning(
        coverage, uri=f"{base_url()}/v1/coverages/{coverage.id}",
        event_uri=status_url("event", coverage.event_id) if coverage.event_id else "",
        story_uri=status_url("story", coverage.story_id) if coverage.story_id else "",
    )  # fmt: skip
