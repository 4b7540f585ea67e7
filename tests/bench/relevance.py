"""How well search ranks, on the Cranfield collection: nDCG@10 and MAP of both adapters beside plain BM25.

Plain BM25 is one ``multi_match`` of the query's words (ORed) over the same headline and body fields with equal weights,
on the same server in the same run. The collection is read from the folder ``gold`` where it exists and is no part of
the project; without it there is nothing to measure, and the benchmark says so. Weights were tuned on the odd queries
only; the even ones are the figure to quote.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any, Final
from zoneinfo import ZoneInfo

from elasticsearch import Elasticsearch

from bench._report import average_precision, ndcg, report
from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.ports.index import Clause, Index, StorySearch
from servers.elastic import elasticsearch

GOLD: Final = Path(os.environ.get("GOLD", Path(__file__).resolve().parents[3] / "shared" / "gold"))
ZONE: Final = ZoneInfo("UTC")
DEPTH: Final = 100
LEAST_GRADE: Final = 4
Ranking = Callable[[str], list[str]]


def lines(name: str) -> Iterator[dict[str, Any]]:
    with (GOLD / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def documents() -> list[StoryDocument]:
    when = datetime(2000, 1, 1, tzinfo=UTC)
    return [
        StoryDocument(
            id=str(doc["id"]), version=1, revision=1, published_at=when, updated_at=when, day=when.date(),
            headline=doc["title"], body_text=doc["text"].removeprefix(doc["title"]), slug="x",
        )
        for doc in lines("cranfield.docs.jsonl")
    ]  # fmt: skip


def clauses(text: str) -> tuple[Clause, ...]:
    return tuple(Clause(text=word) for word in re.findall(r"\w+", text))


def ours(index: Index) -> Ranking:
    return lambda text: [hit.document.id for hit in index.search(StorySearch(clauses=clauses(text), limit=DEPTH)).hits]


def plain_bm25(server: Elasticsearch, alias: str) -> Ranking:
    def rank(text: str) -> list[str]:
        query = {"multi_match": {"query": text, "fields": ["headline_en", "body_en"], "operator": "or"}}
        found = server.search(index=alias, query=query, size=DEPTH, source=False)
        return [hit["_id"] for hit in found["hits"]["hits"]]

    return rank


def judged() -> dict[int, dict[str, float]]:
    gains: dict[int, dict[str, float]] = {}
    for row in lines("cranfield.qrels.jsonl"):
        if row["rel"] is not None:
            gains.setdefault(row["qid"], {})[str(row["id"])] = float(LEAST_GRADE + 1 - row["code"])
    return gains


def score(rank: Ranking, queries: Sequence[dict[str, Any]], gains: dict[int, dict[str, float]]) -> tuple[float, float]:
    ranked = {query["qid"]: rank(query["text"]) for query in queries}
    return (
        fmean(ndcg(found, gains[qid]) for qid, found in ranked.items()),
        fmean(average_precision(found, set(gains[qid])) for qid, found in ranked.items()),
    )


def main() -> None:
    if not GOLD.is_dir():
        sys.exit(
            f"relevance: no collection to measure on in {GOLD.name}/ (set GOLD to a folder with cranfield.*.jsonl)"
        )
    gains = judged()
    queries = [query for query in lines("cranfield.queries.jsonl") if query["qid"] in gains]
    docs = documents()
    with elasticsearch() as server, tempfile.TemporaryDirectory() as folder:
        elastic = ElasticIndex(ElasticClient(server.url, timeout=30), prefix="relevance", zone=ZONE)
        embedded = EmbeddedIndex(Path(folder), ZONE)
        for index in (elastic, embedded):
            index.ensure()
            index.put(docs)
        with Elasticsearch(server.url) as client:
            for part, remainder in (("tuned", 1), ("held-out", 0)):
                some = [query for query in queries if query["qid"] % 2 == remainder]
                base = score(plain_bm25(client, "relevance-stories"), some, gains)
                for name, index, limit in (("elasticsearch", elastic, 1.0), ("embedded", embedded, 0.9)):
                    found = score(ours(index), some, gains)
                    for measure, mine, theirs in zip(("ndcg@10", "map"), found, base, strict=True):
                        report(
                            f"relevance-{name}-{part}", ratio=mine / theirs, ours=mine, limit=limit, unit=measure,
                            plain_bm25=round(theirs, 4), queries=len(some),
                        )  # fmt: skip
        elastic.close()
        embedded.close()


if __name__ == "__main__":
    main()
