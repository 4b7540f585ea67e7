"""Small requests for large answers: garbage line by line, faults by the hundred thousand, forms shown again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import pytest
from marshmallow import Schema
from werkzeug.formparser import FormDataParser
from werkzeug.test import encode_multipart

from dateline.http.requests.body import MAX_BODY_BYTES
from dateline_ingest.bulks import bulk as bulk_module
from dateline_ingest.bulks.bulk import Bulk, BulkLimits, split_lines
from dateline_ingest.slots.token_slots import TokenSlots

NDJSON: Final = "application/x-ndjson"
GOOD: Final = b'{"headline": "Bridge opens", "body_text": "It is open."}\n'
MOST_ECHOED: Final = 65_536 + 10_000
"""Bytes of an answer: what it says again, and what stands around it."""


def send(newsroom: Any, body: bytes, **options: Any) -> list[dict[str, Any]]:
    with newsroom.ask("POST", "/v1/stories/bulk", data=body, content_type=NDJSON, **options) as answer:
        assert answer.status_code == 200
        return [json.loads(line) for line in answer.data.splitlines()]


@pytest.fixture
def limit(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give the newsroom other settings."""

    def change(**settings: int) -> None:
        extensions = newsroom.app.extensions
        own = extensions["dateline"]
        changed = replace(own, settings=replace(own.settings, **settings))
        monkeypatch.setitem(extensions, "dateline", changed)

    return change


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the lines that are read as stories."""
    numbers: list[int] = []
    submission = Bulk.submission

    def counting(bulk: Bulk, line: Any, intake: Any) -> Any:
        numbers.append(line.number)
        return submission(bulk, line, intake)

    monkeypatch.setattr(Bulk, "submission", counting)
    return numbers


def test_a_bulk_of_garbage_ends_after_a_thousand_lines(newsroom: Any, looked_at: list[int]) -> None:
    results = send(newsroom, b"1\n" * 1_000_000)
    assert looked_at == list(range(1, 1_001))
    assert [result["line"] for result in results] == list(range(1, 1_002))
    end = results[-1]
    assert (end["ended"], end["taken"], end["refused"], end["status"]) == (True, 0, 1_000, 422)
    assert "1,000 lines were refused" in end["errors"][0]["detail"]


@pytest.mark.parametrize(
    "garbage",
    [b"1\n", b"{\n", b"\xff\n", b'{"headline": ""}\n', b" " * (MAX_BODY_BYTES + 1) + b"x\n", b"\n \n1\n"],
    ids=["number", "half", "bytes", "story", "too long", "blank between"],
)
def test_any_garbage_ends_it(newsroom: Any, limit: Callable[..., None], garbage: bytes, looked_at: list[int]) -> None:
    limit(bulk_refused=3)
    results = send(newsroom, GOOD + garbage * 8 + GOOD)
    assert [result["status"] for result in results][:1] == [202]
    assert len(looked_at) == 4
    assert (results[-1]["taken"], results[-1]["refused"], len(results)) == (1, 3, 5)


def test_what_comes_before_the_end_is_taken(newsroom: Any, limit: Callable[..., None]) -> None:
    limit(bulk_refused=2)
    results = send(newsroom, GOOD * 600 + b"1\n" + GOOD + b"1\n" + GOOD)
    assert [result["status"] for result in results[-4:]] == [422, 202, 422, 422]
    assert results[-1]["line"] == 604
    assert len(newsroom.items) == 601 == results[-1]["taken"]


def test_refusals_of_the_ledger_count_too(newsroom: Any, limit: Callable[..., None]) -> None:
    limit(bulk_refused=2)
    newsroom.submit("otto", external_id="1", source="Otto's")
    theirs = json.dumps({**json.loads(GOOD), "external_id": "1", "source": "Otto's"}).encode() + b"\n"
    results = send(newsroom, (theirs * 500) * 3)
    assert len(results) <= 501
    assert results[-1]["ended"]


def test_a_good_bulk_has_no_such_line(newsroom: Any, limit: Callable[..., None]) -> None:
    limit(bulk_refused=2)
    results = send(newsroom, GOOD + b"1\n1\n")
    assert [result["status"] for result in results] == [202, 422, 422]
    assert not any("ended" in result for result in results)


def test_answers_that_fill_the_spool_end_it(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BulkLimits, "of", classmethod(lambda cls, _: cls(refused=10, spool_bytes=1_000)))
    results = send(newsroom, GOOD * 2_000)
    assert len(results) == 501
    assert (results[-1]["line"], results[-1]["ended"], results[-1]["taken"]) == (501, True, 500)
    assert "all the room" in results[-1]["errors"][0]["detail"]


def test_what_is_sent_after_the_end_is_read(newsroom: Any, limit: Callable[..., None]) -> None:
    """A client doesn't read while it sends: it would wait for us, and we for it."""
    limit(bulk_refused=1)
    chunks = iter([b"1\n1\n", *[GOOD] * 100, b""])
    bulk = Bulk(
        newsroom.app.extensions["dateline"].intake, newsroom.words.current, newsroom.ledger.find_token("secret-rita"),
        limits=BulkLimits(refused=1, spool_bytes=1_000_000),
    )  # fmt: skip
    with bulk.process(lambda _: next(chunks, b"")) as file:
        assert len(file.readlines()) == 2
    assert next(chunks, None) is None


