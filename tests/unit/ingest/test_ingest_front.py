"""What editors place on a front, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from unit.ingest.conftest import Newsroom

EMPTY: Final = {"lead": None, "second": [], "hidden": [], "until": None, "breaking": None}


def soon(hours: int = 2) -> str:
    """A time to come, to the second."""
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")


def test_a_front_is_placed_and_changed(newsroom: Newsroom) -> None:
    empty = newsroom.ask("GET", "/v1/front", "edda")
    assert (empty.status_code, empty.headers["ETag"]) == (200, '"0"')
    assert empty.get_json() == EMPTY | {"page": "home", "revision": 0, "at": None, "by": ""}
    lead, other, gone = (newsroom.submit(headline=name)["id"] for name in ("Lead", "Other", "Gone"))
    placed = {"lead": lead, "second": [other], "hidden": [gone], "until": soon(),
              "breaking": {"text": "Fire in the port.", "until": soon(1), "story": lead}}  # fmt: skip
    made = newsroom.ask("PUT", "/v1/front", "edda", json=placed)
    assert (made.status_code, made.headers["ETag"], made.get_json()["id"]) == (202, '"1"', "front:home")
    assert made.headers["Location"].endswith("/v1/front")
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert {name: answer[name] for name in placed} == placed and answer["by"] == "edda"
    assert newsroom.ask("PUT", "/v1/front", "edda", json={}).status_code == 428
    assert newsroom.ask("PUT", "/v1/front", "edda", json={}, headers={"If-Match": '"7"'}).status_code == 412
    assert newsroom.ask("PUT", "/v1/front", "edda", json={}, headers={"If-Match": '"1"'}).status_code == 202
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert (answer["lead"], answer["revision"]) == (None, 2)


def test_a_section_has_a_front_of_its_own(newsroom: Newsroom) -> None:
    lead = newsroom.submit()["id"]
    made = newsroom.ask("PUT", "/v1/front?section=news", "edda", json={"lead": lead})
    assert made.headers["Location"].endswith("/v1/front?section=news")
    assert newsroom.ask("GET", "/v1/front?section=news", "edda").get_json()["lead"] == lead
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["lead"] is None
    for method in ("GET", "PUT"):
        assert newsroom.ask(method, "/v1/front?section=none", "edda", json={}).status_code == 404
        assert newsroom.ask(method, "/v1/front", "rita", json={}).status_code == 403


def test_a_repeat_gets_the_first_answer(newsroom: Newsroom) -> None:
    sent: dict[str, Any] = {"json": {"lead": newsroom.submit()["id"]}, "headers": {"Idempotency-Key": "k"}}
    first, again = (newsroom.ask("PUT", "/v1/front", "edda", **sent) for _ in range(2))
    assert first.get_json() == again.get_json()
    assert newsroom.ask("PUT", "/v1/front?section=news", "edda", **sent).status_code == 422


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"lead": "nobody"}, "/lead"),
        ({"second": ["STORY", "nobody"]}, "/second/1"),
        ({"lead": "STORY", "hidden": ["STORY"]}, "/hidden/0"),
        ({"until": "2020-01-01T00:00:00Z"}, "/until"),
        ({"breaking": {"text": "Fire.", "until": "2020-01-01T00:00:00Z"}}, "/breaking/until"),
        ({"breaking": {"text": " ", "until": soon()}}, "/breaking/text"),
        ({"breaking": {"text": "x" * 201, "until": soon()}}, "/breaking/text"),
        ({"breaking": {"text": "Fire.", "until": soon(), "story": "nobody"}}, "/breaking/story"),
        ({"second": ["a"] * 7}, "/second"),
        ({"top": "STORY"}, "/top"),
    ],
)
def test_what_can_not_be_placed_is_refused_at_its_place(newsroom: Newsroom, body: Any, pointer: str) -> None:
    story = newsroom.submit()["id"]
    meant = {name: [story if one == "STORY" else one for one in value] if isinstance(value, list) else value
             for name, value in body.items()}  # fmt: skip
    meant = {name: story if value == "STORY" else value for name, value in meant.items()}
    answer = newsroom.ask("PUT", "/v1/front", "edda", json=meant)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["revision"] == 0
