"""``/v1/drafts``: what is being written. For its owner, and those it is shared with."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request
from marshmallow import fields, validate

from dateline.errors import NotAllowed
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import REVISION_HEADER, matched_revision
from dateline.ports.ledger.drafts import Draft, DraftPage
from dateline.schemas.base import ReceiptSchema
from dateline.schemas.draft import DraftItemSchema, DraftSchema, DraftsSchema
from dateline.schemas.fields import Counted
from dateline_ingest.api.draft_responses import draft_line, draft_response, label_of, review_response
from dateline_ingest.api.parameters import (
    ALWAYS,
    KEY_HEADER,
    RECEIPT_HEADERS,
    Query,
    cursor_at,
    key_of,
    position,
)
from dateline_ingest.api.responses import base_url, list_response, receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.drafting import send_draft

drafts = JsonBlueprint(
    "drafts", __name__, url_prefix="/v1/drafts", always=ALWAYS, description="What is being written, and not sent yet"
)

_DRAFT_KEY: Final = {**KEY_HEADER, "description": "A repeat gives the draft that it made as it is now; 1 to 255."}
_IF_SENT: Final = {**REVISION_HEADER, "description": "The revision that is meant; without it the newest."}


class DraftListQuery(Query):
    """Which drafts: those that aren't sent, or those that are; for editors also what is with them, or was given to
    somebody."""

    state = fields.String(validate=validate.OneOf(("open", "sent", "to_review", "assigned")), load_default="open")
    limit = Counted(1, 100, load_default=20)
    cursor = fields.String(validate=validate.Length(max=500))


class NewDraftQuery(Query):
    """What a draft is for."""

    corrects = fields.String(validate=validate.Length(1, 100), metadata={"description": "The story it is to correct"})


class DraftQuery(Query):
    """Which text of a draft."""

    revision = Counted(1, 2**31 - 1, metadata={"description": "One that is kept; the newest when missing"})


@drafts.post("")
@drafts.arguments(DraftSchema)
@drafts.arguments(NewDraftQuery, location="query")
@drafts.response(201, DraftItemSchema, headers=RECEIPT_HEADERS)
@drafts.problems(404, 409)
@drafts.doc(parameters=[_DRAFT_KEY])
@needs("reporter", "editor")
def create(given: dict[str, Any], query: dict[str, Any]) -> Response:
    """Begin a draft of a new story, or of a correction."""
    shared = given.pop("shared_with", [])
    key = key_of(request.headers["Idempotency-Key"]) if "Idempotency-Key" in request.headers else ""
    made = parts().ledger.create_draft(
        token(), given, label=label_of(given), shared_with=shared, key=key, corrects=_corrected(query)
    )
    response = draft_response(made)
    response.status_code = 201
    response.headers["Location"] = f"{base_url()}/v1/drafts/{made.id}"
    return response


@drafts.get("")
@drafts.arguments(DraftListQuery, location="query")
@drafts.response(200, DraftsSchema)
@needs("reporter", "editor")
def list_drafts(query: dict[str, Any]) -> Response:
    """List one's own drafts, what one was given and what others share, the last saved first; for editors also what is
    to review, the longest waiting first, or what was given to somebody."""
    page = _listed(query["state"], query["limit"], position(query))
    return list_response([draft_line(line) for line in page.drafts], cursor_at(page.next))


@drafts.get("/<opaque:draft_id>")
@drafts.arguments(DraftQuery, location="query")
@drafts.response(200, DraftItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@drafts.problems(409)
@needs("reporter", "editor")
def show(query: dict[str, Any], draft_id: str) -> Response:
    """Show a draft, and which of its earlier texts are kept."""
    return draft_response(parts().ledger.draft(draft_id, token(), revision=query.get("revision")))


@drafts.put("/<opaque:draft_id>")
@drafts.arguments(DraftSchema)
@drafts.response(200, DraftItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@drafts.problems(409, 412, 428)
@drafts.doc(parameters=[REVISION_HEADER])
@needs("reporter", "editor")
def save(given: dict[str, Any], draft_id: str) -> Response:
    """Save a draft: a new revision, unless nothing has changed."""
    ledger, shared = parts().ledger, given.pop("shared_with", None)
    revision = matched_revision(request, ledger.draft(draft_id, token()).revision)
    saved = ledger.save_draft(draft_id, token(), given, if_match=revision, label=label_of(given), shared_with=shared)
    return draft_response(saved)


@drafts.delete("/<opaque:draft_id>")
@drafts.response(204)
@drafts.problems(409)
@needs("reporter", "editor")
def delete(draft_id: str) -> None:
    """Delete a draft with all its texts; a story that it became stays."""
    parts().ledger.delete_draft(draft_id, token())


@drafts.post("/<opaque:draft_id>/submit")
@drafts.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@drafts.problems(409, 412)
@drafts.doc(parameters=[_IF_SENT])
@needs("reporter", "editor")
def submit(draft_id: str) -> Response:
    """Submit a draft as its owner's story; a repeat gets the same receipt again. Where its section asks for a second
    pair of eyes, the state is to_review until an editor submits it."""
    ledger = parts().ledger
    sent = send_draft(ledger, parts().intake, draft_id, token(), meant_revision(draft_id))
    return review_response(sent) if isinstance(sent, Draft) else receipt_response(sent)


def _corrected(query: dict[str, Any]) -> tuple[str, int] | None:
    """The story that a draft corrects, with its newest revision. Raises ``NotFound``, ``NotAllowed``."""
    if "corrects" not in query:
        return None
    item = parts().ledger.item("story", query["corrects"])
    if token().role == "reporter" and not item.belongs_to(token()):
        raise NotAllowed("This is another reporter's.")
    return item.id, item.newest_revision


def _listed(state: str, limit: int, cursor: str | None) -> DraftPage:
    ledger = parts().ledger
    if state in ("open", "sent"):
        return ledger.drafts(token(), sent=state == "sent", limit=limit, cursor=cursor)
    if token().role != "editor":
        raise NotAllowed("This list is for editors.")
    listed = ledger.drafts_to_review if state == "to_review" else ledger.assigned_drafts
    return listed(limit=limit, cursor=cursor)


def meant_revision(draft_id: str) -> int | None:
    """The revision that If-Match names; None without one."""
    if "If-Match" not in request.headers:
        return None
    return matched_revision(request, parts().ledger.draft(draft_id, token()).revision)
