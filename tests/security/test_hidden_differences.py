"""A correction takes a name out, and an editor hides what it took out: nothing that comes later says it again."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from contract.calendars.conftest import Newsroom
from dateline.domain.tag import TagRef

NAME: Final = "Quuxanzibar"
BEFORE: Final[dict[str, Any]] = {
    "headline": "A witness spoke", "body_text": f"The court sat. The witness is {NAME} Holm. It was late."
}  # fmt: skip
AFTER: Final[dict[str, Any]] = {"headline": "A witness spoke", "body_text": "The court sat. It was late.",
                                "note": f"We took {NAME} out."}  # fmt: skip


def publish(paper: Newsroom) -> None:
    while paper.pipeline.take_batch():
        pass
    paper.index.refresh()


def correct(paper: Newsroom, story: str, sent: dict[str, Any]) -> int:
    """Correct the story; its newest revision."""
    answer = paper.ask("PUT", f"/v1/stories/{story}", json=sent, headers={"If-Match": "*"})
    assert answer.status_code == 202, answer.text
    return int(answer.get_json()["revision"])


@pytest.fixture
def story(paper: Newsroom) -> str:
    """A story whose second revision took the name out."""
    made = str(paper.ask("POST", "/v1/stories", json=BEFORE).get_json()["id"])
    publish(paper)
    assert correct(paper, made, AFTER) == 2
    publish(paper)
    return made


def mark(paper: Newsroom, story: str, diff: str, revision: int = 2, status: int = 202, **more: Any) -> None:
    path = f"/v1/stories/{story}/corrections/{revision}"
    answer = paper.ask("PUT", path, json={"diff": diff, **more})
    assert answer.status_code == status, answer.text
    publish(paper)


def shown(paper: Newsroom, story: str) -> tuple[dict[str, Any], str]:
    """The correction as JSON, and all that readers get of the story."""
    whole = paper.reader.get(f"/v1/stories/{story}")
    page = paper.reader.get(f"/stories/{story}/a-witness-spoke")
    ninjs = paper.reader.get(f"/v1/stories/{story}?format=ninjs")
    feed = paper.reader.get("/search.atom")
    return whole.get_json()["corrections"][0], whole.text + page.text + ninjs.text + feed.text


def test_the_name_stands_in_the_difference_at_first(paper: Newsroom, story: str) -> None:
    correction, text = shown(paper, story)
    assert NAME in correction["diff"][0]["before"]
    assert correction["diff_state"] == "shown"
    assert NAME in text


def test_a_hidden_difference_may_be_shown_again(paper: Newsroom, story: str) -> None:
    mark(paper, story, "hidden")
    correction, text = shown(paper, story)
    assert (correction["diff"], correction["diff_state"], correction["note"]) == ([], "hidden", AFTER["note"])
    assert f"{NAME} Holm" not in text
    assert "What it changed is not shown." in text
    mark(paper, story, "shown")
    assert shown(paper, story)[0]["diff"]


def test_a_removed_one_is_gone_for_good_and_its_note_with_it(paper: Newsroom, story: str) -> None:
    mark(paper, story, "removed", reason="court order 12/26")
    correction, text = shown(paper, story)
    assert (correction["diff"], correction["diff_state"], correction["note"]) == ([], "removed", "")
    assert NAME not in text
    assert "removed for legal reasons" in text
    for other in ("shown", "hidden"):
        mark(paper, story, other, status=409)
    assert NAME not in shown(paper, story)[1]


def test_nothing_that_comes_later_says_it_again(paper: Newsroom, story: str) -> None:
    mark(paper, story, "removed")
    correct(paper, story, {**AFTER, "body_text": "The court sat. It was early.", "note": ""})
    publish(paper)
    tag = TagRef(type="topic", slug="courts")
    by = paper.ledger.live_token("edda")
    assert by is not None
    paper.ledger.set_editor_tags(story, [], [tag], by)
    publish(paper)
    (claimed,) = paper.ledger.published(kind="story", after="", limit=10)
    assert [one.diff_state for one in (*claimed.history, claimed.publish) if one] == ["shown", "removed", "shown"]
    assert NAME not in shown(paper, story)[1]


def test_nor_does_the_next_one_when_nobody_saw_the_marked_one(paper: Newsroom) -> None:
    """What was overtaken before it was indexed: the next difference is from the text before it."""
    story = str(paper.ask("POST", "/v1/stories", json=BEFORE).get_json()["id"])
    publish(paper)
    by = paper.ledger.live_token("edda")
    assert by is not None
    correct(paper, story, AFTER)
    paper.ledger.show_difference(story, 2, "removed", "", by)
    correct(paper, story, {**AFTER, "body_text": "The court sat. It was early.", "note": ""})
    publish(paper)
    correction, text = shown(paper, story)
    assert correction["diff_state"] == "removed"
    assert NAME not in text


@pytest.mark.parametrize("revision", [0, 1, 3, 99])
def test_only_a_correction_has_a_difference(paper: Newsroom, story: str, revision: int) -> None:
    paper.ask("DELETE", f"/v1/stories/{story}")
    mark(paper, story, "hidden", revision, status=404)


def test_only_an_editor_hides_one_and_it_is_on_record(newsroom: Any) -> None:
    story = newsroom.submit("rita")["id"]
    change = {"json": {"headline": "New", "body_text": "New."}, "headers": {"If-Match": '"1"'}}
    assert newsroom.ask("PUT", f"/v1/stories/{story}", "rita", **change).status_code == 202
    path, body = f"/v1/stories/{story}/corrections/2", {"diff": "hidden", "reason": "The victim asked"}
    assert newsroom.ask("PUT", path, "rita", json=body).status_code == 403
    assert newsroom.ask("POST", path[3:], "rita", data=body).status_code == 403
    assert newsroom.ask("PUT", path, "edda", json={"diff": "away"}).status_code == 422
    assert newsroom.ask("PUT", path, "edda", json=body).status_code == 202
    assert newsroom.ask("GET", f"/v1/stories/{story}", "rita").get_json()["revisions"][1]["diff"] == "hidden"
    kept = [one["row"] for one in newsroom.ledger.export() if one.get("table") == "audit"]
    assert ("edda", "difference-hidden", 2, "The victim asked") in [
        (one["by"], one["action"], one["revision"], one["detail"]) for one in kept
    ]


def test_it_is_one_click_on_the_desk(newsroom: Any) -> None:
    story = newsroom.submit("rita")["id"]
    change = {"json": {"headline": "New", "body_text": "New."}, "headers": {"If-Match": '"1"'}}
    newsroom.ask("PUT", f"/v1/stories/{story}", "rita", **change)
    page = newsroom.ask("GET", f"/stories/{story}", "edda").text
    action = f"/stories/{story}/corrections/2"
    assert re.findall(r'action="([^"]*corrections[^"]*)"', page) == [action]
    assert "corrections/2" not in newsroom.ask("GET", f"/stories/{story}", "rita").text
    for diff, offered in (("hidden", "Show what it changed"), ("shown", "Hide what it changed")):
        assert newsroom.ask("POST", action, "edda", data={"diff": diff}).status_code == 303
        assert offered in newsroom.ask("GET", f"/stories/{story}", "edda").text
    assert newsroom.ask("POST", action, "edda", data={"diff": "removed"}).status_code == 303
    page = newsroom.ask("GET", f"/stories/{story}", "edda").text
    assert "removed for legal reasons" in page
    assert action not in page
