"""``dateline bulk``: each line once, whatever breaks off, and refused lines that can be mended and sent again."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Response, abort, request

from dateline.http_client import HttpClient
from dateline_ingest.bulks.bulk import BulkLimits
from dateline_ingest.commands.bulk_upload import parts, upload
from dateline_ingest.commands.bulk_upload.output_files import OutputFiles
from dateline_ingest.commands.bulk_upload.parts import Position
from dateline_ingest.commands.bulk_upload.progress_file import Progress, ProgressFile
from dateline_ingest.commands.bulk_upload.upload import BrokenOff, Upload
from dateline_ingest.commands.client import CommandClient

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_LINES", 10)


def line(number: int) -> str:
    return json.dumps({"headline": f"Story {number}", "body_text": "x"})


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A file of 35 stories; the 12th and the 31st have no text."""
    path = tmp_path / "stories.ndjson"
    lines = [json.dumps({"headline": "No text"}) if number in (12, 31) else line(number) for number in range(1, 36)]
    path.write_text("\n".join(lines))
    return path


def headlines(service: Any) -> list[str]:
    return sorted(item.label for item in service.ledger.items("story", limit=100).items)


def test_a_bulk_tells_its_wrong_lines(run: Run, stories: Path) -> None:
    result = run("bulk", str(stories), status=1)
    assert "33 taken, 2 refused" in result.output
    assert "line 12: 422 /body_text" in result.output
    summary = json.loads(run("bulk", str(stories), "--json", status=1).stdout)
    assert (summary["taken"], summary["refused"], summary["complete"]) == (33, 2, True)
    assert summary["files"] == [{"file": str(stories), "taken": 33, "refused": 2, "next_line": 36}]


def test_the_report_is_mended_and_sent_as_it_is(run: Run, stories: Path, service: Any) -> None:
    report, results = stories.with_name("refused.ndjson"), stories.with_name("results.ndjson")
    assert "line 12" not in run("bulk", str(stories), "--report", str(report), status=1).output
    lines = report.read_text().splitlines()
    assert lines[0].startswith(f"# {stories} line 12: 422 /body_text Missing data")
    assert lines[1::2] == ['{"headline": "No text"}'] * 2
    report.write_text(report.read_text().replace('"No text"', '"Now it has", "body_text": "x"'))
    assert "2 taken, 0 refused" in run("bulk", str(report), "--results", str(results)).output
    assert headlines(service).count("Now it has") == 2
    told = [json.loads(one) for one in results.read_text().splitlines()]
    assert [(one["file"], one["line"], one["status"]) for one in told] == [(str(report), 2, 202), (str(report), 4, 202)]


def test_the_same_file_again_doubles_nothing(run: Run, stories: Path, service: Any) -> None:
    other = stories.with_name("other.ndjson")
    other.write_text(line(99))
    run("bulk", str(stories), str(other), status=1)
    assert "34 taken" in run("bulk", str(other), str(stories), "--resume", status=1).output
    assert len(headlines(service)) == 34
    assert not list(stories.parent.glob("*.resume"))


def test_files_under_one_key_are_told_apart(run: Run, stories: Path, service: Any) -> None:
    other = stories.with_name("other.ndjson")
    other.write_text(line(99))
    run("bulk", str(stories), str(other), "--key", "k", status=1)
    assert len(headlines(service)) == 34


def test_a_bulk_whose_reader_went_away_does_not_blame_the_server(service: Any, address: str, stories: Path) -> None:
    stories.write_text(f"{line(1)}\n{line(2)}\n")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed_pipe:
        ended = subprocess.run(
            [sys.executable, "-m", "dateline.cli", "bulk", str(stories), "--json"],
            stdout=closed_pipe, stderr=subprocess.PIPE, env=environ_of(service, address), timeout=60, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr == b""
    assert len(headlines(service)) == 2


def test_progress_is_shown_on_a_terminal_only(run: Run, service: Any, address: str, stories: Path) -> None:
    command = [sys.executable, "-m", "dateline.cli", "bulk", str(stories)]
    ours, terminal = pty.openpty()
    with os.fdopen(terminal, "wb") as standard_error:
        ended = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=standard_error, env=environ_of(service, address), timeout=60,
            check=False,
        )  # fmt: skip
    with os.fdopen(ours, "rb", buffering=0) as shown:
        assert b"refused=2, taken=33" in shown.read(100_000)
    assert (ended.returncode, ended.stdout) == (1, b"33 taken, 2 refused\n")
    assert "taken=" not in run("bulk", str(stories), status=1).stderr


def environ_of(service: Any, address: str) -> dict[str, str]:
    return {**os.environ, "DATELINE_DATA": str(service.data), "DATELINE_INGEST": address}


