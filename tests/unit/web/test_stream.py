"""/stream: new stories as they appear, a bounded number of listeners, taken up again from where it was."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.errors import IndexUnavailable
from dateline_web.stream import new_stories
from dateline_web.stream import views as stream
from unit.web.conftest import Fill, items
from unit.web.documents import NOW, story

Events = Iterator[dict[str, str]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_stories, "INTERVAL", 0.0)
    monkeypatch.setattr(stream, "PAUSE", 0.001)


@contextmanager
def listening(client: FlaskClient, last_id: str = "") -> Iterator[Events]:
    """The events of a stream, after its first block."""
    answer = client.get("/stream", headers={"Last-Event-ID": last_id} if last_id else {}, buffered=False)
    try:
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
        blocks = (block if isinstance(block, str) else block.decode() for block in answer.response)
        assert next(blocks) == "retry: 3000\n\n"
        yield (dict(line.split(": ", 1) for line in block.strip().split("\n")) for block in blocks)
    finally:
        answer.close()


@pytest.fixture
def listener(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[StoryDocument]], None]:
    """Call with documents: they are put once the listener has its place and looks again."""
    waiting: list[list[StoryDocument]] = []
    versions = index.versions

    def look(*args: Any, **options: Any) -> Any:
        if waiting and looked:
            index.put(waiting.pop(0))
        looked.append(True)
        return versions(*args, **options)

    looked: list[bool] = []
    monkeypatch.setattr(index, "versions", look)
    return waiting.append


def test_a_new_story_is_told_as_search_tells_it(
    client: FlaskClient, fill: Fill, listener: Callable[[list[StoryDocument]], None]
) -> None:
    fill([story("There before")])
    new = story("Just in: Кобрин", published_at=NOW)
    listener([new])
    with listening(client) as events:
        told = next(events)
    assert told["id"] == new.id
    (item,) = items(client, "/v1/search?q=just")
    assert {**json.loads(told["data"]), "highlights": {}} == {**item, "highlights": {}}


def test_old_news_and_late_ids_are_told_too(
    client: FlaskClient, fill: Fill, listener: Callable[[list[StoryDocument]], None]
) -> None:
    fill([story(f"There {n}") for n in range(60)])
    old = story("Of long ago")
    late = replace(story("Held until now", published_at=NOW), id="a000001")
    listener([old])
    listener([late])
    with listening(client) as events:
        assert [next(events)["id"], next(events)["id"]] == [old.id, late.id]


def test_corrections_withdrawals_and_what_moves_up_are_no_news(
    client: FlaskClient, fill: Fill, listener: Callable[[list[StoryDocument]], None]
) -> None:
    there = [story(f"There {n}") for n in range(60)]
    fill(there)
    listener([replace(there[-1], version=2, withdrawn=True), replace(there[-2], version=2, headline="Corrected")])
    last = story("The next")
    listener([last])
    with listening(client) as events:
        assert next(events)["id"] == last.id


def test_it_is_taken_up_after_the_last_event(client: FlaskClient, fill: Fill) -> None:
    stories = [story(f"Story {n}") for n in range(5)]
    fill([*stories[:4], replace(stories[4], withdrawn=True)])
    with listening(client, last_id=stories[1].id) as events:
        assert [next(events)["id"], next(events)["id"]] == [stories[2].id, stories[3].id]


def test_silence_is_filled(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.0)
    answer = client.get("/stream", buffered=False)
    blocks = iter(answer.response)
    assert [next(blocks), next(blocks)] in (
        ["retry: 3000\n\n", ": still here\n\n"],
        [b"retry: 3000\n\n", b": still here\n\n"],
    )
    answer.close()


def test_a_stream_ends_and_so_does_one_without_an_index(
    client: FlaskClient, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(stream, "LASTS", 0.0)
        assert client.get("/stream").text == "retry: 3000\n\n"

    def away(*_: object, **__: object) -> None:
        raise IndexUnavailable("away")

    monkeypatch.setattr(index, "search", away)
    assert client.get("/stream").text == "retry: 3000\n\n"


def test_more_than_may_listen_are_sent_away_and_places_come_free(client: FlaskClient) -> None:
    answers = [client.get("/stream", buffered=False) for _ in range(stream.MAX_LISTENERS)]
    refused = client.get("/stream")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert client.get("/search").status_code == 200
    answers.pop().close()
    with listening(client):
        pass
    for answer in answers:
        answer.close()


def test_head_takes_no_place(client: FlaskClient) -> None:
    for _ in range(stream.MAX_LISTENERS + 1):
        answer = client.head("/stream")
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
        answer.close()


def test_a_client_that_hung_up_is_noticed_at_once() -> None:
    ours, theirs = socket.socketpair()
    gone = stream.hung_up({"gunicorn.socket": ours})
    assert not gone()
    theirs.send(b"x")
    assert not gone()
    assert ours.recv(1) == b"x"
    theirs.close()
    assert gone()
    ours.close()
    assert gone()
    assert not stream.hung_up({})()


def test_a_process_notices_that_it_is_to_stop() -> None:
    told = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["False", "handled", "True"]


STOPPED = """
import os, signal
from dateline.http.shutdown import is_stopping, notice_stop
signal.signal(signal.SIGTERM, lambda *_: print("handled"))
notice_stop()
print(is_stopping())
os.kill(os.getpid(), signal.SIGTERM)
print(is_stopping())
"""
