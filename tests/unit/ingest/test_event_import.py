"""Importing calendars: what became of each event is told apart, and a dry run says it without writing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unit.ics import calendar

FAIR = "UID:fair\nSUMMARY:Fair\nDTSTART:20290305T090000Z\nLOCATION:Upper Town"
SERIES = "UID:s\nSUMMARY:Reading\nDTSTART:20290305T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSEQUENCE:1"
PART = "UID:s\nSUMMARY:Reading, outdoors\nDTSTART:20290312T100000Z\nRECURRENCE-ID:20290312T090000Z\nSEQUENCE:1"


class Imports:
    """Sends calendars."""

    def __init__(self, newsroom: Any) -> None:
        self._newsroom = newsroom

    def send(self, *bodies: str, dry_run: bool = False) -> dict[str, Any]:
        answer = self._newsroom.ask(
            "POST", "/v1/events/import", "edda", data=calendar(*bodies), content_type="text/calendar",
            query_string={"dry_run": "true"} if dry_run else {},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def record(self) -> list[tuple[str, int]]:
        return [(one.label, one.revision) for one in self._newsroom.ledger.items("event", limit=100).items]


@pytest.fixture
def imports(newsroom: Any) -> Imports:
    return Imports(newsroom)


def outcomes(told: dict[str, Any]) -> list[str]:
    return [one["outcome"] for one in told["items"]]


def test_new_changed_and_unchanged_are_told_apart(imports: Imports) -> None:
    assert outcomes(imports.send(FAIR, SERIES)) == ["new", "new"]
    told = imports.send(FAIR.replace("Upper Town", "Castle").replace(":Fair", ":Great fair"), SERIES)
    assert outcomes(told) == ["changed", "unchanged"]
    assert told["counts"] == {"changed": 1, "unchanged": 1}
    assert [(one["field"], one["before"], one["after"]) for one in told["items"][0]["changes"]] == [
        ("title", "Fair", "Great fair"),
        ("location", '{"name": "Upper Town"}', '{"name": "Castle"}'),
    ]


def test_an_older_version_and_a_refused_one_are_told(imports: Imports) -> None:
    imports.send(SERIES)
    told = imports.send(SERIES.replace("SEQUENCE:1", "SEQUENCE:0"), "UID:x\nSUMMARY:No start")
    assert outcomes(told) == ["older", "refused"]
    assert told["items"][0]["revision"] == 1 and told["items"][1]["errors"]


def test_a_dry_run_says_the_same_and_writes_nothing(imports: Imports) -> None:
    told = imports.send(FAIR, "UID:x\nSUMMARY:No start", dry_run=True)
    assert (outcomes(told), told["dry_run"], imports.record()) == (["new", "refused"], True, [])
    imports.send(FAIR)
    changed = FAIR.replace("Upper Town", "Castle")
    assert outcomes(imports.send(changed, dry_run=True)) == ["changed"]
    assert outcomes(imports.send(FAIR, dry_run=True)) == ["unchanged"]
    assert imports.record() == [("Fair", 1)]
    assert outcomes(imports.send(changed)) == ["changed"]


def test_what_would_lapse_is_named(imports: Imports) -> None:
    imports.send(SERIES, PART)
    moved = SERIES.replace("SEQUENCE:1", "SEQUENCE:2").replace("0305T09", "0306T09")
    for dry_run in (True, False):
        told = imports.send(moved, dry_run=dry_run)
        assert outcomes(told) == ["changed"]
        assert [(one["outcome"], one["title"]) for one in told["implied"]] == [("lapsed", "Reading, outdoors")]
    assert imports.send(moved)["implied"] == []
    back = [one.replace("SEQUENCE:1", "SEQUENCE:3") for one in (SERIES, PART)]
    assert outcomes(imports.send(*back)) == ["changed", "restored"]


def test_a_wrong_parameter_is_refused(newsroom: Any) -> None:
    for query in ({"dry_run": "maybe"}, {"dry": "true"}):
        answer = newsroom.ask(
            "POST", "/v1/events/import", "edda", data=calendar(FAIR), content_type="text/calendar", query_string=query
        )
        assert answer.status_code == 422
    assert newsroom.ledger.items("event").items == ()


def ninjs(number: int, title: str = "Fair", **more: Any) -> dict[str, Any]:
    return {
        "uri": f"tag:wire.example,2026:{number}", "type": "event", "title": title, "version": "1",
        "eventDetails": {"dates": {"startDate": "2029-07-03T19:00:00+03:00"}}, **more,
    }  # fmt: skip


def test_ninjs_events_are_taken_with_their_versions_and_kills(newsroom: Any) -> None:
    def send(value: Any, media_type: str = "application/ninjs+json") -> list[str]:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        answer = newsroom.ask("POST", "/v1/events/import", "edda", data=data, content_type=media_type)
        assert answer.status_code == 200, answer.text
        return outcomes(answer.get_json())

    assert send(ninjs(1)) == ["new"]
    assert send([ninjs(1), ninjs(2), {"uri": "x"}]) == ["unchanged", "new", "refused"]
    assert send({"items": [ninjs(1, "Great fair", version="3")]}) == ["changed"]
    assert send(ninjs(1, "Old fair", version="2")) == ["older"]
    lines = b"\n".join([json.dumps(ninjs(3)).encode(), b"{no", b"", json.dumps(ninjs(2)).encode()])
    assert send(lines, "application/x-ndjson") == ["new", "refused", "unchanged"]
    assert send(ninjs(1, version="2", pubStatus="canceled")) == ["older"]
    assert send(ninjs(1, version="4", pubStatus="canceled")) == ["lapsed"]
    assert send(ninjs(9, pubStatus="canceled")) == ["left_out"]
    assert send(ninjs(1, "Fair again", version="5")) == ["restored"]
    assert (
        newsroom.ask("POST", "/v1/events/import", "edda", data=b"{", content_type="application/ninjs+json").status_code
        == 422
    )
