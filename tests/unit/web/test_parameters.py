"""Unknown parameters: refused by the JSON API, ignored by what readers share."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "address",
    [
        "/v1/search", "/v1/suggest", "/v1/stories/{id}", "/v1/tags/place", "/v1/tags/place/minsk",
        "/v1/archive/2017/12", "/v1/events", "/v1/events/{id}",
    ],
)  # fmt: skip
def test_the_api_refuses_them(newsroom: FlaskClient, address: str) -> None:
    found = newsroom.get("/v1/search?limit=1").get_json()["items"][0]["id"]
    answer = newsroom.get(f"{address.format(id=found)}?utm_source=mail&sorted=newest")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert [error["pointer"] for error in answer.get_json(force=True)["errors"]] == ["/utm_source", "/sorted"]
    assert newsroom.head(f"{address.format(id=found)}?utm_source=mail").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "/", "/search", "/sections", "/topics", "/archive/2017/12", "/archive/2017/12/05", "/events", "/events.ics",
        "/search.atom", "/search.rss", "/search.json", "/sitemap.xml", "/robots.txt", "/v1/docs",
    ],
)  # fmt: skip
def test_what_readers_share_ignores_them(newsroom: FlaskClient, address: str) -> None:
    assert newsroom.get(f"{address}?utm_source=mail&fbclid=x").status_code == 200


def test_the_next_page_of_a_feed_carries_none_of_them(newsroom: FlaskClient) -> None:
    feed = newsroom.get("/search.json?utm_source=mail&limit=2").get_json()
    assert "utm_source" not in feed["next_url"]
