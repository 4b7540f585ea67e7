"""The desk's page of a correction: what readers are told, what changes, and what became of the story meanwhile."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.domain.timestamps import rfc3339
from ledgers import index_all
from unit.ingest.desk_pages import hidden, sign_in, story_fields

TEXT = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    return sign_in(newsroom.client)


@pytest.fixture
def story(newsroom: Any) -> str:
    """A story on the site."""
    made = str(newsroom.submit(body_text=TEXT)["id"])
    index_all(newsroom.ledger)
    return made


def correct(browser: FlaskClient, story: str, page: str = "", **typed: str) -> TestResponse:
    """Send the form of a page, or of a fresh one, with what is typed."""
    path = f"/stories/{story}/correct"
    fields = story_fields(page or browser.get(path).text)
    return browser.post(path, data={**fields, **typed})


def overtake(newsroom: Any, story: str, **fields: Any) -> None:
    """Correct the story over the API meanwhile."""
    body = {"headline": "Bridge opens", "body_text": TEXT, **fields}
    answer = newsroom.ask("PUT", f"/v1/stories/{story}", "edda", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 202, answer.text


def test_the_page_asks_what_readers_are_told(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    assert "Put the correction on the site now" in page
    refused = correct(browser, story, page, headline="Bridge is open", correction="correction")
    assert refused.status_code == 422
    assert 'href="#note"' in refused.text and 'value="Bridge is open"' in refused.text
    for correction, note in (("minor", ""), ("update", ""), ("correction", "It was April.")):
        answer = correct(browser, story, headline=f"A {correction}", correction=correction, note=note)
        assert answer.status_code == 303, answer.text
        newest = newsroom.items[story].newest
        assert (newest.correction, newest.note, newest.payload["headline"]) == (correction, note, f"A {correction}")


def test_of_a_story_that_nobody_saw_nobody_is_told(newsroom: Any, browser: FlaskClient) -> None:
    held = newsroom.submit(embargo_until=rfc3339(datetime.now(UTC) + timedelta(hours=5)))["id"]
    page = browser.get(f"/stories/{held}/correct").text
    assert "No reader has seen this story yet" in page and 'name="correction"' not in page
    assert "Hold until" in page
    answer = correct(browser, held, page, headline="Bridge")
    assert "and held until" in browser.get(answer.headers["Location"]).text


def test_a_hold_that_a_correction_did_not_name_is_in_the_form(newsroom: Any, browser: FlaskClient) -> None:
    until = datetime(2100, 1, 1, 12, tzinfo=UTC)
    held = newsroom.submit(embargo_until=rfc3339(until))["id"]
    overtake(newsroom, held, headline="Bridge")
    page = browser.get(f"/stories/{held}/correct").text
    assert 'value="2100-01-01"' in page
    correct(browser, held, page, headline="The bridge")
    assert newsroom.items[held].embargo_until == until
    correct(browser, held, embargo_date="", embargo_time="")
    assert newsroom.items[held].embargo_until is None


def test_what_changes_is_shown_before_it_is_sent(newsroom: Any, browser: FlaskClient, story: str) -> None:
    shown = correct(browser, story, headline="Bridge is open", body_text=TEXT.replace("Two", "Two, now"), changes="1")
    assert shown.status_code == 200
    assert "Bridge <del>opens</del><ins>is open</ins>" in shown.text
    assert "Two<ins>, now</ins>." in shown.text
    assert 'value="Bridge is open"' in shown.text
    assert newsroom.items[story].newest_revision == 1
    assert "Nothing yet" in correct(browser, story, changes="1").text


def test_what_only_one_side_changed_is_merged(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    overtake(newsroom, story, body_text=TEXT.replace("One", "Their one"), summary="Theirs.")
    answer = correct(browser, story, page, body_text=TEXT.replace("Three", "My three"), correction="minor")
    assert answer.status_code == 412
    assert "Somebody corrected this story" in answer.text and "from them alone: Summary" in answer.text
    assert hidden(answer.text, "revision") == "2"
    sent = correct(browser, story, answer.text, correction="minor")
    assert sent.status_code == 303, sent.text
    payload = newsroom.items[story].newest.payload
    assert payload["body_text"] == "Their one.\n\nTwo.\n\nMy three."
    assert payload["summary"] == "Theirs."


def test_what_both_changed_is_asked_for_side_by_side(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    overtake(newsroom, story, headline="Theirs", body_text=TEXT.replace("Two", "Their two"))
    typed = {"headline": "Mine", "body_text": TEXT.replace("Two", "My two"), "byline": "Rita", "note": "Why"}
    asked = correct(browser, story, page, **typed)
    assert asked.status_code == 412
    for said in ("Text, paragraph 2", "<ins>Theirs</ins>", "<ins>Mine</ins>", "Their two", "My two", "edda"):
        assert said in unescape(asked.text), said
    assert newsroom.items[story].newest_revision == 2
    fields = story_fields(asked.text)
    assert (fields["revision"], fields["theirs"]) == ("1", "2")
    path = f"/stories/{story}/merge"
    refused = browser.post(path, data={**fields, "choice-0": "theirs"})
    assert refused.status_code == 422
    assert 'href="#choice-1"' in refused.text
    merged = browser.post(path, data={**fields, "choice-0": "theirs", "choice-1": "edit", "edit-1": "Both twos."})
    assert merged.status_code == 200
    assert hidden(merged.text, "revision") == "2"
    assert newsroom.items[story].newest_revision == 2
    assert correct(browser, story, merged.text, correction="minor").status_code == 303
    payload = newsroom.items[story].newest.payload
    assert (payload["headline"], payload["byline"]) == ("Theirs", "Rita")
    assert payload["body_text"] == "One.\n\nBoth twos.\n\nThree."


def test_one_that_is_overtaken_twice_is_merged_twice(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    overtake(newsroom, story, headline="Theirs")
    asked = correct(browser, story, page, headline="Mine")
    overtake(newsroom, story, headline="Theirs again")
    fields = {**story_fields(asked.text), "choice-0": "mine"}
    again = browser.post(f"/stories/{story}/merge", data=fields)
    assert again.status_code == 412, again.text
    assert "Theirs again" in unescape(re.sub("</?(ins|del)>", "", again.text))


def test_the_same_correction_sent_twice_is_made_once(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    for _ in range(2):
        assert correct(browser, story, page, headline="Bridge is open", correction="minor").status_code == 303
    assert newsroom.items[story].newest_revision == 2


def test_a_story_withdrawn_meanwhile_keeps_what_was_typed(newsroom: Any, browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/stories/{story}/correct").text
    newsroom.ask("DELETE", f"/v1/stories/{story}", json={"note": "x"})
    answer = correct(browser, story, page, headline="Mine", correction="minor")
    assert answer.status_code == 409
    assert "withdrawn meanwhile" in answer.text and 'value="Mine"' in answer.text
