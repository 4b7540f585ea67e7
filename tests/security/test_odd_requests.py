"""Whatever is sent: no answer is a 5xx, and nothing is stored that wasn't answered with 202."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FIELDS = (
    "headline", "body_text", "body_html", "summary", "published_at", "embargo_until", "urgency", "keywords", "tags",
    "images", "links", "related", "section", "language", "external_id", "source", "surprise",
)  # fmt: skip

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["\ud800", "\x00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "http://[", "a" * 400]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6) | VALUES
ONE_NEWSROOM = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)


@ONE_NEWSROOM
@given(body=BODIES)
def test_odd_json(newsroom: Any, body: Any) -> None:
    before = len(newsroom.items)
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(body), content_type="application/json")
    assert answer.status_code in (202, 400, 422)
    assert answer.status_code == 202 or len(newsroom.items) == before


@ONE_NEWSROOM
@given(data=st.binary(max_size=200))
@pytest.mark.parametrize("path", ["/v1/stories", "/v1/tags", "/v1/events"])
def test_odd_bytes(newsroom: Any, path: str, data: bytes) -> None:
    answer = newsroom.ask("POST", path, "edda", data=data, content_type="application/json")
    assert answer.status_code in (202, 200, 400, 422)


@ONE_NEWSROOM
@given(data=st.lists(st.binary(max_size=60), max_size=5))
def test_odd_lines(newsroom: Any, data: list[bytes]) -> None:
    sent = b"\n".join([*data, b'{"headline": "h", "body_text": "b"}'])
    with newsroom.ask("POST", "/v1/stories/bulk", data=sent, content_type="application/x-ndjson") as answer:
        lines = [json.loads(line) for line in answer.data.splitlines()]
    assert answer.status_code == 200
    assert lines[-1]["status"] == 202
    assert lines[-1]["line"] == sent.count(b"\n") + 1
    assert {line["status"] for line in lines} <= {202, 400, 422}


@ONE_NEWSROOM
@given(body=st.fixed_dictionaries({"uri": st.text(max_size=9)}, optional={
    name: VALUES for name in ("headlines", "bodies", "people", "associations", "versionCreated", "located", "pubStatus")
}))  # fmt: skip
def test_odd_ninjs(newsroom: Any, body: Any) -> None:
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(body), content_type="application/ninjs+json")
    assert answer.status_code in (202, 400, 422), answer.text


@ONE_NEWSROOM
@given(fields=st.dictionaries(st.sampled_from([*FIELDS, "people", "key"]), st.text(max_size=40), max_size=6))
def test_odd_forms(newsroom: Any, fields: dict[str, str]) -> None:
    answer = newsroom.ask("POST", "/stories", data=fields)
    assert answer.status_code in (303, 422), answer.text


@ONE_NEWSROOM
@given(query=st.dictionaries(st.sampled_from(["q", "limit", "cursor", "state"]), st.text(max_size=20)))
def test_odd_queries(newsroom: Any, query: dict[str, str]) -> None:
    assert newsroom.ask("GET", "/v1/stories", query_string=query).status_code in (200, 422)


NESTED = {"headline": "Deep", "body_html": "<div>" * 1000}


def test_html_that_no_worker_could_clean_is_told_where_it_stands(newsroom: Any) -> None:
    answer = newsroom.ask("POST", "/v1/stories", json=NESTED)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/body_html")
    lines = "\n".join(json.dumps(story) for story in (NESTED, {"headline": "h", "body_html": "<p>b</p>"}))
    bulk = newsroom.ask("POST", "/v1/stories/bulk", data=lines, content_type="application/x-ndjson")
    first, second = (json.loads(line) for line in bulk.text.splitlines())
    assert (first["status"], first["errors"][0]["pointer"], second["status"]) == (422, "/body_html", 202)
    ninjs = {
        "uri": "tag:1",
        "headlines": [{"value": "Deep"}],
        "bodies": [{"contentType": "text/html", "value": NESTED["body_html"]}],
    }
    sent = newsroom.ask("POST", "/v1/stories", data=json.dumps(ninjs), content_type="application/ninjs+json")
    assert (sent.status_code, sent.get_json()["errors"][0]["pointer"]) == (422, "/bodies/0/value")
    page = newsroom.ask("POST", "/stories", data=NESTED)
    assert page.status_code == 422
    assert 'href="#body_html"' in page.text and "nested more than" in page.text
    assert len(newsroom.items) == 1


def test_a_form_that_was_cut_off_is_no_story(newsroom: Any) -> None:
    sent = b"headline=Bridge&body_text=It+is+op"
    environ = {"wsgi.input": BytesIO(sent), "wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(sent) + 2)}
    form = "application/x-www-form-urlencoded"
    answer = newsroom.ask("POST", "/stories", content_type=form, environ_overrides=environ)
    assert (answer.status_code, "ended before" in answer.text) == (400, True)
    assert not newsroom.items


@pytest.mark.parametrize(
    ("path", "typed", "status"),
    [
        ("/stories", {"headline": "h", "body_text": "b", "urgency": "9" * 5000}, 422),
        ("/terms/topic/bridges", {"label": "b", "order": "9" * 5000, "revision": "0"}, 422),
        ("/terms/topic/bridges", {"label": "b", "order": "--1", "revision": "0"}, 422),
        ("/terms/topic/bridges/merge", {"into": "\x00"}, 303),
        ("/proposals/person/bo-ek/decide", {"into": "\x00", "merge": "1"}, 303),
    ],
)
def test_odd_words_in_forms(newsroom: Any, path: str, typed: dict[str, str], status: int) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("the vocabulary was asked for a slug that can be none")

    newsroom.words.find = newsroom.words.find if status == 422 else never
    assert newsroom.ask("POST", path, "edda", data=typed).status_code == status
    assert not newsroom.items
