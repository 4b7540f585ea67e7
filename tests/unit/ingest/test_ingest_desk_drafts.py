"""Drafts on the desk: saved by a button or by the page itself, gone on with, shared, sent with the form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from unit.ingest.desk_pages import hidden, sign_in

JSON = {"Accept": "application/json"}


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    """A browser in which rita is signed in."""
    return sign_in(newsroom.client)


def form(browser: FlaskClient, path: str = "/", **fields: str) -> dict[str, str]:
    page = browser.get(path).text
    own = {name: hidden(page, name) for name in ("csrf_token", "key", "draft", "draft_revision")}
    return {**own, **fields}


def test_half_a_story_is_saved_and_comes_back_as_it_was_typed(browser: FlaskClient) -> None:
    typed = form(browser, headline="Bridge", body_text="It is\r\n", section="No Slug", published_at="yesterday",
                 urgency="nine", places="brest, no where", images="not an address | The bridge",
                 embargo_until="2026-12-01T18:00:00")  # fmt: skip
    answer = browser.post("/drafts", data=typed)
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "Saved " in page
    for kept in ("Bridge", "No Slug", "yesterday", "nine", "brest, no where", "2026-12-01", "18:00"):
        assert f'value="{kept}"' in page
    assert 'value="not an address"' in page and 'value="The bridge"' in page
    assert ">\nIt is\n<" in page
    again = browser.post("/drafts", data=form(browser, answer.headers["Location"], headline="Bridge opens"))
    assert again.headers["Location"] == answer.headers["Location"]
    assert "Bridge opens" in browser.get("/drafts").text
    earlier = browser.get(f"{answer.headers['Location']}?revision=1").text
    assert 'value="Bridge"' in earlier
    assert hidden(earlier, "draft_revision") == "2"


def test_the_page_saves_itself(browser: FlaskClient) -> None:
    typed = form(browser, headline="Bridge")
    first = browser.post("/drafts", data=typed, headers=JSON).get_json()
    assert (first["revision"], first["address"]) == (1, f"/drafts/{first['id']}")
    assert re.fullmatch(r"\d\d:\d\d", first["saved"])
    assert browser.post("/drafts", data=typed, headers=JSON).get_json() == first  # the answer was lost
    other = browser.post("/drafts", data={**typed, "headline": "Another tab"}, headers=JSON)
    assert (other.status_code, other.get_json()["fields"]["headline"]) == (412, "Bridge")
    typed |= {"draft": first["id"], "draft_revision": "1"}
    assert browser.post("/drafts", data={**typed, "headline": "On"}, headers=JSON).get_json()["revision"] == 2
    told = browser.post("/drafts", data={**typed, "headline": "Off"}, headers=JSON)
    assert told.status_code == 412
    assert (told.get_json()["revision"], told.get_json()["by"]) == (2, "rita")
    long = browser.post("/drafts", data={**typed, "headline": "x" * 20_000}, headers=JSON)
    assert (long.status_code, bool(long.get_json()["detail"])) == (422, True)
    assert browser.post("/drafts", data={**typed, "csrf_token": ""}, headers=JSON).status_code == 400


def test_of_two_tabs_the_second_is_shown_both_texts(browser: FlaskClient) -> None:
    path = browser.post("/drafts", data=form(browser, headline="Bridge")).headers["Location"]
    one, two = form(browser, path, headline="One"), form(browser, path, headline="Two", body_text="It is open.")
    browser.post("/drafts", data=one)
    for address in ("/drafts", "/stories"):
        told = browser.post(address, data=two)
        assert told.status_code == 412
        assert 'value="Two"' in told.text
        assert ">One</dd>" in told.text
        assert hidden(told.text, "draft_revision") == "2"
    meant = browser.post("/drafts", data={**two, "draft_revision": "2"})
    assert 'value="Two"' in browser.get(meant.headers["Location"]).text


def test_a_draft_is_sent_with_the_form_once(newsroom: Any, browser: FlaskClient) -> None:
    path = browser.post("/drafts", data=form(browser, headline="Bridge")).headers["Location"]
    typed = form(browser, path, headline="Bridge opens", body_text="It is open.")
    sent = browser.post("/stories", data=typed)
    assert sent.status_code == 303
    assert browser.post("/stories", data={**typed, "key": "other"}).headers["Location"] == sent.headers["Location"]
    assert len(newsroom.items) == 1
    assert browser.get(path).headers["Location"] == sent.headers["Location"]
    assert "Sent" in browser.get("/drafts").text
    assert browser.post("/drafts", data=typed, headers=JSON).status_code == 409


def test_what_is_typed_outlives_a_draft_that_was_deleted(newsroom: Any, browser: FlaskClient) -> None:
    path = browser.post("/drafts", data=form(browser, headline="Bridge")).headers["Location"]
    typed = form(browser, path, headline="Bridge opens", body_text="It is open.")
    assert browser.post(f"{path}/delete", data=typed).status_code == 303
    assert browser.get(path).status_code == 404
    assert browser.post("/drafts", data=typed, headers=JSON).get_json()["id"] not in path
    assert browser.post("/stories", data=typed).status_code == 303
    assert len(newsroom.items) == 1


def test_a_draft_is_shared_by_its_owner(newsroom: Any, browser: FlaskClient) -> None:
    path = browser.post("/drafts", data=form(browser, headline="Bridge")).headers["Location"]
    edda = sign_in(newsroom.client, "edda")
    assert edda.get(path).status_code == 404
    assert edda.post(f"{path}/share", data=form(edda, shared_with="edda")).status_code == 404
    told = browser.post(f"{path}/share", data=form(browser, shared_with="nobody"), follow_redirects=True)
    assert "Nobody who writes is named" in told.text
    browser.post(f"{path}/share", data=form(browser, shared_with="edda"))
    assert "A draft of <bdi>rita</bdi>" in edda.get(path).text
    assert "shared with you" in edda.get("/drafts").text
    assert edda.post(f"{path}/delete", data=form(edda)).status_code == 403
    story = edda.post("/stories", data=form(edda, path, headline="Bridge opens", body_text="It is open."))
    assert browser.get(story.headers["Location"]).status_code == 200
    [item] = newsroom.items.values()
    assert (item.owner, item.newest.by) == ("rita", "edda")


def test_drafts_are_for_those_who_write(newsroom: Any) -> None:
    for method, path in (("GET", "/drafts"), ("POST", "/drafts"), ("GET", "/drafts/x"), ("POST", "/drafts/x/share")):
        assert newsroom.ask(method, path, "").status_code == 401
        for role in ("olga", "sam"):
            assert newsroom.ask(method, path, role).status_code == 403


def test_what_the_form_does_not_show_stays_in_the_draft(newsroom: Any, browser: FlaskClient) -> None:
    made = newsroom.ask("POST", "/v1/drafts", json={"headline": "Bridge", "related": ["x1"]}).get_json()
    browser.post("/drafts", data=form(browser, f"/drafts/{made['id']}", headline="Bridge opens"))
    kept = newsroom.ask("GET", f"/v1/drafts/{made['id']}").get_json()["story"]
    assert (kept["related"], kept["headline"]) == (["x1"], "Bridge opens")
