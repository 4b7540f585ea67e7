"""``/v1/front``: what editors place on the front page, and on the front of a section."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, request

from dateline.domain.front import HOME
from dateline.domain.timestamps import rfc3339
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import matched_revision
from dateline.schemas.base import ReceiptSchema
from dateline.schemas.fields import Slug
from dateline.schemas.front import FrontItemSchema, FrontSchema, placement_json, placement_of
from dateline_ingest.api.parameters import ALWAYS, CHANGE, RECEIPT_HEADERS, Query, idempotency
from dateline_ingest.api.responses import receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import token
from dateline_ingest.fronts.placement_editor import StandingPlacement, front_editor
from dateline_ingest.intake import Write

front = JsonBlueprint("front", __name__, url_prefix="/v1/front", always=ALWAYS, description="What leads the paper")


class FrontQuery(Query):
    """Which front."""

    section = Slug(metadata={"description": "The front of a section; without it the front page"})


@front.get("")
@front.arguments(FrontQuery, location="query")
@front.response(200, FrontItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@front.problems(404)
@needs("editor")
def show(query: dict[str, Any]) -> Response:
    """Show what an editor placed on a page and what of it holds now; the rest is the formula's own."""
    standing = front_editor().placement(query.get("section", HOME))
    response = jsonify(_standing_json(standing))
    response.set_etag(str(standing.revision))
    return response


@front.put("")
@front.arguments(FrontQuery, location="query")
@front.arguments(FrontSchema)
@front.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@front.problems(404, 409, 412, 428)
@front.doc(**CHANGE)
@needs("editor")
def put(query: dict[str, Any], given: dict[str, Any]) -> Response:
    """Place stories on a page in the place of all that was placed; If-Match names the revision, 0 for the first."""
    page = query.get("section", HOME)
    return receipt_response(front_editor().put(page, placement_of(given, page), _write(page)))


def _write(page: str) -> Write:
    """Without If-Match it may be the first, or the repeat of one; the ledger tells, and asks for the revision else."""
    key = idempotency({"page": page, "front": g.get("json_body")})
    if "If-Match" not in request.headers:
        return Write(by=token(), idempotency=key)
    newest = front_editor().placement(page).revision
    return Write(by=token(), idempotency=key, if_match=matched_revision(request, newest))


def _standing_json(standing: StandingPlacement) -> dict[str, Any]:
    return {
        **placement_json(standing.placement), "page": standing.placement.page, "revision": standing.revision,
        "at": rfc3339(standing.at) if standing.at else None, "by": standing.by,
    }  # fmt: skip
