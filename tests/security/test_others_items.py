"""A reporter at another reporter's items: by their ids, each way in is 403, and a list doesn't show them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from dateline.domain.term import Term

STORY: Final = {"headline": "Mine now", "body_text": "It says what I want."}
BY_ID: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("GET", "/v1/stories/{id}", {}),
    ("PUT", "/v1/stories/{id}", {"json": STORY, "headers": {"If-Match": '"1"'}}),
    ("DELETE", "/v1/stories/{id}", {}),
    ("PUT", "/v1/stories/{id}/tags", {"json": {"add": [], "remove": []}}),
    ("GET", "/stories/{id}", {}),
    ("GET", "/stories/{id}/correct", {}),
    ("POST", "/stories/{id}/correct", {"data": {**STORY, "revision": "1"}}),
    ("GET", "/stories/{id}/withdraw", {}),
    ("POST", "/stories/{id}/withdraw", {"data": {"revision": "1"}}),
    ("POST", "/stories/{id}/restore", {"data": {"revision": "1"}}),
    ("POST", "/v1/stories/{id}/restore", {}),
)


@pytest.mark.parametrize(("method", "path", "sent"), BY_ID, ids=lambda one: str(one)[:40])
def test_another_reporters_story_is_403(newsroom: Any, method: str, path: str, sent: dict[str, Any]) -> None:
    held = newsroom.submit("otto", embargo_until="2100-01-01T00:00:00Z")
    answer = newsroom.ask(method, path.format(id=held["id"]), "rita", **sent)
    assert answer.status_code == 403
    assert "Bridge" not in answer.text
    assert newsroom.items[held["id"]].newest_revision == 1


@pytest.mark.parametrize("path", ["/v1/stories", "/v1/stories?q=bridge", "/v1/stories?state=held", "/stories", "/"])
def test_no_list_shows_it(newsroom: Any, path: str) -> None:
    held = newsroom.submit("otto", embargo_until="2100-01-01T00:00:00Z")
    assert held["id"] not in newsroom.ask("GET", path, "rita").text
    assert held["id"] in newsroom.ask("GET", path, "otto").text


def test_a_wrong_section_names_none_that_only_a_story_named(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="section", slug="zebra-held", label="Zebra held", named_by_story=True))
    answer = newsroom.ask("POST", "/v1/stories", "rita", json={**STORY, "section": "zebra-hel"})
    assert answer.status_code == 422
    assert "zebra-held" not in answer.text
