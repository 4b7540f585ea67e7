"""A story's page: what readers see, its tags, notes, who has it open, revisions compared and restored."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.ports.ledger.audit import AuditSearch
from ledgers import index_all
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import post, sign_in

PICTURE = {"url": "https://pictures.example/bridge.jpg", "alt": "A bridge", "caption": "At noon.", "credit": "Otto"}


def write(newsroom: Newsroom, story: str, revision: int, body: str = "", **more: Any) -> None:
    """Correct a story."""
    html = {"headline": "Bridge opens", "body_html": body or "<p>The bridge in Brest is open.</p>", **more}
    answer = newsroom.ask("PUT", f"/v1/stories/{story}", json=html, headers={"If-Match": f'"{revision}"'})
    assert answer.status_code == 202, answer.text


@pytest.fixture
def story(newsroom: Newsroom) -> str:
    """Rita's story, in its second revision."""
    made = str(newsroom.submit(headline="Bridge opens", body_text="Ann Lee saw twelve boats in Brest. Brest was glad.",
                               images=[PICTURE], links=[{"url": "https://example.org/more"}])["id"])  # fmt: skip
    write(newsroom, made, 1, note="Thirteen it was.", body="<p>Ann Lee saw <b>thirteen</b> boats in Brest.</p>")
    return made


@pytest.fixture
def browser(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client)


def test_it_is_shown_as_readers_see_it(newsroom: Newsroom, story: str) -> None:
    page = newsroom.ask("GET", f"/stories/{story}").text
    assert "<strong>thirteen</strong>" in page or "<b>thirteen</b>" in page
    write(newsroom, story, 2, images=[PICTURE], links=[{"url": "https://example.org/more", "title": "More"}])
    page = newsroom.ask("GET", f"/stories/{story}").text
    assert 'src="https://pictures.example/bridge.jpg" alt="A bridge"' in page
    assert "At noon." in page and '<a href="https://example.org/more"' in page


def test_tags_have_the_words_they_come_from(newsroom: Newsroom, story: str) -> None:
    page = newsroom.ask("GET", f"/stories/{story}").text
    tags = page[page.index("Tags and where they come from") :]
    assert tags.count("<q><bdi>Brest</bdi></q>") == 1
    assert "<q><bdi>Ann Lee</bdi></q>" in tags
    newsroom.ask("PUT", f"/v1/stories/{story}/tags", "edda", json={"remove": [{"type": "place", "slug": "brest"}]})
    long = "<p>" + "Ann Lee spoke. " * 2000 + "</p>"
    write(newsroom, story, 2, body=long)
    assert "its tags stand on the site" in newsroom.ask("GET", f"/stories/{story}").text


def test_what_a_reporter_removed_and_what_readers_are_told_stand_there(newsroom: Newsroom, story: str) -> None:
    body = "<p>Ann Lee saw thirteen boats in Brest.</p>"
    away = {"places": ["brest"]}
    write(newsroom, story, 2, body=body, removed_tags=away, correction="update", note="Counted again.")
    page = newsroom.ask("GET", f"/stories/{story}").text
    tags = page[page.index("Tags and where they come from") : page.index("Revisions")]
    assert '<dt dir="auto">Ann Lee</dt>' in tags and '<dt dir="auto">Brest</dt>' not in tags
    assert "<td>update: <bdi>Counted again.</bdi>" in page


def test_notes_are_left_and_answered(newsroom: Newsroom, browser: FlaskClient, story: str) -> None:
    page = f"/stories/{story}"
    answer = post(browser, f"{page}/notes", page, text="Who counted <them>?\r\nReally.")
    assert answer.status_code == 303
    [note] = newsroom.ledger.notes(story)
    assert answer.headers["Location"].endswith(f"#note-{note.id}")
    assert post(browser, f"{page}/notes", page, text="The mayor.", answers=note.id).status_code == 303
    shown = newsroom.ask("GET", page, "edda").text
    assert "Who counted &lt;them&gt;?" in shown and "The mayor." in shown
    entries = newsroom.ledger.audit(AuditSearch(what="note")).items
    assert [(entry.who, entry.subject, entry.detail) for entry in entries] == [("rita", story, "")] * 2


@pytest.mark.parametrize("text", [" \n", "x" * 2001])
def test_a_note_that_cant_be_taken_stays_in_its_field(browser: FlaskClient, story: str, text: str) -> None:
    page = f"/stories/{story}"
    answer = post(browser, f"{page}/notes", page, text=text)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text and text.strip() in answer.text


