"""How many stories a second ingest accepts, and how long a reporter waits for the 202.

``POST /v1/stories`` with 8 clients that keep their connections, against a bare view with one insert and one commit
under the same server, on SQLite and on PostgreSQL; both take turns, and the ratio is the median of the turns'. Then the
99th percentile of the time from when a story was due to be sent until its 202, at half the rate that was reached. No
worker runs; Redis takes the wake-ups.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench._bare_ingest import LEDGER, create_table
from bench._report import report
from bench._stories import submissions
from dateline.adapters.ledger import open_sql_ledger
from dateline.supervisor.newsroom_processes import is_service_ready
from servers import free_port
from servers.postgres import new_database, postgres_cluster
from servers.redis import redis_server

CLIENTS: Final = 8
TURNS: Final = 5
TURN_SECONDS: Final = 4.0
WARM_UP_SECONDS: Final = 2.0
PACED_SECONDS: Final = 10.0
LEAST_RATIO: Final = 0.5
MOST_MS: Final = 100
STORIES: Final = 2000
GUNICORN: Final = (
    sys.executable, "-m", "gunicorn", "--workers=1", "--preload",
    "--config=python:dateline.supervisor.gunicorn_settings",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A running server, and the requests that it is sent."""

    port: int
    requests: Sequence[bytes]


def requests_of(token: str) -> list[bytes]:
    """Stories of about 1 KB as they stand on the wire."""
    head = (
        "POST /v1/stories HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: "
    )
    bodies = [json.dumps(story).encode() for story in submissions(STORIES)]
    return [f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies]


@contextmanager
def running(app: str, token: str, environ: Mapping[str, str]) -> Iterator[Service]:
    """Run ``app`` as ``dateline up`` runs a service."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        settings = {"DATELINE_DATA": folder, "DATELINE_LOG_LEVEL": "error", "DATELINE_RATE_LIMIT": "1000000 per second"}
        own = {**os.environ, **settings, **environ}
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen([*GUNICORN, f"--bind=127.0.0.1:{port}", app], env=own, stdout=log, stderr=log)
        try:
            while not is_service_ready(port):
                if process.poll() is not None:
                    sys.exit(f"{app} did not start:\n{Path(folder, 'log').read_text()}")
                time.sleep(0.1)
            yield Service(port=port, requests=requests_of(token))
        finally:
            process.terminate()
            process.wait(timeout=30)


def send(connection: socket.socket, request: bytes) -> None:
    """Send a story; it must be accepted."""
    connection.sendall(request)
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 202"):
        sys.exit(f"not accepted: {answer.decode()}")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)


def by_clients(service: Service, work: Callable[[socket.socket, int], list[float]]) -> list[float]:
    """What all clients' work gave, each on a connection of its own."""

    def client(number: int) -> list[float]:
        with closing(socket.create_connection(("127.0.0.1", service.port))) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return work(connection, number)

    with ThreadPoolExecutor(CLIENTS) as clients:
        return [one for found in clients.map(client, range(CLIENTS)) for one in found]


def accepted_a_second(service: Service, seconds: float) -> float:
    """As many as the clients can send, one after the other."""

    def work(connection: socket.socket, number: int) -> list[float]:
        until, times = time.perf_counter() + seconds, []
        for position in count(number, CLIENTS):
            if time.perf_counter() > until:
                break
            send(connection, service.requests[position % STORIES])
            times.append(time.perf_counter())
        return times

    started = time.perf_counter()
    times = by_clients(service, work)
    return len(times) / (max(times) - started)


def waits(service: Service, a_second: float) -> list[float]:
    """Milliseconds of each story at a steady rate, from when it was due to be sent: a queue is a wait too."""
    started = time.perf_counter() + 0.2

    def work(connection: socket.socket, number: int) -> list[float]:
        found = []
        for position in range(number, int(a_second * PACED_SECONDS), CLIENTS):
            due = started + position / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            send(connection, service.requests[position % STORIES])
            found.append((time.perf_counter() - due) * 1000)
        return found

    return by_clients(service, work)


def measure(name: str, ledger_url: str, bare_url: str, broker_url: str) -> None:
    """Report one database's two figures."""
    with closing(open_sql_ledger(ledger_url)) as ledger:
        ledger.migrate()
        token, _ = ledger.create_token("bench", "editor")
    create_table(bare_url)
    ours_environ = {"DATELINE_LEDGER": ledger_url, "DATELINE_BROKER": broker_url}
    with (
        running("dateline_ingest.server:create_server()", token, ours_environ) as ours,
        running("bench._bare_ingest:create_server()", token, {LEDGER: bare_url}) as bare,
    ):
        for service in (ours, bare):
            accepted_a_second(service, WARM_UP_SECONDS)
        turns = [(accepted_a_second(ours, TURN_SECONDS), accepted_a_second(bare, TURN_SECONDS)) for _ in range(TURNS)]
        rate = median(one for one, _ in turns)
        report(
            f"ingest-{name}", ours=rate, limit=LEAST_RATIO, unit="stories accepted a second, 8 clients",
            ratio=median(one / other for one, other in turns), bare=round(median(other for _, other in turns)),
        )  # fmt: skip
        times = waits(ours, rate / 2)
        report(f"ingest-wait-{name}", ours=quantiles(times, n=100)[98], limit=MOST_MS, unit="ms, p99 at half that rate",
               median=round(median(times), 2))  # fmt: skip


def main() -> None:
    """Measure on both databases."""
    with redis_server() as redis:
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
            measure("sqlite", f"sqlite:///{folder}/ledger.sqlite", f"sqlite:///{folder}/bare.sqlite", redis.url)
        with (
            postgres_cluster({}) as cluster,
            new_database(cluster.url) as ledger_url,
            new_database(cluster.url) as bare_url,
        ):
            measure("postgres", ledger_url, bare_url, redis.url)


if __name__ == "__main__":
    main()
