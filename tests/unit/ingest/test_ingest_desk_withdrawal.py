"""The desk's page that withdraws a story, and bringing it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.domain.timestamps import rfc3339
from ledgers import index_all
from unit.ingest.desk_pages import hidden, post, sign_in


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    return sign_in(newsroom.client)


def test_the_page_says_what_readers_will_see_and_asks_why(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    path = f"/stories/{story}/withdraw"
    page = browser.get(path).text
    assert "in a second or two" in page and "Take it off the site" in page
    refused = post(browser, path, path, revision="1", note=" ")
    assert refused.status_code == 422
    assert 'href="#note"' in refused.text
    assert newsroom.items[story].newest_revision == 1
    told = browser.get(post(browser, path, path, revision="1", note="The wrong bridge.").headers["Location"]).text
    assert "Readers see the note instead of the story in a second or two." in told
    assert browser.get(path).status_code == 409


def test_of_what_nobody_saw_no_note_is_asked(newsroom: Any, browser: FlaskClient) -> None:
    later = rfc3339(datetime.now(UTC) + timedelta(hours=3))
    story = newsroom.submit(embargo_until=later)["id"]
    path = f"/stories/{story}/withdraw"
    page = browser.get(path).text
    assert "No reader has seen this story" in page and "second or two" not in page
    answer = post(browser, path, path, revision="1")
    assert "No reader has seen it." in browser.get(answer.headers["Location"]).text
    back = post(browser, f"/stories/{story}/restore", f"/stories/{story}", revision="2")
    assert "The story is back, and held until" in browser.get(back.headers["Location"]).text


def test_a_story_is_brought_back(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    index_all(newsroom.ledger)
    post(browser, f"/stories/{story}/withdraw", f"/stories/{story}/withdraw", revision="1", note="Wrong.")
    page = browser.get(f"/stories/{story}").text
    assert "Bring it back" in page
    answer = post(browser, f"/stories/{story}/restore", f"/stories/{story}", revision=hidden(page, "revision"))
    shown = browser.get(answer.headers["Location"]).text
    assert "The story is back; readers will see it in a second or two." in shown
    assert "Bring it back" not in shown
    assert newsroom.items[story].newest.payload["headline"] == "Bridge opens"


def test_what_an_editor_withdrew_is_not_the_reporters_to_bring_back(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    newsroom.ask("DELETE", f"/v1/stories/{story}", "edda")
    page = browser.get(f"/stories/{story}").text
    assert "Bring it back" not in page
    assert post(browser, f"/stories/{story}/restore", "/", revision="2").status_code == 403
    assert "Bring it back" in newsroom.ask("GET", f"/stories/{story}", "edda").text
