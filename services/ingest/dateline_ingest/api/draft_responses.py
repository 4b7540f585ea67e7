"""Drafts as the API shows them."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.drafts import Assignment, Draft, DraftSummary, Review
from dateline_ingest.api.responses import base_url, receipt_json


def label_of(body: dict[str, Any]) -> str:
    """What lists call a draft: its headline, cut where a story's ends."""
    return str(body.get("headline", "")).strip()[:300]


def draft_response(draft: Draft) -> Response:
    """A draft with its newest revision as the ETag. It may be sent without a new revision, so there is no 304."""
    response = jsonify({
        **draft_line(draft),
        "shared_with": list(draft.shared_with),
        "story": draft.body,
        "shown": draft.shown,
        "revisions": [{"revision": one.revision, "at": rfc3339(one.at), "by": one.by} for one in draft.revisions],
        "reviews": [_review_json(one) for one in draft.reviews],
        "receipt": receipt_json(draft.sent) if draft.sent else None,
    })  # fmt: skip
    response.set_etag(str(draft.revision))
    return response


def review_response(draft: Draft) -> Response:
    """202 for a draft that went to the editors, in the shape of a receipt."""
    assert draft.review is not None
    address = f"{base_url()}/v1/drafts/{draft.id}"
    response = jsonify({
        "id": draft.id, "revision": draft.revision, "state": draft.review.state,
        "received_at": rfc3339(draft.review.asked_at), "status_url": address,
    })  # fmt: skip
    response.status_code = 202
    response.headers["Location"] = address
    response.set_etag(str(draft.revision))
    return response


def draft_line(line: DraftSummary) -> dict[str, Any]:
    """A line of a list of drafts."""
    return {
        "id": line.id, "revision": line.revision, "owner": line.owner, "headline": line.label,
        "created_at": rfc3339(line.created_at), "updated_at": rfc3339(line.updated_at), "shared": line.shared,
        "story_id": line.sent.id if line.sent else None, "corrects": line.corrects or None,
        "review": _review_json(line.review) if line.review else None,
        "assignment": _assignment_json(line.assignment) if line.assignment else None,
    }  # fmt: skip


def _review_json(review: Review) -> dict[str, Any]:
    return {
        "state": review.state, "section": review.section, "asked_at": rfc3339(review.asked_at),
        "asked_by": review.asked_by, "decided_at": rfc3339(review.decided_at) if review.decided_at else None,
        "decided_by": review.decided_by or None, "notes": review.notes,
    }  # fmt: skip


def _assignment_json(given: Assignment) -> dict[str, Any]:
    return {
        "to": given.writer, "note": given.note, "until": rfc3339(given.until) if given.until else None,
        "assigned_at": rfc3339(given.assigned_at), "assigned_by": given.assigned_by,
    }  # fmt: skip
