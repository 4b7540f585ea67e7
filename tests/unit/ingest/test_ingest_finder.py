"""The finder: stories, drafts, events and terms by headline, slug, id or address, as far as one may see them."""

from __future__ import annotations

from typing import Any

import pytest

from unit.ingest.conftest import Newsroom

JSON = {"Accept": "application/json"}
EVENT = {"title": "Bridge festival", "start": "2030-05-01", "end": "2030-05-02"}


def found(newsroom: Newsroom, typed: str, token: str = "edda") -> list[tuple[str, str]]:
    """Kind and label of what is found."""
    answer = newsroom.ask("GET", "/find", token, query_string={"q": typed}, headers=JSON)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.get_json()["items"]
    for item in items:
        if item["address"].startswith("/"):
            assert newsroom.ask("GET", item["address"], token).status_code == 200, item
    return [(item["kind"], item["label"]) for item in items]


@pytest.fixture
def bridge(newsroom: Newsroom) -> str:
    """Rita's story; besides a draft of hers, one of Otto's, a story of Otto's and an event."""
    ledger = newsroom.ledger
    for name, shared in (("rita", ["edda"]), ("otto", [])):
        by = ledger.live_token(name)
        assert by is not None
        ledger.create_draft(by, {}, label=f"Bridge of {name}", shared_with=shared)
    assert newsroom.ask("POST", "/v1/events", "edda", json=EVENT).status_code == 202
    newsroom.submit("otto", headline="Otto's day", body_text="He saw a bridge.")
    return str(newsroom.submit("rita", headline="Bridge opens", slugline="BREST-BRIDGE")["id"])


def test_an_editor_finds_everything_but_others_drafts(newsroom: Newsroom, bridge: str) -> None:
    assert found(newsroom, "bridge") == [
        ("draft", "Bridge of rita"), ("story", "Bridge opens"), ("story", "Otto's day"), ("term", "Bridges"),
        ("event", "Bridge festival"),
    ]  # fmt: skip


def test_a_reporter_finds_what_is_theirs(newsroom: Newsroom, bridge: str) -> None:
    assert found(newsroom, "bridge", "rita") == [("draft", "Bridge of rita"), ("story", "Bridge opens")]
    assert found(newsroom, "bridge", "otto") == [("draft", "Bridge of otto"), ("story", "Otto's day")]
    assert found(newsroom, bridge, "otto") == []


@pytest.mark.parametrize(
    "typed", ["{id}", "https://paper.example/stories/{id}/bridge-opens", "bridge-opens", "brest-bri", "OPENS brid"]
)
def test_a_story_is_found_by_id_address_slug_and_slugline(newsroom: Newsroom, bridge: str, typed: str) -> None:
    assert ("story", "Bridge opens") in found(newsroom, typed.format(id=bridge))


def test_events_drafts_and_terms_are_found_by_id(newsroom: Newsroom, bridge: str) -> None:
    [event] = newsroom.ledger.items("event").items
    rita = newsroom.ledger.live_token("rita")
    assert rita is not None
    [draft] = newsroom.ledger.drafts(rita).drafts
    assert found(newsroom, event.id) == [("event", "Bridge festival")]
    assert found(newsroom, draft.id) == [("draft", "Bridge of rita")]
    assert found(newsroom, draft.id, "otto") == []
    assert ("term", "Ann Lee") in found(newsroom, "person:ann-lee")
    assert found(newsroom, "01m8pk7kdwt9e88hmzd9dmnzka") == found(newsroom, " ") == found(newsroom, "?!\0*") == []


def test_without_javascript_it_is_a_page(newsroom: Newsroom, bridge: str) -> None:
    page = newsroom.ask("GET", "/find?q=bridge", "edda")
    assert "Bridge opens" in page.text and "Bridge festival" in page.text
    assert "Nothing found" in newsroom.ask("GET", "/find?q=zanzibar", "edda").text
    assert newsroom.ask("GET", "/find", "edda").status_code == 200
    assert 'action="/find"' in newsroom.ask("GET", "/drafts", "rita").text


def test_who_writes_nothing_finds_nothing(newsroom: Newsroom, bridge: str) -> None:
    assert newsroom.ask("GET", "/find?q=bridge", "").status_code == 401
    for token in ("olga", "sam"):
        assert newsroom.ask("GET", "/find?q=bridge", token).status_code == 403
    [event] = newsroom.ledger.items("event").items
    assert newsroom.ask("GET", f"/events/{event.id}", "rita").status_code == 403
