"""What both services answer alike: problems, strict bodies, media types, health, metrics, headers."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import marshmallow as ma
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_smorest import Api, Blueprint
from flask_smorest.utils import prepare_response

from dateline.errors import (
    Conflict,
    DatelineError,
    FieldError,
    IndexUnavailable,
    InvalidInput,
    LedgerUnavailable,
    NotAllowed,
    NotFound,
    RevisionRequired,
    StaleRevision,
    Withdrawn,
)
from dateline.formats.strict_json import read_json
from dateline.http import JsonApi, JsonBlueprint, Problem, set_up_service
from dateline.http.requests.body import MAX_BODY_BYTES
from dateline.settings import read_settings

ERRORS: dict[str, tuple[DatelineError, int]] = {
    "input": (InvalidInput("wrong", (FieldError("/a", "bad"),)), 422),
    "allowed": (NotAllowed("no"), 403),
    "found": (NotFound("none"), 404),
    "conflict": (Conflict("state"), 409),
    "withdrawn": (Withdrawn("gone"), 410),
    "stale": (StaleRevision("old"), 412),
    "required": (RevisionRequired("which"), 428),
    "ledger": (LedgerUnavailable("away", retry_after=7), 503),
    "index": (IndexUnavailable("away"), 503),
}


class Note(ma.Schema):
    class Meta:
        unknown = ma.RAISE

    text = ma.fields.String(required=True)
    parts = ma.fields.List(ma.fields.Integer())


def make_app(**given: Any) -> Flask:
    app = Flask("notes")
    given.setdefault("checks", {})
    set_up_service(app, read_settings({}), **given)
    api = JsonApi(app, "Notes")
    notes = JsonBlueprint("notes", __name__, url_prefix="/v1", always=(503,))

    @notes.post("/notes")
    @notes.arguments(Note)
    @notes.response(200, Note)
    @notes.problems(409)
    def add(note: dict[str, Any]) -> dict[str, Any]:
        """Add a note."""
        return note

    @notes.get("/errors/<name>")
    @notes.problems(404)
    def fail(name: str) -> str:
        """Fail."""
        raise ERRORS[name][0]

    api.register_blueprint(notes)
    app.add_url_rule("/page", "html", lambda: (_ for _ in ()).throw(NotFound("no such page")))
    return app


@pytest.fixture
def client() -> FlaskClient:
    return make_app(error_page=lambda problem: f"<h1>{problem.status} {problem.detail}</h1>").test_client()


@pytest.mark.parametrize("name", ERRORS)
def test_each_error_has_its_status(client: FlaskClient, name: str) -> None:
    error, status = ERRORS[name]
    answer = client.get(f"/v1/errors/{name}")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    body = answer.get_json(force=True)
    assert body["detail"] == str(error)
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["instance"] == f"/v1/errors/{name}"


def test_what_is_away_says_when_to_come_again(client: FlaskClient) -> None:
    assert client.get("/v1/errors/ledger").headers["Retry-After"] == "7"


def test_people_get_a_page(client: FlaskClient) -> None:
    answer = client.get("/page")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "no such page" in answer.text
    assert client.get("/nowhere").mimetype == "text/html"
    assert client.get("/v1/nowhere").mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status", "pointers"),
    [
        (b"", 400, []),
        (b"{", 400, []),
        (b'{"text": NaN}', 400, []),
        (b'{"text": "\xff"}', 400, []),
        (b"[" * 100_000, 400, []),
        (b"1" * 5000, 400, []),
        (b'{"text": "\\u0001", "a": ' + b"[" * 500 + b"]" * 500 + b"}", 400, []),
        (b'{"text": "a", "parts": [' + b"[]," * 500 + b"[]]}", 422, [f"/parts/{n}" for n in range(100)]),
        (b"[]", 422, [""]),
        (b"null", 422, [""]),
        (b"{}", 422, ["/text"]),
        (b'{"text": 1}', 422, ["/text"]),
        (b'{"text": "a", "more/~": 1}', 422, ["/more~1~0"]),
        (b'{"text": "a", "parts": [1, "x"]}', 422, ["/parts/1"]),
        (b'{"text": "\\ud800"}', 422, ["/text"]),
        (b'{"\\ud800": "x", "text": "a"}', 422, [""]),
        (b'{"text": "a", "text": "b"}', 422, [""]),
        (b'{"text": "a", "parts": [{"a": 1, "a": 1}]}', 422, [""]),
        (b'{"text": "a", "te\\u0000xt": "b"}', 422, [""]),
        (b'"' + b"x" * MAX_BODY_BYTES + b'"', 413, []),
    ],
)
def test_bodies_are_read_strictly(client: FlaskClient, body: bytes, status: int, pointers: list[str]) -> None:
    answer = client.post("/v1/notes", data=body, content_type="application/json")
    assert answer.status_code == status
    errors = answer.get_json(force=True).get("errors", [])
    assert [error["pointer"] for error in errors] == pointers


def test_control_characters_are_dropped(client: FlaskClient) -> None:
    sent = json.dumps({"text": "a\x00b\u0081c\n\td\x7f"})
    assert client.post("/v1/notes", data=sent, content_type="application/json").get_json()["text"] == "abc\n\td"
    assert read_json('{"a": "x\u008dy\x7f"}'.encode()) == {"a": "xy"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Minsk\u0092s \u0093vote\u0094 \u0096 5\u0080\u0085", "Minsk’s “vote” – 5€…"),
        ("one\x0btwo", "one\ntwo"),
        ("one\x0b\x0btwo", "one\ntwo"),
        ("".join(map(chr, range(32))), "\t\n\r"),
    ],
)
def test_control_characters_that_programs_write_as_signs_and_breaks(sent: str, read: str) -> None:
    assert read_json(json.dumps({"a": sent}).encode()) == {"a": read}


@pytest.mark.parametrize("type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_other_media_types_are_415(client: FlaskClient, type: str) -> None:
    assert client.post("/v1/notes", data=b'{"text": "a"}', content_type=type).status_code == 415


def test_a_body_of_unknown_length_is_413_too(client: FlaskClient) -> None:
    sent = b'{"text": "' + b"x" * MAX_BODY_BYTES + b'"}'
    environ = {"wsgi.input": BytesIO(sent), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.open("/v1/notes", method="POST", content_type="application/json", environ_overrides=environ)
    assert answer.status_code == 413


def test_a_body_that_was_cut_off_is_400(client: FlaskClient) -> None:
    sent = b'{"text": "a"}'
    cut = {"wsgi.input": BytesIO(sent), "wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(sent) + 9)}
    answer = client.open("/v1/notes", method="POST", content_type="application/json", environ_overrides=cut)
    assert (answer.status_code, "ended before" in answer.text) == (400, True)


def test_compressed_bodies_are_415(client: FlaskClient) -> None:
    answer = client.post("/v1/notes", json={"text": "a"}, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.delete("/v1/notes")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_defect_is_500_and_keeps_its_reason_to_the_log() -> None:
    app = make_app()
    app.add_url_rule("/v1/broken", "broken", lambda: str(1 // 0))
    answer = app.test_client().get("/v1/broken")
    assert answer.status_code == 500
    assert "division" not in answer.text


def test_ready_says_what_is_broken() -> None:
    def broken() -> None:
        raise LedgerUnavailable("the disk is full")

    client = make_app(checks={"ledger": broken}).test_client()
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "ledger: the disk is full" in answer.text
    assert client.get("/live").status_code == 200


def test_ready_tells_details_to_those_who_may_see_them() -> None:
    assert make_app(checks={"a": lambda: None}).test_client().get("/ready").get_json() == {"status": "ready"}
    detailed = make_app(checks={"a": lambda: None}, may_see_detail=lambda: True).test_client().get("/ready").get_json()
    assert detailed["checks"]["a"]["seconds"] >= 0


def test_durations_are_counted_by_rule(client: FlaskClient) -> None:
    client.get("/v1/errors/found")
    answer = client.get("/metrics")
    assert answer.content_type.startswith("application/openmetrics-text")
    assert 'http_server_request_duration_seconds_count{route="/v1/errors/<name>",status="404"}' in answer.text
    assert answer.text.endswith("# EOF\n")


def test_security_headers_and_request_id(client: FlaskClient) -> None:
    answer = client.get("/live", headers={"X-Request-ID": "abc-1"})
    assert answer.headers["X-Request-ID"] == "abc-1"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert client.get("/live", headers={"X-Request-ID": "no spaces"}).headers["X-Request-ID"] != "no spaces"


def test_the_document_names_every_status(client: FlaskClient) -> None:
    spec = client.get("/v1/openapi.json").get_json()
    assert spec["openapi"] == "3.1.0"
    assert set(spec["paths"]["/v1/notes"]["post"]["responses"]) == {
        "200", "400", "408", "409", "413", "414", "415", "421", "422", "503",
    }  # fmt: skip
    problem = spec["components"]["responses"]["CONFLICT"]["content"]
    assert list(problem) == ["application/problem+json"]


def test_the_docs_page_shows_every_route_and_fetches_nothing(client: FlaskClient) -> None:
    page = client.get("/v1/docs")
    assert page.status_code == 200
    assert "/v1/notes" in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    with client.get("/v1/docs/docs.css") as sheet:
        assert sheet.status_code == 200


def test_a_problem_has_its_title() -> None:
    assert Problem(status=404, detail="x").title == "Not Found"


def test_the_private_parts_of_flask_smorest_that_we_use_are_there() -> None:
    assert callable(Api._register_error_handlers)
    assert callable(Api._register_responses)
    assert callable(prepare_response)
    blueprint = Blueprint("probe", __name__)
    assert all(callable(step) for step in blueprint._prepare_doc_cbks)

    def view() -> None: ...

    assert "arguments" in blueprint.arguments(Note)(view)._apidoc
    assert "manual_doc" in blueprint.doc(deprecated=True)(view)._apidoc


def test_browsers_are_told_what_pages_may_not_use(client: FlaskClient) -> None:
    for path in ("/page", "/v1/nowhere", "/live"):
        assert "camera=()" in client.get(path).headers["Permissions-Policy"]


def test_https_is_to_be_kept_to_where_it_is_used(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/live").headers
    assert (
        client.get("/live", base_url="https://paper.example").headers["Strict-Transport-Security"] == "max-age=31536000"
    )


@pytest.mark.parametrize(("proxies", "said"), [("0", False), ("1", True)])
def test_only_a_trusted_proxy_says_that_it_is_https(proxies: str, said: bool) -> None:
    app = Flask("proxied")
    set_up_service(app, read_settings({"DATELINE_PROXIES": proxies}), checks={})
    headers = app.test_client().get("/live", headers={"X-Forwarded-Proto": "https"}).headers
    assert ("Strict-Transport-Security" in headers) is said