def test_notes_by_the_api(newsroom: Newsroom, story: str) -> None:
    notes = f"/v1/stories/{story}/notes"
    first = newsroom.ask("POST", notes, json={"text": "Who says so?"})
    assert first.status_code == 201, first.text
    second = newsroom.ask("POST", notes, "edda", json={"text": "I do.", "answers": first.get_json()["id"]})
    assert second.status_code == 201
    listed = newsroom.ask("GET", notes, "edda").get_json()["items"]
    assert [(one["by"], one["text"], one["answers"]) for one in listed] == [
        ("rita", "Who says so?", None), ("edda", "I do.", first.get_json()["id"]),
    ]  # fmt: skip
    for wrong in ({}, {"text": ""}, {"text": "x" * 2001}, {"text": "x", "by": "me"}, {"text": "x", "answers": "a b"}):
        assert newsroom.ask("POST", notes, json=wrong).status_code == 422, wrong
    assert newsroom.ask("POST", notes, json={"text": "x", "answers": "none"}).status_code == 404
    for method in ("GET", "POST"):
        assert newsroom.ask(method, notes, "otto", json={"text": "x"}).status_code == 403
        assert newsroom.ask(method, "/v1/stories/none/notes", json={"text": "x"}).status_code == 404
    assert "Who says so?" not in newsroom.ask("GET", f"/v1/stories/{story}").text


def test_who_has_it_open(newsroom: Newsroom, browser: FlaskClient, story: str) -> None:
    page = f"/stories/{story}"
    assert post(browser, f"{page}/open", page).get_json() == {"others": []}
    assert "Open now: rita" in newsroom.ask("GET", page, "edda").text
    edda = sign_in(newsroom.client, "edda")
    assert post(edda, f"{page}/open", page).get_json() == {"others": ["rita"]}
    assert "Open now: edda" in browser.get(page).text
    assert f'data-address="{page}/open"' in browser.get(f"{page}/correct").text
    assert post(edda, f"{page}/open", page, gone="1").status_code == 200
    assert "Open now" not in browser.get(page).text
    assert newsroom.ask("POST", f"{page}/open", "otto").status_code == 403


def test_two_revisions_differ_in_words(newsroom: Newsroom, story: str) -> None:
    write(newsroom, story, 2, body="<p>Ann Lee saw thirteen boats in Minsk.</p>")
    last = newsroom.ask("GET", f"/stories/{story}/difference").text
    assert "<del>Brest</del>" in last and "<ins>Minsk</ins>" in last and "twelve" not in last
    first = newsroom.ask("GET", f"/stories/{story}/difference?from=3&to=1").text
    assert "Revision 1 and revision 3" in first and "<del>twelve</del>" in first and "<ins>thirteen</ins>" in first
    assert "Nothing: they say the same." in newsroom.ask("GET", f"/stories/{story}/difference?from=2&to=2").text
    assert newsroom.ask("GET", f"/stories/{story}/difference?from=9").status_code == 404
    assert newsroom.ask("GET", f"/stories/{story}/difference", "otto").status_code == 403


def test_an_earlier_revision_is_restored_as_a_new_one(newsroom: Newsroom, browser: FlaskClient, story: str) -> None:
    before = newsroom.items[story].newest.payload
    page = f"/stories/{story}/difference?from=1"
    answer = post(browser, f"/stories/{story}/revisions/1/restore", page, revision="2", note="Twelve after all.")
    assert answer.status_code == 303, answer.text
    newest = newsroom.items[story].newest
    assert before and newest.payload
    assert (newest.revision, newest.note, newest.action) == (3, "Twelve after all.", "correct")
    assert "twelve boats" in newest.payload["body_text"] and newest.payload["images"]
    assert newest.payload["published_at"] == before["published_at"]
    stale = post(browser, f"/stories/{story}/revisions/1/restore", page, revision="2")
    assert stale.status_code == 303 and "Not restored." in browser.get(page).text
    assert newsroom.items[story].newest_revision == 3


def test_without_words_to_readers_they_get_no_notice(newsroom: Newsroom, browser: FlaskClient, story: str) -> None:
    index_all(newsroom.ledger)
    page = f"/stories/{story}/difference"
    assert post(browser, f"/stories/{story}/revisions/1/restore", page, revision="2").status_code == 303
    assert newsroom.items[story].newest.correction == "minor"


def test_a_hold_stays_when_an_earlier_text_is_restored(newsroom: Newsroom, browser: FlaskClient) -> None:
    held = str(newsroom.submit(embargo_until="2190-01-01T12:00:00Z")["id"])
    write(newsroom, held, 1)
    page = f"/stories/{held}/difference"
    post(browser, f"/stories/{held}/revisions/1/restore", page, revision="2")
    assert [revision.state for revision in newsroom.items[held].revisions] == ["superseded", "superseded", "held"]


def test_what_is_gone_is_neither_shown_nor_restored(newsroom: Newsroom, browser: FlaskClient, story: str) -> None:
    index_all(newsroom.ledger)
    newsroom.ask("PUT", f"/v1/stories/{story}/corrections/2", "edda", json={"diff": "removed"})
    page = newsroom.ask("GET", f"/stories/{story}/difference").text
    assert "removed for legal reasons" in page and "twelve" not in page and "Restore revision" not in page
    token = f"/stories/{story}"
    assert post(browser, f"/stories/{story}/revisions/1/restore", token, revision="2").status_code == 409
    newsroom.ask("DELETE", f"/v1/stories/{story}?note=Wrong.")
    assert "has no text" in newsroom.ask("GET", f"/stories/{story}/difference").text
    assert post(browser, f"/stories/{story}/revisions/2/restore", token, revision="3").status_code == 409
