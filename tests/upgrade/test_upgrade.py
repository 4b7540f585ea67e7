"""What an earlier version wrote survives migration and reindex, with workers of both versions at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from uuid import uuid4

import pytest

from dateline.ports.index import StorySearch
from dateline.ports.wakeup import Lane
from dateline_indexer.consistency import compare
from dateline_indexer.reindex import Reindex
from servers.elastic import ElasticServer
from upgrade.fixtures import made, restore, unpack_code, with_code
from upgrade.newsroom import LEASE, Newsroom

Expected = dict[str, dict[str, Any]]

BESIDE: Final = 6
"""How many stories the older version has taken before the newer one comes, and takes once more beside it."""


@contextmanager
def opened(data: Path, environ: dict[str, str]) -> Iterator[Newsroom]:
    """The newsroom, with the packages of today."""
    room = Newsroom(data, environ)
    try:
        yield room
    finally:
        room.close()


def reindex(room: Newsroom, sleep: Callable[[float], None] = time.sleep) -> None:
    """Into a generation of today."""
    Reindex(
        room.ledger, room.index, room.pipeline.document_context, lease=LEASE, report=lambda _: None, sleep=sleep
    ).run()


def finish(room: Newsroom) -> None:
    """Work until nothing is due and no lease is open: what a dead worker held comes again when its lease is over."""
    deadline = time.monotonic() + 60
    while (report := room.ledger.sweep()).lost_leases or any(report.due.values()) or leased(room):
        assert time.monotonic() < deadline, report
        room.pipeline.work()
        room.pipeline.work_on_suspects()


def leased(room: Newsroom) -> int:
    return sum(line.state == "accepted" for line in room.ledger.items("story", limit=1000).items)


def is_as_expected(room: Newsroom, expected: Expected) -> None:
    """Nothing is lost, doubled or stale: in the ledger, in the index, among the changes."""
    lines = [line for kind in ("story", "event") for line in room.ledger.items(kind, limit=1000).items]  # type: ignore[arg-type]
    assert sorted(line.id for line in lines) == sorted(expected)
    assert {line.id: line.revision for line in lines} == {item: one["revision"] for item, one in expected.items()}
    shown = {item: one["headline"] for item, one in expected.items() if one["headline"] and one["kind"] == "story"}
    assert on_the_site(room) == sorted(shown.items())
    assert compare(room.ledger, room.index, room.pipeline.document_context()) == []
    changes = {change.item_id: (change.revision, change.state) for change in all_changes(room)}
    public = [line["item"] for line in room.ledger.export() if "item" in line]
    published = {item["id"]: item["published_revision"] for item in public if item["published_revision"] is not None}
    assert {item: revision for item, (revision, _) in changes.items()} == published
    told = {item for item, (_, state) in changes.items() if state == "published" and ":" not in item}
    assert told == {item for item, one in expected.items() if one["headline"]}
    assert len(room.ledger.quarantine().items) == 1
    assert room.ledger.submit(room.story(number=3)).id == list(expected)[3], "its key is known still"


def on_the_site(room: Newsroom) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    search: StorySearch | None = StorySearch(sort="oldest", limit=100)
    while search is not None:
        page = room.index.search(search)
        found += [(hit.document.id, hit.document.headline) for hit in page.hits]
        search = StorySearch(sort="oldest", limit=100, after=page.after) if page.after else None
    return sorted(found)


def all_changes(room: Newsroom) -> list[Any]:
    found: list[Any] = []
    while page := room.ledger.changes(after=found[-1].seq if found else 0).changes:
        found += page
    return found


@pytest.mark.parametrize("fixture", made(), ids=lambda path: path.name)
def test_what_each_version_wrote_is_there_after_migration_and_reindex(fixture: Path, tmp_path: Path) -> None:
    expected = restore(fixture, tmp_path)
    with opened(tmp_path, {}) as room:
        room.ledger.migrate()
        room.ledger.check()
        room.sign_in()
        reindex(room, sleep=lambda _: None)  # whoever held a lease is long gone
        finish(room)
        is_as_expected(room, expected)


class Older:
    """The version before, writing and indexing in a process of its own."""

    def __init__(self, program: Path, data: Path, environ: dict[str, str]) -> None:
        self._arguments = [str(data), json.dumps(environ)]
        self._command = [sys.executable, str(program)]
        self._environ = {**os.environ, "PYTHONPATH": f"{program.parent}/shared:{program.parent}/services/indexer"}
        self.promised = 0

    def write(self) -> Expected:
        """Make the newsroom."""
        done = subprocess.run(
            [*self._command, "write", *self._arguments], env=self._environ, stdout=subprocess.PIPE, check=True
        )
        expected: Expected = json.loads(done.stdout)
        return expected

    def work(self) -> None:
        """Begin."""
        self._process = subprocess.Popen(
            [*self._command, "work", *self._arguments], env=self._environ, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Older:
        self.work()
        return self

    def __exit__(self, *failed: object) -> None:
        self._process.kill()
        self._process.communicate()

    def await_more(self) -> None:
        """Until it has promised some more."""
        assert self._process.stdout is not None
        until = self.promised + BESIDE
        while self.promised < until:
            line = self._process.stdout.readline()
            assert line, "it ended"
            self.promised = int(line)

    def order(self, word: str) -> None:
        """Tell it to ``wait``, to go on or to ``end``."""
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def stop(self) -> Expected:
        """End it; what it promised."""
        self.order("end")
        said, _ = self._process.communicate(timeout=60)
        assert self._process.returncode == 0
        expected: Expected = json.loads(said.splitlines()[-1])
        return expected


class Newer(Thread):
    """The version of today beside it."""

    def __init__(self, room: Newsroom) -> None:
        super().__init__(daemon=True)
        self._room, self._over = room, Event()
        self.wrong: list[Exception] = []

    def run(self) -> None:
        try:
            while not self._over.wait(0.02):
                self._room.turn()
                self._room.ledger.sweep()
        except Exception as error:
            self.wrong.append(error)
            raise

    def __enter__(self) -> Newer:
        self.start()
        return self

    def __exit__(self, *failed: object) -> None:
        """End it after its turn."""
        self._over.set()
        self.join(timeout=60)
        assert not self.wrong


def upgrade(older: Older, data: Path, environ: dict[str, str], expected: Expected) -> None:
    """Let the older version work, come with the newer one, migrate, reindex, and let the older one go."""
    with older, opened(data, environ) as room:
        older.await_more()
        room.ledger.migrate()
        room.sign_in()
        room.written = 2000
        with Newer(room):
            older.await_more()
            reindex(room)
            older.await_more()
            older.order("wait")
        # what waited for an index of its version comes at once
        room.ledger.make_due([line.id for line in room.ledger.items("story", limit=1000).items], Lane.RETAG)
        finish(room)
        older.order("go on")
        with Newer(room):
            older.await_more()
            theirs = older.stop()
        finish(room)
        assert len(theirs) >= 4 * BESIDE and room.expected
        is_as_expected(room, expected | theirs | room.expected)


def test_workers_of_both_versions_lose_nothing(tmp_path: Path) -> None:
    fixture = with_code()
    older = Older(unpack_code(fixture, tmp_path / "code"), tmp_path / "data", {})
    upgrade(older, tmp_path / "data", {}, restore(fixture, tmp_path / "data"))


@pytest.mark.postgres
@pytest.mark.elasticsearch
def test_workers_of_both_versions_lose_nothing_on_servers(
    tmp_path: Path, elastic_server: ElasticServer, postgres_url: str
) -> None:
    environ = {
        "DATELINE_LEDGER": postgres_url, "DATELINE_SEARCH": elastic_server.url,
        "DATELINE_SEARCH_PREFIX": f"upgrade-{uuid4().hex}",
    }  # fmt: skip
    older = Older(unpack_code(with_code(), tmp_path / "code"), tmp_path / "data", environ)
    upgrade(older, tmp_path / "data", environ, older.write())
