"""A look before sending: what web is given to show of a draft and of a correction, and who gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

from dateline.documents.preview import Preview, read_preview
from ledgers import index_all
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import form, hidden, sign_in

MINSK: Final = ZoneInfo("Europe/Minsk")
TYPED: Final = {"headline": "Bridge opens", "body_text": "Ann Lee spoke in Brest.", "section": "news"}


def shown(page: str) -> Preview:
    """What the page's form would post to web."""
    return read_preview(hidden(page, "preview"), "p" * 32, datetime.now(UTC))


def test_a_draft_is_shown_as_the_story_it_would_be(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    day = f"{datetime.now(MINSK) + timedelta(days=2):%Y-%m-%d}"
    answer = rita.post("/drafts/preview", data=form(rita, **TYPED, embargo_date=day, embargo_time="18:00"))
    assert answer.status_code == 303
    page = rita.get(answer.location)
    preview = shown(page.text)
    assert preview.desk == "http://localhost"
    assert (preview.story.headline, preview.story.body_text) == ("Bridge opens", "Ann Lee spoke in Brest.")
    assert [tag.label for tag in preview.story.accepted_tags] == ["Ann Lee", "Brest"]
    assert [crumb.label for crumb in preview.story.sections] == ["News"]
    assert preview.story.published_at.isoformat() == f"{day}T18:00:00+03:00"
    assert "Hold until 18:00, " in page.text
    assert not newsroom.items


def test_only_web_may_be_framed_and_posted_to(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    answer = rita.post("/drafts/preview", data=form(rita, **TYPED), follow_redirects=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-src http://localhost:8000" in policy and "form-action 'self' http://localhost:8000" in policy
    assert "frame-ancestors 'none'" in policy and "script-src" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-src" not in rita.get("/").headers["Content-Security-Policy"]


def test_the_desk_may_be_reached_by_either_of_its_names(newsroom: Newsroom) -> None:
    parts = newsroom.app.extensions["dateline"]
    named = replace(parts.settings, ingest_url="https://desk.example/", web_url="https://paper.example")
    newsroom.app.extensions["dateline"] = replace(parts, settings=named)
    rita = sign_in(newsroom.client)
    answer = rita.post("/drafts/preview", data=form(rita, **TYPED), follow_redirects=True)
    assert shown(answer.text).desk == "https://desk.example http://localhost"
    assert "frame-src https://paper.example" in answer.headers["Content-Security-Policy"]
    assert 'action="https://paper.example/preview"' in answer.text


def test_what_would_be_refused_is_said_and_not_shown(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    answer = rita.post("/drafts/preview", data=form(rita, headline="", body_text="Text"), follow_redirects=True)
    assert answer.status_code == 422
    assert "1 thing to put right" in answer.text and "Headline: " in answer.text
    assert 'name="preview"' not in answer.text and "frame-src" not in answer.headers["Content-Security-Policy"]


def test_nobody_else_is_shown_a_draft(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    address = rita.post("/drafts/preview", data=form(rita, **TYPED)).location
    otto = sign_in(newsroom.client, "otto")
    assert otto.get(address).status_code == 404
    assert newsroom.client.get(address).status_code == 401
    story = newsroom.submit()["id"]
    assert otto.post(f"/stories/{story}/preview", data=form(otto, **TYPED)).status_code == 403


def test_a_draft_that_was_sent_leads_to_its_story(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    address = rita.post("/drafts/preview", data=form(rita, **TYPED)).location
    page = rita.get(address).text
    fields = {
        name: unescape(hidden(page, name))
        for name in ("csrf_token", "draft", "draft_revision", "headline", "body_text")
    }
    sent = rita.post("/stories", data=fields)
    assert sent.status_code == 303 and rita.get(address).location == sent.location


def test_a_correction_is_shown_with_what_readers_are_told(newsroom: Newsroom) -> None:
    story = newsroom.submit()["id"]
    rita = sign_in(newsroom.client)
    unseen = form(rita, f"/stories/{story}/correct", headline="Bridge", body_text="The bridge.", note="Wrong.")
    assert not shown(rita.post(f"/stories/{story}/preview", data=unseen).text).story.corrections
    index_all(newsroom.ledger)
    typed = form(rita, f"/stories/{story}/correct", headline="Bridge is open", body_text="The bridge is open.",
                 note="It was a bridge.")  # fmt: skip
    page = rita.post(f"/stories/{story}/preview", data=typed).text
    preview = shown(page)
    assert preview.story.headline == "Bridge is open"
    [correction] = preview.story.corrections
    assert correction.note == "It was a bridge." and correction.diff
    minor = shown(rita.post(f"/stories/{story}/preview", data={**typed, "note": "", "correction": "minor"}).text)
    assert minor.story.headline == "Bridge is open" and minor.story.corrections == ()
    assert newsroom.items[story].newest_revision == 1
