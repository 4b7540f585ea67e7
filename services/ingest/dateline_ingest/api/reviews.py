"""``/v1/drafts/{id}``, with the editors: given back with notes, taken back; given to a colleague."""

from __future__ import annotations

from typing import Any, Final

from flask import Response

from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import REVISION_HEADER
from dateline.schemas.draft import DraftItemSchema, NewAssignmentSchema, ReturnSchema
from dateline_ingest.api.draft_responses import draft_response
from dateline_ingest.api.drafts import meant_revision
from dateline_ingest.api.parameters import ALWAYS, RECEIPT_HEADERS
from dateline_ingest.assigning import assign
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token

reviews = JsonBlueprint(
    "reviews",
    __name__,
    url_prefix="/v1/drafts",
    always=ALWAYS,
    description="A second pair of eyes, and who writes what",
)

_ETAG: Final = {"ETag": RECEIPT_HEADERS["ETag"]}
_IF_DECIDED: Final = {
    **REVISION_HEADER, "required": False, "description": "The revision that is meant; without it the newest.",
}  # fmt: skip


@reviews.post("/<opaque:draft_id>/return")
@reviews.arguments(ReturnSchema)
@reviews.response(200, DraftItemSchema, headers=_ETAG)
@reviews.problems(409, 412)
@reviews.doc(parameters=[_IF_DECIDED])
@needs("editor")
def give_back(given: dict[str, Any], draft_id: str) -> Response:
    """Give a draft that is to review back to who wrote it, with notes."""
    ledger = parts().ledger
    meant = meant_revision(draft_id) or ledger.draft(draft_id, token()).revision
    return draft_response(ledger.return_draft(draft_id, token(), notes=given["notes"], if_match=meant))


@reviews.post("/<opaque:draft_id>/take-back")
@reviews.response(200, DraftItemSchema, headers=_ETAG)
@reviews.problems(409)
@needs("reporter", "editor")
def take_back(draft_id: str) -> Response:
    """Take back one's draft that is to review, while nobody has decided on it."""
    return draft_response(parts().ledger.take_back_draft(draft_id, token()))


@reviews.put("/<opaque:draft_id>/assignment")
@reviews.arguments(NewAssignmentSchema)
@reviews.response(200, DraftItemSchema, headers=_ETAG)
@reviews.problems(409)
@needs("editor")
def give(given: dict[str, Any], draft_id: str) -> Response:
    """Give a draft to a colleague, whose story it will be; whom it was given to before loses it."""
    return draft_response(assign(draft_id, given["to"], given["note"], given["until"], mail=given["mail"]))


@reviews.delete("/<opaque:draft_id>/assignment")
@reviews.response(204)
@reviews.problems(409)
@needs("editor")
def take_away(draft_id: str) -> None:
    """Take a draft from whom it was given to."""
    parts().ledger.unassign_draft(draft_id, token())
