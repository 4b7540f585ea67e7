"""``/v1/drafts``: what is being written. For its owner, and those it is shared with."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, jsonify, request
from marshmallow import fields, validate

from dateline.domain.timestamps import rfc3339
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import REVISION_HEADER, matched_revision
from dateline.ports.ledger.drafts import Draft, DraftSummary
from dateline.schemas.base import ReceiptSchema
from dateline.schemas.draft import DraftItemSchema, DraftSchema, DraftsSchema
from dateline.schemas.fields import Counted
from dateline_ingest.api.parameters import (
    ALWAYS,
    KEY_HEADER,
    RECEIPT_HEADERS,
    Query,
    cursor_at,
    key_of,
    position,
)
from dateline_ingest.api.responses import base_url, list_response, receipt_json, receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.drafting import send_draft

drafts = JsonBlueprint(
    "drafts", __name__, url_prefix="/v1/drafts", always=ALWAYS, description="What is being written, and not sent yet"
)

_DRAFT_KEY: Final = {**KEY_HEADER, "description": "A repeat gives the draft that it made as it is now; 1 to 255."}
_IF_SENT: Final = {**REVISION_HEADER, "description": "The revision that is meant; without it the newest."}


class DraftListQuery(Query):
    """Which drafts: those that aren't sent, or those that are."""

    state = fields.String(validate=validate.OneOf(("open", "sent")), load_default="open")
    limit = Counted(1, 100, load_default=20)
    cursor = fields.String(validate=validate.Length(max=500))


class DraftQuery(Query):
    """Which text of a draft."""

    revision = Counted(1, 2**31 - 1, metadata={"description": "One that is kept; the newest when missing"})


@drafts.post("")
@drafts.arguments(DraftSchema)
@drafts.response(201, DraftItemSchema, headers=RECEIPT_HEADERS)
@drafts.problems(409)
@drafts.doc(parameters=[_DRAFT_KEY])
@needs("reporter", "editor")
def create(given: dict[str, Any]) -> Response:
    """Begin a draft."""
    shared = given.pop("shared_with", [])
    key = key_of(request.headers["Idempotency-Key"]) if "Idempotency-Key" in request.headers else ""
    made = parts().ledger.create_draft(token(), given, label=label_of(given), shared_with=shared, key=key)
    response = draft_response(made)
    response.status_code = 201
    response.headers["Location"] = f"{base_url()}/v1/drafts/{made.id}"
    return response


@drafts.get("")
@drafts.arguments(DraftListQuery, location="query")
@drafts.response(200, DraftsSchema)
@needs("reporter", "editor")
def list_drafts(query: dict[str, Any]) -> Response:
    """List one's own drafts and those that others share, the last saved first."""
    page = parts().ledger.drafts(token(), sent=query["state"] == "sent", limit=query["limit"], cursor=position(query))
    return list_response([_summary_json(line) for line in page.drafts], cursor_at(page.next))


@drafts.get("/<opaque:draft_id>")
@drafts.arguments(DraftQuery, location="query")
@drafts.response(200, DraftItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
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
    """Submit a draft as its owner's story; a repeat gets the same receipt again."""
    ledger = parts().ledger
    return receipt_response(send_draft(ledger, parts().intake, draft_id, token(), _meant_revision(draft_id)))


def _meant_revision(draft_id: str) -> int | None:
    """The revision that If-Match names; None without one."""
    if "If-Match" not in request.headers:
        return None
    return matched_revision(request, parts().ledger.draft(draft_id, token()).revision)


def label_of(body: dict[str, Any]) -> str:
    """What lists call a draft: its headline, cut where a story's ends."""
    return str(body.get("headline", "")).strip()[:300]


def draft_response(draft: Draft) -> Response:
    """A draft with its newest revision as the ETag. It may be sent without a new revision, so there is no 304."""
    response = jsonify({
        **_summary_json(draft),
        "shared_with": list(draft.shared_with),
        "story": draft.body,
        "shown": draft.shown,
        "revisions": [{"revision": one.revision, "at": rfc3339(one.at), "by": one.by} for one in draft.revisions],
        "receipt": receipt_json(draft.sent) if draft.sent else None,
    })  # fmt: skip
    response.set_etag(str(draft.revision))
    return response


def _summary_json(line: DraftSummary) -> dict[str, Any]:
    return {
        "id": line.id, "revision": line.revision, "owner": line.owner, "headline": line.label,
        "created_at": rfc3339(line.created_at), "updated_at": rfc3339(line.updated_at), "shared": line.shared,
        "story_id": line.sent.id if line.sent else None,
    }  # fmt: skip
