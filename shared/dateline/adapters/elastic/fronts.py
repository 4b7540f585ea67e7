"""Fronts as they looked: a search over their ids, which sort as their times do."""

from __future__ import annotations

from typing import cast

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.document_json import document_of
from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord


def front_records(client: ElasticClient, alias: str, first: str, before: str, limit: int) -> list[FrontRecord]:
    """The newest records between two ids. Raises ``IndexUnavailable``."""
    between = {"bool": {"filter": [{"range": {"id": {"gte": first, "lt": before}}}, {"exists": {"field": "at"}}]}}
    [answer] = client.ask(alias, [{"query": between, "sort": [{"id": "desc"}], "size": limit}])
    documents = [cast(FrontDocument, document_of("front", hit["_source"])) for hit in answer["hits"]["hits"]]
    return [one.record for one in documents if one.record]
