"""`dateline erase` beside a running newsroom: off the site, and gone from every byte of every file."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

import pytest

from servers.newsroom import Newsroom, newsroom

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

SECONDS: Final = 10
MARKED: Final = ("quuxanzibar", "vexolompo", "wyzzhrushko", "jubbaltine", "kroxomund")
STORY: Final[dict[str, Any]] = {
    "headline": "Quuxanzibar opens its gates",
    "body_text": "A judge spoke of Vexolompo. It is late, Ostap Wyzzhrushko said. " * 20,
    "summary": "Jubbaltine again.", "byline": "By Kroxomund", "section": "news",
}  # fmt: skip
KEPT: Final[dict[str, Any]] = {
    "headline": "Bridge opens", "body_text": "The judge spoke. It is late, Maria Holm said.", "section": "news",
}  # fmt: skip


def marked_files(folder: Path) -> list[str]:
    """The files that hold one of the marked words, in any case."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [f"{path.name}: {word}" for word in MARKED if word.encode() in content]
    return found


def databases(room: Newsroom) -> list[Path]:
    return [room.data / "ledger.sqlite", *(room.data / "index").glob("index-*.sqlite")]


@contextmanager
def readers(paths: list[Path]) -> Iterator[None]:
    """A connection to each database that stays, and one that reads on and on, a transaction after the other."""
    stop = Event()

    def read_on() -> None:
        opened = [sqlite3.connect(path, isolation_level=None) for path in paths]
        while not stop.is_set():
            for connection in opened:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            stop.wait(0.3)
            for connection in opened:
                connection.execute("COMMIT")
        for connection in opened:
            connection.close()

    idle = [sqlite3.connect(path) for path in paths]
    for connection in idle:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    reader = Thread(target=read_on)
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join()
        for connection in idle:
            connection.close()


def test_what_is_erased_is_gone_from_the_site_and_from_every_file() -> None:
    with newsroom("--empty") as room:
        kept = room.submit(KEPT).body["id"]
        erased = room.submit(STORY).body["id"]
        room.wait_for(lambda: room.headline(erased) is not None, "the story")
        room.correct(erased, 1, {**STORY, "headline": "Quuxanzibar shuts", "note": "Vexolompo was wrong."})
        room.wait_for(lambda: room.headline(erased) == "Quuxanzibar shuts", "the correction")
        (current,) = (room.data / "index").glob("index-*.sqlite")
        old = current.with_name("index-1.sqlite")  # a generation from before a reindex
        with closing(sqlite3.connect(current)) as source, closing(sqlite3.connect(old)) as copy:
            source.backup(copy)
        assert {line.split(":")[0] for line in marked_files(room.data)} >= {"index-1.sqlite"}
        with readers([room.data / "ledger.sqlite", current]):
            command = [sys.executable, "-m", "dateline.cli", "erase", erased, "--reason", "court order 12", "--json"]
            process = subprocess.Popen(
                [*command, "--data", str(room.data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            room.wait_for(lambda: room.read(f"/v1/stories/{erased}").status == 410, "off the site", SECONDS)
            room.wait_for(lambda: not marked_files(room.data), "gone from every file", SECONDS)
            out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert json.loads(out) == {"id": erased, "erased": 2, "generations": ["index-1"]}
        pages = ["/", "/search.atom", "/v1/search?q=quuxanzibar", "/sections/news", f"/stories/{erased}/x"]
        for page in (*pages, "/people", "/v1/suggest?q=wyzz"):
            assert not any(word in str(room.read(page).body).lower() for word in MARKED), page
        made = subprocess.run(
            [sys.executable, "-m", "dateline.cli", "token", "create", "mirror", "--role", "subscriber", "--json",
             "--data", str(room.data)], capture_output=True, text=True, check=True,
        )  # fmt: skip
        told = room.ask("GET", "/v1/changes", Authorization=f"Bearer {json.loads(made.stdout)['token']}")
        assert [one["state"] for one in told.body["items"] if one["id"] == erased] == ["erased"]
        assert not any(word in str(told.body).lower() for word in MARKED)
        assert room.headline(kept) == "Bridge opens"
        assert [one["id"] for one in room.read("/v1/search?q=judge").body["items"]] == [kept]
        assert not marked_files(room.data)
