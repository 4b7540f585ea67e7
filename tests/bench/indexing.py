"""How fast a newsroom makes stories searchable, what that costs, and how much of the index a story fills.

10,000 stories as dense as newswire (``scripts/bench density``) go through ``POST /v1/stories/bulk`` of a newsroom on
Elasticsearch, PostgreSQL and Redis; the clock runs from the first byte sent until a search finds all of them. Beside it
stand two rates of ``helpers.bulk`` on the same server (chunks of 500, one thread, one refresh at the end): that of the
stories' headline, body and tags alone, in a mapping of three fields, and that of our own documents in our own mapping.
Processor seconds are the difference of each process's own count. The embedded newsroom is measured by itself.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil
from elasticsearch import Elasticsearch, helpers

from bench._newswire import submissions
from bench._report import report
from dateline.adapters.elastic.document_json import document_of
from dateline.adapters.elastic.generations import shipped_mapping
from dateline.domain.document import StoryDocument
from servers.elastic import elasticsearch
from servers.newsroom import Newsroom, newsroom
from servers.postgres import postgres_cluster
from servers.redis import redis_server

STORIES: Final = 10_000
CHUNK: Final = 500
INDEXERS: Final = (1, 2)
WARM_UPS: Final = 6
TURNS: Final = 3
PAUSE: Final = 0.05
"""Seconds between two questions whether all is there, so that asking takes little of what is measured."""
LIMIT: Final = 0.25
"""Of the rate of the bare stories; 0.4 is aimed at."""
WORKER_SECONDS: Final = 4.0
BYTES_A_STORY: Final = 3000
BARE: Final = {"properties": {"headline": {"type": "text"}, "body": {"type": "text"}, "tags": {"type": "keyword"}}}


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
    room.wait_for(lambda: searchable(room) == all_of_them, "readers find every story")
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
    """How many stories a search finds; none while web is too busy to say."""
    answer = room.read("/v1/search?limit=1")
    total: int = answer.body["total"]["value"] if answer.status == 200 else 0
    time.sleep(PAUSE)
    return total


def counted(client: Elasticsearch) -> int:
    """The same asked of the server itself: asked again and again, a reader's search with its facets would slow down
    what is measured."""
    total: int = client.count(index="dateline-stories")["count"]
    time.sleep(PAUSE)
    return total


def sources(client: Elasticsearch, prefix: str, count: int) -> list[dict[str, Any]]:
    """What the newsroom's index holds."""
    client.indices.refresh(index=f"{prefix}-stories")
    hits = helpers.scan(client, index=f"{prefix}-stories", size=1000)
    found = [hit["_source"] for hit in islice(hits, count)]
    assert len(found) == count
    return found


def bare(source: dict[str, Any]) -> dict[str, Any]:
    """Headline, body and tags of a source."""
    story = document_of("story", source)
    assert isinstance(story, StoryDocument)
    return {"headline": story.headline, "body": story.body_text, "tags": [tag.key for tag in story.accepted_tags]}


def bulk_rate(client: Elasticsearch, documents: list[dict[str, Any]], body: dict[str, Any]) -> float:
    """Documents a second of ``helpers.bulk``, until they are searchable: the middle one of three, after one that
    warms."""
    settings = {**body.get("settings", {}), "number_of_shards": 1, "number_of_replicas": 0}
    rates = []
    for _ in range(TURNS + 1):
        client.indices.create(index="raw", settings=settings, mappings=body["mappings"])
        actions = [{"_index": "raw", "_id": str(number), "_source": one} for number, one in enumerate(documents)]
        started = time.perf_counter()
        helpers.bulk(client, iter(actions), chunk_size=CHUNK)
        client.indices.refresh(index="raw")
        rates.append(len(documents) / (time.perf_counter() - started))
        client.indices.delete(index="raw")
    return median(rates[1:])


def bytes_a_story(client: Elasticsearch, alias: str) -> float:
    """What the index fills on disk, merged into one segment."""
    client.indices.forcemerge(index=alias, max_num_segments=1)
    client.indices.flush(index=alias)
    client.indices.refresh(index=alias)
    found = client.indices.stats(index=alias, metric=["store", "docs"])["_all"]["primaries"]
    return float(found["store"]["size_in_bytes"] / found["docs"]["count"])


def processor_seconds(processes: Iterable[psutil.Process]) -> float:
    """What processes and those below them have used so far."""
    every = {one.pid: one for process in processes for one in (process, *process.children(recursive=True))}
    return sum(sum(one.cpu_times()[:2]) for one in every.values())


def parts_of(room: Newsroom, search_pid: int, ledger: Path) -> Callable[[], dict[str, float]]:
    """A function that tells the processor seconds that each part has used so far."""
    postmaster = int((ledger / "data/postmaster.pid").read_text().splitlines()[0])
    parts = {
        "ingest": room.find("dateline_ingest"),
        "worker": room.find("dateline_indexer.worker"),
        "Elasticsearch": [psutil.Process(search_pid)],
        "PostgreSQL": [psutil.Process(postmaster)],
    }
    assert all(parts.values()), parts
    return lambda: {name: processor_seconds(processes) for name, processes in parts.items()}


def on_servers(workers: int, count: int) -> None:
    """Our rate (the middle one of three) and the server's, in one run on one set of servers.

    Before the clock runs other stories go the same way, since the server's compiler takes longer over its first 10,000
    stories than the stories take: otherwise who comes first would pay for who comes second.
    """
    with ExitStack() as stack:
        search = stack.enter_context(elasticsearch())
        ledger = stack.enter_context(postgres_cluster())
        broker = stack.enter_context(redis_server())
        options = ("--empty", "--search", search.url, "--ledger", ledger.url, "--broker", broker.url)
        with (
            newsroom(*options, "--workers", str(workers)) as room,
            Elasticsearch(search.url, request_timeout=120) as client,
        ):
            used = parts_of(room, search.pid, ledger.folder)
            rates, costs = [], []
            for turn in range(WARM_UPS + TURNS):
                before = used()
                rates.append(send(room, count, lambda: counted(client), turn))
                costs.append({name: after - before[name] for name, after in used().items()})
            filled = bytes_a_story(client, "dateline-stories")
            documents = sources(client, "dateline", count)
        ours = median(rates[WARM_UPS:])
        with Elasticsearch(search.url, request_timeout=60) as client:
            own = bulk_rate(client, documents, shipped_mapping("stories"))
            least = bulk_rate(client, [bare(source) for source in documents], {"mappings": BARE})
    name = f"indexing, indexers: {workers}"
    report(name, ratio=ours / least, ours=ours, limit=LIMIT if workers == 1 else None, unit="stories/s",
           bare_bulk=round(least), own_bulk=round(own), ratio_of_own=round(ours / own, 3))  # fmt: skip
    for part in costs[0]:
        seconds = median(cost[part] for cost in costs[WARM_UPS:]) * STORIES / count
        limit = WORKER_SECONDS if part == "worker" else None
        report(f"{name}, {part}", ours=seconds, limit=limit, unit="processor seconds for 10,000 stories")
    report(f"{name}, index", ours=filled, limit=BYTES_A_STORY, unit="bytes a story")


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
