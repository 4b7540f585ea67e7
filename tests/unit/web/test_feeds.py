"""Feeds: what a page lists, in its order; valid, stable, conditional."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from unit.web.conftest import Fill, app_on
from unit.web.documents import MINSK, story, tag, term, terms_of

LISTINGS = (
    "/search",
    "/sections/news",
    "/sections/economy",
    "/topics/culture",
    "/people/alena-hrynko",
    "/places/minsk",
)
FORMATS = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


def links(client: FlaskClient, address: str, format: str) -> list[str]:
    """The stories' addresses in a feed."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    if format == "json":
        return [item["url"] for item in json.loads(answer.text)["items"]]
    parsed = feedparser.parse(answer.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [entry.link for entry in parsed.entries]


def listed(client: FlaskClient, address: str) -> list[str]:
    """The stories' addresses on a page."""
    page = client.get(address).text
    return [
        "http://localhost" + path
        for path in re.findall(r'<h2 class="headline"><a href="(/stories/[^"]*)"', page[page.index("<main") :])
    ]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("path", LISTINGS)
def test_a_feed_has_exactly_what_its_page_lists(newsroom: FlaskClient, path: str, format: str) -> None:
    found = links(newsroom, f"{path}.{format}", format)
    assert len(found) > 5
    assert found == listed(newsroom, path)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "query", ["q=river+harvest", "q=%22no+such+words%22", "q=river&sort=oldest&limit=5", "section=economy&place=minsk",
              "from=2016-01-01&to=2016-12-31", "q=%D0%BC%D0%B8%D0%BD%D1%81%D0%BA", "q=", "from="],
)  # fmt: skip
def test_a_searchs_feed_takes_its_parameters(newsroom: FlaskClient, query: str, format: str) -> None:
    assert links(newsroom, f"/search.{format}?{query}", format) == listed(newsroom, f"/search?{query}")


@pytest.mark.parametrize("format", FORMATS)
def test_pages_follow_one_another(newsroom: FlaskClient, format: str) -> None:
    every: list[str] = []
    address = f"/topics/culture.{format}?limit=30"
    while address:
        every += links(newsroom, address, format)
        text = newsroom.get(address).text
        if format == "json":
            following = json.loads(text).get("next_url", "")
        else:
            following = next((link["href"] for link in feedparser.parse(text).feed.links if link["rel"] == "next"), "")
        address = following.removeprefix("http://localhost")
    assert len(every) == len(set(every)) > 60


@pytest.mark.parametrize("format", FORMATS)
def test_pages_name_their_feeds_and_those_are_there(newsroom: FlaskClient, format: str) -> None:
    for path in LISTINGS:
        page = newsroom.get(path).text
        (address,) = re.findall(rf'<link rel="alternate" type="{re.escape(FORMATS[format])}" href="([^"]*)"', page)
        answer = newsroom.get(address.removeprefix("http://localhost"))
        assert answer.status_code == 200
        assert answer.mimetype == FORMATS[format]


