"""How much the web service adds to a search: ``/v1/search`` and ``/search`` beside the same query sent to
Elasticsearch directly, in turn, over the same kind of connection; and on the embedded index, by itself.

"Directly" is the request body that the adapter makes, sent by one kept-alive connection, its answer read and parsed:
the same facets, highlights and fields; once more without highlights, to tell the share of snippets. The stories are as
dense as newswire. The service runs as it is run for real: gunicorn, one worker, eight threads.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from bench._newswire import documents, queries
from bench._report import report
from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.search import search_body
from dateline.adapters.embedded import EmbeddedIndex
from dateline.ports.index import FACETS, Index, StorySearch
from dateline_web.search.params import SearchParams
from dateline_web.search.query import StoryQuery
from servers import free_port
from servers.elastic import elasticsearch

STORIES: Final = 20_000
QUERIES: Final = 300
ZONE: Final = ZoneInfo("Europe/Minsk")


@contextmanager
def web(folder: Path, search: str) -> Iterator[http.client.HTTPConnection]:
    port = free_port()
    environ = os.environ | {"DATELINE_DATA": str(folder), "DATELINE_SEARCH": search, "DATELINE_SEARCH_PREFIX": "bench",
                            "DATELINE_LOG_LEVEL": "error"}  # fmt: skip
    options = ["--bind", f"127.0.0.1:{port}", "--keep-alive", "60", "--log-level", "error",
               "--config=python:dateline.supervisor.gunicorn_settings"]  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", *options, "dateline_web.server:create_server()"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        while not answers(connection):
            assert process.poll() is None, "the web service did not start"
            time.sleep(0.1)
        yield connection
    finally:
        connection.close()
        process.terminate()
        process.wait()


def answers(connection: http.client.HTTPConnection) -> bool:
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().read() is not None
    except OSError:
        connection.close()
        return False


def timed(ask: Callable[[], None]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def get(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status, body[:300])


def direct(connection: http.client.HTTPConnection, body: bytes) -> None:
    connection.request("POST", "/bench-stories/_search", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    parsed = json.loads(answer.read())
    assert answer.status == 200, parsed


def search_of(parameters: dict[str, str], *, highlight: bool = True) -> StorySearch:
    listed = {name: [value] if name in FACETS else value for name, value in parameters.items()}
    query: StoryQuery = SearchParams().load(listed)
    search: StorySearch = query.search(facets=FACETS, highlight=highlight, brief=True)
    return search


def body_of(parameters: dict[str, str], *, highlight: bool = True) -> bytes:
    body = search_body(search_of(parameters, highlight=highlight))
    return json.dumps(body, ensure_ascii=False, default=str).encode()


def fill(index: Index) -> None:
    index.ensure()
    stories = documents(STORIES)
    while batch := list(islice(stories, 1000)):
        index.put(batch)


def p50_p99(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=100)[98]


def report_snippets(name: str, with_them: list[float], without: list[float]) -> None:
    """What snippets take of a search's time, on the average."""
    share = 1 - sum(without) / sum(with_them)
    report(name, ours=100 * share, limit=None, unit="%", ms=round(sum(with_them) / len(with_them), 2))


def on_elasticsearch() -> None:
    with elasticsearch() as server, tempfile.TemporaryDirectory() as folder:
        index = ElasticIndex(ElasticClient(server.url, timeout=30), prefix="bench", zone=ZONE)
        fill(index)
        index.close()
        with web(Path(folder), server.url) as connection:
            raw = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
            times: dict[str, list[float]] = {"direct": [], "bare": [], "/v1/search": [], "/search": []}
            for turn in range(2):
                for parameters in queries(QUERIES):
                    query, body = urlencode(parameters), body_of(parameters)
                    bare = body_of(parameters, highlight=False)
                    found = {
                        "direct": timed(lambda body=body: direct(raw, body)),
                        "bare": timed(lambda bare=bare: direct(raw, bare)),
                        "/v1/search": timed(lambda query=query: get(connection, f"/v1/search?{query}")),
                        "/search": timed(lambda query=query: get(connection, f"/search?{query}")),
                    }
                    if turn:
                        for name, milliseconds in found.items():
                            times[name].append(milliseconds)
            raw.close()
            report_snippets("search snippets", times["direct"], times["bare"])
            base50, base99 = p50_p99(times["direct"])
            for route, limit in (("/v1/search", 1.8), ("/search", 2.0)):
                p50, p99 = p50_p99(times[route])
                report(
                    f"search {route} p50", ratio=p50 / base50, ours=p50, limit=limit, unit="ms", direct=round(base50, 2)
                )
                report(
                    f"search {route} p99", ratio=p99 / base99, ours=p99, limit=None, unit="ms", direct=round(base99, 2)
                )


def on_embedded() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index", ZONE)
        fill(index)
        marked: list[float] = []
        bare: list[float] = []
        for parameters in queries(QUERIES):
            for times, highlight in ((bare, False), (marked, True)):
                search = search_of(parameters, highlight=highlight)
                times.append(timed(lambda search=search: index.search(search)))
        report_snippets("search snippets embedded", marked, bare)
        index.close()
        with web(Path(folder), "embedded") as connection:
            for route in ("/v1/search", "/search"):
                paths = [f"{route}?{urlencode(parameters)}" for parameters in queries(QUERIES)]
                times = [timed(lambda path=path: get(connection, path)) for path in paths]
                p50, p99 = p50_p99(times)
                report(f"search embedded {route} p50", ours=p50, limit=None, unit="ms")
                report(f"search embedded {route} p99", ours=p99, limit=None, unit="ms")


def main() -> None:
    on_elasticsearch()
    on_embedded()


if __name__ == "__main__":
    main()
