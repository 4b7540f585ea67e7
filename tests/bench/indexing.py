"""How fast a newsroom makes stories searchable, beside the bulk rate of its search server.

10,000 stories of about 1 KB go through ``POST /v1/stories/bulk`` of a newsroom on Elasticsearch, PostgreSQL and Redis;
the clock runs from the first byte sent until a search finds all of them. The bulk rate is that of ``helpers.bulk`` of
the same finished documents, read back from the newsroom's index, into an index with the same mapping on the same
server: chunks of 500, one thread, one refresh at the end. The embedded newsroom is measured by itself.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection
from itertools import islice
from statistics import median
from typing import Final

from elasticsearch import Elasticsearch, helpers

from bench._report import report
from bench._stories import submissions
from dateline.adapters.elastic.generations import shipped_mapping
from servers.elastic import elasticsearch
from servers.newsroom import Newsroom, newsroom
from servers.postgres import postgresql
from servers.redis import redis_server

STORIES: Final = 10_000
CHUNK: Final = 500
INDEXERS: Final = (1, 2)
WARM_UPS: Final = 6
TURNS: Final = 3
PAUSE: Final = 0.05
"""Seconds between two questions whether all is there, so that asking takes little of what is measured."""
LIMIT: Final = 0.4


def send(room: Newsroom, count: int, found: Callable[[], int], turn: int = 0) -> float:
    """Stories a second, from the first byte sent until ``found`` counts the last one; other stories in each turn."""
    body = b"".join(json.dumps(story).encode() + b"\n" for story in submissions(count, turn=turn))
    all_of_them = count * (turn + 1)
    started = time.perf_counter()
    statuses = [json.loads(line)["status"] for line in post(room, body).splitlines()]
    assert statuses == [202] * count
    taken = time.perf_counter() - started
    room.wait_for(lambda: found() == all_of_them, "every story is searchable", seconds=300)
    whole = time.perf_counter() - started
    assert searchable(room) == all_of_them
    print_error(f"accepted in {taken:.1f} s, searchable after {whole:.1f} s")
    return count / whole


def post(room: Newsroom, body: bytes) -> bytes:
    """The answer to a bulk request."""
    connection = HTTPConnection("127.0.0.1", room.ingest_port, timeout=300)
    headers = {"Authorization": f"Bearer {room.token}", "Content-Type": "application/x-ndjson"}
    connection.request("POST", "/v1/stories/bulk", body, headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status == 200, text[:300]
    return text


def searchable(room: Newsroom) -> int:
    """How many stories a search finds."""
    total: int = room.read("/v1/search?limit=1").body["total"]["value"]
    time.sleep(PAUSE)
    return total


def counted(client: Elasticsearch) -> int:
    """The same asked of the server itself: asked again and again, a reader's search with its facets would slow down
    what is measured."""
    total: int = client.count(index="dateline-stories")["count"]
    time.sleep(PAUSE)
    return total


def raw_rate(url: str, prefix: str, count: int) -> float:
    """Stories a second of ``helpers.bulk`` of the newsroom's documents, until they are searchable: the middle one of
    three, after one that warms."""
    with Elasticsearch(url, request_timeout=60) as client:
        client.indices.refresh(index=f"{prefix}-stories")
        documents = [
            {"_index": "raw", "_id": hit["_id"], "_source": hit["_source"]}
            for hit in islice(helpers.scan(client, index=f"{prefix}-stories", size=1000), count)
        ]
        assert len(documents) == count
        body = shipped_mapping("stories")
        settings = {**body["settings"], "number_of_shards": 1, "number_of_replicas": 0}
        rates = []
        for _ in range(TURNS + 1):
            client.indices.create(index="raw", settings=settings, mappings=body["mappings"])
            started = time.perf_counter()
            helpers.bulk(client, iter(documents), chunk_size=CHUNK)
            client.indices.refresh(index="raw")
            rates.append(count / (time.perf_counter() - started))
            client.indices.delete(index="raw")
    return median(rates[1:])


def on_servers(workers: int, count: int) -> None:
    """Our rate (the middle one of three) and the server's, in one run on one set of servers.

    Before the clock runs other stories go the same way, since the server's compiler takes longer over its first 10,000
    stories than the stories take: otherwise who comes first would pay for who comes second.
    """
    with ExitStack() as stack:
        search = stack.enter_context(elasticsearch())
        ledger = stack.enter_context(postgresql())
        broker = stack.enter_context(redis_server())
        options = ("--empty", "--search", search.url, "--ledger", ledger, "--broker", broker.url)
        with (
            newsroom(*options, "--workers", str(workers)) as room,
            Elasticsearch(search.url, request_timeout=60) as client,
        ):
            rates = [send(room, count, lambda: counted(client), turn) for turn in range(WARM_UPS + TURNS)]
        ours = median(rates[WARM_UPS:])
        raw = raw_rate(search.url, "dateline", count)
    report(
        f"indexing, indexers: {workers}", ratio=ours / raw, ours=ours, limit=LIMIT if workers == 1 else None,
        unit="stories/s", bulk=round(raw),
    )  # fmt: skip


def embedded(count: int) -> None:
    """The newsroom without servers."""
    with newsroom("--empty") as room:
        report("indexing, embedded", ours=send(room, count, lambda: searchable(room)), limit=None, unit="stories/s")


def print_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stories", type=int, default=STORIES)
    asked.add_argument("--indexers", type=int, nargs="*", default=INDEXERS)
    asked.add_argument("--no-embedded", action="store_true")
    given = asked.parse_args()
    for workers in given.indexers:
        on_servers(workers, given.stories)
    if not given.no_embedded:
        embedded(given.stories)


if __name__ == "__main__":
    main()
