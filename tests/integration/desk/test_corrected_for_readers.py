"""What readers get of a story that was corrected, withdrawn and brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom
from dateline.domain.timestamps import rfc3339

FIRST = {"headline": "Bridge opens", "body_text": "The bridge was closed since March. It is open.",
         "published_at": "2017-12-05T16:20:00+03:00"}  # fmt: skip


def publish(paper: Newsroom) -> None:
    while paper.pipeline.take_batch():
        pass
    paper.index.refresh()


@pytest.fixture
def story(paper: Newsroom) -> str:
    """A story on the site."""
    made = str(paper.ask("POST", "/v1/stories", json=FIRST).get_json()["id"])
    publish(paper)
    return made


def correct(paper: Newsroom, story: str, **more: Any) -> None:
    answer = paper.ask("PUT", f"/v1/stories/{story}", json={**FIRST, **more}, headers={"If-Match": "*"})
    assert answer.status_code == 202, answer.text
    publish(paper)


def seen(paper: Newsroom, story: str) -> dict[str, Any]:
    found: dict[str, Any] = paper.reader.get(f"/v1/stories/{story}").get_json()
    return found


def restore(paper: Newsroom, story: str, **more: Any) -> Any:
    return paper.ask("POST", f"/v1/stories/{story}/restore", **more)


def test_of_a_minor_one_readers_are_told_nothing(paper: Newsroom, story: str) -> None:
    before = seen(paper, story)
    correct(paper, story, body_text="The bridge was closed since April. It is open.", correction="minor", note="x")
    after = seen(paper, story)
    assert "April" in after["body_text"]
    assert after["corrections"] == []
    assert after["updated_at"] == before["updated_at"] == "2017-12-05T16:20:00+03:00"
    page = paper.reader.get(f"/stories/{story}/bridge-opens").text
    assert "corrected" not in page and "updated <time" not in page
    assert "2017-12-05T16:20:00+03:00</updated>" in paper.reader.get("/search.atom").text


@pytest.mark.parametrize(("kind", "said"), [("correction", "corrected"), ("update", "updated")])
def test_readers_are_told_what_it_was(paper: Newsroom, story: str, kind: str, said: str) -> None:
    correct(paper, story, headline="Bridge is open", correction=kind, note="It was April.")
    after = seen(paper, story)
    assert [(one["kind"], one["note"]) for one in after["corrections"]] == [(kind, "It was April.")]
    assert after["updated_at"] > "2020"
    page = paper.reader.get(f"/stories/{story}/bridge-is-open").text
    assert f"This story was {said}" in page
    assert ("<h2>Updates</h2>" if kind == "update" else "<h2>Corrections</h2>") in page
    correct(paper, story, headline="Bridge is open!", correction="minor")
    again = seen(paper, story)
    assert (again["corrections"], again["updated_at"]) == (after["corrections"], after["updated_at"])


def test_what_says_nothing_of_it_is_a_correction_as_before(paper: Newsroom, story: str) -> None:
    correct(paper, story, headline="Bridge is open")
    assert [one["kind"] for one in seen(paper, story)["corrections"]] == ["correction"]
    assert paper.ask("PUT", f"/v1/stories/{story}", json={**FIRST, "correction": "major"}).status_code == 422


def test_a_withdrawn_story_comes_back_where_it_was(paper: Newsroom, story: str) -> None:
    assert restore(paper, story).status_code == 409
    last = paper.ledger.last_change()
    paper.ask("DELETE", f"/v1/stories/{story}", json={"note": "The wrong bridge."})
    publish(paper)
    assert paper.reader.get(f"/stories/{story}/bridge-opens").status_code == 410
    assert "bridge-opens" not in paper.reader.get("/search.atom").text
    refused = paper.ask("PUT", f"/v1/stories/{story}", json=FIRST, headers={"If-Match": "*"})
    assert refused.status_code == 409
    back = restore(paper, story, json={"note": "It was the right one."})
    assert (back.status_code, back.get_json()["revision"], back.get_json()["state"]) == (202, 3, "accepted")
    publish(paper)
    page = paper.reader.get(f"/stories/{story}/bridge-opens")
    assert page.status_code == 200 and "It was the right one." in page.text and "The wrong bridge." not in page.text
    assert "bridge-opens" in paper.reader.get("/search.atom").text
    assert paper.reader.get("/v1/search?q=bridge").get_json()["total"]["value"] == 1
    assert [change.state for change in paper.ledger.changes(after=last).changes] == ["published"]


def test_only_the_withdrawal_that_was_meant_is_taken_back(paper: Newsroom, story: str) -> None:
    paper.ask("DELETE", f"/v1/stories/{story}")
    assert restore(paper, story, headers={"If-Match": '"1"'}).status_code == 412
    key = {"Idempotency-Key": "back-1", "If-Match": '"2"'}
    first = restore(paper, story, headers=key)
    assert first.status_code == 202
    assert restore(paper, story, headers=key).get_json() == first.get_json()


def test_an_erased_one_stays_away(paper: Newsroom, story: str) -> None:
    [editor] = [token for token in paper.ledger.tokens() if token.name == "edda"]
    paper.ledger.erase(story, "court", editor)
    answer = restore(paper, story)
    assert answer.status_code == 409
    assert "erased" in answer.get_json()["detail"]


def test_a_held_one_comes_back_held(paper: Newsroom) -> None:
    later = rfc3339(datetime.now(UTC) + timedelta(hours=5))
    held = paper.ask("POST", "/v1/stories", json={**FIRST, "embargo_until": later}).get_json()["id"]
    # a correction that doesn't name the embargo keeps it
    paper.ask("PUT", f"/v1/stories/{held}", json={**FIRST, "headline": "Bridge"}, headers={"If-Match": "*"})
    assert paper.ask("DELETE", f"/v1/stories/{held}").get_json()["state"] == "withdrawn"
    assert restore(paper, held).get_json()["state"] == "held"
    publish(paper)
    assert paper.reader.get(f"/v1/stories/{held}").status_code == 404
    shown = paper.ask("GET", f"/v1/stories/{held}").get_json()
    assert shown["embargo_until"] and shown["story"]["headline"] == "Bridge"
