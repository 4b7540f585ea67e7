"""Bulk, tags, events, terms, quarantine, health and the document, over HTTP."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from dateline.errors import LedgerUnavailable
from dateline.ports.wakeup import Lane
from ledgers import index_all, quarantine

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}
EVENT = {"title": "Bridge fair", "start": "2026-07-03"}


def send(newsroom: Any, lines: list[bytes], **headers: str) -> list[dict[str, Any]]:
    with newsroom.ask(
        "POST", "/v1/stories/bulk", data=b"\n".join(lines), content_type="application/x-ndjson", headers=headers
    ) as answer:
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.data.splitlines()]


def test_a_bad_line_harms_no_other(newsroom: Any) -> None:
    good = json.dumps(STORY).encode()
    lines = [good, b"{", b"", json.dumps({"headline": "x"}).encode(), b'"' + b"x" * 2_200_000 + b'"', b"[]", good]
    answers = send(newsroom, lines)
    assert [(one["line"], one["status"]) for one in answers] == [
        (1, 202), (2, 400), (4, 422), (5, 413), (6, 422), (7, 202),
    ]  # fmt: skip
    assert answers[2]["errors"][0]["pointer"] == "/body_text"
    assert answers[0]["id"] != answers[-1]["id"]
    assert newsroom.wakeup.woken == [Lane.BULK]


def test_a_bulk_is_committed_by_500(newsroom: Any) -> None:
    answers = send(newsroom, [json.dumps({**STORY, "slugline": str(n)}).encode() for n in range(1100)])
    assert [one["line"] for one in answers] == list(range(1, 1101))
    assert len(newsroom.wakeup.woken) == 3


def test_a_bulk_has_a_key_a_line(newsroom: Any) -> None:
    lines = [json.dumps({**STORY, "slugline": str(n)}).encode() for n in range(3)]
    first = send(newsroom, lines, **{"Idempotency-Key": "b1"})
    assert send(newsroom, lines, **{"Idempotency-Key": "b1"}) == first
    assert all(one["idempotency_expires_at"] for one in first)
    assert len(newsroom.items) == 3


def test_a_bulk_in_parts_has_the_numbers_of_its_file(newsroom: Any) -> None:
    lines = [json.dumps({**STORY, "slugline": str(n)}).encode() for n in range(4)]
    whole = send(newsroom, lines, **{"Idempotency-Key": "b1"})
    answer = newsroom.ask(
        "POST", "/v1/stories/bulk?first_line=3", data=b"\n".join(lines[2:]), content_type="application/x-ndjson",
        headers={"Idempotency-Key": "b1"},
    )  # fmt: skip
    assert [json.loads(line) for line in answer.data.splitlines()] == whole[2:]
    for wrong in ("first_line=0", "first_line=x", "last_line=1"):
        refused = newsroom.ask(
            "POST", f"/v1/stories/bulk?{wrong}", data=b"", content_type="application/x-ndjson"
        )  # fmt: skip
        assert refused.status_code == 422


def test_a_bulk_may_be_large(newsroom: Any) -> None:
    line = json.dumps({**STORY, "body_text": "x" * 1_000_000}).encode()
    assert [one["status"] for one in send(newsroom, [line] * 5)] == [202] * 5


def test_a_batch_that_the_ledger_cant_take_is_503_line_by_line(newsroom: Any) -> None:
    def away(_: Any) -> Any:
        raise LedgerUnavailable("The disk is full.")

    newsroom.ledger.submit_many = away
    assert [one["status"] for one in send(newsroom, [json.dumps(STORY).encode()] * 2)] == [503, 503]


def test_a_bulk_is_ndjson(newsroom: Any) -> None:
    assert newsroom.ask("POST", "/v1/stories/bulk", json=STORY).status_code == 415


def test_tags_of_a_text_with_offsets_into_it(newsroom: Any) -> None:
    text = "\x01  🌉 In Brest\r\n Ann Lee opened it."
    answer = newsroom.ask("POST", "/v1/tags", json={"headline": "h", "body_text": text})
    assert answer.status_code == 200
    tags = answer.get_json()["tags"]
    assert {(tag["type"], tag["slug"]) for tag in tags} == {("person", "ann-lee"), ("place", "brest")}
    for tag in tags:
        for evidence in tag["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]
        assert {"score", "status", "label"} <= set(tag)
    assert answer.get_json()["dropped"][0]["reason"] == "far"
    assert not newsroom.items
    assert newsroom.ask("POST", "/v1/tags", json={"headline": 1}).status_code == 422


def test_events_live_as_stories_do(newsroom: Any) -> None:
    made = newsroom.ask("POST", "/v1/events", "edda", json={**EVENT, "tags": {"places": ["brest"]}})
    assert made.status_code == 202
    path = f"/v1/events/{made.get_json()['id']}"
    shown = newsroom.ask("GET", path, "edda").get_json()
    assert shown["event"] == {**EVENT, "tags": {"places": ["brest"]}}
    assert newsroom.ask("PUT", path, "edda", json=EVENT).status_code == 428
    assert newsroom.ask("PUT", path, "edda", json=EVENT, headers={"If-Match": '"1"'}).status_code == 202
    assert newsroom.ask("PUT", path, "edda", json=EVENT, headers={"If-Match": '"1"'}).status_code == 412
    assert newsroom.ask("DELETE", path, "edda", headers={"If-Match": '"2"'}).status_code == 202
    assert newsroom.ask("GET", "/v1/events", "edda").get_json()["items"][0]["label"] == "Bridge fair"
    assert newsroom.ask("GET", "/v1/events/nope", "edda").status_code == 404


def test_a_timed_event_recurs_on_the_newsrooms_clock(newsroom: Any) -> None:
    body = {"title": "Talk", "start": "2026-07-03T10:00:00+03:00", "end": "2026-07-03T11:00:00+03:00"}
    made = newsroom.ask("POST", "/v1/events", "edda", json=body).get_json()
    assert newsroom.ask("GET", f"/v1/events/{made['id']}", "edda").get_json()["event"]["timezone"] == "Europe/Minsk"


CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:fair-1@example.org\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20260703\r
DTEND;VALUE=DATE:20260704\r
SUMMARY:Bridge fair\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:broken-1@example.org\r
DTSTAMP:20260101T000000Z\r
SUMMARY:No start\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_second_import_changes_nothing(newsroom: Any) -> None:
    def load() -> list[dict[str, Any]]:
        answer = newsroom.ask("POST", "/v1/events/import", "edda", data=CALENDAR, content_type="text/calendar")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.get_json()["items"]
        return items

    first = load()
    assert [(one["uid"], one["status"]) for one in first] == [
        ("fair-1@example.org", 202),
        ("broken-1@example.org", 422),
    ]
    assert first[1]["errors"]
    second = load()
    assert [one.pop("outcome") for one in first + second] == ["new", "refused", "unchanged", "refused"]
    assert second == first
    assert first[0]["revision"] == 1


def test_an_answer_to_an_invitation_makes_no_event(newsroom: Any) -> None:
    reply = CALENDAR.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REPLY")
    answer = newsroom.ask("POST", "/v1/events/import", "edda", data=reply, content_type="text/calendar")
    items = answer.get_json()["items"]
    assert [(one["status"], one["id"], one["errors"]) for one in items] == [(202, None, [])] * 2
    assert all("METHOD:REPLY" in one["notes"][0]["detail"] for one in items)
    assert newsroom.ask("GET", "/v1/events", "edda").get_json()["items"] == []


def test_what_is_no_calendar_is_refused(newsroom: Any) -> None:
    wrong = newsroom.ask("POST", "/v1/events/import", "edda", data=b"hello", content_type="text/calendar")
    assert wrong.status_code == 422
    assert newsroom.ask("POST", "/v1/events/import", "edda", json={}).status_code == 415


def test_quarantine_is_listed_requeued_and_discarded(newsroom: Any) -> None:
    one, two = (newsroom.submit(headline=name)["id"] for name in ("one", "two"))
    newsroom.wakeup.woken.clear()
    quarantine(newsroom.ledger, one, two)
    page = newsroom.ask("GET", "/v1/quarantine?limit=1", "edda").get_json()
    assert [one["id"] for one in page["items"]] == [two]
    assert newsroom.ask("GET", page["next"], "edda").get_json()["items"][0]["id"] == one
    listed = newsroom.ask("GET", "/v1/quarantine", "edda").get_json()["items"]
    assert set(listed[0]) >= {"id", "kind", "revision", "stage", "reason", "attempts", "at"}
    assert newsroom.ask("GET", f"/v1/quarantine/{one}", "edda").get_json() == {**listed[1], "traceback": ""}
    assert newsroom.ask("GET", "/v1/quarantine/nope", "edda").status_code == 404
    assert newsroom.ask("POST", f"/v1/quarantine/{one}/requeue", "edda").status_code == 202
    assert newsroom.wakeup.woken == [Lane.LIVE]
    assert newsroom.ask("DELETE", f"/v1/quarantine/{two}", "edda").status_code == 202
    assert newsroom.ask("DELETE", f"/v1/quarantine/{two}", "edda").status_code == 404
    assert newsroom.ask("GET", "/v1/quarantine", "edda").get_json()["items"] == []


def test_health_needs_no_token_and_tells_ops_more(newsroom: Any) -> None:
    for path in ("/live", "/ready", "/v1/openapi.json", "/v1/docs", "/"):
        assert newsroom.client.get(path).status_code == 200, path
    assert "checks" not in newsroom.client.get("/ready").get_json()
    assert "ledger" in newsroom.ask("GET", "/ready", "olga").get_json()["checks"]


@pytest.mark.parametrize(
    "line",
    [
        'dateline_revisions{state="accepted"} 1.0',
        'dateline_revisions{state="indexed"} 1.0',
        'dateline_outcomes_total{outcome="indexed",stage="index"} 1.0',
        'dateline_queue_length{queue="live"} 2.0',
        "dateline_changes_last 1.0",
        'dateline_submit_to_searchable_seconds_bucket{le="+Inf"} 1.0',
        "dateline_submit_to_searchable_seconds_count 1.0",
    ],
)
def test_metrics_come_from_the_ledger(newsroom: Any, line: str) -> None:
    newsroom.submit()
    index_all(newsroom.ledger)
    newsroom.submit()
    text = newsroom.ask("GET", "/metrics", "olga").text
    assert line in text.splitlines()
    assert re.search(r"^dateline_oldest_pending_seconds \d+\.\d", text, re.MULTILINE)
    assert re.search(r"^dateline_submit_to_searchable_seconds_sum \d+\.\d", text, re.MULTILINE)
    assert 'http_server_request_duration_seconds_count{route="/v1/stories",status="202"}' in text


def test_the_document_names_what_each_route_answers(newsroom: Any) -> None:
    spec = newsroom.client.get("/v1/openapi.json").get_json()
    post = spec["paths"]["/v1/stories"]["post"]
    assert set(post["responses"]) == {
        "202",
        "400",
        "401",
        "403",
        "408",
        "409",
        "413",
        "414",
        "415",
        "421",
        "422",
        "429",
        "503",
    }
    put = spec["paths"]["/v1/stories/{story_id}"]["put"]
    assert {"404", "412", "428"} <= set(put["responses"])
    assert set(spec["paths"]) >= {
        "/v1/stories/bulk", "/v1/stories/{story_id}/tags", "/v1/tags", "/v1/events", "/v1/events/{event_id}",
        "/v1/events/import", "/v1/terms", "/v1/terms/{type}/{slug}", "/v1/terms/{type}/{slug}/accept",
        "/v1/terms/{type}/{slug}/reject", "/v1/terms/{type}/{slug}/merge", "/v1/quarantine",
        "/v1/quarantine/{item_id}", "/v1/quarantine/{item_id}/requeue",
    }  # fmt: skip
