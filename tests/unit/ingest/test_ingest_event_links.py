"""Links between stories and events on the desk: shown on both pages, made and parted by editors."""

from __future__ import annotations

import pytest

from unit.ingest.conftest import Newsroom


@pytest.fixture
def pair(newsroom: Newsroom) -> tuple[str, str]:
    """A reporter's story and an event."""
    event = {"title": "Chamber Music Autumn", "start": "2027-01-10"}
    made = newsroom.ask("POST", "/v1/events", "edda", json=event).get_json()
    return newsroom.submit()["id"], made["id"]


def linked(newsroom: Newsroom, story: str) -> list[str]:
    return [link.event_id for link in newsroom.ledger.events_of_story(story)]


def link(newsroom: Newsroom, path: str, other: str, who: str = "edda") -> str:
    """What the page says after it."""
    client = newsroom.client
    headers = {"Authorization": f"Bearer secret-{who}"}
    answer = client.post(path, data={"other": other}, headers=headers, follow_redirects=True)
    return answer.text


def test_an_event_is_linked_by_title_id_or_address_from_either_page(newsroom: Newsroom, pair: tuple[str, str]) -> None:
    story, event = pair
    for typed in ("chamber music", event, f"https://paper.example/events/{event}/chamber-music-autumn"):
        page = link(newsroom, f"/stories/{story}/events", typed)
        assert "Linked: “Chamber Music Autumn”" in page and "by an editor’s word, <bdi>edda" in page
        assert linked(newsroom, story) == [event]
        page = link(newsroom, f"/stories/{story}/events/{event}/unlink", "")
        assert "Parted." in page and linked(newsroom, story) == []
    page = link(newsroom, f"/events/{event}/stories", "Bridge opens")
    assert "Linked: “Bridge opens”" in page and f"/stories/{story}" in page
    assert "Parted." in link(newsroom, f"/events/{event}/stories/{story}/unlink", "")
    assert linked(newsroom, story) == []


def test_what_names_none_or_several_is_said(newsroom: Newsroom, pair: tuple[str, str]) -> None:
    story, event = pair
    path = f"/stories/{story}/events"
    assert "Say which event" in link(newsroom, path, "  ")
    assert "No event is called “Jazz”" in link(newsroom, path, "Jazz")
    assert "No event is called" in link(newsroom, path, story)
    assert "No event is called “&lt;b&gt;" in link(newsroom, path, "<b>" + "x" * 2000)
    newsroom.ask("POST", "/v1/events", "edda", json={"title": "Chamber Music Autumn", "start": "2028-01-10"})
    assert "Several are called so" in link(newsroom, path, "Chamber Music Autumn")
    assert "not linked" in link(newsroom, f"/stories/{story}/events/{event}/unlink", "")
    newsroom.ask("DELETE", f"/v1/events/{event}", "edda", headers={"If-Match": '"1"'})
    assert "was withdrawn" in link(newsroom, path, event)
    assert linked(newsroom, story) == []


def test_only_editors_see_and_change_links(newsroom: Newsroom, pair: tuple[str, str]) -> None:
    story, event = pair
    newsroom.ask("POST", f"/stories/{story}/events", "rita", data={"other": event})
    assert linked(newsroom, story) == []
    assert 'id="links"' not in newsroom.ask("GET", f"/stories/{story}", "rita").text
    assert 'id="links"' in newsroom.ask("GET", f"/stories/{story}", "edda").text
