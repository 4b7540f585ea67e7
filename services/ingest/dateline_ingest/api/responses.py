"""What the JSON API answers with: receipts, items, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, jsonify, request
from werkzeug.http import http_date

from dateline.domain.document import ItemKind
from dateline.domain.payload import to_json
from dateline.domain.timestamps import rfc3339
from dateline.errors import FieldError
from dateline.http.responses.faults import Faults
from dateline.ports.ledger.items import Item, ItemSummary, Page, Revision
from dateline.ports.ledger.submissions import Receipt
from dateline_ingest.api.parameters import cursor_at
from dateline_ingest.context import parts

OLDER: Final = FieldError("", "A newer version is on record: this one changed nothing.")


def base_url() -> str:
    """The address of this service as reporters type it, without a slash at the end."""
    return (parts().settings.ingest_url or request.url_root).rstrip("/")


_PLURALS: Final = {"story": "stories", "event": "events", "image": "images"}


def status_url(kind: ItemKind, item_id: str) -> str:
    """Where the state of an item is told."""
    if kind == "term":
        return f"{base_url()}/v1/terms/{item_id.replace(':', '/')}"
    if kind == "front":
        section = item_id.partition(":section-")[2]
        return f"{base_url()}/v1/front" + (f"?section={section}" if section else "")
    return f"{base_url()}/v1/{_PLURALS[kind]}/{item_id}"


def receipt_json(receipt: Receipt, notes: Sequence[FieldError] = ()) -> dict[str, Any]:
    """A receipt as the contract says it; ``notes`` say what was read otherwise than it was sent."""
    fields = {
        "id": receipt.id,
        "revision": receipt.revision,
        "state": receipt.state,
        "received_at": rfc3339(receipt.received_at),
        "status_url": status_url(receipt.kind, receipt.id),
    }
    if receipt.key_expires_at:
        fields["idempotency_expires_at"] = rfc3339(receipt.key_expires_at)
    if receipt.unchanged and not receipt.key_expires_at:  # with a key the next repeat's answer is the same
        fields["unchanged"] = True
    if receipt.older:
        return {**fields, "older": True, **Faults.of((OLDER,)).json("notes")}
    return {**fields, **Faults.of(notes).json("notes")} if notes else fields


def receipt_response(receipt: Receipt, notes: Sequence[FieldError] = ()) -> Response:
    """202 with the receipt, where it is, and its revision as the ETag."""
    body = receipt_json(receipt, notes)
    response = jsonify(body)
    response.status_code = 202
    response.headers["Location"] = body["status_url"]
    if receipt.key_expires_at:
        response.headers["Idempotency-Expires"] = http_date(receipt.key_expires_at)
    response.set_etag(str(receipt.revision))
    return response


def receipt_of(item: Item) -> Receipt:
    """The receipt of an item's newest revision."""
    newest = item.newest
    return Receipt(
        id=item.id, kind=item.kind, revision=newest.revision, state=newest.state, received_at=newest.received_at
    )


def revision_json(revision: Revision) -> dict[str, Any]:
    """A revision and where it stands."""
    fields: dict[str, Any] = {
        "revision": revision.revision,
        "state": revision.state,
        "action": revision.action,
        "by": revision.by,
        "received_at": rfc3339(revision.received_at),
        "indexed_at": rfc3339(revision.indexed_at) if revision.indexed_at else None,
        "attempts": revision.attempts,
        "stage": revision.stage,
        "error": revision.error,
        "note": revision.note,
    }
    if revision.correction:
        fields["correction"] = revision.correction
    if revision.diff_state != "shown":
        fields["diff"] = revision.diff_state
    return {**fields, "erased": True} if revision.erased else fields


def item_json(item: Item, **more: Any) -> dict[str, Any]:
    """An item's receipt, what it is (``more``), its revisions and what editors said of its tags."""
    tags = item.editor_tags
    return {
        **receipt_json(receipt_of(item)),
        "owner": item.owner,
        "embargo_until": _embargo(item),
        "withheld": item.withheld,
        "published_revision": item.published_revision,
        "editor_tags": {"add": [to_json(tag) for tag in tags.added], "remove": [to_json(tag) for tag in tags.removed]},
        **more,
        "revisions": [revision_json(revision) for revision in item.revisions],
    }


def item_response(item: Item, **more: Any) -> Response:
    """200 with ``item_json`` and the newest revision as the ETag. Its state changes without a new revision, so there
    is no 304."""
    response = jsonify(item_json(item, **more))
    response.set_etag(str(item.newest_revision))
    return response


def summary_json(summary: ItemSummary) -> dict[str, Any]:
    """A line of a list."""
    return {
        "id": summary.id,
        "revision": summary.revision,
        "state": summary.state,
        "received_at": rfc3339(summary.received_at),
        "status_url": status_url(summary.kind, summary.id),
        "label": summary.label,
        "section": summary.section,
        "owner": summary.owner,
        "indexed_at": rfc3339(summary.indexed_at) if summary.indexed_at else None,
        "error": summary.error,
        "embargo_until": _embargo(summary),
        "withheld": summary.withheld,
    }


def _embargo(one: Item | ItemSummary) -> str | None:
    """When an embargo ends; None also for what is withheld, which nobody knows the end of."""
    return rfc3339(one.embargo_until) if one.embargo_until and not one.withheld else None


def list_response(items: Iterable[Mapping[str, Any]], next_cursor: str | None = None) -> Response:
    """A list; ``next`` is the address of the following page, and the header ``Link: rel="next"`` (RFC 8288) too."""
    following = next_url(next_cursor)
    response = jsonify({"items": list(items), "next": following})
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def page_response(found: Page) -> Response:
    """A page of the ledger's list."""
    return list_response((summary_json(summary) for summary in found.items), cursor_at(found.next))


def next_url(cursor: str | None) -> str | None:
    """The address of this list from ``cursor`` on."""
    if cursor is None:
        return None
    parameters = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return f"{base_url()}{request.path}?{urlencode([*parameters, ('cursor', cursor)])}"
