"""/stream: new stories as they appear, listeners bounded in all and by address, taken up again from where it was."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.errors import IndexUnavailable
from dateline.gateway import PUSH, TAKEN
from dateline.gateway.clients import client_network
from dateline_web.stream import broadcast
from dateline_web.stream import listener as listeners
from dateline_web.stream.listener import Listener
from unit.web.conftest import Fill, app_on, items
from unit.web.documents import NOW, story

Events = Iterator[str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "INTERVAL", 0.01)


def listen(client: FlaskClient, last_id: str = "", address: str = "192.0.2.1") -> tuple[int, str, Listener | None]:
    """Status and first part of the answer, and the listener that the server would go on with."""
    pushed: list[Listener] = []
    answer = client.get(
        "/stream",
        headers={"Last-Event-ID": last_id} if last_id else {},
        environ_overrides={PUSH: pushed.append, "REMOTE_ADDR": address},
    )
    return answer.status_code, answer.text, pushed[0] if pushed else None


def blocks_of(listener: Listener) -> Events:
    """What the event loop would send."""
    loop = asyncio.new_event_loop()
    blocks: AsyncIterator[bytes] = listener.blocks()
    try:
        while True:
            yield loop.run_until_complete(_next(blocks)).decode()
    except StopAsyncIteration:
        return
    finally:
        loop.run_until_complete(cast("AsyncIterator[bytes]", blocks).aclose())  # type: ignore[attr-defined]
        loop.close()


async def _next(blocks: AsyncIterator[bytes]) -> bytes:
    return await anext(blocks)


@contextmanager
def listening(client: FlaskClient, last_id: str = "") -> Iterator[Events]:
    """The events of a stream, what was missed first."""
    status, start, listener = listen(client, last_id)
    assert status == 200 and start.startswith("retry: 3000\n\n")
    assert listener is not None
    blocks = blocks_of(listener)
    try:
        missed = [f"{block}\n\n" for block in start.split("\n\n")[1:-1]]
        yield (block for part in (missed, blocks) for block in part)
    finally:
        blocks.close()  # type: ignore[attr-defined]
        listener.close()


def parsed(block: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in block.strip().split("\n"))


def test_a_new_story_is_told_as_search_tells_it(client: FlaskClient, fill: Fill) -> None:
    fill([story("There before")])
    new = story("Just in: Кобрин", published_at=NOW)
    with listening(client) as events:
        fill([new])
        told = parsed(next(events))
    assert told["id"] == new.id
    (item,) = items(client, "/v1/search?q=just")
    assert {**json.loads(told["data"]), "highlights": {}} == {**item, "highlights": {}}


def test_old_news_and_late_ids_are_told_too(client: FlaskClient, fill: Fill) -> None:
    fill([story(f"There {n}") for n in range(60)])
    old = story("Of long ago")
    late = replace(story("Held until now", published_at=NOW), id="a000001")
    with listening(client) as events:
        fill([old])
        assert parsed(next(events))["id"] == old.id
        fill([late])
        assert parsed(next(events))["id"] == late.id


def test_corrections_withdrawals_and_what_moves_up_are_no_news(client: FlaskClient, fill: Fill) -> None:
    there = [story(f"There {n}") for n in range(60)]
    fill(there)
    last = story("The next")
    with listening(client) as events:
        fill([replace(there[-1], version=2, withdrawn=True), replace(there[-2], version=2, headline="Corrected")])
        fill([last])
        assert parsed(next(events))["id"] == last.id


def test_it_is_taken_up_after_the_last_event_and_nothing_is_told_twice(client: FlaskClient, fill: Fill) -> None:
    stories = [story(f"Story {n}") for n in range(6)]
    fill([*stories[:4], replace(stories[4], withdrawn=True)])
    with listening(client, last_id=stories[1].id) as events:
        assert [parsed(next(events))["id"] for _ in range(2)] == [stories[2].id, stories[3].id]
        fill([stories[5]])
        assert parsed(next(events))["id"] == stories[5].id


def test_silence_is_filled(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "HEARTBEAT", 0.01)
    with listening(client) as events:
        assert [next(events), next(events)] == [": still here\n\n"] * 2


def test_a_stream_ends(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "LASTS", 0.0)
    with listening(client) as events:
        assert list(events) == []


def test_without_an_index_it_ends_and_comes_again(
    client: FlaskClient, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise IndexUnavailable("away")

    with listening(client) as events, monkeypatch.context() as patch:
        patch.setattr(index, "search", away)
        assert list(events) == []
        assert listen(client) == (200, "retry: 3000\n\n", None)
    with listening(client):
        pass


def test_a_client_that_does_not_read_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "MAX_PENDING", 2)
    listener = Listener("", lambda story: story.headline, lambda _: None)
    for number in range(5):
        listener.offer(story(f"Story {number}"))
    assert list(blocks_of(listener)) == ["Story 0", "Story 1", "Story 2"]


def test_an_address_has_a_share_of_the_places_and_places_come_free(index: EmbeddedIndex) -> None:
    client = app_on(index, streams="8").test_client()
    taken = [listen(client)[2] for _ in range(2)]
    status, text, none = listen(client)
    assert (status, none) == (503, None) and "come again" in text
    others = [listen(client, address=f"192.0.2.{n}")[2] for n in (2, 2, 3, 3, 4, 4)]
    assert all(taken) and all(others)
    assert client.get("/search").status_code == 200
    for listener in (taken.pop(), others.pop()):
        assert listener is not None
        listener.close()
        listener.close()
    assert listen(client)[0] == 200
    assert listen(client, address="192.0.2.5")[0] == 200


def test_a_stream_has_no_length_at_which_it_would_end(client: FlaskClient) -> None:
    pushed: list[Listener] = []
    answer = client.get("/stream", environ_overrides={PUSH: pushed.append, TAKEN: lambda taken: None})
    assert answer.status_code == 200
    assert "Content-Length" not in answer.headers
    pushed[0].close()


def test_where_all_are_taken_those_who_have_most_make_room(index: EmbeddedIndex) -> None:
    client = app_on(index, streams="8").test_client()
    first = listen(client, address="192.0.2.1")[2]
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2", "192.0.2.3", "192.0.2.3", "192.0.2.4", "192.0.2.4"):
        assert listen(client, address=address)[0] == 200
    assert listen(client, address="192.0.2.5")[0] == 200
    assert first is not None
    assert next(blocks_of(first), None) is None
    assert [listen(client, address=f"192.0.2.{number}")[0] for number in (5, 6, 7, 8, 9)] == [503, 200, 200, 200, 503]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "", True),
    ],
)
def test_one_client_is_an_address_or_a_network(one: str, other: str, same: bool) -> None:
    assert (client_network(one) == client_network(other)) is same


def test_who_listens_takes_one_thread_whatever_their_number(client: FlaskClient) -> None:
    def watchers() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name == "new-stories"]

    before = len(watchers())
    joined = [listen(client)[2] for _ in range(20)]
    assert len(watchers()) == before + 1
    (thread,) = watchers()[before:]
    for listener in joined:
        assert listener is not None
        listener.close()
    thread.join(10)
    assert not thread.is_alive()


def test_head_takes_no_place(index: EmbeddedIndex) -> None:
    client = app_on(index, streams="4").test_client()
    for _ in range(6):
        answer = client.head("/stream")
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert listen(client)[0] == 200


def test_a_server_that_cannot_push_says_so(client: FlaskClient) -> None:
    assert client.get("/stream").status_code == 503
