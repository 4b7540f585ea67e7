"""Another site's page sends a form: nothing of it waits for the editor to send it, and the editor stays signed in."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledgers import propose, quarantine

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://localhost@evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site"},
]
OWN: list[dict[str, str]] = [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]


def fields_of(page: str) -> dict[str, str]:
    """The fields of a page's forms that have a value."""
    named = re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page)
    return {name: unescape(value) for name, value in named}


def post(browser: FlaskClient, path: str, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
    """Send a form with the CSRF token that the desk's own page gives."""
    token = fields_of(browser.get("/").text).get("csrf_token", "")
    return browser.post(path, headers=headers or {}, data={"csrf_token": token, **fields})


@pytest.fixture
def editor(newsroom: Any) -> FlaskClient:
    """A browser in which edda is signed in."""
    browser: FlaskClient = newsroom.client
    assert post(browser, "/sign-in", token="secret-edda").status_code == 303
    return browser


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/stories", "/stories/{id}/withdraw", "/terms/topic/bridges", "/nowhere"])
def test_nothing_of_a_foreign_form_is_kept(newsroom: Any, path: str, headers: dict[str, str]) -> None:
    """The browser sends no cookie with it: SameSite=Strict."""
    sent = {"headline": "Planted", "body_text": "Planted", "note": "Planted", "label": "Planted", "revision": "1"}
    answer = newsroom.client.post(path.format(id=newsroom.submit()["id"]), headers=headers, data=sent)
    assert answer.status_code == 401
    assert "Planted" not in answer.text
    assert "Nothing was done" in answer.text
    assert "<form" not in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_nor_by_the_sign_in_page_itself(newsroom: Any, headers: dict[str, str]) -> None:
    browser = newsroom.client
    planted = {"token": "wrong", "next": "/stories", "kept-headline": "Planted"}
    for _ in range(12):  # the last ones are 429, a page of its own
        answer = browser.post("/sign-in", headers=headers, data=planted)
        assert answer.status_code == 400
        assert "Planted" not in answer.text
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_form_does_nothing_even_with_the_cookie_and_its_csrf_token(
    newsroom: Any, editor: FlaskClient, headers: dict[str, str]
) -> None:
    story = newsroom.submit()["id"]
    answer = post(editor, f"/stories/{story}/withdraw", headers, revision="1", note="Planted")
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers
    assert post(editor, "/sign-out", headers).status_code == 400
    assert newsroom.items[story].newest_revision == 1
    assert editor.get("/stories").status_code == 200


@pytest.mark.parametrize("path", ["/", "/stories?q=a%26b", "/terms"])
def test_a_link_from_elsewhere_leaves_the_editor_signed_in(newsroom: Any, path: str) -> None:
    """The browser sends the cookie when the page asks for itself."""
    answer = newsroom.client.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Set-Cookie" not in answer.headers
    asked = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', answer.text)
    assert asked and unescape(asked[1]) == path
    assert 'type="password"' in newsroom.client.get(path, headers={"Sec-Fetch-Site": "same-origin"}).text


def test_a_link_from_elsewhere_leads_nowhere_else(newsroom: Any) -> None:
    for path in ("//evil.example/", "//evil.example/stories", "/\\evil.example", "/nowhere"):
        answer = newsroom.client.get(
            "/", environ_overrides={"PATH_INFO": path, "REQUEST_URI": path}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code in (308, 401)
        assert 'http-equiv="refresh"' not in answer.text
        assert "//evil" not in answer.headers.get("Location", "").removeprefix("http:")


def resumed(newsroom: Any, path: str, headers: dict[str, str], **fields: str) -> str:
    """The page after signing in again, when a form was sent from the desk without a session."""
    browser = newsroom.client
    answer = browser.post(path, headers=headers, data=fields)
    assert answer.status_code == 401
    again = browser.post("/sign-in", headers=headers, data={**fields_of(answer.text), "token": "secret-edda"})
    assert again.status_code == 200
    return unescape(re.sub("<[^>]+>", "", again.text))


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_what_the_desks_own_page_sent_waits_and_says_what_it_will_do(newsroom: Any, headers: dict[str, str]) -> None:
    story = newsroom.submit()["id"]
    quarantine(newsroom.ledger, story)
    propose(newsroom.ledger, "bo-ek", "Bo Ek")
    fair = {"title": "Fair", "start": "2026-12-05"}
    event = newsroom.ask("POST", "/v1/events", "edda", json=fair).get_json()["id"]
    of_story, of_term, of_event = f"/stories/{story}", "/terms/person/ann-lee", f"/events/{event}"
    for path, fields, words in (
        ("/stories", {"headline": "Typed"}, "submit a new story"),
        ("/nowhere", {"headline": "Typed"}, "submit a new story"),
        (f"{of_story}/correct", {"revision": "1", "headline": "Typed"}, "correct the story “Bridge opens”"),
        (f"{of_story}/withdraw", {"revision": "1", "note": "Typed"}, "withdraw the story “Bridge opens”"),
        (f"{of_story}/tags", {"type": "topic", "slug": "trade", "add": "1"}, "add the tag topic “trade” to the story"),
        (f"{of_story}/tags", {"type": "topic", "slug": "trade", "remove": "1"}, "take the tag topic “trade” from"),
        ("/stories/nope/withdraw", {"revision": "1"}, "withdraw nope, which is not yours"),
        (f"/quarantine/{story}/requeue", {"x": "y"}, "try the story “Bridge opens” again"),
        (f"/quarantine/{story}/requeue-alike", {"x": "y"}, "try again all that failed as the story “Bridge opens” did"),
        (f"/quarantine/{story}/discard", {"x": "y"}, "give up on the story “Bridge opens”"),
        (of_term, {"revision": "0", "label": "Typed"}, "save the person “Ann Lee”"),
        (f"{of_term}/merge", {"into": "bo-ek"}, "merge the person “Ann Lee” into “bo-ek”"),
        (f"{of_term}/remove", {"revision": "0"}, "take the person “Ann Lee” out of the vocabulary"),
        ("/events", {"title": "Typed"}, "announce the event “Typed”"),
        (f"{of_event}/correct", {"title": "Typed"}, "change the event “Fair”"),
        (f"{of_event}/change/cancel", {"reason": "Typed"}, "cancel the event “Fair”"),
        (f"{of_event}/times/20261205/remove", {"revision": "1"}, "take a time out of the event “Fair”"),
        ("/event-proposals/any", {"reject": "1"}, "reject what stories announce"),
        ("/event-proposals", {"accept": "1", "proposal": "any"}, "accept what stories announce"),
        ("/proposals/person/bo-ek/decide", {"reject": "1"}, "reject the person “bo-ek”"),
        ("/proposals/person/bo-ek/decide", {"accept": "1"}, "accept the person “bo-ek”"),
        ("/proposals/person/bo-ek/decide", {"merge": "1", "into": "ann-lee"}, "merge the person “bo-ek” into"),
    ):  # fmt: skip
        page = resumed(newsroom, path, headers, **fields)
        assert f"Sending it will {words}" in page, page
    assert newsroom.items[story].newest_revision == 1


def test_the_words_tell_no_headline_of_anothers_story(newsroom: Any) -> None:
    story, browser = newsroom.submit("otto", headline="Minister resigns")["id"], newsroom.client
    kept = fields_of(browser.post(f"/stories/{story}/withdraw", data={"revision": "1"}).text)
    page = browser.post("/sign-in", data={**kept, "token": "secret-rita"}).text
    assert "which is not yours" in page
    assert "Minister" not in page
