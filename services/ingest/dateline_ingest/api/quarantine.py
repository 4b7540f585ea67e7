"""``/v1/quarantine``: what could not be indexed, with the reason."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Response, jsonify
from marshmallow import fields, validate

from dateline.domain.document import KINDS
from dateline.domain.timestamps import rfc3339
from dateline.errors import NotFound
from dateline.http import JsonBlueprint
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.quarantine import QuarantinedItem
from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.fields import Counted, Moment
from dateline_ingest import requeueing
from dateline_ingest.api.parameters import ALWAYS, Query, cursor_at, position
from dateline_ingest.api.responses import list_response, receipt_of, receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token

quarantine = JsonBlueprint(
    "quarantine", __name__, url_prefix="/v1/quarantine", always=ALWAYS, description="What could not be indexed"
)


class QuarantinedSchema(Strict):
    """What could not be indexed; ``id`` is the story's."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    revision = fields.Integer(required=True)
    label = fields.String()
    stage = fields.String(required=True)
    reason = fields.String(required=True)
    attempts = fields.Integer(required=True)
    at = Moment(required=True)


class QuarantinedAloneSchema(QuarantinedSchema):
    """The same, and where the code was."""

    traceback = fields.String(
        required=True, metadata={"description": 'Where the code was, of an error that nobody knows; else ""'}
    )


class FailedAlikeSchema(Strict):
    """Which items to try again."""

    like = fields.String(
        required=True, validate=validate.Length(min=1, max=120),
        metadata={"description": "An item in quarantine; so is tried again all that failed as it did"},
    )  # fmt: skip


class RequeuedSchema(Strict):
    """How many items are tried again."""

    requeued = fields.Integer(required=True)


class QuarantineSchema(Strict):
    """The quarantine, newest first."""

    items = fields.List(fields.Nested(QuarantinedSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class QuarantineQuery(Query):
    """Which lines of the quarantine."""

    limit = Counted(1, 100, load_default=100)
    cursor = fields.String(validate=validate.Length(max=500))


@quarantine.get("")
@quarantine.arguments(QuarantineQuery, location="query")
@quarantine.response(200, QuarantineSchema)
@needs("editor")
def list_quarantine(query: dict[str, Any]) -> Response:
    """List what could not be indexed, newest first."""
    page = parts().ledger.quarantine(limit=query["limit"], cursor=position(query))
    return list_response([quarantined_json(one) for one in page.items], cursor_at(page.next))


@quarantine.get("/<item:item_id>")
@quarantine.response(200, QuarantinedAloneSchema)
@quarantine.problems(404)
@needs("editor")
def show(item_id: str) -> Response:
    """Show one item: why it could not be indexed, and since when."""
    found = parts().ledger.quarantined(item_id)
    return jsonify({**quarantined_json(found), "traceback": parts().ledger.traceback(found.id, found.revision)})


@quarantine.post("/requeue")
@quarantine.arguments(FailedAlikeSchema)
@quarantine.response(202, RequeuedSchema)
@quarantine.problems(404)
@needs("editor")
def requeue_alike(body: dict[str, Any]) -> Response:
    """Try again all that could not be indexed for the same reason."""
    response = jsonify({"requeued": requeueing.requeue_alike(body["like"])})
    response.status_code = 202
    return response


@quarantine.post("/<item:item_id>/requeue")
@quarantine.response(202, ReceiptSchema)
@quarantine.problems(404)
@needs("editor")
def requeue(item_id: str) -> Response:
    """Try again what could not be indexed."""
    requeueing.requeue(item_id)
    return receipt_response(receipt_of(_item(item_id)))


@quarantine.delete("/<item:item_id>")
@quarantine.response(202, ReceiptSchema)
@quarantine.problems(404, 415)
@needs("editor")
def discard(item_id: str) -> Response:
    """Give up on a quarantined revision; an older published one stays."""
    parts().ledger.discard(item_id, token())
    return receipt_response(receipt_of(_item(item_id)))


def _item(item_id: str) -> Item:
    """The item of any kind."""
    for kind in KINDS:
        with suppress(NotFound):
            return parts().ledger.item(kind, item_id)
    raise NotFound(f"There is no item {item_id}.")


def quarantined_json(item: QuarantinedItem) -> dict[str, Any]:
    """A line of the quarantine."""
    return {
        "id": item.id, "kind": item.kind, "revision": item.revision, "label": item.label, "stage": item.stage,
        "reason": item.reason, "attempts": item.attempts, "at": rfc3339(item.at),
    }  # fmt: skip
