"""A story that isn't sent: web shows what the desk signed, as a story's page, some minutes and in the desk's frame."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from dateline.documents.preview import Preview, sign_preview
from unit.web.conftest import app_on
from unit.web.documents import NOW, story, tag

KEY = "p" * 32
TEXT = "Cars cross the river in Minsk again."


def client_of(app: Flask) -> FlaskClient:
    web = app_on(app.extensions["dateline"].index, preview_key=KEY)
    return web.test_client()


def signed(key: str = KEY, minutes: int = 10) -> str:
    shown = story("A bridge opens", TEXT, section="news/society", tags=(tag("place", "Minsk", text=TEXT),))
    until = NOW + timedelta(minutes=minutes)
    return sign_preview(Preview(story=shown, desk="https://desk.example", until=until), key)


def test_it_is_the_page_of_a_story(app: Flask) -> None:
    answer = client_of(app).post("/preview", data={"preview": signed()})
    assert answer.status_code == 200
    assert "<h1>A bridge opens</h1>" in answer.text
    assert 'in <a class="mention" href="/places/minsk">Minsk</a> again' in answer.text
    assert '<p dir="auto" class="kicker">Society</p>' in answer.text
    assert "not published" in answer.text


def test_nobody_keeps_it_finds_it_or_frames_it_but_the_desk(app: Flask) -> None:
    answer = client_of(app).post("/preview", data={"preview": signed()})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"] and 'content="noindex' in answer.text
    assert "frame-ancestors https://desk.example;" in answer.headers["Content-Security-Policy"] + ";"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert 'rel="canonical"' not in answer.text and "ld+json" not in answer.text and "og:title" not in answer.text
    assert "ETag" not in answer.headers


def test_what_the_desk_did_not_sign_is_not_shown(app: Flask) -> None:
    client = client_of(app)
    for sent in (signed(key="q" * 32), signed()[:-2], signed()[4:], "", "A bridge opens"):
        answer = client.post("/preview", data={"preview": sent})
        assert answer.status_code == 403 and "bridge" not in answer.text
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_after_its_minutes_it_is_not_shown(app: Flask) -> None:
    answer = client_of(app).post("/preview", data={"preview": signed(minutes=0)})
    assert answer.status_code == 403 and "bridge" not in answer.text
    assert "This preview is over" in answer.text


def test_it_is_posted_only(app: Flask) -> None:
    client = client_of(app)
    assert client.get("/preview").status_code == 405
    assert client.get("/preview", query_string={"preview": signed()}).status_code == 405
