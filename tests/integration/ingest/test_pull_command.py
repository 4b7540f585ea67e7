"""``dateline pull``: a feed behind a real socket, submitted to a service behind another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result

from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.ledger.pulled_sources import PullReport
from dateline_ingest.commands.pull import pull_every
from dateline_ingest.pulling.pull import Pull
from servers.origin import Origin, running_origin

Run = Callable[..., Result]
NINJS = {
    "uri": "tag:wire.example,2026:1", "standard": {"name": "ninjs", "version": "3.1"}, "type": "text", "version": "1",
    "headlines": [{"value": "Ferry runs"}], "bodies": [{"value": "It runs.", "contentType": "text/plain"}],
}  # fmt: skip


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    monkeypatch.setenv("DATELINE_FETCH_NETWORKS", "127.0.0.0/8")
    with running_origin() as running:
        yield running


def feed(*texts: str) -> bytes:
    items = [
        {"id": f"n-{number}", "title": f"Story {number}", "content_text": text} for number, text in enumerate(texts)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items}).encode()


def counts(result: Result) -> dict[str, Any]:
    told = json.loads(result.output)
    return {name: count for name, count in told.items() if count and name not in ("at", "modified", "refusals")}


def test_entries_are_submitted_once(run: Run, origin: Origin, service: Any) -> None:
    address = origin.says("/feed", feed("One.", "Two."))
    given = ("pull", address, "--source", "BelTA", "--language", "be", "--json")
    assert counts(run(*given)) == {"new": 2}
    assert counts(run(*given)) == {"unchanged": 2}
    origin.says("/feed", feed("One.", "Two, corrected."))
    assert counts(run(*given)) == {"changed": 1, "unchanged": 1}
    lines = service.ledger.items("story").items
    payloads = [service.ledger.item("story", line.id).newest.payload for line in lines]
    assert {(one["source"], one["language"]) for one in payloads} == {("BelTA", "be")}
    assert "2 as before" in run(*given[:-1]).output


def test_ninjs_is_submitted_as_ninjs(run: Run, origin: Origin) -> None:
    address = origin.says("/list", json.dumps([NINJS]).encode())
    assert counts(run("pull", address, "--json")) == {"new": 1}
    assert counts(run("pull", address, "--json")) == {"unchanged": 1}


def test_what_is_refused_is_told_and_the_status_is_1(run: Run, origin: Origin) -> None:
    shown = run("pull", origin.says("/feed", feed("One.")), "--section", "NO SLUG", status=1).output
    assert "1 refused" in shown and "entry 1: 422 Unprocessable" in shown and "/section" in shown


@pytest.mark.parametrize("url", ["http://10.0.0.1/feed", "ftp://news.example/feed", "http://nobody.invalid/"])
def test_what_cant_be_fetched_is_1(run: Run, url: str) -> None:
    run("pull", url, status=1)


def test_this_machine_is_refused_unless_it_is_allowed(run: Run, origin: Origin) -> None:
    address = origin.says("/feed", feed("One."))
    assert "private network" in run("pull", address, status=1, DATELINE_FETCH_NETWORKS="").output
    assert origin.asked == []


def test_a_service_that_is_away_is_1(run: Run, origin: Origin) -> None:
    address = origin.says("/feed", feed("One."))
    assert "can't be reached" in run("pull", address, status=1, DATELINE_INGEST="http://127.0.0.1:1").output


def test_it_goes_on_asks_for_what_is_new_and_rests_after_failures(capsys: pytest.CaptureFixture[str]) -> None:
    every = timedelta(minutes=5)
    asked: list[tuple[str, str]] = []
    rests: list[float] = []
    answers: list[Pull | Exception] = [
        Pull(report=PullReport(new=1), etag='"1"', modified="Monday"),
        FetchFailed("away", retry_after=3600),
        FetchRefused("too large"),
        Pull(report=None, etag='"1"', modified="Monday"),
    ]

    def once(etag: str, modified: str) -> Pull:
        asked.append((etag, modified))
        answer = answers[len(asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def rest(seconds: float) -> bool:
        rests.append(seconds)
        return len(rests) == len(answers)

    pull_every(once, every, rest, as_json=False)
    assert asked == [("", ""), ('"1"', "Monday"), ('"1"', "Monday"), ('"1"', "Monday")]
    assert rests == [300, 3600, 1200, 300]
    told = capsys.readouterr()
    assert "1 new" in told.out and "nothing new" in told.out
    assert "not pulled: away" in told.err and "not pulled: too large" in told.err