@pytest.mark.parametrize("format", FORMATS)
def test_conditional_and_head(newsroom: FlaskClient, format: str) -> None:
    answer = newsroom.get(f"/search.{format}?q=river")
    again = newsroom.get(f"/search.{format}?q=river", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = newsroom.head(f"/search.{format}?q=river")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_no_feed(newsroom: FlaskClient, format: str) -> None:
    assert newsroom.get(f"/topics/nobody-knows-it.{format}").status_code == 404
    assert newsroom.get(f"/planets/minsk.{format}").status_code == 404
    assert newsroom.get(f"/search.{format}?limit=1000").status_code == 422
    assert newsroom.get(f"/search.{format}?from=soon").status_code == 422
    assert newsroom.get("/search.xml").status_code == 404


@pytest.mark.parametrize("format", FORMATS)
def test_a_feed_without_stories_is_valid(client: FlaskClient, format: str) -> None:
    assert links(client, f"/search.{format}", format) == []


HOSTILE = "A <b>bold</b> & \"quoted\" 'headline' ]]> \ufffe end"


def test_what_an_entry_says(client: FlaskClient, fill: Fill) -> None:
    given = story(
        HOSTILE, summary="Sum & substance", byline="Alena Hrynko", section="news", language="be",
        body_html="<p>One &amp; two</p>", updated_at=datetime(2017, 12, 6, 8, 30, tzinfo=MINSK),
        tags=(tag("topic", "Trade & tax"), tag("person", "Nobody", status="proposed")),
    )  # fmt: skip
    fill([given, *terms_of([given])])
    address = f"http://localhost/stories/{given.id}/{given.slug}"
    (entry,) = feedparser.parse(client.get("/sections/news.atom").data, sanitize_html=False).entries
    assert entry.title == HOSTILE.replace("\ufffe", "")
    assert entry.id.startswith("urn:uuid:")
    assert (entry.link, entry.author, entry.summary) == (address, "Alena Hrynko", "Sum & substance")
    assert entry.content[0].value == "<p>One &amp; two</p>"
    assert (entry.published, entry.updated) == ("2017-12-05T12:00:00+03:00", "2017-12-06T08:30:00+03:00")
    assert [category.label for category in entry.tags] == ["Trade & tax"]
    (item,) = feedparser.parse(client.get("/sections/news.rss").data, sanitize_html=False).entries
    assert (item.id, item.link, item.published) == (entry.id, address, "Tue, 05 Dec 2017 09:00:00 +0000")
    (thing,) = json.loads(client.get("/sections/news.json").text)["items"]
    assert (thing["id"], thing["url"], thing["language"]) == (entry.id, address, "be")
    assert thing["date_modified"] == "2017-12-06T08:30:00+03:00"


def test_an_id_stays_when_the_headline_changes(client: FlaskClient, fill: Fill) -> None:
    given = story("First words")
    fill([given])
    before = feedparser.parse(client.get("/search.atom").data).entries[0]
    fill([replace(given, version=2, headline="Other words", slug="other-words")])
    after = feedparser.parse(client.get("/search.atom").data).entries[0]
    assert before.id == after.id
    assert before.link != after.link


def ids(client: FlaskClient, host: str) -> list[str]:
    """Every identifier that a feed or ninjs gives when the service is asked by the name ``host``."""
    said = {"Host": host}
    atom = feedparser.parse(client.get("/search.atom?q=bridge", headers=said).data)
    rss = feedparser.parse(client.get("/search.rss", headers=said).data)
    things = json.loads(client.get("/search.json", headers=said).text)["items"]
    story_id = client.get("/v1/search", headers=said).get_json()["items"][0]["id"]
    ninjs = client.get(f"/v1/stories/{story_id}?format=ninjs", headers=said).get_json(force=True)
    return [
        atom.feed.id, *(entry.id for entry in [*atom.entries, *rss.entries]), *(thing["id"] for thing in things),
        ninjs["uri"],
    ]  # fmt: skip


def test_identifiers_do_not_follow_the_host_that_was_asked(client: FlaskClient, fill: Fill) -> None:
    fill([story("The bridge is open"), story("The other bridge")])
    asked = ids(client, "one.example")
    assert asked == ids(client, "two.example:8080") == ids(client, "127.0.0.1")
    assert not any("example" in one for one in asked)
    assert len(set(asked)) == 3


def test_identifiers_come_from_the_address_that_is_set(index: EmbeddedIndex, fill: Fill) -> None:
    fill([story("The bridge is open")])
    set_up = app_on(index, web_url="https://paper.example/", allowed_hosts="two.example").test_client()
    asked = ids(set_up, "paper.example")
    assert asked == ids(set_up, "two.example")
    assert asked[0] == "https://paper.example/search?q=bridge"
    assert all(one.startswith("tag:paper.example,2026:stories/") for one in asked[1:])


def test_two_papers_and_two_listings_have_feeds_of_their_own(index: EmbeddedIndex, client: FlaskClient) -> None:
    def feed_id(reader: FlaskClient, path: str) -> str:
        found: str = feedparser.parse(reader.get(path).data).feed.id
        return found

    other = app_on(index, title="The Other Paper").test_client()
    found = [feed_id(client, "/search.atom"), feed_id(client, "/search.atom?q=x"), feed_id(other, "/search.atom")]
    assert len(set(found)) == 3


def test_a_merged_terms_feed_is_that_of_the_other(client: FlaskClient, fill: Fill) -> None:
    fill([term("topic", "Old", withdrawn=True, merged_into="topic:new"), term("topic", "New")])
    answer = client.get("/topics/old.atom?limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/topics/new.atom?limit=5")


def test_the_json_feed_has_what_version_1_1_wants(newsroom: FlaskClient) -> None:
    feed = json.loads(newsroom.get("/search.json?q=river").text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://localhost/search?q=river"
    assert feed["feed_url"] == "http://localhost/search.json?q=river"
    for item in feed["items"]:
        assert item["id"] and "content_html" in item
        assert datetime.fromisoformat(item["date_published"]).utcoffset() is not None
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_the_atom_feed_has_what_rfc_4287_wants(newsroom: FlaskClient) -> None:
    name = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(newsroom.get("/topics/culture.atom").data)
    assert root.tag == f"{name}feed"
    for wanted in ("id", "title", "updated", "author"):
        assert len(root.findall(name + wanted)) == 1
    ids = [entry.findtext(f"{name}id") for entry in root.findall(f"{name}entry")]
    assert len(ids) == len(set(ids)) > 5
    for entry in root.findall(f"{name}entry"):
        for wanted in ("id", "title", "updated", "content"):
            assert len(entry.findall(name + wanted)) == 1
        assert all(link.attrib["href"].startswith("http://localhost/") for link in entry.findall(f"{name}link"))
