"""A story is checked while it is written: by the API, beside the form, and on the preview. Nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dateline_ingest.link_checks import LinkChecks
from ledgers import add_picture
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import form, sign_in
from unit.ingest.test_link_checks import Fetches

BODY = "It was the the end, on Tuesday 30 November 2026."


@pytest.fixture
def fetches(newsroom: Newsroom) -> Fetches:
    """What the newsroom's links answer: that there is no such page."""
    fetches = Fetches(404, 404)
    parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, link_checks=LinkChecks(fetches))
    return fetches


def wait_for_links(newsroom: Newsroom) -> None:
    newsroom.app.extensions["dateline"].link_checks.close()


def test_errors_block_and_remarks_do_not(newsroom: Newsroom) -> None:
    answer = newsroom.ask("POST", "/v1/check", json={"headline": " ", "body_text": BODY, "section": "news"})
    assert answer.status_code == 200
    told = answer.get_json()
    assert [error["pointer"] for error in told["errors"]] == ["/headline"]
    assert [(one["rule"], one["field"], one["words"]) for one in told["remarks"]] == [
        ("weekday", "body_text", "Tuesday 30 November 2026"), ("doubled-word", "body_text", "the the"),
    ]  # fmt: skip
    for one in told["remarks"]:
        assert BODY[one["start"] : one["end"]] == one["words"]
    assert told["links_pending"] == 0 and not newsroom.items
    assert newsroom.ask("POST", "/v1/stories", json={"headline": "H", "body_text": BODY}).status_code == 202


def test_pictures_are_checked_by_what_is_on_record(newsroom: Newsroom) -> None:
    over = add_picture(newsroom.ledger, "over", usable_until=datetime(2026, 1, 1, tzinfo=UTC))
    silent, bridge = add_picture(newsroom.ledger, "silent", alt=""), add_picture(newsroom.ledger, "bridge")
    ids = (bridge, over, silent, "0" * 26, "nonsense")
    html = f'<p>It is open.</p><figure><img data-image="{silent}"></figure>'
    body = {"headline": "Bridge", "section": "news", "body_html": html, "images": [{"id": one} for one in ids]}
    told = newsroom.ask("POST", "/v1/check", json=body).get_json()["remarks"]
    assert [(one["rule"], one["field"], one["message"].split(" ")[1]) for one in told] == [
        ("no-alt", "images", "3"), ("no-alt", "body_text", "picture"), ("picture-rights", "images", "2"),
        ("picture-rights", "images", "4"), ("picture-rights", "images", "5"),
    ]  # fmt: skip


def test_nothing_need_be_right(newsroom: Newsroom) -> None:
    for body in (
        {},
        {"published_at": "soon", "images": [{}], "links": [{}], "section": "unknown"},
        {"body_html": "<p>x"},
    ):
        answer = newsroom.ask("POST", "/v1/check", json=body)
        assert answer.status_code == 200 and answer.get_json()["errors"]


def test_who_may_check(newsroom: Newsroom) -> None:
    for name, status in (("", 401), ("olga", 403), ("sam", 403), ("rita", 200), ("edda", 200)):
        assert newsroom.ask("POST", "/v1/check", name, json={}).status_code == status


def test_a_link_that_does_not_answer_is_said_when_it_is_known(newsroom: Newsroom, fetches: Fetches) -> None:
    html = '<p>See <a href="https://a.example/1">this page</a>.</p>'
    story = {"headline": "H", "body_html": html, "section": "news", "links": [{"url": "https://b.example/"}]}
    fetches.open.clear()
    first = newsroom.ask("POST", "/v1/check", json=story).get_json()
    assert (first["links_pending"], first["remarks"]) == (2, [])
    fetches.open.set()
    wait_for_links(newsroom)
    told = newsroom.ask("POST", "/v1/check", json=story).get_json()
    assert told["links_pending"] == 0
    assert [(one["field"], one["words"], one["message"]) for one in told["remarks"]] == [
        ("links", "", "https://b.example/ has no such page (404)."),
        ("body_text", "this page", "https://a.example/1 has no such page (404)."),
    ]


def test_no_link_is_asked_where_the_settings_say_so(newsroom: Newsroom, fetches: Fetches) -> None:
    parts = newsroom.app.extensions["dateline"]
    settings = replace(parts.settings, check_links=False)
    newsroom.app.extensions["dateline"] = replace(parts, settings=settings)
    told = newsroom.ask("POST", "/v1/check", json={"links": [{"url": "https://b.example/"}]}).get_json()
    assert told["links_pending"] == 0
    wait_for_links(newsroom)
    assert fetches.asked == []


def test_the_remarks_stand_beside_the_form_and_on_the_preview(newsroom: Newsroom) -> None:
    rita = sign_in(newsroom.client)
    typed = form(rita, headline="Bridge <opens>", body_text=BODY, section="news")
    part = rita.post("/check", data=typed)
    assert part.status_code == 200
    assert 'data-field="body_text" data-words="the the" data-start="7"' in part.text
    assert "30 November 2026 is a Monday." in part.text and "<html" not in part.text
    page = rita.post("/drafts/preview", data=typed, follow_redirects=True).text
    assert "“the the”: a word stands here twice." in page
    good = rita.post("/check", data=form(rita, headline="Bridge opens", body_text="It is open.", section="news"))
    assert "Nothing to remark." in good.text
    assert rita.post("/check", data={"headline": "no token"}).status_code == 400
