"""The reporters' desk: sign in, submit, see where a story is, correct, withdraw."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.ports.wakeup import Lane
from ledgers import propose
from unit.ingest.desk_pages import form, hidden, sign_in, story_fields


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    return newsroom.client


def test_the_home_page_is_the_sign_in_page_at_first(browser: FlaskClient) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    assert 'type="password"' in page.text
    sign_in(browser)
    page = browser.get("/")
    assert "Write a story" in page.text
    assert "rita, reporter" in page.text


def test_the_session_cookie_is_for_this_site_only(browser: FlaskClient) -> None:
    token = hidden(browser.get("/").text, "csrf_token")
    cookie = browser.post("/sign-in", data={"token": "secret-rita", "csrf_token": token}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "secret-rita" not in cookie


def test_a_wrong_token_is_told(browser: FlaskClient) -> None:
    token = hidden(browser.get("/").text, "csrf_token")
    answer = browser.post("/sign-in", data={"token": "nope", "csrf_token": token})
    assert answer.status_code == 401
    assert "not known" in answer.text


def test_pages_need_a_session_or_a_bearer(newsroom: Any, browser: FlaskClient) -> None:
    assert browser.get("/stories").status_code == 401
    assert newsroom.ask("GET", "/stories").status_code == 200
    assert newsroom.ask("GET", "/quarantine").status_code == 403
    assert newsroom.ask("GET", "/quarantine", "edda").status_code == 200
    assert newsroom.ask("GET", "/", "olga").status_code == 200


def test_a_form_without_its_csrf_token_is_refused(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    answer = browser.post("/stories", data={"headline": "Bridge", "body_text": "Open."})
    assert answer.status_code == 400
    assert not newsroom.items


def test_a_story_is_submitted_once_and_seen(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    typed = form(browser, headline="Bridge opens", body_text="It is\r\nopen.", keywords="bridge, river", urgency="3",
                 people="ann-lee", images="https://example.org/a.jpg | The bridge",
                 published_at="2017-12-05T16:20:00")  # fmt: skip
    answer = browser.post("/stories", data=typed)
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "Received at" in page
    assert "Bridge opens" in page
    assert "received" in page
    assert browser.post("/stories", data=typed).headers["Location"] == answer.headers["Location"]
    assert len(newsroom.items) == 1
    assert newsroom.wakeup.woken[0] == Lane.LIVE
    story = newsroom.ask("GET", "/v1" + answer.headers["Location"]).get_json()["story"]
    assert story == {
        "headline": "Bridge opens",
        "body_text": "It is\nopen.",
        "keywords": ["bridge", "river"],
        "urgency": 3,
        "tags": {"people": ["ann-lee"]},
        "images": [{"url": "https://example.org/a.jpg", "alt": "The bridge"}],
        "published_at": "2017-12-05T16:20:00+03:00",
    }


def test_nothing_typed_is_lost(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    typed = form(browser, headline="", body_text="<b>Long & good</b>", section="No Slug", places="nowhere",
                 published_at="yesterday")  # fmt: skip
    answer = browser.post("/stories", data=typed)
    assert answer.status_code == 422
    assert "&lt;b&gt;Long &amp; good&lt;/b&gt;" in answer.text
    assert 'value="No Slug"' in answer.text
    assert 'value="yesterday"' in answer.text
    for field in ("headline", "section", "published_at"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-wrong-1"' in answer.text
    assert not newsroom.items


def test_a_long_story_in_another_alphabet_fits_into_the_form(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    assert browser.post("/stories", data=form(browser, headline="Мост", body_text="ж" * 600_000)).status_code == 303


def test_what_is_typed_waits_when_the_session_has_ended(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    typed = form(browser, headline="Kept headline", body_text="Kept text")
    browser.delete_cookie("desk_session")
    answer = browser.post("/stories", data=typed)
    assert answer.status_code == 401
    fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text)}
    again = browser.post("/sign-in", data={**fields, "token": "secret-rita"})
    assert again.status_code == 200
    assert "Kept headline" in again.text
    assert "Kept text" in again.text
    assert not newsroom.items


def test_the_tags_are_shown_without_javascript(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    answer = browser.post("/stories", data=form(browser, headline="x", body_text="In Brest", show_tags="1"))
    assert answer.status_code == 200
    assert re.search(r'name="keep:place:brest" value="1" checked> <bdi>Brest</bdi>', answer.text)
    assert not newsroom.items


def test_the_live_preview_works_with_the_session(browser: FlaskClient) -> None:
    assert browser.post("/v1/tags", json={"body_text": "In Brest"}).status_code == 401
    sign_in(browser)
    assert browser.post("/v1/tags", json={"body_text": "In Brest"}).get_json()["tags"][0]["slug"] == "brest"
    assert browser.get("/v1/stories").status_code == 401


def test_a_correction_keeps_what_the_form_doesnt_show(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit(
        related=["abc"], published_at="2017-12-05T16:20:01.250000+03:00", links=[{"url": "https://example.org/"}]
    )
    sign_in(browser)
    path = f"/stories/{story['id']}/correct"
    fields = story_fields(browser.get(path).text)
    assert fields["revision"] == "1"
    answer = browser.post(path, data={**fields, "headline": "Bridge opens again", "note": "A word"})
    assert answer.status_code == 303, answer.text
    shown = newsroom.ask("GET", f"/v1/stories/{story['id']}").get_json()
    assert shown["revision"] == 2
    assert shown["story"]["headline"] == "Bridge opens again"
    assert shown["story"]["related"] == ["abc"]
    assert shown["story"]["published_at"] == "2017-12-05T16:20:01.250000+03:00"
    assert shown["story"]["links"] == [{"url": "https://example.org/"}]
    assert shown["story"]["note"] == "A word"


def test_a_stale_correction_shows_both(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()
    sign_in(browser)
    path = f"/stories/{story['id']}/correct"
    token = hidden(browser.get(path).text, "csrf_token")
    newsroom.ask(
        "PUT",
        f"/v1/stories/{story['id']}",
        json={"headline": "Theirs", "body_text": "Their text"},
        headers={"If-Match": '"1"'},
    )
    typed = {"csrf_token": token, "revision": "1", "headline": "Mine", "body_text": "My text"}
    answer = browser.post(path, data=typed)
    assert answer.status_code == 412
    assert "Theirs" in answer.text
    assert "<ins>Their</ins>" in answer.text
    assert 'value="Mine"' in answer.text
    assert browser.post(path, data={**typed, "revision": "2"}).status_code == 303


def test_a_story_is_withdrawn_with_a_note(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()
    sign_in(browser)
    page = browser.get(f"/stories/{story['id']}").text
    answer = browser.post(
        f"/stories/{story['id']}/withdraw",
        data={"csrf_token": hidden(page, "csrf_token"), "revision": "1", "note": "Wrong bridge"},
    )
    assert answer.status_code == 303
    assert "Wrong bridge" in browser.get(f"/stories/{story['id']}").text
    assert browser.get(f"/stories/{story['id']}/correct").status_code == 409


def test_the_list_is_filtered(newsroom: Any, browser: FlaskClient) -> None:
    newsroom.submit(headline="One bridge")
    newsroom.submit(headline="Two ferries")
    sign_in(browser)
    page = browser.get("/stories?q=ferries&state=").text
    assert "Two ferries" in page
    assert "One bridge" not in page
    assert browser.get("/stories?state=lost").status_code == 422


def test_errors_are_pages(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser, "edda")
    answer = browser.get("/stories/nope")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "no such" in answer.text


def test_control_characters_reach_nothing(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()
    asked = newsroom.ask("GET", "/stories", query_string={"q": "a\x00b", "cursor": "0\x00"})
    assert (asked.status_code, asked.headers["Cache-Control"]) == (200, "no-store")
    newsroom.ask("POST", f"/stories/{story['id']}/withdraw", data={"revision": "1", "note": "Wrong\x00 bridge"})
    assert newsroom.items[story["id"]].newest.note == "Wrong bridge"


def test_an_editor_decides_on_proposals(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser, "edda")
    for typed, status, told in (
        ({"accept": "1"}, "accepted", "Accepted."),
        ({"reject": "1"}, "rejected", "Rejected."),
        ({"merge": "1", "into": "ann-lee"}, "merged", "Merged into Ann Lee."),
    ):
        slug = f"bo-{status}"
        propose(newsroom.ledger, slug, "Bo Ek", mentions=2)
        page = browser.get("/proposals").text
        assert "Bo Ek" in page
        typed = {**typed, "csrf_token": hidden(page, "csrf_token")}
        assert browser.post(f"/proposals/person/{slug}/decide", data=typed).status_code == 303
        assert told in browser.get("/proposals").text
        assert newsroom.ledger.proposal("person", slug).status == status
    browser.post("/proposals/person/nope/decide", data=typed)
    told = re.search(r'<p class="notice failed" role="alert">(.*?)</p>', browser.get("/proposals").text)
    assert told and "There is no" in told[1]
    assert newsroom.ask("GET", "/proposals").status_code == 403


def test_a_session_reads_its_own_token_alone(
    newsroom: Any, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(browser)
    monkeypatch.setattr(newsroom.ledger, "tokens", pytest.fail)
    assert browser.get("/stories").status_code == 200


def test_an_editor_adds_a_tag_and_takes_one_away(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    sign_in(browser, "edda")
    token = hidden(browser.get(f"/stories/{story}").text, "csrf_token")

    def change(**typed: str) -> str:
        assert browser.post(f"/stories/{story}/tags", data={"csrf_token": token, **typed}).status_code == 303
        return browser.get(f"/stories/{story}").text

    assert "Ann Lee</bdi> <small>person, added" in change(name="ann lee", add="1")
    assert "Ann Lee</bdi> <small>person, taken away" in change(type="person", slug="ann-lee", remove="1")
    assert "Brest</bdi> <small>place, taken away" in change(name="Brest", type="place", remove="1")
    assert 'aria-label="Put back Brest"' in change(name="Nobody at all", add="1")
    assert "No term is called “Nobody at all”" in change(name="Nobody at all", add="1")
    assert "No term is called “Brest”" in change(name="Brest", type="person", add="1")
    assert "Type the name of a term" in change(name=" ", add="1")
    assert "Nobody knows" in change(type="person", slug="nobody", add="1")
    assert "Must be 1 to 100" in change(type="person", slug="No Body", remove="1")


def test_what_a_script_asks_takes_no_message_back(browser: FlaskClient) -> None:
    sign_in(browser)
    assert "Set-Cookie" in browser.get("/stories").headers
    assert "Set-Cookie" not in browser.get("/completions?field=place&q=a", headers={"Sec-Fetch-Mode": "cors"}).headers
    assert "Set-Cookie" not in browser.get("/stories", headers={"Sec-Fetch-Mode": "no-cors"}).headers


def test_signing_out_ends_the_session(browser: FlaskClient) -> None:
    sign_in(browser)
    token = hidden(browser.get("/").text, "csrf_token")
    assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 303
    assert browser.get("/stories").status_code == 401


def test_a_revoked_tokens_session_ends(newsroom: Any, browser: FlaskClient) -> None:
    sign_in(browser)
    newsroom.ledger.revoke_token("rita")
    assert browser.get("/stories").status_code == 401


def test_no_page_has_a_script_or_style_in_it(newsroom: Any, browser: FlaskClient) -> None:
    story = newsroom.submit()
    sign_in(browser, "edda")
    for path in ("/", "/stories", f"/stories/{story['id']}", f"/stories/{story['id']}/correct", "/quarantine"):
        page = browser.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", page), path


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he", "rtl"), ("en", "auto"), ("be", "auto")])
def test_a_story_is_shown_the_way_it_runs(browser: FlaskClient, newsroom: Any, language: str, direction: str) -> None:
    story = newsroom.submit(headline="قال AC Milan", body_text="نص.", language=language, byline="سمير")
    sign_in(browser)
    page = browser.get(f"/stories/{story['id']}").text
    assert f'<h1 lang="{language}" dir="{direction}">قال AC Milan</h1>' in page
    assert f'<article class="submitted" lang="{language}" dir="{direction}">' in page
    assert f'<div class="text" dir="{direction}">' in page
    assert '<p class="about" lang="en" dir="ltr"><bdi>سمير</bdi> · <time datetime="' in page
    correcting = browser.get(f"/stories/{story['id']}/correct").text
    assert 'dir="auto" value="قال AC Milan"' in correcting
    assert re.search('<textarea id="body_text"[^>]* dir="auto"', correcting)
    assert re.search(r'<h[23] dir="auto"><a [^>]*>قال AC Milan</a>', browser.get("/").text)


def test_the_word_to_editors_of_a_wire_and_its_hold(newsroom: Any, browser: FlaskClient) -> None:
    sent = {"uri": "urn:x:1", "headlines": [{"value": "Bridge opens"}], "bodies": [{"value": "It is open."}],
            "pubStatus": "withheld", "edNote": "Wait for <b>them</b>."}  # fmt: skip
    story = newsroom.ask("POST", "/v1/stories", data=json.dumps(sent), content_type="application/ninjs+json").get_json()
    sign_in(browser)
    page, listed = browser.get(f"/stories/{story['id']}").text, browser.get("/stories").text
    assert "To editors: <bdi>Wait for &lt;b&gt;them&lt;/b&gt;.</bdi>" in page
    for shown in (page, listed):
        assert "held back by its source" in shown and "9999" not in shown
