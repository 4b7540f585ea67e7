"""``dateline index reindex`` of a running newsroom: killed in the middle and run again, while stories arrive and
readers search. Nothing is lost, and no reader sees fewer stories than before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Final

import pytest
from elasticsearch import Elasticsearch, NotFoundError

from bench._stories import submissions
from servers.elastic import ElasticServer
from servers.newsroom import Newsroom, newsroom

pytestmark = [pytest.mark.elasticsearch, pytest.mark.redis, pytest.mark.timeout(400)]

STORIES: Final = int(os.environ.get("REINDEX_STORIES", "1200"))
ARRIVING: Final = int(os.environ.get("REINDEX_ARRIVING", "80"))
PREFIX: Final = "reindex"
LEASE_SECONDS: Final = "21"
"""As short as a lease may be: longer than a task may take."""


@pytest.fixture
def search_url(elastic_server: ElasticServer) -> str:
    return elastic_server.url


@pytest.fixture
def room(search_url: str) -> Iterator[Newsroom]:
    environ = {"DATELINE_SEARCH_PREFIX": PREFIX, "DATELINE_LEASE_SECONDS": LEASE_SECONDS}
    with newsroom("--empty", "--search", search_url, environ=environ) as room:
        yield room


def dateline(room: Newsroom, search_url: str, *words: str) -> subprocess.Popen[str]:
    """A command beside the running newsroom."""
    environ = {**os.environ, **room.environ, "DATELINE_DATA": str(room.data), "DATELINE_SEARCH": search_url}
    return subprocess.Popen(
        [sys.executable, "-m", "dateline.cli", *words],
        env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def total(room: Newsroom) -> int:
    answer = room.read("/v1/search?limit=1")
    assert answer.status == 200, answer
    found: int = answer.body["total"]["value"]
    return found


class Readers(Thread):
    """Search all the time; keep what went wrong."""

    def __init__(self, room: Newsroom) -> None:
        super().__init__(daemon=True)
        self._room, self._over = room, Event()
        self.wrong: list[str] = []
        self.searches = 0

    def run(self) -> None:
        most = 0
        while not self._over.wait(0.02):
            answer = self._room.read("/v1/search?limit=1")
            self.searches += 1
            found = answer.body["total"]["value"] if answer.status == 200 else -1
            if found < most:
                self.wrong.append(f"status {answer.status}: {found} stories, {most} before")
            most = max(most, found)

    def stop(self) -> None:
        self._over.set()
        self.join(timeout=30)


class Reporters(Thread):
    """Submit stories one after another, and correct every fifth."""

    def __init__(self, room: Newsroom, arriving: int) -> None:
        super().__init__(daemon=True)
        self._room, self._arriving = room, arriving
        self.headlines: dict[str, str] = {}

    def run(self) -> None:
        for number in range(self._arriving):
            story = {"headline": f"Arrived {number}", "body_text": f"It came while number {number} was counted."}
            item_id = self._room.submit(story).body["id"]
            self.headlines[item_id] = story["headline"]
            if number % 5 == 0:
                corrected = story | {"headline": f"Arrived {number}, corrected"}
                self._room.correct(item_id, 1, corrected)
                self.headlines[item_id] = corrected["headline"]
            time.sleep(0.05)


def filled(client: Elasticsearch) -> int:
    """How many stories the next generation holds."""
    try:
        client.indices.refresh(index=f"{PREFIX}-stories-next")
        found: int = client.count(index=f"{PREFIX}-stories-next")["count"]
    except NotFoundError:
        return 0
    return found


def load(room: Newsroom, stories: int) -> None:
    body = b"".join(json.dumps(story).encode() + b"\n" for story in submissions(stories))
    path = Path(room.data).with_suffix(".ndjson")
    path.write_bytes(body)
    command = [sys.executable, "-m", "dateline.cli", "bulk", str(path)]
    environ = {**os.environ, "DATELINE_TOKEN": room.token, "DATELINE_INGEST": f"http://127.0.0.1:{room.ingest_port}"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    room.wait_for(lambda: total(room) == stories, "all stories are searchable", seconds=200)


def test_nothing_is_lost_and_no_reader_sees_less(room: Newsroom, search_url: str) -> None:
    with ExitStack() as stack:
        client = stack.enter_context(Elasticsearch(search_url, request_timeout=30))
        load(room, STORIES)
        readers, reporters = Readers(room), Reporters(room, ARRIVING)
        stack.callback(readers.stop)
        readers.start()
        reporters.start()

        first = dateline(room, search_url, "index", "reindex")
        for _ in count():
            assert first.poll() is None, first.communicate()[0]
            if filled(client):
                break
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)  # in the middle, for as long as the second one takes to start
        second = dateline(room, search_url, "index", "reindex")
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 1, said
        assert "under way" in said
        first.send_signal(signal.SIGKILL)
        first.communicate()

        again = dateline(room, search_url, "index", "reindex")
        said, _ = again.communicate(timeout=200)
        assert again.returncode == 0, said
        assert "going on with" in said
        reporters.join(timeout=120)
        everything = STORIES + ARRIVING
        room.wait_for(lambda: total(room) == everything, "old and new stories are all there", seconds=60)
        room.wait_for(
            lambda: all(room.headline(item) == headline for item, headline in reporters.headlines.items()),
            "each in its newest form",
        )
        readers.stop()
        assert readers.wrong == []
        assert readers.searches > 20
        checked = dateline(room, search_url, "index", "check")
        said, _ = checked.communicate(timeout=120)
        assert (checked.returncode, said.strip().splitlines()[-1]) == (0, "0 differences."), said
