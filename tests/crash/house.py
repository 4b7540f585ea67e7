"""The newsroom of a crash run: `dateline up` on the three servers, each of which can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psutil
import psycopg

from servers.elastic import ElasticServer, as_user, elasticsearch
from servers.newsroom import Newsroom, newsroom
from servers.postgres import PostgresServer, postgres_cluster
from servers.redis import RedisServer, redis_server

LEASE_SECONDS: Final = "21"
"""As short as a lease may be: what a killed worker held comes again soon."""
ENVIRON: Final = {
    "DATELINE_SEARCH_PREFIX": "crash", "DATELINE_LEASE_SECONDS": LEASE_SECONDS, "DATELINE_SWEEP_SECONDS": "1",
}  # fmt: skip


@dataclass(slots=True)
class SearchServer:
    """An Elasticsearch, begun again by the command line and environment that it was found with."""

    url: str
    pid: int
    command: list[str]
    environ: Mapping[str, str]
    folder: str
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, server: ElasticServer) -> SearchServer:
        """One that runs."""
        found = psutil.Process(server.pid)
        return cls(server.url, server.pid, as_user(found.cmdline()), found.environ(), found.cwd())

    def pause(self) -> None:
        """Let it hang: it takes connections and says nothing."""
        os.killpg(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """End the pause."""
        os.killpg(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 for it and its children, and return when they are gone."""
        processes = [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
        os.killpg(self.pid, signal.SIGKILL)
        psutil.wait_procs([one for one in processes if one.pid != self.pid], timeout=10)
        if self.process is not None:
            self.process.wait(timeout=10)

    def start(self) -> None:
        """Begin it again on the same folder."""
        self.process = subprocess.Popen(
            self.command, env=self.environ, cwd=self.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.pid = self.process.pid


@dataclass(slots=True)
class LongRead:
    """A transaction that reads once and stays open; begun again when the server that it was in is gone."""

    url: str
    held: psycopg.Connection[Any] | None = None
    begun: int = 0

    def hold(self) -> None:
        """Begin it, unless it is open. The server may still be at noticing that one of its processes was killed."""
        if self.held is not None and not self.held.closed:
            try:
                self.held.execute("SELECT 1")
                return
            except psycopg.Error:
                self.held.close()
        while True:
            try:
                self._begin()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)

    def _begin(self) -> None:
        self.held = psycopg.connect(self.url)
        self.held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self.held.execute("SELECT count(*) FROM items")
        self.begun += 1

    def end(self) -> None:
        """Let go."""
        if self.held is not None:
            self.held.close()


@dataclass(slots=True)
class House:
    """All that a crash run kills."""

    room: Newsroom
    search: SearchServer
    ledger: PostgresServer
    broker: RedisServer
    long_read: LongRead
    reindex: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)

    def command(self, *words: str) -> subprocess.Popen[str]:
        """A command of ``dateline`` beside the newsroom."""
        environ = {
            **os.environ, **ENVIRON, "DATELINE_DATA": str(self.room.data), "DATELINE_SEARCH": self.search.url,
            "DATELINE_LEDGER": self.ledger.url,
        }  # fmt: skip
        command = [sys.executable, "-m", "dateline.cli", *words]
        return subprocess.Popen(command, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def ready(self) -> bool:
        """Whether both services say that they can do everything."""
        return self.room.read("/ready").status == 200 and self.room.ask("GET", "/ready").status == 200


@contextmanager
def house(running: ElasticServer | None) -> Iterator[House]:
    """The three servers and a newsroom on them, until the block ends; Elasticsearch may be one that is ``running``."""
    with ExitStack() as stack:
        search = SearchServer.of(running or stack.enter_context(elasticsearch()))
        ledger = stack.enter_context(postgres_cluster())
        broker = stack.enter_context(redis_server())
        options = ("--empty", "--workers", "2", "--search", search.url, "--ledger", ledger.url)
        room = stack.enter_context(newsroom(*options, "--broker", broker.url, environ=ENVIRON))
        long_read = LongRead(ledger.url)
        stack.callback(long_read.end)
        stack.callback(lambda: search.process and search.kill())
        yield House(room, search, ledger, broker, long_read)
