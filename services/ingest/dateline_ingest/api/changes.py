"""``/v1/changes``: what changed for readers, for whoever follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

import marshmallow as ma
import orjson
from flask import Response, request
from marshmallow import fields

from dateline.documents.builder import document_of
from dateline.documents.kept_enrichment import KeptEnrichment
from dateline.domain.document import EventDocument, FrontDocument, StoryDocument, TermDocument
from dateline.domain.enrichment import Enrichment
from dateline.domain.picture_rights import shown_at
from dateline.formats import public_json
from dateline.formats.public_json.site import Site
from dateline.gateway import WAIT
from dateline.http import JsonBlueprint
from dateline.http.responses.conditional import answer_conditionally
from dateline.ports.ledger.changes import Change, ChangePage
from dateline.schemas.fields import Counted
from dateline_ingest.api.parameters import ALWAYS, Query
from dateline_ingest.api.responses import base_url
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token

MAX_NUMBER: Final = 2**63 - 1
MAX_WAIT: Final = 60

changes = JsonBlueprint(
    "changes", __name__, url_prefix="/v1/changes", always=ALWAYS, description="What changed for readers"
)


class ChangesQuery(Query):
    """From where on, how many, and how long the answer may wait for the first."""

    after = Counted(0, MAX_NUMBER, load_default=0, metadata={"description": "The number of the last change you know"})
    limit = Counted(1, 100, load_default=100)
    wait = Counted(0, MAX_WAIT, load_default=0, metadata={"description": "Seconds to wait where nothing came after it"})


class ChangeSchema(ma.Schema):
    """An item at its newest number. ``item`` is what readers get; null for a tombstone."""

    seq = fields.Integer(required=True)
    kind = fields.String(required=True, metadata={"enum": ["story", "event", "term"]})
    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": ["published", "withdrawn", "erased"]})
    item = fields.Dict(
        required=True, allow_none=True,
        metadata={"description": "As web's API says the story, the event or the term, without what others decide"},
    )  # fmt: skip


class ChangesSchema(ma.Schema):
    """Changes in the order of their numbers; ``next`` is null on the last page, from where ``last`` goes on."""

    items = fields.List(fields.Nested(ChangeSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    last = fields.Integer(required=True, metadata={"description": "The highest number given"})


@changes.get("")
@changes.arguments(ChangesQuery, location="query")
@changes.response(200, ChangesSchema)
@changes.problems(304, 410)
@needs("ops", "subscriber")
def list_changes(query: dict[str, Any]) -> Response:
    """List what changed for readers above a number; an item stands once, at its newest number."""
    known = parts().change_cache.known()
    page = parts().ledger.changes(after=query["after"], limit=query["limit"], known=known)
    if query["wait"] and not page.changes:
        _wait_for_next(page.last, query["wait"])
    return _response(page, known)


def _wait_for_next(last: int, seconds: int) -> None:
    """Let the server ask again when there is a change, or the time is over. One that can't wait answers at once."""
    wait = request.environ.get(WAIT)
    if wait is None or request.method != "GET":
        return
    if (place := parts().change_watch.join(last, seconds, token().id)) is not None:
        wait(place)


def _response(page: ChangePage, known: Mapping[int, bytes]) -> Response:
    following = None if page.is_last else _next_url(page.changes[-1].seq)
    items = [_change_json(one, known) for one in page.changes]
    answer = orjson.dumps({"items": items, "next": following, "last": page.last})
    response = Response(answer, mimetype="application/json")
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    response.headers["Cache-Control"] = "private, no-cache"
    return answer_conditionally(response)


def _next_url(after: int) -> str:
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "after"]
    return f"{base_url()}{request.path}?{urlencode([('after', str(after)), *others])}"


def _change_json(change: Change, known: Mapping[int, bytes]) -> dict[str, Any]:
    return {
        "seq": change.seq,
        "kind": change.kind,
        "id": change.item_id,
        "revision": change.revision,
        "state": change.state,
        "item": orjson.Fragment(_item(change, known)),
    }


def _item(change: Change, known: Mapping[int, bytes]) -> bytes:
    """The JSON of what readers get of it, made once for all who follow."""
    if change.claimed is None and change.state == "published":
        return known[change.seq]
    told = _item_json(change)
    item = orjson.dumps(told)
    if not _has_own_pictures(told):
        parts().change_cache.keep(change, item)
    return item


def _has_own_pictures(told: Mapping[str, Any] | None) -> bool:
    """Whether what is told changes by itself: when rights of a picture begin or end, or its crops do."""
    images = [*told.get("images", ()), told.get("image") or {}] if told else []
    return any(image.get("id") for image in images)


def _item_json(change: Change) -> dict[str, Any] | None:
    """What readers get of it."""
    if change.claimed is None or change.claimed.publish is None:
        return None
    settings = parts().settings
    site = Site(address=settings.web_url.rstrip("/"), zone=settings.timezone)
    now = datetime.now(UTC)
    kept = KeptEnrichment(kept=change.enrichment or Enrichment(), zone=settings.timezone, now=now)
    match document_of(change.claimed, change.claimed.publish, kept):
        case StoryDocument() as story:
            return public_json.story.story_json(shown_at(story, now), site)
        case EventDocument() as event:
            return public_json.event.event_json(shown_at(event, now), site)
        case TermDocument() as term:
            return public_json.term.term_json(shown_at(term, now), site)
        case FrontDocument() | None:
            return None
