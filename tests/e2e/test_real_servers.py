"""The newsroom on Elasticsearch, PostgreSQL and Redis: the life of a story, and the same pages as embedded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from servers.elastic import ElasticServer
from servers.newsroom import Newsroom, newsroom
from servers.postgres import new_database
from servers.redis import redis_server

pytestmark = [
    pytest.mark.elasticsearch, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(400),
]  # fmt: skip

ITS_OWN: Final = frozenset({"id", "url", "href", "occurrence_id", "updated_at", "received_at", "highlights", "related"})
"""What two newsrooms may differ in: ids, the times at which each learned of a revision, and the cut of a snippet."""

SAME_ANSWERS: Final = (
    "/v1/search?sort=newest&limit=100",
    "/v1/search?sort=oldest&limit=100&topic=international-trade",
    "/v1/search?sort=newest&limit=100&q=tractors",
    "/v1/search?sort=newest&limit=100&q=%22trade+turnover%22",
    "/v1/search?sort=newest&limit=100&q=castle+-Mir",
    "/v1/search?sort=newest&limit=100&q=headline:fortress",
    "/v1/search?sort=newest&limit=100&place=belarus&section=sport&section=culture",
    "/v1/search?sort=newest&limit=100&from=2016-01-01&to=2017-12-31",
    "/v1/search?q=tracktor",
    "/v1/archive/2017/12",
    "/v1/archive/2014/07",
    "/v1/tags/place/belarus",
    "/v1/tags/organisation",
    "/v1/tags/person",
    "/v1/tags/topic",
    "/v1/events?from=2026-05-01&to=2026-07-31",
    "/v1/events?from=2031-05-01&to=2031-07-31",
)

SAME_PAGES: Final = (
    "/", "/sections", "/topics", "/places/belarus", "/archive/2017", "/archive/2017/12", "/archive/2017/12/05",
    "/events/2026/07", "/search?sort=newest&place=belarus", "/sections/culture.atom",
    "/topics/international-trade.rss", "/events.ics", "/sitemap.xml",
)  # fmt: skip

STORY: Final = {
    "headline": "Gomselmash ships harvesters to Kursk Oblast",
    "body_text": "Gomselmash has sent forty harvesters to Kursk Oblast. Farmers there will thresh barley with them.",
    "published_at": "2019-08-14T10:30:00+03:00",
    "section": "economy",
    "place": "GOMEL",
    "source": "BelTA",
    "language": "en",
}


@pytest.fixture(scope="module")
def room(elastic_server: ElasticServer, postgres_server: str) -> Iterator[Newsroom]:
    """The sample newsroom on the three servers."""
    with new_database(postgres_server) as ledger, redis_server() as broker:
        options = ("--search", elastic_server.url, "--ledger", ledger, "--broker", broker.url)
        with newsroom(*options, environ={"DATELINE_SEARCH_PREFIX": "real-servers"}) as room:
            yield room


@pytest.fixture(scope="module")
def embedded() -> Iterator[Newsroom]:
    """The sample newsroom without a server."""
    with newsroom("--workers", "1") as room:
        yield room


def bare(body: Any) -> Any:
    """An answer without what is a newsroom's own; of the next page only whether there is one."""
    if isinstance(body, dict):
        kept = {name: bare(value) for name, value in body.items() if name not in ITS_OWN | {"next"}}
        return kept | {"more": body["next"] is not None} if "next" in body else kept
    if isinstance(body, list):
        return [bare(entry) for entry in body]
    return body


def settle(room: Newsroom) -> None:
    """Until nothing is on its way any more."""
    room.wait_for(
        lambda: "dateline_oldest_pending_seconds 0" in room.ask("GET", "/metrics").body, "every revision has its place"
    )


def headlines(room: Newsroom, path: str) -> list[str]:
    return [item["headline"] for item in room.read(path).body["items"]]


@pytest.mark.parametrize("path", SAME_ANSWERS)
def test_the_answers_are_those_of_the_embedded_newsroom(room: Newsroom, embedded: Newsroom, path: str) -> None:
    settle(room)
    settle(embedded)
    ours, theirs = room.read(path), embedded.read(path)
    assert ours.status == theirs.status == 200
    assert bare(ours.body) == bare(theirs.body)


@pytest.mark.parametrize("path", SAME_PAGES)
def test_the_pages_are_those_of_the_embedded_newsroom(room: Newsroom, embedded: Newsroom, path: str) -> None:
    settle(room)
    settle(embedded)
    ours, theirs = room.read(path), embedded.read(path)
    assert ours.status == theirs.status
    assert words(ours.body) == words(theirs.body)


def words(page: str) -> list[str]:
    """The words of a page; ids, ports and times of arrival are the newsroom's own."""
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
    text = re.sub(r"urn:uuid:[0-9a-f-]{36}", "", text)
    text = re.sub(
        r"\b[0-9a-z]{26}\b|127\.0\.0\.1:\d+|(DTSTAMP|LAST-MODIFIED):\S+|<updated>.*?</updated>|<lastmod>.*?</lastmod>",
        "",
        text,
    )
    return re.sub(r"<[^>]*>", " ", text).split()


def test_the_life_of_a_story(room: Newsroom) -> None:
    item_id = room.submit(STORY).body["id"]
    found = "/v1/search?q=harvester+threshing&sort=newest"
    took = room.wait_for(lambda: STORY["headline"] in headlines(room, found), "the story is found by its words")
    assert took < 10
    assert STORY["headline"] in room.read("/organisations/gomselmash").body
    assert STORY["headline"] in room.read("/places/kursk-oblast").body
    assert STORY["headline"] in room.read("/archive/2019/08/14").body
    assert STORY["headline"] in room.read("/sections/economy.atom").body
    days = {day["date"]: day["count"] for day in room.read("/v1/archive/2019/08").body["days"]}
    assert days["2019-08-14"] == 1

    corrected = "Gomselmash ships fifty harvesters to Kursk Oblast"
    room.correct(item_id, 1, STORY | {"headline": corrected, "note": "It was fifty."})
    room.wait_for(lambda: room.headline(item_id) == corrected, "the correction is on the site")
    room.wait_for(lambda: corrected in headlines(room, "/v1/search?q=harvesters&sort=newest"), "it is found")
    assert STORY["headline"] not in headlines(room, "/v1/search?q=harvesters&sort=newest")

    withdrawn = room.ask("DELETE", f"/v1/stories/{item_id}", {"note": "It was wrong."}, **{"If-Match": '"2"'})
    assert withdrawn.status == 202
    room.wait_for(lambda: room.read(f"/v1/stories/{item_id}").status == 410, "the story is withdrawn")
    room.wait_for(
        lambda: corrected not in headlines(room, "/v1/search?q=harvesters&sort=newest"), "it is found no longer"
    )
    assert room.read("/v1/archive/2019/08").body["days"] == []


def test_the_same_servers_are_the_same_newsroom_again(room: Newsroom) -> None:
    before = headlines(room, "/v1/search?sort=newest&limit=100")
    assert room.stop() == 0
    room.start()
    assert headlines(room, "/v1/search?sort=newest&limit=100") == before
