"""The commands, against a service behind a real socket or straight on the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import Result

from dateline.adapters.embedded import EmbeddedIndex
from dateline.errors import FetchFailed
from dateline.ports.ledger.submissions import Submission
from dateline_ingest.cli import commands
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.events import import_every
from dateline_ingest.conditional_fetch import Refetched
from ledgers import index_all, quarantine
from servers.origin import running_origin

Run = Callable[..., Result]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.json"
    path.write_text(json.dumps({"headline": "Bridge opens", "body_text": "It is open."}))
    return path


def test_a_story_is_submitted_corrected_followed_and_withdrawn(run: Run, story: Path) -> None:
    receipt = json.loads(run("submit", str(story), "--key", "k1", "--json").output)
    assert json.loads(run("submit", str(story), "--key", "k1", "--json").output) == receipt
    assert "revision 2: accepted" in run("submit", str(story), "--correct", receipt["id"]).output
    assert "revision 1: superseded" in run("status", receipt["id"]).output
    assert "revision 3: withdrawn" in run("withdraw", receipt["id"], "--note", "Wrong bridge").output
    shown = json.loads(run("status", receipt["id"], "--json").output)
    assert shown["revisions"][-1]["note"] == "Wrong bridge"
    assert "409" in run("withdraw", receipt["id"], status=1).output


def test_a_plain_text_is_a_story(run: Run) -> None:
    receipt = json.loads(run("submit", "-", "--section", "news", "--json", stdin="Headline\n\nText.\n").output)
    shown = json.loads(run("status", receipt["id"], "--json").output)["story"]
    assert (shown["headline"], shown["body_text"], shown["section"]) == ("Headline", "Text.", "news")


def test_what_the_server_refuses_is_told_with_its_field(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"headline": "x", "body_text": "y", "surprise": 1}')
    assert "/surprise: Unknown field." in run("submit", str(wrong), status=1).output


def test_wrong_use_is_2(run: Run, story: Path, tmp_path: Path) -> None:
    run("submit", "nowhere.json", status=2)
    run("submit", str(story), status=2, DATELINE_INGEST="ftp://x")
    assert "no token" in run("submit", str(story), status=2, DATELINE_DATA=str(tmp_path / "empty")).output
    run("token", "create", "x", "--role", "king", status=2)
    run("token", "create", "x", "--role", "ops", "--expires", "soon", status=2)


def test_a_service_that_is_away_is_1(run: Run, story: Path) -> None:
    assert "can't be reached" in run("submit", str(story), status=1, DATELINE_INGEST="http://127.0.0.1:1").output
    assert "401" in run("submit", str(story), status=1, DATELINE_TOKEN="wrong").output


def test_a_calendar_is_imported(run: Run, tmp_path: Path) -> None:
    calendar = tmp_path / "fair.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20260101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20270703\r\nSUMMARY:Fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    shown = run("import-events", str(calendar), "--dry-run").output
    assert "new: Fair · 2027-07-03" in shown and "would be: 1 new" in shown
    assert json.loads(run("import-events", str(calendar), "--json").output)["counts"] == {"new": 1}
    assert json.loads(run("import-events", str(calendar), "--json").output)["counts"] == {"unchanged": 1}
    calendar.write_text(calendar.read_text().replace("Fair", "Great fair"))
    changed = run("import-events", str(calendar), "--dry-run").output
    assert "changed: Great fair · 2027-07-03 (title: Fair → Great fair)" in changed
    run("import-events", str(calendar), "--every", "1h", status=2)
    run("import-events", str(tmp_path / "none.ics"), status=2)


def test_a_calendar_is_imported_from_an_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_FETCH_NETWORKS", "127.0.0.0/8")
    event = b"BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20270703\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n"
    with running_origin() as origin:
        url = origin.says("/e.ics", b"BEGIN:VCALENDAR\r\n" + event + b"END:VCALENDAR\r\n", Content_Type="text/calendar")
        assert "1 new" in run("import-events", url).output
        assert "1 as before" in run("import-events", url).output
        assert "private network" in run("import-events", url, status=1, DATELINE_FETCH_NETWORKS="").output
        assert "404 (Not Found)" in run("import-events", f"{origin.address}/none", status=1).output


def test_an_address_is_imported_every_so_often(capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[Refetched | None] = []
    rests: list[float] = []
    answers: list[Refetched | Exception] = [
        Refetched(fetched=None, etag='"1"'), FetchFailed("away", retry_after=7200), Refused("busy", 503),
        Refetched(fetched=None, etag='"2"'),
    ]  # fmt: skip

    def once(before: Refetched | None) -> Refetched:
        asked.append(before)
        answer = answers[len(asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def rest(seconds: float) -> bool:
        rests.append(seconds)
        return len(rests) == len(answers)

    import_every(once, timedelta(minutes=30), rest)
    assert [before and before.etag for before in asked] == [None, '"1"', '"1"', '"1"']
    assert rests == [1800, 7200, 7200, 1800]
    assert "not imported: away" in capsys.readouterr().err


def test_the_newsrooms_figures(run: Run, story: Path) -> None:
    run("submit", str(story))
    assert json.loads(run("status", "--json").output)["revisions accepted"] == 1
    assert "oldest_pending_seconds" in run("status").output


def test_the_quarantine(run: Run) -> None:
    assert "Nothing is in quarantine." in run("quarantine", "list").output
    assert json.loads(run("quarantine", "list", "--json").output) == {"items": []}
    run("quarantine", "show", "nope", status=1)
    assert "404" in run("quarantine", "requeue", "nope", status=1).output
    assert "404" in run("quarantine", "discard", "nope", status=1).output


def test_a_quarantine_of_more_than_a_page(run: Run, service: Any) -> None:
    editor = service.ledger.find_token(service.tokens["editor"])
    stories = [Submission(kind="story", payload={"schema": 1, "headline": "x"}, by=editor) for _ in range(120)]
    ids = [receipt.id for receipt in service.ledger.submit_all(stories, by=editor)]
    quarantine(service.ledger, *ids)
    listed = json.loads(run("quarantine", "list", "--json").output)["items"]
    assert [one["id"] for one in listed] == ids[::-1]
    assert json.loads(run("quarantine", "show", ids[0], "--json").output)["reason"] == "400"
    assert json.loads(run("quarantine", "requeue", ids[0], "--alike", "--json").output) == {"requeued": len(ids)}


def test_the_audit(run: Run, story: Path) -> None:
    run("submit", str(story))
    [one] = json.loads(run("audit", "--what", "submit", "--json").output)["items"]
    assert (one["who"], one["revision"], one["address"]) == ("editor", 1, "127.0.0.1")
    assert json.loads(run("audit", "--what", "submit", "--ndjson").output) == one
    assert run("audit", "--csv").output.startswith("id,at,who,")
    assert (
        f"editor  submit  {one['subject']} r1  127.0.0.1"
        in run("audit", "--who", "editor", "--from", "2000-01-01").output
    )
    assert "--from" in run("audit", "--from", "yesterday", status=2).output


def test_terms_are_checked_and_loaded(run: Run, tmp_path: Path) -> None:
    terms = tmp_path / "terms.ndjson"
    terms.write_text('{"type": "topic", "slug": "ferries", "label": "Ferries"}\n{"type": "topic", "label": ""}\n')
    wrong = run("vocabulary", "check", str(terms), status=1).output
    assert "line 2: /label" in wrong
    assert "1 taken, 1 refused" in run("vocabulary", "load", str(terms), status=1).output
    terms.write_text('{"type": "topic", "slug": "ferries", "label": "Ferry boats"}\n')
    assert "Nothing is wrong." in run("vocabulary", "check", str(terms)).output
    dry = run("vocabulary", "load", str(terms), "--dry-run").output
    assert "line 1: new topic:ferries" in dry and "Nothing was sent. 1 new, 0 changed" in dry
    assert json.loads(run("vocabulary", "load", str(terms), "--json").output)["items"][0]["revision"] == 2


@pytest.mark.parametrize("ending", ["csv", "json", "ndjson"])
def test_exported_terms_change_nothing_when_loaded(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"terms.{ending}"
    run("vocabulary", "export", str(file), "--type", "topic")
    told = run("vocabulary", "load", str(file)).output
    assert told == "0 taken, 0 refused, 1 unchanged\n"


def test_a_text_is_tagged_without_a_service(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Tractors\nBelarus will send tractors to Russia.\n")
    tagging = json.loads(run("tag", str(text), "--json", DATELINE_INGEST="http://127.0.0.1:1").output)
    assert {tag["slug"] for tag in tagging["tags"] if tag["type"] == "place"} >= {"belarus", "russia"}
    assert "Belarus" in run("tag", str(text)).output


def test_tokens_are_made_listed_and_ended(run: Run, service: Any) -> None:
    made = json.loads(run("token", "create", "rita", "--role", "reporter", "--expires", "90d", "--json").output)
    assert set(made) == {"token", "name", "role", "expires_at"}
    assert service.ledger.find_token(made["token"]).name == "rita"
    assert "live token" in run("token", "create", "rita", "--role", "reporter", status=1).output
    listed = json.loads(run("token", "list", "--json").output)["items"]
    assert made["token"] not in json.dumps(listed)
    assert {"name": "rita", "state": "live"}.items() <= listed[0].items()
    run("token", "sources", "rita", "--source", " BelTA ", "--source", "belta.by")
    assert service.ledger.find_token(made["token"]).sources == ("BelTA", "belta.by")
    assert "for BelTA, belta.by" in run("token", "list").output
    assert json.loads(run("token", "sources", "rita", "--json").output) == {"name": "rita", "sources": []}
    run("token", "sources", "nobody", status=1)
    run("token", "create", "paul", "--role", "editor", "--source", "BelTA", status=2)
    run("token", "create", "paul", "--role", "reporter", "--source", " ", status=2)
    run("token", "create", "paul", "--role", "reporter", "--source", "BelTA")
    assert service.ledger.live_token("paul").sources == ("BelTA",)
    run("token", "revoke", "rita")
    assert service.ledger.find_token(made["token"]) is None
    run("token", "revoke", "rita", status=1)


def test_a_token_for_a_new_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    secret = run("token", "create", "edda", "--role", "editor", "--data", str(folder)).output.strip()
    assert len(secret) > 40
    assert (folder / "ledger.sqlite").exists()


def test_an_item_is_erased_for_good(run: Run, story: Path, service: Any) -> None:
    receipt = json.loads(run("submit", str(story), "--json").output)
    run("erase", receipt["id"], "--reason", " ", status=2)
    assert (
        "run it again"
        in run("erase", receipt["id"], "--reason", "x", status=1, DATELINE_SEARCH="http://127.0.0.1:1").output
    )
    receipt = json.loads(run("submit", str(story), "--json").output)
    index = EmbeddedIndex(service.data / "index", ZoneInfo("Europe/Minsk"))
    index.ensure()
    old = index.current_generation()
    index.swap(index.create_generation())
    assert json.loads(run("erase", receipt["id"], "--reason", "court order", "--json").stdout)["erased"] == 1
    assert old not in index.generations()
    index.close()
    assert json.loads(run("status", receipt["id"], "--json").output)["story"] is None
    run("erase", "nope", "--reason", "x", status=1)


def test_an_erasure_says_when_no_worker_takes_the_text_off_the_site(
    run: Run, story: Path, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline_ingest.commands.erase.WORKER_SECONDS", 0.1)
    receipt = json.loads(run("submit", str(story), "--json").output)
    index_all(service.ledger)
    with closing(EmbeddedIndex(service.data / "index", ZoneInfo("Europe/Minsk"))) as index:
        index.ensure()
    refused = run("erase", receipt["id"], "--reason", "court order", status=1).output
    assert "no worker took it from the site within 0 s" in refused and "run it again" in refused
    index_all(service.ledger)
    assert json.loads(run("status", receipt["id"], "--json").output)["state"] == "withdrawn"


def test_a_newsroom_is_exported_and_restored(run: Run, story: Path, tmp_path: Path) -> None:
    receipt = json.loads(run("submit", str(story), "--json").output)
    kept = tmp_path / "kept.ndjson"
    run("export", str(kept))
    other = tmp_path / "other"
    assert json.loads(run("restore", str(kept), "--data", str(other), "--json").output)["items"] >= 1
    assert receipt["id"] in run("export", "-", "--data", str(other)).output
    run("restore", str(kept), status=1)


@pytest.mark.parametrize("command", commands, ids=lambda command: command.name)
def test_every_command_shows_an_example(command: click.Command) -> None:
    found = list(command.commands.values()) if isinstance(command, click.Group) else []
    for one in (command, *found):
        assert f"dateline {command.name}" in (one.epilog or "")
        assert one.help
