"""Lists of stories: the filters of the API and of the desk's page, which go together and stay while one pages."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ledgers import quarantine
from unit.ingest.conftest import Newsroom


def listed(newsroom: Newsroom, query: str, token: str = "edda") -> list[str]:
    """The headlines that the API lists."""
    answer = newsroom.ask("GET", f"/v1/stories?{query}", token)
    assert answer.status_code == 200, answer.text
    return [item["label"] for item in answer.get_json()["items"]]


def shown(page: str) -> list[str]:
    """The headlines that a page lists, in its order."""
    return [unescape(label) for label in re.findall(r'<a href="/stories/[^"/]+">([^<]+)</a></h\d>', page)]


@pytest.fixture
def stories(newsroom: Newsroom) -> dict[str, str]:
    """By headline; two are Rita's."""
    return {
        "Bridge opens": newsroom.submit("rita", headline="Bridge opens", body_text="The river is wide.")["id"],
        "Tunnel floods": newsroom.submit("rita", headline="Tunnel floods", body_text="The river rose.")["id"],
        "Mayor resigns": newsroom.submit("otto", headline="Mayor resigns", body_text="Of the river, no word.")["id"],
    }


def test_the_api_lists_by_words_reporter_and_day(newsroom: Newsroom, stories: dict[str, str]) -> None:
    assert listed(newsroom, "words=river") == ["Mayor resigns", "Tunnel floods", "Bridge opens"]
    assert listed(newsroom, "words=riv+wide") == ["Bridge opens"]
    assert listed(newsroom, "words=river", "otto") == ["Mayor resigns"]
    assert listed(newsroom, "reporter=rita&q=tunnel") == ["Tunnel floods"]
    assert listed(newsroom, "reporter=rita", "otto") == []
    assert listed(newsroom, "day=2001-02-03") == listed(newsroom, "section=world") == []
    for wrong in ("day=yesterday", "day=0001-01-01", "section=No+Slug", f"words={'x' * 201}", "nobody=1"):
        assert newsroom.ask("GET", f"/v1/stories?{wrong}", "edda").status_code == 422, wrong


def test_a_day_is_the_newsrooms(newsroom: Newsroom, stories: dict[str, str]) -> None:
    zone = newsroom.app.extensions["dateline"].settings.timezone
    received = newsroom.items[stories["Bridge opens"]].newest.received_at
    assert len(listed(newsroom, f"day={received.astimezone(zone).date()}")) >= 1


def test_the_page_has_what_has_a_problem_on_top(newsroom: Newsroom, stories: dict[str, str]) -> None:
    quarantine(newsroom.ledger, stories["Bridge opens"], reason="The index refused it.")
    page = newsroom.ask("GET", "/stories", "edda").text
    assert shown(page) == ["Bridge opens", "Mayor resigns", "Tunnel floods"]
    assert "With a problem" in page and "The index refused it." in page
    assert shown(newsroom.ask("GET", "/stories?words=tunnel", "edda").text) == ["Tunnel floods"]
    assert shown(newsroom.ask("GET", "/stories?state=quarantined").text) == ["Bridge opens"]
    assert "With a problem" not in newsroom.ask("GET", "/stories", "otto").text


def test_paging_keeps_the_filters(newsroom: Newsroom) -> None:
    for number in range(52):
        newsroom.submit("rita", headline=f"Bridge {number}")
    newsroom.submit("rita", headline="Tunnel", body_text="Under a hill.")
    page = newsroom.ask("GET", "/stories?words=bridge&state=accepted&nonsense=1").text
    following = re.search(r'<a href="([^"]+)" rel="next">Older stories', page)
    assert following
    assert shown(page) == [f"Bridge {number}" for number in range(51, 1, -1)]
    address = unescape(following[1])
    assert "words=bridge" in address and "state=accepted" in address and "nonsense" not in address
    assert shown(newsroom.ask("GET", address).text) == ["Bridge 1", "Bridge 0"]


def test_what_is_wrong_is_told_and_stays(newsroom: Newsroom, stories: dict[str, str]) -> None:
    answer = newsroom.ask("GET", "/stories?day=yesterday&words=river")
    assert answer.status_code == 422
    assert "Day:" in answer.text and 'value="river"' in answer.text
    assert shown(answer.text) == []


def test_only_editors_are_told_who_writes(newsroom: Newsroom, stories: dict[str, str]) -> None:
    assert '<option value="otto">' in newsroom.ask("GET", "/stories", "edda").text
    assert "otto" not in newsroom.ask("GET", "/stories", "rita").text
