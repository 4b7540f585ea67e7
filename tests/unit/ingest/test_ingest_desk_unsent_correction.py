"""A correction while it is typed: kept as a draft that belongs to its story, once, and sent once."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from ledgers import index_all
from unit.ingest.desk_pages import sign_in, story_fields

TEXT = "One.\n\nTwo.\n\nThree."
JSON = {"Accept": "application/json"}


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    return sign_in(newsroom.client)


@pytest.fixture
def story(newsroom: Any) -> str:
    """A story on the site."""
    made = str(newsroom.submit(body_text=TEXT)["id"])
    index_all(newsroom.ledger)
    return made


def begun(browser: FlaskClient, story: str) -> dict[str, str]:
    """What the page of a correction would send as it stands."""
    return story_fields(browser.get(f"/stories/{story}/correct").text)


def keep(browser: FlaskClient, fields: dict[str, str], **typed: str) -> dict[str, str]:
    """What the page has once it has saved itself."""
    answer = browser.post("/drafts", data={**fields, **typed}, headers=JSON)
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert told["address"] == f"/stories/{fields['corrects']}/correct"
    return {**fields, **typed, "draft": told["id"], "draft_revision": str(told["revision"])}


def overtake(newsroom: Any, story: str, **fields: Any) -> None:
    body = {"headline": "Bridge opens", "body_text": TEXT, **fields}
    answer = newsroom.ask("PUT", f"/v1/stories/{story}", "edda", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 202, answer.text


def test_what_was_typed_comes_back_from_the_story_and_from_the_drafts(browser: FlaskClient, story: str) -> None:
    kept = keep(browser, begun(browser, story), headline="Half a head", correction="update", note="Wh")
    keep(browser, kept, headline="Half a headline")
    page = browser.get(f"/stories/{story}").text
    assert "You have an unsent correction" in page
    assert "a correction" in browser.get("/drafts").text
    there = browser.get(f"/drafts/{kept['draft']}")
    assert (there.status_code, there.headers["Location"]) == (303, f"/stories/{story}/correct")
    again = begun(browser, story)
    assert (again["headline"], again["correction"], again["note"]) == ("Half a headline", "update", "Wh")
    assert (again["draft"], again["draft_revision"], again["revision"]) == (kept["draft"], "2", "1")


def test_a_story_has_one_unsent_correction_of_a_writer(newsroom: Any, browser: FlaskClient, story: str) -> None:
    one, other = begun(browser, story), begun(browser, story)
    kept = keep(browser, one, headline="One tab")
    answer = browser.post("/drafts", data={**other, "headline": "Another tab"}, headers=JSON)
    assert answer.status_code == 412
    assert (answer.get_json()["id"], answer.get_json()["fields"]["headline"]) == (kept["draft"], "One tab")
    rita = newsroom.ledger.live_token("rita")
    assert len(newsroom.ledger.drafts(rita).drafts) == 1
    edda = newsroom.ledger.live_token("edda")
    assert newsroom.ledger.correction_draft(edda, story) is None


def test_it_is_sent_once(newsroom: Any, browser: FlaskClient, story: str) -> None:
    kept = keep(browser, begun(browser, story), headline="Bridge is open", correction="minor")
    for _ in range(2):
        assert browser.post(f"/stories/{story}/correct", data=kept).status_code == 303
    assert newsroom.items[story].newest_revision == 2
    assert "unsent correction" not in browser.get(f"/stories/{story}").text
    assert begun(browser, story)["draft"] == ""
    assert browser.get(f"/drafts/{kept['draft']}").headers["Location"] == f"/stories/{story}"


def test_one_that_was_saved_elsewhere_is_not_sent(newsroom: Any, browser: FlaskClient, story: str) -> None:
    kept = keep(browser, begun(browser, story), headline="Mine", correction="minor")
    keep(browser, kept, headline="Of the other tab")
    answer = browser.post(f"/stories/{story}/correct", data=kept)
    assert answer.status_code == 412
    assert "Of the other tab" in answer.text and 'value="Mine"' in answer.text
    assert newsroom.items[story].newest_revision == 1


def test_one_that_was_merged_is_kept_merged(newsroom: Any, browser: FlaskClient, story: str) -> None:
    kept = keep(browser, begun(browser, story), body_text=TEXT.replace("Three", "My three"), correction="minor")
    overtake(newsroom, story, body_text=TEXT.replace("One", "Their one"))
    assert "sending yours merges both" in browser.get(f"/stories/{story}/correct").text
    merged = browser.post(f"/stories/{story}/correct", data=kept)
    assert merged.status_code == 412
    again = begun(browser, story)
    assert again["body_text"].replace("\r", "") == "Their one.\n\nTwo.\n\nMy three."
    assert (again["revision"], again["draft_revision"]) == ("2", "2")
    assert browser.post(f"/stories/{story}/correct", data=story_fields(merged.text)).status_code == 303
    assert newsroom.items[story].newest.payload["body_text"] == "Their one.\n\nTwo.\n\nMy three."


def test_it_is_saved_without_javascript_and_thrown_away(newsroom: Any, browser: FlaskClient, story: str) -> None:
    answer = browser.post("/drafts", data={**begun(browser, story), "headline": "Kept"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/stories/{story}/correct")
    fields = begun(browser, story)
    assert fields["headline"] == "Kept"
    assert browser.post(f"/drafts/{fields['draft']}/delete", data=fields).status_code == 303
    assert begun(browser, story)["headline"] == "Bridge opens"


def test_nobody_begins_one_of_anothers_story(newsroom: Any, browser: FlaskClient, story: str) -> None:
    fields = {**begun(browser, story), "headline": "Mine now"}
    otto = sign_in(newsroom.client, "otto")
    token = story_fields(otto.get("/").text)["csrf_token"]
    assert otto.post("/drafts", data={**fields, "csrf_token": token}, headers=JSON).status_code == 403
    assert otto.post("/drafts", data={**fields, "csrf_token": token, "corrects": "none"}).status_code == 404


def test_readers_and_the_api_of_others_have_nothing_of_it(newsroom: Any, browser: FlaskClient, story: str) -> None:
    keep(browser, begun(browser, story), headline="Quuxanzibar")
    assert "Quuxanzibar" not in newsroom.ask("GET", f"/v1/stories/{story}", "edda").text
    assert "Quuxanzibar" not in newsroom.ask("GET", "/v1/drafts", "edda").text
    assert "Quuxanzibar" not in newsroom.ask("GET", f"/stories/{story}/correct", "edda").text
