"""A search cluster that hangs or is gone: readers get 503 within five seconds, workers wait, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from integration.outages.cluster import Doorway, doorway
from servers.elastic import ElasticServer
from servers.newsroom import Newsroom, newsroom

pytestmark = [pytest.mark.elasticsearch, pytest.mark.redis, pytest.mark.timeout(400)]

ROUTES: Final = (
    "/", "/search?q=bridge", "/stories/01jdoesnotexist/slug", "/sections", "/sections/news", "/topics",
    "/topics/international-trade", "/people/nobody", "/places/belarus", "/organisations/belaz", "/archive/2017",
    "/archive/2017/12", "/archive/2017/12/05", "/events", "/events/2017/12", "/search.atom?q=bridge", "/search.rss",
    "/search.json", "/sections/news.atom", "/events.ics", "/sitemap.xml", "/sitemap-news.xml", "/v1/search?q=bridge",
    "/v1/stories/01jdoesnotexist", "/v1/tags/place", "/v1/tags/place/belarus", "/v1/archive/2017/12", "/v1/events",
    "/v1/suggest?q=br", "/ready",
)  # fmt: skip

MOST_SECONDS: Final = 5.0
STORIES: Final = 20


@pytest.fixture(scope="module")
def door(elastic_server: ElasticServer) -> Iterator[Doorway]:
    with doorway(urlsplit(elastic_server.url).port or 0) as door:
        yield door


@pytest.fixture(scope="module")
def room(door: Doorway) -> Iterator[Newsroom]:
    with ExitStack() as stack:
        environ = {"DATELINE_SEARCH_PREFIX": "outages"}
        yield stack.enter_context(newsroom("--empty", "--search", door.url, environ=environ))


def every_route_says_not_now(room: Newsroom, paths: tuple[str, ...]) -> None:
    for path in paths:
        started = time.monotonic()
        answer = room.read(path)
        assert (path, answer.status) == (path, 503)
        assert time.monotonic() - started < MOST_SECONDS, path
        assert int(answer.headers["Retry-After"]) >= 1, path
        assert "json" in answer.headers["Content-Type"] or not path.startswith("/v1/")


def test_readers_are_told_to_come_back(room: Newsroom, door: Doorway) -> None:
    door.refuse()
    every_route_says_not_now(room, ROUTES)
    door.hang()
    every_route_says_not_now(room, ("/", "/v1/search?q=bridge", "/archive/2017/12", "/events", "/v1/events", "/ready"))
    assert room.read("/live").status == 200
    door.forward()
    room.wait_for(lambda: room.read("/ready").status == 200, "web is ready again")


@pytest.mark.parametrize("lose", [Doorway.refuse, Doorway.hang], ids=["gone", "silent"])
def test_what_is_submitted_meanwhile_arrives_later(
    room: Newsroom, door: Doorway, lose: Callable[[Doorway], None]
) -> None:
    lose(door)
    ids = [
        room.submit({"headline": f"Bridge {number} opens", "body_text": "It was closed for a year."}).body["id"]
        for number in range(STORIES)
    ]
    room.wait_for(lambda: "index away" in room.logs() or waited(room) > 0, "a worker noticed", seconds=40)
    door.forward()
    room.wait_for(lambda: all(room.headline(item_id) for item_id in ids), "all of them are on the site", seconds=90)
    assert room.ask("GET", "/v1/quarantine").body["items"] == []
    room.wait_for(lambda: all(newest(room, item_id)["state"] == "indexed" for item_id in ids), "all are marked")
    assert {newest(room, item_id)["attempts"] for item_id in ids} == {0}, "an outage is no attempt"


def newest(room: Newsroom, item_id: str) -> dict[str, Any]:
    """The newest revision of a story."""
    revision: dict[str, Any] = room.ask("GET", f"/v1/stories/{item_id}").body["revisions"][-1]
    return revision


def waited(room: Newsroom) -> float:
    """How often an item was given back."""
    lines = str(room.ask("GET", "/metrics").body).splitlines()
    return sum(float(line.split()[-1]) for line in lines if 'outcome="later"' in line)
