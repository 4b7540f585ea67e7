"""A mirror of a whole newsroom by the change sequence: through kills, and beside others that wait for changes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any

import pytest

from mirror import Mirror
from servers.newsroom import Newsroom, Story, newsroom

pytestmark = [pytest.mark.redis, pytest.mark.timeout(400)]


def story(number: int, revision: int = 1, **more: Any) -> Story:
    text = f"Town council item {number} was read in Gomel. Reading {revision} was led by Maria Holm of the World Bank."
    return {"headline": f"Item {number} as of {revision}", "body_text": text, "section": "council", **more}


def command(room: Newsroom, *arguments: str) -> str:
    whole = [sys.executable, "-m", "dateline.cli", *arguments, "--data", str(room.data)]
    done = subprocess.run(whole, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Follower:
    """Asks by the token of a subscriber; a lost answer is asked for again."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        made = command(room, "token", "create", "mirror", "--role", "subscriber", "--json")
        self.headers = {"Authorization": f"Bearer {json.loads(made)['token']}"}

    def __call__(self, path: str) -> Mapping[str, Any]:
        while True:
            answer = self.room.ask("GET", path, **self.headers)
            if answer.status == 200:
                body: Mapping[str, Any] = answer.body
                return body
            assert answer.status in (0, 503), answer

    def get(self, path: str) -> tuple[int, str]:
        """The same with time to wait."""
        connection = HTTPConnection("127.0.0.1", self.room.ingest_port, timeout=60)
        try:
            connection.request("GET", path, headers=self.headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def write(room: Newsroom, numbers: range) -> None:
    """Stories, of which some are corrected, withdrawn or erased."""
    for number in numbers:
        item_id = room.submit(story(number)).body["id"]
        if number % 3 == 1:
            room.correct(item_id, 1, story(number, 2, note="The reading was counted again."))
        elif number % 7 == 2:
            assert room.ask("DELETE", f"/v1/stories/{item_id}?note=Wrong").status == 202
        elif number % 25 == 3:
            held = room.submit(story(number, embargo_until="2199-01-01T00:00:00Z", headline="Zanzibar"))
            command(room, "erase", item_id, "--reason", f"court order {held.body['id']}")


def test_a_mirror_has_what_readers_get_through_kills_of_the_worker() -> None:
    short = {"DATELINE_LEASE_SECONDS": "21", "DATELINE_SWEEP_SECONDS": "1"}
    with newsroom("--empty", environ=short) as room, ThreadPoolExecutor(2) as others:
        ask, mirror, written = Follower(room), Mirror(), Event()

        def follow() -> None:
            while not written.is_set():
                mirror.follow(ask, limit=20, wait=1)

        following = others.submit(follow)
        for first in range(0, 150, 50):
            writing = others.submit(write, room, range(first, first + 50))
            changed = mirror.after
            room.wait_for(lambda changed=changed: mirror.after > changed + 10 or writing.done(), "changes")  # type: ignore[misc]  # noqa: B023
            for worker in room.find("dateline_indexer.worker"):
                for process in (*worker.children(), worker):
                    process.kill()
            writing.result()
        room.wait_for(lambda: _is_all_indexed(room), "everything on the site", 120)
        written.set()
        following.result()
        mirror.catch_up(ask)

        def read(path: str) -> tuple[int, Any]:
            answer = room.read(path)
            return answer.status, answer.body

        assert mirror.differences(read) == []
        exported = [json.loads(line)["item"] for line in command(room, "export").splitlines() if '"item":' in line]
        public = [item for item in exported if item["kind"] != "front"]  # which nobody follows
        assert {one["id"]: one["revision"] for one in mirror.items.values()} == {
            item["id"]: item["published_revision"] for item in public if item["published_revision"] is not None
        }
        states = {one["state"] for one in mirror.items.values()}
        assert states == {"published", "withdrawn", "erased"}
        assert "anzibar" not in json.dumps(mirror.items)
        anew = Mirror()
        anew.catch_up(ask)
        assert anew.items == mirror.items


def _is_all_indexed(room: Newsroom) -> bool:
    return not any(room.ask("GET", f"/v1/stories?state={state}").body["items"] for state in ("accepted", "quarantined"))


def test_who_waits_holds_no_thread() -> None:
    with newsroom("--empty", environ={"DATELINE_THREADS": "2"}) as room, ThreadPoolExecutor(20) as clients:
        ask = Follower(room)
        room.submit(story(0))
        mirror = Mirror()
        while not any(one["kind"] == "story" for one in mirror.items.values()):
            mirror.follow(ask, wait=5)
        mirror.catch_up(ask)
        waiting = [clients.submit(ask.get, f"/v1/changes?after={mirror.after}&wait=50") for _ in range(12)]
        for _ in range(5):
            assert room.ask("GET", "/v1/stories").status == 200
        assert not any(one.done() for one in waiting)
        started = time.monotonic()
        room.submit(story(1))
        answers = [one.result() for one in waiting]
        assert time.monotonic() - started < 45
        for status, text in answers:
            assert status == 200
            assert [one["kind"] for one in json.loads(text)["items"]] == ["story"]
        last = clients.submit(ask.get, f"/v1/changes?after={json.loads(answers[0][1])['last']}&wait=60")
        room.wait_for(lambda: room.ask("GET", "/v1/stories").status == 200, "an answer")
        assert room.stop() == 0
        assert last.result()[0] == 200
