"""``/v1/drafts``: half a story is kept, others are told nothing of it, and it is sent once."""

from __future__ import annotations

from typing import Any

import pytest

HALF = {
    "headline": "", "body_text": "It is\n", "section": "No Slug", "published_at": "yesterday", "urgency": "nine",
    "language": "?", "keywords": ["", "bridge"], "images": [{"alt": "The bridge"}], "embargo_until": None,
}  # fmt: skip
WHOLE = {"headline": "Bridge opens", "body_text": "It is open.", "urgency": 3}
OTHERS = ("otto", "edda")


def create(newsroom: Any, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    answer = newsroom.ask("POST", "/v1/drafts", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    return made


def put(newsroom: Any, draft: str, body: dict[str, Any], revision: int, token: str = "rita") -> Any:
    return newsroom.ask("PUT", f"/v1/drafts/{draft}", token, json=body, headers={"If-Match": f'"{revision}"'})


def test_half_a_story_is_kept_as_it_was_typed(newsroom: Any) -> None:
    answer = newsroom.ask("POST", "/v1/drafts", json=HALF)
    assert answer.status_code == 201
    made = answer.get_json()
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"].endswith(f"/v1/drafts/{made['id']}")
    shown = newsroom.ask("GET", f"/v1/drafts/{made['id']}")
    assert shown.headers["ETag"] == '"1"'
    assert shown.get_json() == made
    assert made["story"] == HALF
    assert (made["receipt"], made["story_id"], made["shared_with"]) == (None, None, [])
    assert newsroom.ask("GET", "/v1/drafts").get_json()["items"][0]["id"] == made["id"]
    assert not newsroom.items
    assert not newsroom.wakeup.woken


@pytest.mark.parametrize(
    "body",
    [
        {"nonsense": 1}, {"headline": "x" * 10_001}, {"headline": None}, {"keywords": ["x"] * 101}, {"urgency": 1.5},
        {"images": [{"nonsense": ""}]}, {"shared_with": ["nobody"]}, [],
    ],
)  # fmt: skip
def test_it_has_bounds(newsroom: Any, body: dict[str, Any]) -> None:
    assert newsroom.ask("POST", "/v1/drafts", json=body).status_code == 422


def test_a_save_names_what_it_was_made_from(newsroom: Any) -> None:
    path = f"/v1/drafts/{create(newsroom, HALF)['id']}"
    assert newsroom.ask("PUT", path, json=WHOLE).status_code == 428
    saved = newsroom.ask("PUT", path, json=WHOLE, headers={"If-Match": '"1"'})
    assert (saved.status_code, saved.headers["ETag"], saved.get_json()["story"]) == (200, '"2"', WHOLE)
    assert newsroom.ask("PUT", path, json=HALF, headers={"If-Match": '"1"'}).status_code == 412
    assert newsroom.ask("GET", f"{path}?revision=1").get_json()["story"] == HALF
    assert newsroom.ask("GET", f"{path}?revision=3").status_code == 404


def test_others_are_told_nothing(newsroom: Any) -> None:
    draft = create(newsroom, WHOLE)["id"]
    path = f"/v1/drafts/{draft}"
    for other in OTHERS:
        assert newsroom.ask("GET", path, other).status_code == 404
        assert put(newsroom, draft, WHOLE, 1, other).status_code == 404
        assert newsroom.ask("POST", f"{path}/submit", other).status_code == 404
        assert newsroom.ask("DELETE", path, other).status_code == 404
        assert newsroom.ask("GET", "/v1/drafts", other).get_json()["items"] == []
    for role in ("olga", "sam"):
        assert newsroom.ask("GET", path, role).status_code == 403
    assert newsroom.ask("GET", path, "").status_code == 401
    assert put(newsroom, draft, {**WHOLE, "shared_with": ["otto"]}, 1).get_json()["shared_with"] == ["otto"]
    assert newsroom.ask("GET", path, "otto").get_json()["story"] == WHOLE
    assert newsroom.ask("POST", f"{path}/submit", "otto").status_code == 403
    assert newsroom.ask("DELETE", path, "otto").status_code == 403


def test_a_draft_is_sent_once_with_one_receipt(newsroom: Any) -> None:
    draft = create(newsroom, {**HALF, "headline": "Bridge"})["id"]
    refused = newsroom.ask("POST", f"/v1/drafts/{draft}/submit")
    assert refused.status_code == 422
    assert {"/section", "/published_at", "/urgency", "/images/0/url"} <= {
        error["pointer"] for error in refused.get_json()["errors"]
    }
    put(newsroom, draft, WHOLE, 1)
    stale = newsroom.ask("POST", f"/v1/drafts/{draft}/submit", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    first = newsroom.ask("POST", f"/v1/drafts/{draft}/submit", headers={"If-Match": '"2"'})
    again = newsroom.ask("POST", f"/v1/drafts/{draft}/submit")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.get_json() == again.get_json()
    assert len(newsroom.items) == 1
    story = newsroom.ask("GET", f"/v1/stories/{first.get_json()['id']}").get_json()["story"]
    assert story.items() >= WHOLE.items()
    kept = newsroom.ask("GET", f"/v1/drafts/{draft}").get_json()
    assert (kept["story_id"], kept["receipt"]) == (first.get_json()["id"], first.get_json())
    assert put(newsroom, draft, HALF, 2).status_code == 409
    assert newsroom.ask("GET", "/v1/drafts").get_json()["items"] == []
    assert len(newsroom.ask("GET", "/v1/drafts?state=sent").get_json()["items"]) == 1


def test_a_key_makes_one_draft(newsroom: Any) -> None:
    made = create(newsroom, HALF, **{"Idempotency-Key": "k"})
    put(newsroom, made["id"], WHOLE, 1)
    again = create(newsroom, HALF, **{"Idempotency-Key": '"k"'})
    assert (again["id"], again["revision"], again["story"]) == (made["id"], 2, WHOLE)


def test_a_draft_is_deleted(newsroom: Any) -> None:
    path = f"/v1/drafts/{create(newsroom, HALF)['id']}"
    assert newsroom.ask("DELETE", path).status_code == 204
    assert newsroom.ask("GET", path).status_code == 404
    assert newsroom.ask("GET", "/v1/drafts?limit=1").get_json() == {"items": [], "next": None}
