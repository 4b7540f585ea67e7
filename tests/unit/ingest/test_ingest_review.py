"""A second pair of eyes by the API: what a reporter may send, what a draft becomes, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import pytest

from dateline.domain.term import Term
from unit.ingest.conftest import STORY, Newsroom

MATCH = {**STORY, "section": "sport"}


@pytest.fixture(autouse=True)
def sport(newsroom: Newsroom) -> None:
    """A section that asks for it, and a second editor."""
    newsroom.words.terms.append(Term(type="section", slug="sport", label="Sport", review=True))
    with patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value="secret-emil"):
        newsroom.ledger.create_token("emil", "editor")


def draft(newsroom: Newsroom, body: Mapping[str, Any] = MATCH, token: str = "rita", **query: str) -> str:
    """The address of a new draft."""
    made = newsroom.ask("POST", "/v1/drafts", token, json=body, query_string=query)
    assert made.status_code == 201, made.text
    return f"/v1/drafts/{made.get_json()['id']}"


def test_a_reporter_is_told_what_to_do_instead_and_programs_go_on(newsroom: Newsroom) -> None:
    for answer in (
        newsroom.ask("POST", "/v1/stories", json=MATCH),
        newsroom.ask("POST", "/v1/stories", json={**MATCH, "embargo_until": "2099-01-01T00:00:00Z"}),
    ):
        assert answer.status_code == 403
        assert "Make a draft of it, and submit that" in answer.get_json()["detail"]
    line = newsroom.ask("POST", "/v1/stories/bulk", data='{"headline": "A", "body_text": "B", "section": "sport"}\n',
                        headers={"Content-Type": "application/x-ndjson"})  # fmt: skip
    assert '"status":403' in line.text.replace(" ", "")
    assert not newsroom.items
    assert newsroom.ask("POST", "/v1/stories", "edda", json=MATCH).status_code == 202
    assert newsroom.ask("POST", "/v1/stories", json={**STORY, "section": "news"}).status_code == 202


def test_a_draft_goes_to_the_editors_and_out(newsroom: Newsroom) -> None:
    path = draft(newsroom)
    sent = newsroom.ask("POST", f"{path}/submit")
    assert (sent.status_code, sent.get_json()["state"]) == (202, "to_review")
    assert sent.headers["Location"].endswith(path)
    again = newsroom.ask("POST", f"{path}/submit")
    assert again.get_json() == sent.get_json()
    assert not newsroom.items
    [line] = newsroom.ask("GET", "/v1/drafts?state=to_review", "edda").get_json()["items"]
    assert (line["headline"], line["review"]["state"], line["review"]["asked_by"]) == (
        "Bridge opens",
        "to_review",
        "rita",
    )
    assert newsroom.ask("GET", "/v1/drafts?state=to_review").status_code == 403
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'}).status_code == 409
    edited = newsroom.ask("PUT", path, "edda", json={**MATCH, "summary": "It is."}, headers={"If-Match": '"1"'})
    assert edited.status_code == 200
    assert (
        newsroom.ask("POST", f"{path}/return", "edda", json={"notes": "x"}, headers={"If-Match": '"1"'}).status_code
        == 412
    )
    assert newsroom.ask("POST", f"{path}/return", "edda", json={"notes": " "}).status_code == 422
    back = newsroom.ask("POST", f"{path}/return", "edda", json={"notes": "Which bridge?"}).get_json()
    assert (back["review"]["state"], back["review"]["notes"]) == ("returned", "Which bridge?")
    assert newsroom.ask("GET", path, "edda").status_code == 409
    assert newsroom.ask("POST", f"{path}/submit").get_json()["state"] == "to_review"
    out = newsroom.ask("POST", f"{path}/submit", "edda")
    assert out.get_json()["state"] == "accepted"
    [item] = newsroom.items.values()
    assert (item.owner, item.newest.by) == ("rita", "edda")
    assert [one["state"] for one in newsroom.ask("GET", path).get_json()["reviews"]] == ["returned", "out"]
    assert newsroom.ask("POST", f"{path}/return", "emil", json={"notes": "Late"}).get_json()["detail"] == (
        "It isn't with the editors any more: edda sent it out."
    )


def test_what_is_not_right_does_not_reach_the_editors(newsroom: Newsroom) -> None:
    path = draft(newsroom, {**MATCH, "body_text": ""})
    assert newsroom.ask("POST", f"{path}/submit").status_code == 422
    assert newsroom.ask("GET", path).get_json()["review"] is None


def test_an_editor_needs_another_for_an_own_draft(newsroom: Newsroom) -> None:
    path = draft(newsroom, token="edda")
    assert newsroom.ask("POST", f"{path}/submit", "edda").get_json()["state"] == "to_review"
    assert newsroom.ask("POST", f"{path}/return", "edda", json={"notes": "No"}).status_code == 403
    assert newsroom.ask("POST", f"{path}/submit", "emil").get_json()["state"] == "accepted"
    [item] = newsroom.items.values()
    assert (item.owner, item.newest.by) == ("edda", "emil")


def test_it_is_taken_back_by_who_wrote_it(newsroom: Newsroom) -> None:
    path = draft(newsroom)
    newsroom.ask("POST", f"{path}/submit")
    assert newsroom.ask("POST", f"{path}/take-back", "otto").status_code == 404
    assert newsroom.ask("POST", f"{path}/take-back").get_json()["review"]["state"] == "taken_back"
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'}).status_code == 200
    assert newsroom.ask("POST", f"{path}/submit").get_json()["state"] == "accepted"


def test_the_rules_of_the_newest_section_hold(newsroom: Newsroom) -> None:
    path = draft(newsroom)
    newsroom.ask("POST", f"{path}/submit")
    newsroom.ask("PUT", path, "edda", json={**STORY, "section": "news"}, headers={"If-Match": '"1"'})
    assert newsroom.ask("POST", f"{path}/submit", "edda").get_json()["state"] == "accepted"
    moved = draft(newsroom, {**STORY, "section": "news"})
    newsroom.ask("PUT", moved, json=MATCH, headers={"If-Match": '"1"'})
    assert newsroom.ask("POST", f"{moved}/submit").get_json()["state"] == "to_review"


def test_a_correction_goes_the_same_way_and_a_withdrawal_does_not_wait(newsroom: Newsroom) -> None:
    path = draft(newsroom)
    newsroom.ask("POST", f"{path}/submit")
    story = newsroom.ask("POST", f"{path}/submit", "edda").get_json()["id"]
    for body in (MATCH, STORY):  # nor by moving it to another section
        told = newsroom.ask("PUT", f"/v1/stories/{story}", json=body, headers={"If-Match": '"1"'})
        assert told.status_code == 403, told.text
    assert newsroom.ask("POST", "/v1/drafts", "otto", json=MATCH, query_string={"corrects": story}).status_code == 403
    correction = draft(newsroom, {**MATCH, "note": "It was the other bridge."}, corrects=story)
    assert newsroom.ask("POST", f"{correction}/submit").get_json()["state"] == "to_review"
    newsroom.ask("PUT", f"/v1/stories/{story}", "edda", json=MATCH, headers={"If-Match": '"1"'})
    assert newsroom.ask("POST", f"{correction}/submit", "edda").status_code == 412  # it was corrected since
    assert draft(newsroom, MATCH, corrects=story) == correction  # a writer has one of a story
    assert newsroom.ask("DELETE", correction).status_code == 204
    newer = draft(newsroom, {**MATCH, "note": "It was the other bridge."}, corrects=story)
    newsroom.ask("POST", f"{newer}/submit")
    assert newsroom.ask("POST", f"{newer}/submit", "edda").get_json()["revision"] == 3
    item = newsroom.ledger.item("story", story)
    assert [(one.by, one.note) for one in item.revisions][-1] == ("edda", "It was the other bridge.")
    assert newsroom.ask("DELETE", f"/v1/stories/{story}", json={"note": "No bridge."}).status_code == 202


def test_a_draft_is_given_to_a_colleague(newsroom: Newsroom) -> None:
    path = draft(newsroom, {"headline": "Ferry"}, "edda")
    given = {"to": "rita", "note": "The mayor speaks", "until": "2026-12-01T18:00:00+03:00"}
    answer = newsroom.ask("PUT", f"{path}/assignment", "edda", json=given)
    assert answer.get_json()["assignment"]["to"] == "rita"
    assert newsroom.ask("GET", path).get_json()["assignment"]["until"] == "2026-12-01T15:00:00+00:00"
    assert [line["headline"] for line in newsroom.ask("GET", "/v1/drafts").get_json()["items"]] == ["Ferry"]
    [line] = newsroom.ask("GET", "/v1/drafts?state=assigned", "emil").get_json()["items"]
    assert line["assignment"]["note"] == "The mayor speaks"
    assert newsroom.ask("PUT", f"{path}/assignment", json=given).status_code == 403
    assert newsroom.ask("PUT", f"{path}/assignment", "edda", json={"to": "nobody"}).status_code == 422
    assert newsroom.ask("DELETE", f"{path}/assignment", "emil").status_code == 204
    assert newsroom.ask("GET", path).status_code == 404
    assert newsroom.ask("PUT", "/v1/drafts/none/assignment", "edda", json=given).status_code == 404


def test_only_a_section_asks_for_it(newsroom: Newsroom) -> None:
    topic = newsroom.ask("PUT", "/v1/terms/topic/new", "edda", json={"label": "New", "review": True})
    assert topic.get_json()["errors"][0]["pointer"] == "/review"
    section = newsroom.ask("PUT", "/v1/terms/section/courts", "edda", json={"label": "Courts", "review": True})
    assert section.status_code == 202
    payload = newsroom.items["section:courts"].newest.payload
    assert payload
    assert payload["review"] is True
