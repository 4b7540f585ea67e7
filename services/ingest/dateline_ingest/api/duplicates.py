"""``/v1/duplicates``: pairs of similar stories, and an editor's word on each; ``/v1/similar``: what a text is like."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from marshmallow import fields, validate

from dateline.domain.timestamps import rfc3339
from dateline.http import JsonBlueprint
from dateline.ports.ledger.duplicates import Duplicate
from dateline.ports.wakeup import Lane
from dateline.schemas.base import Strict
from dateline.schemas.fields import Counted, Moment, Text
from dateline_ingest.api.parameters import ALWAYS, Query, cursor_at, position
from dateline_ingest.api.responses import base_url, list_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.similar.likeness import SimilarStory, similar_to

duplicates = JsonBlueprint(
    "duplicates", __name__, url_prefix="/v1/duplicates", always=ALWAYS, description="Pairs of similar stories"
)
similar = JsonBlueprint(
    "similar", __name__, url_prefix="/v1/similar", always=ALWAYS, description="Stories that a text is like"
)
_STATUSES = ("open", "different", "folded")
_PAIR = "/<opaque:one_id>/<opaque:other_id>"


class DuplicateSchema(Strict):
    """A pair: ``id`` came later than ``other``; ``shared`` of ``compared`` runs of words stand in both."""

    id = fields.String(required=True)
    other = fields.String(required=True)
    label = fields.String(required=True)
    other_label = fields.String(required=True)
    likeness = fields.Float(required=True, metadata={"description": "From 0 to 1, the same words"})
    shared = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"enum": list(_STATUSES)})
    found_at = Moment(required=True)
    decided_at = Moment(required=True, allow_none=True)
    decided_by = fields.String(required=True)
    leader = fields.String(required=True, allow_none=True, metadata={"description": "Which one leads a fold"})


class DuplicatesSchema(Strict):
    """Pairs, newest first."""

    items = fields.List(fields.Nested(DuplicateSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DuplicatesQuery(Query):
    """Which pairs."""

    status = fields.String(validate=validate.OneOf(_STATUSES), load_default="open")
    limit = Counted(1, 100, load_default=20)
    cursor = fields.String(validate=validate.Length(max=500))


class SimilarQuerySchema(Strict):
    """A text that is being written; ``id`` is the story that it will correct, which is left out."""

    headline = Text(None, load_default="")
    body_text = Text(None, load_default="")
    body_html = Text(None, load_default="")
    id = fields.String(validate=validate.Regexp(r"^[A-Za-z0-9_-]{0,64}$"), load_default="")


class SimilarSchema(Strict):
    """A story that the text is like."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    likeness = fields.Float(required=True)
    state = fields.String(required=True)
    owner = fields.String(required=True)
    received_at = Moment(required=True)
    url = fields.String(
        required=True, allow_none=True,
        metadata={"description": "Where who asks may read it: on the desk, or as readers do"},
    )  # fmt: skip


class SimilarListSchema(Strict):
    """The stories that a text is like, the likeliest first."""

    items = fields.List(fields.Nested(SimilarSchema), required=True)


@duplicates.get("")
@duplicates.arguments(DuplicatesQuery, location="query")
@duplicates.response(200, DuplicatesSchema)
@needs("editor")
def list_duplicates(query: dict[str, Any]) -> Response:
    """List pairs of similar stories, newest first; without a status those that nobody decided on."""
    page = parts().ledger.duplicates(status=query["status"], limit=query["limit"], cursor=position(query))
    return list_response([duplicate_json(pair) for pair in page.items], cursor_at(page.next))


@duplicates.post(f"{_PAIR}/fold")
@duplicates.response(200, DuplicateSchema)
@duplicates.problems(404, 409)
@needs("editor")
def fold(one_id: str, other_id: str) -> Response:
    """Let the first story stand behind the second: readers' lists show the second, with a word on the first."""
    pair = parts().ledger.fold(one_id, other_id, token())
    parts().wakeup.wake(Lane.LIVE)
    return jsonify(duplicate_json(pair))


@duplicates.post(f"{_PAIR}/different")
@duplicates.response(200, DuplicateSchema)
@duplicates.problems(404)
@needs("editor")
def call_different(one_id: str, other_id: str) -> Response:
    """Say that the two are not the same: nobody is asked again, and a fold ends."""
    pair = parts().ledger.decide_duplicate(one_id, other_id, "different", token())
    parts().wakeup.wake(Lane.LIVE)
    return jsonify(duplicate_json(pair))


@duplicates.post(f"{_PAIR}/reopen")
@duplicates.response(200, DuplicateSchema)
@duplicates.problems(404)
@needs("editor")
def reopen(one_id: str, other_id: str) -> Response:
    """Take back what was said of a pair: a fold ends, and the pair is open again."""
    pair = parts().ledger.decide_duplicate(one_id, other_id, "open", token())
    parts().wakeup.wake(Lane.LIVE)
    return jsonify(duplicate_json(pair))


@similar.post("")
@similar.arguments(SimilarQuerySchema)
@similar.response(200, SimilarListSchema)
@needs("reporter", "editor", session_too=True)
def find_similar(text: dict[str, Any]) -> Response:
    """Find the stories that a text is like; nothing is stored. Reporters are told of public ones and their own."""
    found = similar_to(text["headline"], body_text=text["body_text"], body_html=text["body_html"], but=[text["id"]])
    return jsonify({"items": [_similar_json(one) for one in found]})


def duplicate_json(pair: Duplicate) -> dict[str, Any]:
    """A pair, every field said."""
    return {
        "id": pair.item_id, "other": pair.other_id, "label": pair.item_label, "other_label": pair.other_label,
        "likeness": pair.likeness, "shared": pair.shared, "compared": pair.compared, "status": pair.status,
        "found_at": rfc3339(pair.found_at), "decided_at": rfc3339(pair.decided_at) if pair.decided_at else None,
        "decided_by": pair.decided_by, "leader": pair.leader_id or None,
    }  # fmt: skip


def _similar_json(one: SimilarStory) -> dict[str, Any]:
    url = f"{base_url()}{one.url}" if one.url and one.url.startswith("/") else one.url
    return {
        "id": one.id, "label": one.label, "likeness": one.likeness, "state": one.state, "owner": one.owner,
        "received_at": rfc3339(one.received_at), "url": url
    }  # fmt: skip