def test_blank_lines_are_counted_by_the_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    line = bulk_module._line

    def counting(number: int, data: bytearray, too_long: bool) -> Iterator[Any]:
        looks.append(number)
        return line(number, data, too_long)

    monkeypatch.setattr(bulk_module, "_line", counting)
    chunks = iter([*[b"\n" * 65_536] * 100, b"last"])
    [last] = split_lines(lambda _: next(chunks, b""))
    assert (last.number, last.data) == (100 * 65_536 + 1, b"last")
    assert len(looks) == 1


def test_a_token_has_two_bulks_at_a_time(newsroom: Any) -> None:
    slots: TokenSlots = newsroom.app.extensions["dateline"].bulk_slots
    first = newsroom.ask("POST", "/v1/stories/bulk", data=GOOD, content_type=NDJSON)  # whose answer isn't taken yet
    second = newsroom.ask("POST", "/v1/stories/bulk", data=GOOD, content_type=NDJSON)
    third = newsroom.ask("POST", "/v1/stories/bulk", data=GOOD, content_type=NDJSON)
    assert third.status_code == 429
    assert int(third.headers["Retry-After"]) > 0
    assert len(newsroom.items) == 2
    assert send(newsroom, GOOD, token="edda")[0]["status"] == 202
    first.close()
    assert send(newsroom, GOOD)[0]["status"] == 202
    second.close()
    assert not slots._taken


def test_a_bulk_that_fails_gives_its_slot_back(newsroom: Any) -> None:
    for _ in range(3):
        answer = newsroom.ask(
            "POST", "/v1/stories/bulk", data=GOOD, content_type=NDJSON, headers={"Idempotency-Key": "k" * 300}
        )
        assert answer.status_code == 422
    assert not newsroom.app.extensions["dateline"].bulk_slots._taken


STORY: Final = {"headline": "x", "body_text": "y"}


@pytest.mark.parametrize(
    "body",
    [
        {**STORY, "images": [{}] * 100_000},
        {**STORY, "images": [{"a" * 9_000: 1, "b": 2}] * 100},
        {**STORY, "keywords": [""] * 100, "links": [{}] * 100},
        {**STORY, **{f"unknown{n}": 1 for n in range(100_000)}},
        {**STORY, "u" * 1_000_000: 1},
        {**STORY, "tags": {"topics": ["x"] * 100}, "urgency": "9" * 1_000_000},
        {"labels": ["x" * 1_000_000]},
    ],
    ids=["images", "names", "fields", "unknown", "name", "tags", "labels"],
)
@pytest.mark.parametrize("way", ["one", "line", "ninjs"])
def test_an_answer_names_a_hundred_faults(newsroom: Any, body: dict[str, Any], way: str) -> None:
    if way == "line":
        [answered] = send(newsroom, json.dumps(body).encode())
        size = len(json.dumps(answered))
    else:
        media = "application/ninjs+json" if way == "ninjs" else "application/json"
        answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(body), content_type=media)
        answered, size = answer.get_json(force=True), len(answer.data)
    assert answered["status"] == 422
    assert 1 <= len(answered["errors"]) <= 100
    assert size < MOST_ECHOED


