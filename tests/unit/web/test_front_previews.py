"""A front that isn't saved: web arranges it by what the desk signed, some minutes and in the desk's frame."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from dateline.documents.preview import FrontPreview, Preview, sign_front_preview, sign_preview
from dateline.domain.front import Placement
from unit.web.conftest import Fill, app_on
from unit.web.documents import NOW, story, terms_of

KEY = "p" * 32
DESK = "https://desk.example"


def client_of(app: Flask) -> FlaskClient:
    return app_on(app.extensions["dateline"].index, preview_key=KEY).test_client()


def signed(key: str = KEY, minutes: int = 10) -> str:
    placement = Placement(lead="s1", hidden=("s0",))
    return sign_front_preview(FrontPreview(placement=placement, desk=DESK, until=NOW + timedelta(minutes=minutes)), key)


def test_it_is_the_front_page_with_what_was_placed(app: Flask, fill: Fill) -> None:
    fill([story(f"Story {n}", id=f"s{n}", published_at=NOW - timedelta(hours=n)) for n in range(3)])
    answer = client_of(app).post("/preview/front", data={"preview": signed()})
    headlines = re.findall(r'class="headline"><a href="[^"]*">(Story \d)', answer.text)
    assert headlines[:2] == ["Story 1", "Story 2"] and "Story 0" not in answer.text
    assert "not saved" in answer.text and 'rel="canonical"' not in answer.text
    assert "Story 0" in client_of(app).get("/").text
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert f"frame-ancestors {DESK}" in answer.headers["Content-Security-Policy"]


def test_what_the_desk_did_not_sign_as_a_front_is_not_shown(app: Flask) -> None:
    other = sign_preview(Preview(story=story("A bridge"), desk=DESK, until=NOW + timedelta(minutes=10)), KEY)
    for sent in (signed(key="q" * 32), signed()[:-2], signed(minutes=0), other, ""):
        assert client_of(app).post("/preview/front", data={"preview": sent}).status_code == 403
    assert client_of(app).post("/preview", data={"preview": signed()}).status_code == 403


def test_a_sections_front_is_its_page_with_what_was_placed(app: Flask, fill: Fill) -> None:
    stories = [story(f"Story {n}", id=f"s{n}", section="news", published_at=NOW - timedelta(hours=n)) for n in range(9)]
    fill([*stories, *terms_of(stories)])
    placement = Placement(page="news", lead="s7", hidden=("s0",))
    until = NOW + timedelta(minutes=10)
    sent = sign_front_preview(FrontPreview(placement=placement, desk=DESK, until=until), KEY)
    answer = client_of(app).post("/preview/front", data={"preview": sent})
    assert answer.status_code == 200 and "not saved" in answer.text and 'rel="canonical"' not in answer.text
    assert answer.text.index("Story 7") < answer.text.index("Story 1")
    gone = sign_front_preview(FrontPreview(placement=Placement(page="none"), desk=DESK, until=until), KEY)
    assert client_of(app).post("/preview/front", data={"preview": gone}).status_code == 404
