"""``dateline submit DIR``: each file once, a changed one corrects its story; ``--watch`` as they come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import abort, request

from dateline.http_client import HttpClient
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.submission.folder import FolderSubmission, Outcome
from dateline_ingest.commands.submission.journal import NAME, Journal
from dateline_ingest.commands.submission.watch import PAUSES, RESCAN_SECONDS, FolderWatch

Run = Callable[..., Result]


def ninjs(headline: str, version: str = "1") -> str:
    bodies = [{"role": "main", "contentType": "text/plain", "value": "Copy."}]
    return json.dumps({"uri": "urn:x:1", "version": version, "headlines": [{"value": headline}], "bodies": bodies})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "stories"
    (path / "city").mkdir(parents=True)
    (path / "a.md").write_text("# Bridge opens\n\nIt is **open**.\n")
    (path / "city" / "b.html").write_text("<h1>Ferry leaves</h1><body><p>At seven.</p></body>")
    (path / "c.json").write_text(ninjs("Wire"))
    return path


def labels(service: Any) -> list[tuple[str, int]]:
    return sorted((item.label, item.revision) for item in service.ledger.items("story").items)


def submitted(run: Run, folder: Path, *options: str, status: int = 0) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(run("submit", str(folder), "--json", *options, status=status).stdout)
    return summary


def test_each_file_once_and_a_changed_one_corrects_its_story(run: Run, folder: Path, service: Any) -> None:
    assert "3 submitted, 0 corrected, 0 unchanged, 0 refused" in run("submit", str(folder)).output
    assert submitted(run, folder)["unchanged"] == 3
    (folder / "a.md").write_text("# Bridge opens again\n\nIt is open.\n")
    (folder / "c.json").write_text(ninjs("Wire 2", "2"))
    summary = submitted(run, folder)
    assert [(one["path"], one["status"], one.get("revision")) for one in summary["items"]] == [
        ("a.md", "corrected", 2), ("c.json", "corrected", 2), ("city/b.html", "unchanged", None),
    ]  # fmt: skip
    assert labels(service) == [("Bridge opens again", 2), ("Ferry leaves", 1), ("Wire 2", 2)]


def test_one_bad_file_harms_no_other(run: Run, folder: Path, service: Any) -> None:
    (folder / "a.md").write_text("---\nsurprise: x\n---\n# Bridge\n\nOpen.")
    (folder / "b.txt").write_bytes(b"\xff\xfe")
    summary = submitted(run, folder, status=1)
    assert [(one["path"], one["status"]) for one in summary["items"]][:2] == [("a.md", "refused"), ("b.txt", "refused")]
    assert "/surprise: Unknown field." in summary["items"][0]["detail"]
    assert len(labels(service)) == 2
    assert sorted(path.name for path in folder.iterdir()) == [NAME, "a.md", "b.txt", "c.json", "city"]


def test_what_the_desk_changed_since_is_not_overwritten_unasked(run: Run, folder: Path, service: Any) -> None:
    receipt = submitted(run, folder)["items"][0]
    run("submit", "-", "--correct", receipt["id"], stdin="Corrected on the desk\n\nx")
    (folder / "a.md").write_text("# Bridge opens late\n\nIt is open.\n")
    refused = submitted(run, folder, status=1)["items"][0]
    assert (refused["status"], "--overwrite" in refused["detail"]) == ("refused", True)
    assert ("Corrected on the desk", 2) in labels(service)
    assert submitted(run, folder, "--overwrite")["items"][0]["revision"] == 3


def test_a_kill_before_the_journal_was_written_doubles_nothing(run: Run, folder: Path, service: Any) -> None:
    submitted(run, folder)
    (folder / "a.md").write_text("# Bridge opens late\n\nIt is open.\n")
    kept = (folder / NAME).read_bytes()
    assert submitted(run, folder)["corrected"] == 1
    (folder / NAME).write_bytes(kept[: kept.rindex(b'"revision"')])
    assert submitted(run, folder)["refused"] == 0
    assert labels(service) == [("Bridge opens late", 2), ("Ferry leaves", 1), ("Wire", 1)]


def test_what_was_submitted_can_be_moved(run: Run, folder: Path) -> None:
    done = folder / "done"
    submitted(run, folder, "--done", str(done))
    (folder / "a.md").write_text("# Another text\n\nIt is open.\n")
    assert submitted(run, folder, "--done", str(done))["corrected"] == 1
    moved = sorted(path.relative_to(done).as_posix() for path in done.rglob("*") if path.is_file())
    assert moved == ["a.1.md", "a.md", "c.json", "city/b.html"]


def test_a_single_file_of_any_format(run: Run, folder: Path, service: Any) -> None:
    for name in ("a.md", "city/b.html", "c.json"):
        run("submit", str(folder / name))
    item = next(item for item in service.ledger.items("story").items if item.label == "Bridge opens")
    shown = json.loads(run("status", item.id, "--json").output)["story"]
    assert "<strong>open</strong>" in shown["body_html"]


def test_what_one_newsroom_has_is_not_taken_as_submitted_to_another(run: Run, folder: Path) -> None:
    submitted(run, folder)
    other = run("submit", str(folder), status=2, DATELINE_INGEST="http://127.0.0.1:1").output
    assert "another newsroom" in " ".join(other.split())


def test_a_name_that_is_no_text_is_a_file_too(run: Run, folder: Path) -> None:
    odd = os.fsdecode(b"\xff.txt")
    (folder / odd).write_text("Odd name\n\nx")
    assert "\N{REPLACEMENT CHARACTER}.txt" in [one["path"] for one in submitted(run, folder)["items"]]
    assert submitted(run, folder)["unchanged"] == 4


def test_wrong_use_is_2(run: Run, folder: Path) -> None:
    run("submit", str(folder), "--key", "k", status=2)
    run("submit", str(folder / "a.md"), "--watch", status=2)
    assert "401" in run("submit", str(folder), status=1, DATELINE_TOKEN="wrong").output
    away = run("submit", str(folder), "--json", status=1, DATELINE_INGEST="http://127.0.0.1:1")
    assert json.loads(away.stdout)["complete"] is False


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def watching(service: Any, address: str, folder: Path, told: list[Outcome], clock: Clock) -> FolderWatch:
    client = CommandClient(HttpClient(address, service.tokens["editor"], timeout=30))
    submission = FolderSubmission(client=client, folder=folder, journal=Journal(folder, address))
    return FolderWatch(submission=submission, told=told.append, settle=5, clock=clock)


def test_a_file_is_taken_when_it_was_left_alone(service: Any, address: str, folder: Path) -> None:
    told: list[Outcome] = []
    clock = Clock()
    watch = watching(service, address, folder, told, clock)
    (folder / "empty.md").touch()
    assert watch.look() == 5
    clock.now = 3
    (folder / "a.md").write_text("# Bridge opens\n\nIt is open, and longer now.\n")
    assert watch.look() == 2
    clock.now = 5
    assert watch.look() == 3
    assert [one.path for one in told] == ["c.json", "city/b.html"]
    clock.now = 8
    assert watch.look() == RESCAN_SECONDS
    assert [one.path for one in told][2:] == ["a.md"]


def test_a_refused_file_has_a_note_until_it_is_mended(service: Any, address: str, folder: Path) -> None:
    told: list[Outcome] = []
    clock = Clock()
    watch = watching(service, address, folder, told, clock)
    note = folder / "a.md.refused.txt"
    (folder / "a.md").write_text("---\nsurprise: x\n---\n# Bridge\n\nOpen.")
    for clock.now in (0, 5, 10, 15):
        watch.look()
    assert "/surprise: Unknown field." in note.read_text()
    assert [one.status for one in told].count("refused") == 1
    (folder / "a.md").write_text("# Bridge\n\nOpen.")
    for clock.now in (20, 25):
        watch.look()
    assert not note.exists()
    assert told[-1].status == "submitted"
    (folder / "a.md").write_text("---\nsurprise: x\n---\n# Bridge\n\nOpen.")
    for clock.now in (30, 35):
        watch.look()
    assert note.exists()
    (folder / "a.md").unlink()
    watch.look()
    assert not note.exists()


def test_a_service_that_is_away_gets_the_files_when_it_is_back(
    service: Any, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = [True]

    @service.app.before_request
    def fail() -> None:
        if away[0]:
            abort(HTTPStatus.SERVICE_UNAVAILABLE)

    told: list[Outcome] = []
    clock = Clock()
    watch = watching(service, address, folder, told, clock)
    watch.look()
    for pause in (*PAUSES, PAUSES[-1]):
        clock.now += 100
        assert watch.look() == min(pause, RESCAN_SECONDS)
    assert capsys.readouterr().err.count("trying again") == 1
    away[0] = False
    assert watch.look() > 0 and not told
    clock.now += 100
    watch.look()
    assert len(told) == 3


def test_a_wrong_token_ends_it(service: Any, folder: Path, address: str) -> None:
    clock = Clock()
    watch = watching(service, address, folder, [], clock)
    watch.submission.client._http._authorization["Authorization"] = "Bearer x"
    watch.look()
    clock.now = 5
    with pytest.raises(Refused, match="401"):
        watch.look()


@contextmanager
def started(service: Any, address: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    environ = {**os.environ, "DATELINE_DATA": str(service.data), "DATELINE_INGEST": address}
    command = [sys.executable, "-m", "dateline.cli", "submit", str(folder), "--watch", "--settle", "0.1", "--json"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def next_outcome(child: subprocess.Popen[str]) -> dict[str, Any]:
    assert child.stdout is not None
    outcome: dict[str, Any] = json.loads(child.stdout.readline())
    return outcome


def test_a_watched_folder_survives_kills_and_ends_cleanly(service: Any, address: str, folder: Path) -> None:
    """The first watch is killed between the commit of a story and its answer; the second one ends by SIGTERM."""
    children: list[subprocess.Popen[str]] = []

    @service.app.after_request
    def kill(response: Any) -> Any:
        if children and "Ferry" in request.get_data(as_text=True):
            children.pop().send_signal(signal.SIGKILL)
        return response

    with started(service, address, folder) as child:
        children.append(child)
        assert child.wait(timeout=60) == -signal.SIGKILL
    with started(service, address, folder) as child:
        assert next_outcome(child)["path"] == "city/b.html"
        (folder / ".d.tmp").write_text("# Written whole\n\nx")
        (folder / ".d.tmp").rename(folder / "d.md")
        assert next_outcome(child)["status"] == "submitted"
        (folder / "d.md").write_text("# Written anew\n\nx")
        assert next_outcome(child)["revision"] == 2
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=60) == 0
    assert labels(service) == [("Bridge opens", 1), ("Ferry leaves", 1), ("Wire", 1), ("Written anew", 2)]
