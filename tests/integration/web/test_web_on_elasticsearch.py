"""The same pages on Elasticsearch: every route, paging, facets, spelling, and texts that must not break a query."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from dateline.adapters.elastic import open_elastic_index
from dateline.settings import read_settings
from servers.elastic import ElasticServer
from unit.web.conftest import app_on, items
from unit.web.documents import many_stories, story, terms_of

pytestmark = pytest.mark.elasticsearch

PAGES = (
    "/", "/search", "/search?q=river&place=minsk", "/sections", "/sections/news", "/topics", "/places", "/places/minsk",
    "/people/alena-hrynko", "/archive/2016", "/archive/2016/05", "/archive/2016/05/17", "/events", "/v1/search",
    "/v1/suggest?q=m", "/v1/tags/person", "/v1/tags/place/minsk", "/v1/archive/2016/05", "/v1/events",
)  # fmt: skip

HOSTILE = (
    '"', "-", "*", "a*", "/a/", "a~2", "a^2", "(a OR", "NEAR(a b)", "headline:", '-headline:"', "{a} : b", "[a TO b]",
    "person:andrei-kobyakov", "\\", "a\\", "\x00", "\ufffe", "İ" * 100, "😀", "a" * 200, '"' * 200, "- " * 100,
    " ".join("abcdefghij" * 10), "section:-", "!a", "+a -b |c",
)  # fmt: skip


@pytest.fixture(scope="module")
def newsroom(elastic_server: ElasticServer) -> Iterator[FlaskClient]:
    """A reader of 150 stories."""
    index = open_elastic_index(read_settings({}, search=elastic_server.url, search_prefix="web-pages"))
    index.ensure()
    stories = [*many_stories(150), story("Withdrawn", id="gone", withdrawn=True, notice="It was wrong.")]
    index.put([*stories, *terms_of(stories)])
    yield app_on(index).test_client()
    index.close()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there(newsroom: FlaskClient, address: str) -> None:
    assert newsroom.get(address).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_a_query(newsroom: FlaskClient, text: str) -> None:
    for path in ("/v1/search", "/search", "/v1/suggest"):
        assert newsroom.get(f"{path}?{urlencode({'q': text})}").status_code == 200


@pytest.mark.parametrize("address", ["/v1/search?q=river+harvest&limit=17", "/v1/search?sort=oldest&limit=40"])
def test_paging_shows_every_story_once(newsroom: FlaskClient, address: str) -> None:
    total = newsroom.get(address).get_json()["total"]["value"]
    found = [item["id"] for item in items(newsroom, address)]
    assert len(found) == len(set(found)) == total > 50


def test_every_facet_value_gives_as_many_hits_as_it_says(newsroom: FlaskClient) -> None:
    address = "/v1/search?q=harvest+bridge&topic=economy"
    for facet, values in newsroom.get(address).get_json()["facets"].items():
        for value in values:
            asked = (
                f"{address}&{facet}={value['value']}"
                if facet != "topic"
                else address.replace("economy", value["value"])
            )
            assert newsroom.get(asked).get_json()["total"]["value"] == value["count"]


def test_what_is_gone_is_gone_and_what_is_misspelt_is_offered(newsroom: FlaskClient) -> None:
    assert newsroom.get("/stories/gone").status_code == 410
    assert newsroom.get("/v1/search?q=harvst").get_json()["did_you_mean"] == "harvest"
    assert newsroom.get("/v1/search?limit=5&cursor=WzFd").status_code == 422
