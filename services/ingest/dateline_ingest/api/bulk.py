"""``POST /v1/stories/bulk``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from flask import Response, request

from dateline.http import JsonBlueprint, accepts
from dateline.schemas.fields import Counted
from dateline_ingest.api.parameters import ALWAYS, NEW, Query, key_of
from dateline_ingest.auth import needs
from dateline_ingest.bulks.bulk import Bulk, BulkLimits
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import a_slot, give_back_when_taken

NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")

MAX_BULK_BYTES: Final = 2**62
"""No bound: a line has one, and memory doesn't grow with the lines."""

bulk = JsonBlueprint("bulk", __name__, url_prefix="/v1/stories", always=ALWAYS, description="Many stories at once")

_LINES: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A story a line",
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    }
}


class BulkQuery(Query):
    """Which part of a file this is."""

    first_line = Counted(
        1, 10**12, load_default=1, metadata={"description": "The first line's number, where a file is sent in parts"}
    )


_RESULTS: Final = {
    "type": "string",
    "description": "A line each: line, status, id or errors",
}


@bulk.post("/bulk")
@bulk.arguments(BulkQuery, location="query")
@bulk.response(200, _RESULTS, content_type="application/x-ndjson")
@bulk.problems(415, 422)
@bulk.doc(**NEW, **_LINES)
@accepts(*NDJSON)
@needs("reporter", "editor")
def submit_many(query: dict[str, Any]) -> Response:
    """Submit many stories; each line is taken or refused by itself."""
    request.max_content_length = MAX_BULK_BYTES
    with a_slot(parts().bulk_slots, token().name) as give_back:
        file = _bulk(query["first_line"]).process(request.stream.read)
        response = Response(chunks_of(file), content_type="application/x-ndjson; charset=utf-8")
        response.call_on_close(file.close)
        give_back_when_taken(response, give_back)
    return response


def _bulk(first_line: int) -> Bulk:
    key = key_of(request.headers["Idempotency-Key"]) if "Idempotency-Key" in request.headers else ""
    service = parts()
    limits = BulkLimits.of(service.settings)
    return Bulk(service.intake, service.vocabulary.current, token(), key, limits=limits, first_line=first_line)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The file's chunks; it is closed after the last one."""
    with file:
        while chunk := file.read(65_536):
            yield chunk
