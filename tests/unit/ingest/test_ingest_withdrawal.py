"""The note of a withdrawal: in the address or in the body, and never dropped."""

from __future__ import annotations

from typing import Any

import pytest

from unit.ingest.conftest import Newsroom

NOTE = "Это был другой мост. " * 90
"""1,890 characters, which no address can hold."""


@pytest.fixture(params=["story", "event", "term"])
def item(request: pytest.FixtureRequest, newsroom: Newsroom) -> str:
    """The address of an item of each kind; the term is one as shipped."""
    if request.param == "story":
        return f"/v1/stories/{newsroom.submit('edda')['id']}"
    if request.param == "event":
        made = newsroom.ask("POST", "/v1/events", "edda", json={"title": "Fair", "start": "2027-07-03"})
        return f"/v1/events/{made.get_json()['id']}"
    return "/v1/terms/topic/bridges"


def withdraw(newsroom: Newsroom, address: str, **more: Any) -> Any:
    headers = {"If-Match": '"0"' if "/terms/" in address else '"1"', **more.pop("headers", {})}
    return newsroom.ask("DELETE", address, "edda", headers=headers, **more)


def noted(newsroom: Newsroom, address: str) -> str:
    kind, key = ("term", "topic:bridges") if "/terms/" in address else (address.split("/")[2], address.split("/")[3])
    found = newsroom.ledger.item({"stories": "story", "events": "event"}.get(kind, kind), key)  # type: ignore[arg-type]
    return found.newest.note


def test_a_note_in_the_body_is_kept(newsroom: Newsroom, item: str) -> None:
    assert withdraw(newsroom, item, json={"note": NOTE}).status_code == 202
    assert noted(newsroom, item) == NOTE.strip()


def test_a_note_in_the_address_is_kept(newsroom: Newsroom, item: str) -> None:
    assert withdraw(newsroom, f"{item}?note=Another+one.").status_code == 202
    assert noted(newsroom, item) == "Another one."


def test_no_note_and_an_empty_body_object_are_fine(newsroom: Newsroom, item: str) -> None:
    assert withdraw(newsroom, item, json={}).status_code == 202
    assert noted(newsroom, item) == ""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {"notes": "x"}}, 422),
        ({"json": {"note": 7}}, 422),
        ({"json": {"note": "x" * 2001}}, 422),
        ({"json": ["x"]}, 422),
        ({"data": "note=x", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": "x", "content_type": "text/plain"}, 415),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"query_string": {"note": "one"}, "json": {"note": "other"}}, 422),
    ],
)
def test_a_body_that_says_no_note_withdraws_nothing(
    newsroom: Newsroom, item: str, sent: dict[str, Any], status: int
) -> None:
    assert withdraw(newsroom, item, **sent).status_code == status
    assert withdraw(newsroom, item).status_code == 202


def test_the_note_is_part_of_what_a_key_stands_for(newsroom: Newsroom, item: str) -> None:
    key = {"Idempotency-Key": "gone-1"}
    first = withdraw(newsroom, item, json={"note": "one"}, headers=key)
    assert withdraw(newsroom, f"{item}?note=one", headers=key).get_json() == first.get_json()
    assert withdraw(newsroom, item, json={"note": "other"}, headers=key).status_code == 422
    assert withdraw(newsroom, item, headers=key).status_code == 422


def test_a_delete_that_takes_no_body_refuses_one(newsroom: Newsroom) -> None:
    answer = newsroom.ask("DELETE", "/v1/quarantine/none", "edda", json={"note": "x"})
    assert answer.status_code == 415
    assert newsroom.ask("DELETE", "/v1/quarantine/none", "edda").status_code == 404
