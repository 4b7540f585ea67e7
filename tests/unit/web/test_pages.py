"""Pages: their statuses, addresses, what search engines and feed readers find in them, and their states."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

EVERY_PAGE = (
    "/", "/search", "/search?q=river", "/sections", "/sections/news", "/sections/economy", "/topics", "/people",
    "/places", "/organisations", "/topics/culture", "/people/alena-hrynko", "/places/minsk", "/archive/2016",
    "/archive/2016/05", "/archive/2016/05/17", "/archive/1999", "/archive/0001/01/01", "/archive/9999/12/31",
    "/v1/search", "/v1/suggest?q=m", "/v1/tags/person", "/v1/tags/place/minsk", "/v1/archive/2016/05",
)  # fmt: skip


VOID = {"meta", "link", "input", "img", "br"}


def unbalanced(page: str) -> list[str]:
    """The tags of a page that close nothing, or what is open already, or are never closed."""
    stack: list[str] = []
    wrong: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in VOID:
                stack.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            if not stack or stack.pop() != tag:
                wrong.append(f"{tag} in line {self.getpos()[0]}")

    Reader().feed(page)
    return wrong + stack


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_answers_conditionally(newsroom: FlaskClient, address: str) -> None:
    answer = newsroom.get(address)
    assert answer.status_code == 200
    etag = answer.headers["ETag"]
    again = newsroom.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    head = newsroom.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]
    assert newsroom.post(address).status_code == 405


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_is_whole(newsroom: FlaskClient, address: str) -> None:
    if address.startswith("/v1/"):
        return
    page = newsroom.get(address).text
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert page.count("<h1") == page.count("<main") == page.count("<title>") == page.count('class="skip"') == 1
    assert re.search(r'<link rel="canonical" href="http://localhost/[^"]*">', page)
    kinds = re.findall(r'<link rel="alternate" type="(application/[^"]*)" href="http://localhost/', page)
    assert kinds == ["application/atom+xml", "application/rss+xml", "application/feed+json"]
    assert len(set(re.findall(r' id="([^"]*)"', page))) == len(re.findall(r' id="([^"]*)"', page))
    assert " style=" not in page
    assert unbalanced(page) == []
    assert "None" not in re.sub(r"<[^>]*>", "", page)


def test_pages_are_there_before_the_first_story(client: FlaskClient) -> None:
    assert "No story has been published yet" in client.get("/").text
    for address in (
        "/search",
        "/search?q=a",
        "/sections",
        "/topics",
        "/archive/2026/11",
        "/archive/2026",
        "/v1/search",
    ):
        assert client.get(address).status_code == 200, address
    assert client.get("/archive").headers["Location"] == "/archive/2026/11"


@pytest.mark.parametrize("address", ["/sections/news?limit=7", "/places/minsk?limit=7", "/search?q=river&limit=7",
                                     "/search?sort=oldest&limit=7"])  # fmt: skip
def test_every_page_of_a_listing_leads_to_the_one_before(newsroom: FlaskClient, address: str) -> None:
    def stories(page: str) -> list[str]:
        return re.findall(r'<h[23] class="headline"><a href="(/stories/[^"]*)"', page)

    def link(page: str, rel: str) -> str | None:
        found = re.search(rf'<a rel="{rel}" href="([^"]*cursor=[^"]*)"', page)
        return unescape(found[1]) if found else None

    first = newsroom.get(address).text
    second = newsroom.get(link(first, "next") or "").text
    third = newsroom.get(link(second, "next") or "").text
    assert link(first, "prev") is None and "First page" not in first
    back = newsroom.get(link(third, "prev") or "").text
    assert stories(back) == stories(second) != stories(third)
    assert (link(back, "next"), link(back, "prev")) == (link(second, "next"), link(second, "prev"))
    begin = newsroom.get(link(back, "prev") or "").text
    assert stories(begin) == stories(first)
    assert link(begin, "prev") is None and "First page" not in begin


def test_errors_are_pages_for_people_and_problems_for_programs(client: FlaskClient) -> None:
    page = client.get("/nothing/here")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is no such page" in page.text
    problem = client.get("/v1/nothing")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    wrong = client.get("/search?q=kept&limit=900")
    assert wrong.status_code == 422
    assert "<strong>limit</strong>" in wrong.text
    assert 'value="kept"' in wrong.text


def test_static_files_are_kept_by_browsers(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/paper\.[0-9a-f]{12}\.css)"', client.get("/").text)
    assert address
    answer = client.get(address[1])
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_the_openapi_document_is_of_these_routes(client: FlaskClient) -> None:
    spec = client.get("/v1/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    assert {"/v1/search", "/v1/suggest", "/v1/stories/{story_id}", "/v1/tags/{type}", "/v1/tags/{type}/{slug}",
            "/v1/archive/{year}/{month}"} <= spec["paths"].keys()  # fmt: skip
    names = [parameter["name"] for parameter in spec["paths"]["/v1/search"]["get"]["parameters"]]
    assert {
        "q",
        "section",
        "topic",
        "person",
        "place",
        "organisation",
        "language",
        "from",
        "to",
        "sort",
        "limit",
        "cursor",
    } <= set(names)
    assert {"200", "422", "503"} <= spec["paths"]["/v1/search"]["get"]["responses"].keys()
    assert client.get("/v1/docs").status_code == 200