def test_a_bulk_that_was_killed_goes_on_where_it_was(run: Run, service: Any, address: str, stories: Path) -> None:
    """The kill is between the commit of the second part and its answer, and a line of the report is too much."""
    stories.write_text("".join(f"{line(number)}\n" if number % 500 else "{}\n" for number in range(1, 2501)))
    report = stories.with_name("refused.ndjson")

    @service.app.after_request
    def kill(response: Response) -> Response:
        if request.args.get("first_line") == "1001" and children:
            with report.open("a") as file:
                file.write("# half a li")
            children.pop().send_signal(signal.SIGKILL)
        return response

    command = [sys.executable, "-m", "dateline.cli", "bulk", str(stories), "--report", str(report)]
    child = subprocess.Popen(command, env=environ_of(service, address), stdout=subprocess.PIPE)
    children = [child]
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert json.loads(stories.with_name("stories.ndjson.resume").read_text())["position"]["line"] == 1001
    assert "2,495 taken, 5 refused" in run("bulk", str(stories), "--report", str(report), "--resume", status=1).output
    assert [one for one in report.read_text().splitlines() if not one.startswith("#")] == ["{}"] * 5
    counted = sum(1 for _ in all_stories(service))
    assert counted == 2495


def all_stories(service: Any) -> Iterator[Any]:
    cursor = None
    while True:
        page = service.ledger.items("story", limit=100, cursor=cursor)
        yield from page.items
        if (cursor := page.next) is None:
            return


def test_a_file_that_changed_does_not_go_on(run: Run, stories: Path) -> None:
    ProgressFile(stories).write(
        Progress(key="k", size=stories.stat().st_size, sha256="other", position=Position(line=2, offset=9), outputs={})
    )
    assert "has changed" in run("bulk", str(stories), "--resume", status=2).output
    stories.with_name("stories.ndjson.resume").write_text("[]")
    assert "doesn't say how far" in run("bulk", str(stories), "--resume", status=2).output


def test_wrong_use_is_2_and_leaves_nothing_behind(run: Run, stories: Path) -> None:
    run("bulk", status=2)
    os.mkfifo(stories.with_name("pipe"))
    assert "no file on a disk" in run("bulk", str(stories.with_name("pipe")), status=2).output
    assert "different files" in run("bulk", str(stories), "--report", str(stories), status=2).output
    assert "401" in run("bulk", str(stories), status=1, DATELINE_TOKEN="wrong").output
    assert not list(stories.parent.glob("*.resume"))


def test_a_service_that_is_away_is_1_at_once(run: Run, stories: Path, service: Any) -> None:
    away = run("bulk", str(stories), "--json", status=1, DATELINE_INGEST="http://127.0.0.1:1")
    assert "can't be reached" in away.stderr
    assert json.loads(away.stdout)["complete"] is False
    run("bulk", str(stories), "--resume", status=1)
    assert len(headlines(service)) == 33


def sending(service: Any, address: str, source: Path, wait: Callable[[float], None]) -> Upload:
    client = CommandClient(HttpClient(address, service.tokens["editor"], timeout=30))
    progress = {source: Progress(key="k", size=0, sha256="", position=Position(), outputs={})}
    return Upload(
        client=client, source=source, progress=progress, outputs=OutputFiles(None, None, {}),
        told=lambda _: None, wait=wait,
    )  # fmt: skip


def test_a_service_that_comes_back_gets_the_rest(service: Any, address: str, stories: Path) -> None:
    """It is away as a whole, then for some lines, then it ends the bulk early."""
    failing = {"11", "21"}
    waited: list[float] = []

    @service.app.before_request
    def fail() -> Response | None:
        number = request.args.get("first_line")
        if number not in failing:
            return None
        failing.remove(number)
        if number == "11":
            abort(HTTPStatus.SERVICE_UNAVAILABLE)
        lines = [{"line": 21, "status": 503, "errors": [{"pointer": "", "detail": "The disk is full."}]}]
        return Response("".join(f"{json.dumps(one)}\n" for one in lines))

    bulk = sending(service, address, stories, waited.append)
    bulk.run(lambda _: None)
    assert (bulk.file_progress.taken, bulk.file_progress.refused) == (33, 2)
    assert len(headlines(service)) == 33
    assert waited == [1, 1]


def test_a_bulk_that_the_service_ends_early_goes_on_behind_that_line(
    service: Any, address: str, stories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_LINES", 100)
    stories.write_text("".join(f"{line(number)}\n" if number % 2 else "{}\n" for number in range(1, 31)))
    limits = BulkLimits(refused=4, spool_bytes=1_000_000)
    monkeypatch.setattr("dateline_ingest.api.bulk.BulkLimits.of", lambda settings: limits)
    bulk = sending(service, address, stories, lambda _: None)
    bulk.run(lambda _: None)
    assert (bulk.file_progress.taken, bulk.file_progress.refused) == (15, 15)


def test_one_that_stays_away_breaks_off(service: Any, address: str, stories: Path) -> None:
    waited: list[float] = []

    @service.app.before_request
    def fail() -> None:
        if request.args.get("first_line") == "11":
            abort(HTTPStatus.SERVICE_UNAVAILABLE)

    bulk = sending(service, address, stories, waited.append)
    with pytest.raises(BrokenOff):
        bulk.run(lambda _: None)
    assert waited == list(upload.PAUSES)
    assert ProgressFile(stories).read() == bulk.file_progress
    assert bulk.file_progress.position.line == 11