def test_it_says_how_many_more_there_are(newsroom: Any) -> None:
    answer = newsroom.ask("POST", "/v1/stories", json={**STORY, **{f"unknown{n}": 1 for n in range(250)}})
    assert len(answer.get_json()["errors"]) == 100
    assert answer.get_json()["omitted_errors"] == 150


NAMES: Final = {f"a{number}": 1 for number in range(1_001)}


@pytest.mark.parametrize("body", [NAMES, {"tags": NAMES}, {"images": [NAMES]}], ids=["body", "tags", "images"])
def test_names_by_the_thousand_reach_no_schema(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch, body: dict[str, Any]
) -> None:
    monkeypatch.setattr(Schema, "_do_load", lambda *_, **__: pytest.fail("the schema was asked"))
    answer = newsroom.ask("POST", "/v1/stories", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [{"pointer": "", "detail": "An object has at most 1,000 members."}]


@pytest.mark.parametrize("token", ["rita", ""])
@pytest.mark.parametrize("path", ["/sign-in", "/stories", "/nowhere"])
@pytest.mark.parametrize("body", [b"&" * 5_000_000, b"a=1&" * 1_000_000], ids=["empty", "named"])
def test_a_form_of_a_million_fields_is_not_taken_apart(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch, path: str, token: str, body: bytes
) -> None:
    monkeypatch.setattr(FormDataParser, "_parse_urlencoded", lambda *_: pytest.fail("it was taken apart"))
    form = "application/x-www-form-urlencoded"
    assert newsroom.ask("POST", path, token, data=body, content_type=form).status_code == 413


def multipart(form: dict[str, str]) -> dict[str, Any]:
    """A form in which each sign costs one byte, and not three."""
    boundary, data = encode_multipart(form)
    return {"data": data, "content_type": f"multipart/form-data; boundary={boundary}"}


ROWS: Final = "http://\n" * 200_000


@pytest.mark.parametrize(
    ("form", "most"),
    [
        ({"headline": "", "body_text": "y", "images": "&" * 5_000_000}, 600_000),
        ({"headline": "&" * 5_000_000, "body_text": "y"}, 600_000),
        ({"headline": "", "body_text": "y", "images": ROWS}, 600_000),
        ({"headline": "", "body_text": "y", **{f"f{n}": "&" * 9_000 for n in range(500)}}, 600_000),
        ({"headline": "", "body_text": "y", "preview": "1", "keywords": "&" * 5_000_000}, 600_000),
        ({"headline": "", "body_text": "y" * 5_000_000}, MAX_BODY_BYTES + 600_000),
    ],
    ids=["images", "headline", "rows", "names", "preview", "text"],
)
def test_a_form_is_not_shown_again_at_any_length(newsroom: Any, form: dict[str, str], most: int) -> None:
    answer = newsroom.ask("POST", "/stories", **multipart(form))
    assert answer.status_code == 422, answer.text[:300]
    assert len(answer.data) < most
    assert newsroom.items == {}


def test_a_term_is_not_shown_again_at_any_length(newsroom: Any) -> None:
    form = {"label": "Flood", "aliases": "&" * 5_000_000, "revision": "0"}
    answer = newsroom.ask("POST", "/terms/topic/flood", "edda", **multipart(form))
    assert answer.status_code == 422
    assert len(answer.data) < 600_000


def test_what_one_who_is_not_signed_in_sends_is_not_shown_at_any_length(newsroom: Any) -> None:
    for form in ({"headline": "y" * 5_000_000}, {f"f{n}": "y" * 9_000 for n in range(500)}):
        answer = newsroom.ask("POST", "/stories", "", data=form)
        assert answer.status_code in (400, 401)
        assert len(answer.data) < 600_000


def test_a_text_of_two_megabytes_is_not_lost(newsroom: Any) -> None:
    text = "ж" * (MAX_BODY_BYTES // 2 - 10)
    answer = newsroom.ask("POST", "/stories", data={"headline": "", "body_text": text})
    assert answer.status_code == 422
    assert text in answer.text


def test_a_cut_form_is_no_story(newsroom: Any) -> None:
    """What is over the bound of a story came in by the desk whole, and cut it must not."""
    answer = newsroom.ask("POST", "/stories", data={"headline": "Long", "body_text": "word " * 1_000_000})
    assert answer.status_code == 422
    assert "the end isn" in answer.text
    assert newsroom.items == {}
