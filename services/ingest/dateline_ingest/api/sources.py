"""``/v1/sources``: feeds and calendars of others that are pulled, for editors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify
from marshmallow import fields

from dateline.domain.timestamps import rfc3339
from dateline.http import JsonBlueprint
from dateline.ports.ledger.pulled_sources import PulledSource
from dateline.schemas.base import Strict
from dateline.schemas.fields import Moment
from dateline_ingest.api.parameters import ALWAYS
from dateline_ingest.api.responses import list_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.pulling.source_schema import SourceSchema, details_of

sources = JsonBlueprint(
    "sources", __name__, url_prefix="/v1/sources", always=ALWAYS, description="Feeds that are pulled"
)


class KeptSourceSchema(SourceSchema):
    """A source that is kept, and how its pulls went; ``report`` is what became of the entries of the last that had
    something new, ``error`` why the newest one failed."""

    id = fields.String(required=True)
    paused = fields.Boolean(required=True)
    added_by = fields.String(required=True)
    added_at = Moment(required=True)
    fetched_at = Moment(required=True, allow_none=True)
    next_at = Moment(required=True, allow_none=True)
    failures = fields.Integer(required=True)
    error = fields.String(required=True)
    report = fields.Dict(required=True, allow_none=True)


class KeptSourcesSchema(Strict):
    """All of them, by name."""

    items = fields.List(fields.Nested(KeptSourceSchema), required=True)
    next = fields.String(required=True, allow_none=True)


@sources.get("")
@sources.response(200, KeptSourcesSchema)
@needs("editor")
def list_sources() -> Response:
    """List the sources that are kept, and how they go."""
    return list_response(map(source_json, parts().ledger.sources()))


@sources.post("")
@sources.arguments(SourceSchema)
@sources.response(201, KeptSourceSchema)
@sources.problems(409)
@needs("editor")
def add(given: dict[str, Any]) -> Response:
    """Keep a source; it is fetched within seconds."""
    service = parts()
    added = service.ledger.add_source(details_of(given, service.vocabulary.current()), token())
    response = jsonify(source_json(added))
    response.status_code = 201
    return response


@sources.get("/<opaque:source_id>")
@sources.response(200, KeptSourceSchema)
@sources.problems(404)
@needs("editor")
def show(source_id: str) -> Response:
    """Show one."""
    return jsonify(source_json(parts().ledger.source(source_id)))


@sources.delete("/<opaque:source_id>")
@sources.response(204)
@sources.problems(404)
@needs("editor")
def remove(source_id: str) -> Response:
    """Keep it no longer; its stories stay."""
    parts().ledger.remove_source(source_id, token())
    return Response(status=204)


@sources.post("/<opaque:source_id>/fetch")
@sources.response(200, KeptSourceSchema)
@sources.problems(404)
@needs("editor")
def fetch(source_id: str) -> Response:
    """Fetch it within seconds, whatever was said of the last answer."""
    parts().ledger.pull_source_soon(source_id, token())
    return jsonify(source_json(parts().ledger.source(source_id)))


@sources.post("/<opaque:source_id>/pause")
@sources.response(200, KeptSourceSchema)
@sources.problems(404)
@needs("editor")
def pause(source_id: str) -> Response:
    """Fetch it no more for now."""
    parts().ledger.pause_source(source_id, token(), paused=True)
    return jsonify(source_json(parts().ledger.source(source_id)))


@sources.post("/<opaque:source_id>/resume")
@sources.response(200, KeptSourceSchema)
@sources.problems(404)
@needs("editor")
def resume(source_id: str) -> Response:
    """Fetch it again."""
    parts().ledger.pause_source(source_id, token(), paused=False)
    return jsonify(source_json(parts().ledger.source(source_id)))


def source_json(source: PulledSource) -> dict[str, Any]:
    """A source and how its pulls went."""
    said = source.details
    named = {"section": said.section, "language": said.language}
    return {
        "id": source.id,
        "name": said.name,
        "url": said.url,
        "kind": said.kind,
        "every_minutes": int(said.every.total_seconds() // 60),
        **{name: value for name, value in named.items() if value},
        "paused": source.paused,
        "added_by": source.added_by,
        "added_at": rfc3339(source.added_at),
        "fetched_at": rfc3339(source.fetched_at) if source.fetched_at else None,
        "next_at": None if source.paused else rfc3339(source.next_at),
        "failures": source.failures,
        "error": source.error,
        "report": asdict(source.report) if source.report else None,
    }
