"""A story that stands behind another: lists name where the news is also from, and its page points to the leader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import StoryDocument
from unit.web.conftest import Fill
from unit.web.documents import story


@pytest.fixture
def folded(fill: Fill) -> tuple[StoryDocument, StoryDocument]:
    """A leader and the story behind it."""
    leader = story("Bridge opens", "The bridge is open.", section="news")
    behind = story("Bridge open again", "The bridge is open.", section="news", source="BelTA & <Co>")
    leader, behind = replace(leader, also_from=(behind.id, "gone")), replace(behind, folded_into=leader.id)
    fill([leader, behind])
    return leader, behind


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=bridge", "/sections/news"])
def test_lists_show_the_leader_and_where_else_it_is_from(
    client: FlaskClient, folded: tuple[StoryDocument, StoryDocument], path: str
) -> None:
    leader, behind = folded
    page = client.get(path).text
    assert f'<a href="/stories/{leader.id}/bridge-opens">' in page
    assert f'Also from <a href="/stories/{behind.id}/bridge-open-again"><bdi>BelTA &amp; &lt;Co&gt;</bdi></a>' in page
    assert "Bridge open again</a>" not in page


def test_the_folded_storys_page_points_to_the_leader(
    client: FlaskClient, folded: tuple[StoryDocument, StoryDocument]
) -> None:
    leader, behind = folded
    answer = client.get(f"/stories/{behind.id}/{behind.slug}")
    address = f"/stories/{leader.id}/{leader.slug}"
    assert answer.status_code == 200
    assert f'Our main report on this: <a href="{address}"><bdi>Bridge opens</bdi></a>' in answer.text
    assert f'<link rel="canonical" href="http://localhost{address}">' in answer.text
    assert "Also from <a" in client.get(address).text


def test_the_api_says_it(client: FlaskClient, folded: tuple[StoryDocument, StoryDocument]) -> None:
    leader, behind = folded
    named = {
        "id": behind.id, "headline": "Bridge open again", "source": "BelTA & <Co>",
        "url": f"http://localhost/stories/{behind.id}/{behind.slug}",
    }  # fmt: skip
    [item] = client.get("/v1/search").get_json()["items"]
    assert item["also_from"] == [named]
    whole = client.get(f"/v1/stories/{leader.id}").get_json()
    assert (whole["also_from"], whole.get("folded_into")) == ([named], None)
    whole = client.get(f"/v1/stories/{behind.id}").get_json()
    assert (whole.get("also_from"), whole["folded_into"]) == (None, leader.id)


@pytest.mark.parametrize("format", ["atom", "rss", "json"])
def test_feeds_have_the_leader_alone(
    client: FlaskClient, folded: tuple[StoryDocument, StoryDocument], format: str
) -> None:
    _, behind = folded
    feed = client.get(f"/search.{format}").text
    assert "Bridge opens" in feed
    assert "Bridge open again" not in feed
    assert "Also from" in feed
    assert f"/stories/{behind.id}/" in feed


def test_one_that_came_back_is_named_no_more(client: FlaskClient, fill: Fill) -> None:
    """The leader's document may be older than the other's."""
    back = story("Bridge open again")
    leader = story("Bridge opens", also_from=(back.id,))
    fill([leader, back])
    assert "Also from" not in client.get("/search").text
    assert len(client.get("/v1/search").get_json()["items"]) == 2
