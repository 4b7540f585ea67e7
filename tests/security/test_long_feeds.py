"""A hundred stories as long as they may be: what a feed says of them, and what is read of them at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import feedparser
import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.gateway import PUSH
from dateline_web.feeds import bodies
from dateline_web.stream.listener import Listener
from unit.web.conftest import app_on
from unit.web.documents import MINSK, story

LONG: Final = 150_000
MOST: Final = 4_000_000
COUNT: Final = 60
FORMATS: Final = ("atom", "rss", "json")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    """Of 60 stories of 150 kB, the newest has the highest number."""
    opened = EmbeddedIndex(tmp_path_factory.mktemp("long") / "index", MINSK)
    opened.ensure()
    ids = tuple(f"s{n:03}" for n in range(COUNT))
    opened.put([
        story(f"Long {n}", "so it is. " * (LONG // 10), id=id, summary=f"In short {n}", related=ids)
        for n, id in enumerate(ids)
    ])  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def client(index: EmbeddedIndex) -> FlaskClient:
    return app_on(index).test_client()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters of bodies are in memory at a time: those of each answer of the index."""
    sizes: list[int] = []
    get, search = EmbeddedIndex.get, EmbeddedIndex.search

    def noting(index: EmbeddedIndex, *given: Any, **more: Any) -> Any:
        found = get(index, *given, **more)
        sizes.append(sum(len(one.body_html) for one in found))  # type: ignore[union-attr]
        return found

    def searching(index: EmbeddedIndex, *given: Any) -> Any:
        page = search(index, *given)
        sizes.append(sum(len(hit.document.body_html) for hit in page.hits))
        return page

    monkeypatch.setattr(EmbeddedIndex, "get", noting)
    monkeypatch.setattr(EmbeddedIndex, "search", searching)
    return sizes


def entries(client: FlaskClient, format: str, query: str = "limit=100") -> tuple[int, list[dict[str, str]]]:
    """The bytes of a feed, and of each entry its title, link, summary and content."""
    answer = client.get(f"/search.{format}?sort=oldest&{query}")
    assert answer.status_code == 200
    if format == "json":
        return len(answer.data), [
            {"title": one["title"], "link": one["url"], "summary": one["summary"], "text": one.get("content_text", ""),
             "content": one.get("content_html", "")} for one in json.loads(answer.data)["items"]
        ]  # fmt: skip
    parsed = feedparser.parse(answer.data)
    assert not parsed.bozo
    return len(answer.data), [
        {"title": one.title, "link": one.link, "summary": one.summary,
         "content": one.content[0].value if "content" in one else ""} for one in parsed.entries
    ]  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_a_feed_has_four_megabytes_of_bodies(client: FlaskClient, read: list[int], format: str) -> None:
    size, found = entries(client, format)
    assert size < MOST + 200_000
    assert len(found) == COUNT
    assert all(one["title"] and one["link"] and one["summary"].startswith("In short") for one in found)
    whole = sum(bool(one["content"]) for one in found)
    assert MOST // LONG - 1 <= whole <= MOST // LONG
    assert [bool(one["content"]) for one in found] == [True] * whole + [False] * (COUNT - whole)
    assert all(one.get("text", "x") for one in found[whole:])
    assert max(read) < 11 * LONG
    assert sum(read) < MOST + 11 * LONG


@pytest.mark.parametrize("format", FORMATS)
def test_what_fits_is_whole(client: FlaskClient, format: str) -> None:
    _, found = entries(client, format, "limit=20")
    assert len(found) == 20
    assert all(len(one["content"]) >= LONG - 1 for one in found)


def test_a_story_that_is_withdrawn_meanwhile_keeps_its_line(index: EmbeddedIndex) -> None:
    brief = [story("Gone", "Not here.", id="nowhere", body_html=" "), *index.get("story", ["s001"], brief=True)]
    gone, here = bodies.with_bodies(index, brief)  # type: ignore[arg-type]
    assert (gone.headline, len(here.body_html) > LONG) == ("Gone", True)


def test_a_stream_that_is_taken_up_from_the_first_story_reads_no_bodies(client: FlaskClient, read: list[int]) -> None:
    pushed: list[Listener] = []
    answer = client.get("/stream", headers={"Last-Event-ID": "0"}, environ_overrides={PUSH: pushed.append})
    assert answer.text.count("data: ") == COUNT
    pushed[0].close()
    assert sum(read) == 0


def test_a_story_reads_no_bodies_of_what_is_related_to_it(client: FlaskClient, read: list[int]) -> None:
    assert len(client.get("/v1/stories/s001").get_json()["related"]) > 1
    assert LONG <= sum(read) < 2 * LONG


def test_the_front_page_reads_the_body_of_its_lead_only(client: FlaskClient, read: list[int]) -> None:
    page = client.get("/").text
    assert 'class="opening">so it is.' in page
    assert LONG <= sum(read) < 2 * LONG
