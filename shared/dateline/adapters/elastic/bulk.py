"""Writing a batch: one bulk request, external versions, and each item's own status decides alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.adapters.elastic.client import NOT_NOW, WRITE_TIMEOUT, ElasticClient
from dateline.adapters.elastic.generations import Generations
from dateline.adapters.elastic.sources import source_of
from dateline.domain.document import Document, kind_of
from dateline.errors import IndexUnavailable
from dateline.ports.index import PutResult, PutStatus

CONFLICT: Final = 409


def put(
    client: ElasticClient,
    generations: Generations,
    documents: Sequence[Document],
    *,
    zone: ZoneInfo,
    filling: bool,
) -> list[PutResult]:
    """Write documents through their aliases (``require_alias``: a typo can't make an index); visible when it returns.

    Versions are external: ``external_gte``, and strictly ``external`` into a generation that is being filled, so that
    what was written live wins.
    """
    if not documents:
        return []
    operations: list[Mapping[str, Any]] = []
    for document in documents:
        action = {
            "_index": generations.alias(kind_of(document), filling=filling),
            "_id": document.id,
            "version": document.version,
            "version_type": "external" if filling else "external_gte",
        }
        operations += [{"index": action}, source_of(document, zone)]
    with client.request(timeout=WRITE_TIMEOUT) as server:
        answer = server.bulk(operations=operations, require_alias=True, refresh=True)
    return [_result(document.id, item["index"]) for document, item in zip(documents, answer["items"], strict=True)]


def _result(id: str, item: Mapping[str, Any]) -> PutResult:
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
        raise IndexUnavailable("the search index isn't made yet: run `dateline index ensure`")
    if status in NOT_NOW or status >= 500:
        return PutResult(id, PutStatus.LATER, reason)
    return PutResult(id, PutStatus.REFUSED, reason)
