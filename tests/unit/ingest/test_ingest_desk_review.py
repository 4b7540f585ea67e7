"""A second pair of eyes on the desk: what the button says, the list, notes, taking back; what colleagues are given."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from dateline.domain.term import Term
from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.audit import AuditSearch
from unit.ingest.conftest import PASSWORD, Newsroom
from unit.ingest.desk_pages import hidden, post, sign_in

TYPED = {"headline": "Cup final", "body_text": "It is *over*.", "section": "sport"}


@pytest.fixture(autouse=True)
def sport(newsroom: Newsroom) -> None:
    """A section that asks for it, and a second editor."""
    newsroom.words.terms.append(Term(type="section", slug="sport", label="Sport", review=True))
    with patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value="secret-emil"):
        newsroom.ledger.create_token("emil", "editor")


@pytest.fixture
def rita(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client)


@pytest.fixture
def edda(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


def form(browser: FlaskClient, path: str = "/", **fields: str) -> dict[str, str]:
    page = browser.get(path).text
    names = ("csrf_token", "key", "draft", "draft_revision", "corrects_revision")
    return {**{name: hidden(page, name) for name in names if f'name="{name}"' in page}, **fields}


def send(browser: FlaskClient, **fields: str) -> str:
    """Send a story to the editors; where its draft is."""
    sent = browser.post("/stories", data=form(browser, **{**TYPED, **fields}))
    assert sent.status_code == 303, sent.text
    assert sent.headers["Location"].startswith("/drafts/")
    return sent.headers["Location"]


def test_the_section_says_that_an_editor_looks_first(rita: FlaskClient, edda: FlaskClient) -> None:
    assert "Sport (an editor looks first)" in rita.get("/").text
    path = rita.post("/drafts", data=form(rita, **TYPED)).headers["Location"]
    page = rita.get(path).text
    assert 'data-review="Send to the editor"' in page
    assert "Send to the editor</button>" in page
    assert "Send to the editor</button>" not in rita.get("/").text
    assert 'data-review="Send to the editor"' in edda.get("/").text


def test_it_goes_to_the_editors_comes_back_with_notes_and_goes_out(
    newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient
) -> None:
    assert "To review</a>" in edda.get("/drafts").text
    path = send(rita)
    assert not newsroom.items
    page = rita.get(path).text
    assert "It is with the editors now." in page
    assert "Take it back" in page
    assert '<form class="story"' not in page
    assert "with the editors since" in rita.get("/drafts").text
    assert "To review (1)" in edda.get("/").text
    assert path in edda.get("/reviews").text
    page = edda.get(path).text
    assert "To review: written by <bdi>rita</bdi>" in page
    assert "Put on the site now</button>" in page
    edited = form(edda, path, **{**TYPED, "summary": "Won."})
    nothing = edda.post(f"{path}/return", data=edited)
    assert nothing.status_code == 422
    assert "Say what is to be mended." in nothing.text
    assert edda.post(f"{path}/return", data={**edited, "review_notes": "Who won?"}).headers["Location"] == "/reviews"
    assert edda.get(path).status_code == 409
    assert "Who won?" in rita.get("/drafts").text
    assert "back with notes from <bdi>edda</bdi>" in rita.get("/").text
    assert "back with notes" not in edda.get("/").text
    page = rita.get(path).text
    assert "Back from <bdi>edda</bdi>" in page
    assert "Who won?" in page
    assert "Won." in page
    assert rita.post("/stories", data=form(rita, path, **TYPED)).headers["Location"] == path
    out = edda.post("/stories", data=form(edda, path, **TYPED))
    assert out.headers["Location"].startswith("/stories/")
    [item] = newsroom.items.values()
    assert (item.owner, item.newest.by) == ("rita", "edda")
    assert item.newest.payload
    assert "<em>over</em>" in item.newest.payload["body_html"]
    shown = rita.get(out.headers["Location"]).text
    assert "Seen and sent out by <bdi>edda</bdi>" in shown
    audit = edda.get("/audit").text
    for words in ("sent a draft to the editors", "gave a draft back with notes", "sent out after review"):
        assert words in audit
    assert "Who won?" not in audit


def test_of_two_editors_the_second_is_told_who_was_faster(
    newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient
) -> None:
    path, emil = send(rita), sign_in(newsroom.client, "emil")
    typed = form(emil, path, **TYPED)
    edda.post("/stories", data=form(edda, path, **TYPED))
    told = emil.post("/stories", data=typed, follow_redirects=True)
    assert "This was sent already" in told.text
    assert "by edda." in told.text
    assert len(newsroom.items) == 1
    path = send(rita)
    typed = form(emil, path, **TYPED)
    edda.post(f"{path}/return", data=form(edda, path, **TYPED, review_notes="No"))
    told = emil.post("/stories", data=typed)
    assert told.status_code == 409
    assert "edda gave it back" in told.text
    assert len(newsroom.items) == 1


def test_it_is_taken_back_while_nobody_decided(newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient) -> None:
    path = send(rita)
    assert post(rita, f"{path}/take-back", path).headers["Location"] == path
    assert "Send to the editor</button>" in rita.get(path).text
    assert "Nothing waits." in edda.get("/reviews").text
    assert newsroom.ask("POST", f"{path}/take-back", "otto").status_code == 404


def test_an_editor_needs_another(newsroom: Newsroom, edda: FlaskClient) -> None:
    path = send(edda)
    assert "another than you" in edda.get(path).text
    assert "To review</a>" in edda.get("/").text
    emil = sign_in(newsroom.client, "emil")
    assert emil.post("/stories", data=form(emil, path, **TYPED)).headers["Location"].startswith("/stories/")


def test_a_held_story_goes_the_same_way_and_so_does_its_correction(
    newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient
) -> None:
    path = send(rita, embargo_date="2099-01-01", embargo_time="18:00")
    out = edda.post("/stories", data=form(edda, path, **TYPED, embargo_date="2099-01-01", embargo_time="18:00"))
    story = out.headers["Location"]
    [item] = newsroom.items.values()
    assert item.newest.state == "held"
    page = rita.get(f"{story}/correct").text
    assert "Send the correction to the editor" in page
    lifted = {"csrf_token": hidden(page, "csrf_token"), "key": hidden(page, "key"), "revision": "1", **TYPED}
    path = rita.post(f"{story}/correct", data={**lifted, "note": "No hold."}).headers["Location"]
    assert path.startswith("/drafts/")
    assert newsroom.items[item.id].newest_revision == 1
    page = edda.get(path).text
    assert "A correction of" in page
    assert "No hold." in page
    assert edda.post("/stories", data=form(edda, path, **TYPED, note="No hold.")).headers["Location"] == story
    [item] = newsroom.items.values()
    assert (item.newest_revision, item.newest.state, item.embargo_until, item.newest.note) == (
        2, "accepted", None, "No hold.",
    )  # fmt: skip


def test_a_correction_that_was_overtaken_is_shown_beside_the_story(
    newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient
) -> None:
    path = send(rita)
    story = edda.post("/stories", data=form(edda, path, **TYPED)).headers["Location"]
    page = rita.get(f"{story}/correct").text
    typed = {"csrf_token": hidden(page, "csrf_token"), "key": hidden(page, "key"), "revision": "1", **TYPED}
    path = rita.post(f"{story}/correct", data={**typed, "headline": "Cup final won"}).headers["Location"]
    page = edda.get(f"{story}/correct").text
    typed = {"csrf_token": hidden(page, "csrf_token"), "key": hidden(page, "key"), "revision": "1", **TYPED}
    edda.post(f"{story}/correct", data={**typed, "summary": "Penalties."})
    told = edda.post("/stories", data=form(edda, path, **TYPED))
    assert told.status_code == 412
    assert "The story was corrected since this was written" in told.text
    assert ">Penalties.</dd>" in told.text
    again = {name: hidden(told.text, name) for name in
             ("csrf_token", "key", "draft", "draft_revision", "corrects_revision")}  # fmt: skip
    assert edda.post("/stories", data={**again, **TYPED}).headers["Location"] == story
    assert newsroom.ledger.item("story", story.rpartition("/")[2]).newest_revision == 3


def test_a_colleague_is_given_something_to_write(newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient) -> None:
    typed = {"assigned-headline": "Ferry", "to": "rita", "note": "The mayor speaks", "until": "2099-12-01T18:00"}
    fields = form(edda, "/assignments")
    for wrong, words in (
        ({**typed, "to": "nobody"}, "Nobody who writes is named"),
        ({**typed, "until": "soon"}, "Until: "),
        ({**typed, "assigned-headline": " "}, "Say what it is about."),
    ):
        answer = edda.post("/assignments", data={**fields, **wrong, "key": ""})
        assert answer.status_code == 422
        assert words in answer.text
        assert "The mayor speaks" in answer.text
    for _ in range(2):
        told = edda.post("/assignments", data={**fields, **typed}, follow_redirects=True)
        assert "Given to rita." in told.text
    assert "gave it to <bdi>rita</bdi>" in rita.get("/").text
    assert "gave it to" not in edda.get("/").text
    page = rita.get("/drafts").text
    assert page.count("The mayor speaks") == 1
    assert "until" in page
    [line] = newsroom.ledger.assigned_drafts().drafts
    assert "gave it to" in rita.get(f"/drafts/{line.id}").text
    emil = sign_in(newsroom.client, "emil")
    moved = post(emil, f"/drafts/{line.id}/assign", "/assignments", to="otto", note="Now you")
    assert moved.status_code == 303
    assert rita.get(f"/drafts/{line.id}").status_code == 404
    post(emil, f"/drafts/{line.id}/unassign", "/assignments")
    assert "Nobody has been given anything" in emil.get("/assignments").text
    sent = rita.post("/stories", data=form(rita, headline="Other", body_text="Text"))
    assert sent.status_code == 303


def test_an_accounts_own_sections_come_first(newsroom: Newsroom) -> None:
    details = AccountDetails(name="Ann Lee", email="ann@example.org", role="reporter", sections=("sport",))
    newsroom.create_account(details)
    browser = newsroom.client
    assert post(browser, "/sign-in", login="Ann Lee", token=PASSWORD).status_code == 303
    page = browser.get("/").text
    assert page.index('value="sport" selected') < page.index('value="news"')
    ann = newsroom.ledger.find_account("Ann Lee")
    assert ann
    both = AccountDetails(name="Ann Lee", email="ann@example.org", role="reporter", sections=("sport", "news"))
    newsroom.ledger.change_account(ann.id, both, None)
    assert "selected" not in browser.get("/").text.split('id="section"')[1].split("</select>")[0]


def test_signing_out_is_in_the_audit(newsroom: Newsroom, rita: FlaskClient) -> None:
    post(rita, "/sign-out")
    post(newsroom.client, "/sign-out")
    [entry] = newsroom.ledger.audit(AuditSearch(what="sign-out")).items
    assert (entry.who, entry.address) == ("rita", "127.0.0.1")


def test_a_section_is_told_to_ask_for_it_on_its_page(newsroom: Newsroom, edda: FlaskClient) -> None:
    page = edda.get("/sections/news").text
    assert "A second pair of eyes" in page
    typed = {"revision": hidden(page, "revision"), "label": "News", "review": "1"}
    assert post(edda, "/sections/news", **typed).status_code == 303
    payload = newsroom.items["section:news"].newest.payload
    assert payload
    assert payload["review"] is True
    assert "A second pair of eyes" not in edda.get("/terms/topic/bridges").text


def test_what_waits_for_a_sign_in_is_named_and_is_no_new_story(
    newsroom: Newsroom, rita: FlaskClient, edda: FlaskClient
) -> None:
    path = send(rita)
    fields = form(edda, path, **TYPED, review_notes="Who won?")
    for address, more, words in (
        (f"{path}/return", fields, "give the draft “Cup final” back with your notes"),
        ("/assignments", {"assigned-headline": "Ferry", "to": "rita", "note": "Go"}, "give “Ferry” to rita to write"),
    ):
        browser = newsroom.client
        told = browser.post(address, data={"csrf_token": hidden(browser.get("/").text, "csrf_token"), **more})
        assert told.status_code == 401
        kept = {f"kept-{name}": value for name, value in more.items() if name != "csrf_token"}
        token = hidden(told.text, "csrf_token")
        page = browser.post("/sign-in", data={"csrf_token": token, "token": "secret-edda", "next": address, **kept})
        assert words in page.text
        assert f'action="{address}"' in page.text
    assert not newsroom.items


def test_no_reader_gets_anything_of_what_is_with_the_editors(newsroom: Newsroom, rita: FlaskClient) -> None:
    path = send(rita, headline="The secret")
    newsroom.ask("POST", f"/v1{path}/return", "edda", json={"notes": "The secret too"})
    assert newsroom.ask("GET", "/v1/changes", "sam").get_json()["items"] == []
    assert not newsroom.ledger.claim(worker="w", lease=timedelta(seconds=30))
    assert "secret" not in newsroom.ask("GET", "/v1/stories", "edda").text
    assert newsroom.ask("GET", f"/v1{path}", "otto").status_code == 404
