"""Compressed answers: as the client asks, with ETags that stay right, and never where a length tells a secret."""

from __future__ import annotations

import gzip
from typing import Any

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.http import answer_conditionally, set_up_service
from dateline.http.responses.compression import MIN_BYTES
from dateline.settings import read_settings
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web

TEXT = "The bridge is open again. " * 100
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def say(text: str = TEXT, mimetype: str = "text/plain", **more: Any) -> Response:
    return Response(text, mimetype=mimetype, **more)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Flask("words")
    set_up_service(app, read_settings({}, log_level="error"), checks={})
    for path, answer in {
        "text": lambda: answer_conditionally(say()),
        "short": lambda: say("x" * (MIN_BYTES - 1)),
        "enough": lambda: say("x" * MIN_BYTES),
        "picture": lambda: say(mimetype="image/png"),
        "stream": lambda: Response(iter([TEXT]), mimetype="text/plain"),
        "events": lambda: say(mimetype="text/event-stream"),
        "encoded": lambda: say(headers={"Content-Encoding": "x-own"}),
        "part": lambda: say(status=206),
        "error": lambda: say(status=404),
        "varies": lambda: say(headers={"Vary": "Cookie"}),
    }.items():
        app.add_url_rule(f"/{path}", path, answer)
    return app.test_client()


def ask(client: FlaskClient, path: str, accepts: str | None = "gzip", **headers: str) -> TestResponse:
    said = {"Accept-Encoding": accepts} if accepts is not None else {}
    return client.get(path, headers={**said, **headers})


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        (None, None), ("", None), ("identity", None), ("gzip", "gzip"), ("br", "br"), ("gzip, br", "br"), ("*", "br"),
        ("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0, gzip", "gzip"), ("zstd", None),
        ("br;q=0, *", "gzip"), ("gzip;q=0", None), ("gzip;q=0.5, identity", None), ("GZIP", "gzip"),
        ("*;q=0", None), ("gzip;q=x", None), (",;,", None),
    ],
)  # fmt: skip
def test_the_client_chooses(client: FlaskClient, accepts: str | None, encoding: str | None) -> None:
    answer = ask(client, "/text", accepts)
    assert answer.headers.get("Content-Encoding") == encoding
    assert DECODE[encoding](answer.data).decode() == TEXT
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/short", "/picture", "/stream", "/events", "/part"])
def test_what_is_not_compressed(client: FlaskClient, path: str) -> None:
    answer = ask(client, path)
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


def test_what_else_is(client: FlaskClient) -> None:
    assert ask(client, "/enough").headers["Content-Encoding"] == "gzip"
    assert ask(client, "/error").headers["Content-Encoding"] == "gzip"
    assert ask(client, "/encoded").headers["Content-Encoding"] == "x-own"
    assert ask(client, "/varies").headers["Vary"] == "Cookie, Accept-Encoding"


def test_the_same_bytes_come_again(client: FlaskClient) -> None:
    assert ask(client, "/text").data == ask(client, "/text").data


def test_etags_tell_the_forms_apart_and_304_works_for_either(client: FlaskClient) -> None:
    plain, packed = ask(client, "/text", None), ask(client, "/text")
    assert not plain.headers["ETag"].startswith("W/")
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    for tag in (plain.headers["ETag"], packed.headers["ETag"], "*"):
        for accepts in (None, "gzip", "br"):
            answer = ask(client, "/text", accepts, **{"If-None-Match": tag})
            assert (answer.status_code, answer.data) == (304, b"")
            assert "Content-Encoding" not in answer.headers
            assert answer.headers["ETag"] == (plain if accepts is None else packed).headers["ETag"]
            assert answer.headers["Vary"] == "Accept-Encoding"
    assert ask(client, "/text", **{"If-None-Match": '"other"'}).status_code == 200


def test_head_is_as_get(client: FlaskClient) -> None:
    got, asked = ask(client, "/text"), client.head("/text", headers={"Accept-Encoding": "gzip"})
    assert asked.data == b""
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert asked.headers[name] == got.headers[name]


def test_the_desks_pages_are_not_compressed(tmp_path: Any) -> None:
    """A CSRF token stands in them, and what somebody typed: the length would tell when the two are alike (BREACH)."""
    desk = create_ingest(read_settings({}, data=str(tmp_path), log_level="error")).test_client()
    page = ask(desk, f"/?next={'a' * 2000}")
    assert "csrf_token" in page.text
    assert "Content-Encoding" not in page.headers
    assert "Content-Encoding" not in ask(desk, f"/stories/{'a' * 2000}").headers
    assert ask(desk, "/v1/openapi.json").headers["Content-Encoding"] == "gzip"


def test_static_files_are_compressed(tmp_path: Any) -> None:
    for create, sheet in ((create_ingest, "desk.css"), (create_web, "paper.css")):
        client = create(read_settings({}, data=str(tmp_path), log_level="error")).test_client()
        plain, packed = ask(client, f"/static/{sheet}", None), ask(client, f"/static/{sheet}", "br")
        assert brotli.decompress(packed.data) == plain.data
        assert "Accept-Ranges" not in packed.headers
        part = client.get(f"/static/{sheet}", headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
        assert (part.status_code, part.data) == (206, plain.data[:10])
        for answer in (plain, packed, part):
            answer.close()
