"""Writing a batch: one bulk request, external versions, and each item's own status decides alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import orjson

from dateline.adapters.elastic.client import NOT_ALLOWED, NOT_MADE, NOT_NOW, WRITE_TIMEOUT, ElasticClient
from dateline.adapters.elastic.document_json import source_of
from dateline.adapters.elastic.generations import Generations
from dateline.domain.document import Document, kind_of
from dateline.errors import IndexUnavailable
from dateline.ports.index import PutResult, PutStatus

CONFLICT: Final = 409
_READ: Final = ("items.*.status", "items.*.error")
"""What is read of the answer; the rest of it would be as long again as the shorter documents."""
NOT_UTF8: Final = "the text holds half a surrogate pair, which is no character"


def put(
    client: ElasticClient,
    generations: Generations,
    documents: Sequence[Document],
    *,
    zone: ZoneInfo,
    filling: bool,
    refresh: bool = True,
) -> list[PutResult]:
    """Write documents through their aliases (``require_alias``: a typo can't make an index).

    With ``refresh`` they are visible when it returns, else with the next refresh of the index, a second later at most.

    Versions are external: ``external_gte``, and strictly ``external`` into a generation that is being filled, so that
    what was written live wins.
    """
    lines = [_lines(generations, document, zone, filling) for document in documents]
    if not (sendable := [pair for pair in lines if pair]):
        return [PutResult(document.id, PutStatus.REFUSED, NOT_UTF8) for document in documents]
    with client.request(timeout=WRITE_TIMEOUT) as server:
        operations = [line for pair in sendable for line in pair]
        answer = server.bulk(
            operations=cast(Any, operations), require_alias=True, refresh=refresh, filter_path=list(_READ)
        )
    items = iter(answer["items"])
    return [
        _result(document.id, next(items)["index"]) if pair else PutResult(document.id, PutStatus.REFUSED, NOT_UTF8)
        for document, pair in zip(documents, lines, strict=True)
    ]


def _lines(generations: Generations, document: Document, zone: ZoneInfo, filling: bool) -> tuple[bytes, bytes] | None:
    """The two lines of one document in a bulk request; None when its text is no Unicode (a lone surrogate)."""
    action = {
        "_index": generations.alias_of(kind_of(document), document.id, filling=filling),
        "_id": document.id,
        "version": document.version,
        "version_type": "external" if filling else "external_gte",
    }
    try:
        return orjson.dumps({"index": action}), orjson.dumps(source_of(document, zone))
    except orjson.JSONEncodeError:
        return None


def _result(id: str, item: Mapping[str, Any]) -> PutResult:
    """What became of one item. A missing privilege or a blocked index is no fault of the document."""
    status = item["status"]
    if status < 300:
        return PutResult(id, PutStatus.DONE)
    if status == CONFLICT:
        return PutResult(id, PutStatus.NEWER)
    error = item.get("error", {})
    reason = f"{error.get('type', status)}: {error.get('reason', '')}"
    if cause := error.get("caused_by"):
        reason += f" ({cause.get('reason', '')})"
    if error.get("type") == "index_not_found_exception":
        raise IndexUnavailable(NOT_MADE)
    if status in NOT_NOW | NOT_ALLOWED or status >= 500:
        return PutResult(id, PutStatus.LATER, reason)
    return PutResult(id, PutStatus.REFUSED, reason)
