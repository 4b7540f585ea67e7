"""Sitemaps, the news of two days, robots.txt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline_web.sitemap import entries
from unit.web.conftest import Fill
from unit.web.documents import NOW, event, story, tag, terms_of

NAME = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def addresses(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ElementTree.fromstring(answer.data)
    return [place.text or "" for place in root.iter(f"{NAME}loc")]


def every_address(client: FlaskClient) -> list[str]:
    names = addresses(client, "/sitemap.xml")
    return [address for name in names for address in addresses(client, name.removeprefix("http://localhost"))]


def test_every_story_term_and_event_is_there_once_and_answers(newsroom: FlaskClient) -> None:
    found = every_address(newsroom)
    assert len(found) == len(set(found))
    assert sum("/stories/" in address for address in found) == 300
    for wanted in ("/", "/topics/culture", "/sections/news", "/people/alena-hrynko", "/archive/2016", "/events"):
        assert f"http://localhost{wanted}" in found
    for address in found[::40]:
        assert newsroom.get(address.removeprefix("http://localhost")).status_code == 200


def test_withdrawn_ones_are_not(client: FlaskClient, fill: Fill) -> None:
    gone, there = story("Gone"), event("Fair", date(2031, 1, 1), rrule="FREQ=YEARLY")
    fill([replace(gone, withdrawn=True), there])
    found = every_address(client)
    assert not [address for address in found if "gone" in address]
    assert f"http://localhost/events/{there.id}/fair" in found


def test_files_have_no_more_than_they_may(client: FlaskClient, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_ADDRESSES", 3)
    monkeypatch.setattr(entries, "MAX_STORIES", 3)
    stories = [
        story(f"Story {n}", tags=(tag("topic", f"Topic {n}"),), published_at=NOW - timedelta(days=n)) for n in range(8)
    ]
    fill([*stories, *terms_of(stories)])
    names = [name.removeprefix("http://localhost") for name in addresses(client, "/sitemap.xml")]
    assert (
        "/sitemap-topics-3.xml" in names and "/sitemap-2026-11-24.xml" in names and "/sitemap-2026-11.xml" not in names
    )
    assert all(len(addresses(client, name)) <= 3 for name in names if name != "/sitemap-pages.xml")
    found = every_address(client)
    assert sum("/stories/" in address for address in found) == sum("/topics/" in address for address in found) == 8


def test_a_month_of_very_many_stories_has_a_file_a_day(
    client: FlaskClient, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file would take most of the time that a request has."""
    monkeypatch.setattr(index, "count_by_month", lambda filter: {(2026, 10): 10_000, (2026, 11): 30_000})
    months = [name for name in addresses(client, "/sitemap.xml") if "/sitemap-2026" in name]
    assert len(months) == 30 + 1
    assert "http://localhost/sitemap-2026-10.xml" in months and "http://localhost/sitemap-2026-11-30.xml" in months


def test_the_news_are_those_of_two_days(client: FlaskClient, fill: Fill) -> None:
    fill(
        [
            story("Now & here", published_at=NOW - timedelta(minutes=5)),
            story("Yesterday", published_at=NOW - timedelta(hours=47)),
            story("Before", published_at=NOW - timedelta(hours=49)),
        ]
    )
    root = ElementTree.fromstring(client.get("/sitemap-news.xml").data)
    assert [title.text for title in root.iter(f"{NEWS}title")] == ["Now & here", "Yesterday"]
    assert [name.text for name in root.iter(f"{NEWS}name")] == ["Dateline"] * 2
    assert next(root.iter(f"{NEWS}publication_date")).text == "2026-11-24T14:55:00+03:00"


def test_robots_name_the_sitemaps(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Sitemap: http://localhost/sitemap.xml\nSitemap: http://localhost/sitemap-news.xml\n" in answer.text


@pytest.mark.parametrize("path", ["/sitemap-2026-13.xml", "/sitemap-planets-1.xml", "/sitemap-topics-0.xml"])
def test_what_is_no_sitemap(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_sitemaps_are_conditional(newsroom: FlaskClient) -> None:
    for path in ("/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/sitemap-2016-05.xml"):
        etag = newsroom.get(path).headers["ETag"]
        assert newsroom.get(path, headers={"If-None-Match": etag}).status_code == 304
