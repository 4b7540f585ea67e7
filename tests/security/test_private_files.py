"""Another user of the machine looks into the data folder: held text, digests of tokens, the broker's messages."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.private_files import OTHERS, tighten
from dateline.supervisor.data_folder import locked
from servers.newsroom import newsroom as running_newsroom

OWN = ("ledger.sqlite", "ledger.sqlite-wal", "token", "accounts", "desk.key", "preview.key", "index/current",
       "index/index-1.sqlite", "broker/appendonlydir/appendonly.aof", "logs/web.log")  # fmt: skip


@pytest.fixture
def careless() -> Iterator[None]:
    """The umask that most machines have."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def old_folder(careless: None, tmp_path: Path) -> Path:
    """A data folder of the version before, open to all."""
    folder = tmp_path / "data"
    for name in OWN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("held")
    return folder


def open_files(folder: Path) -> list[str]:
    """What of a folder, itself too, others may do anything with."""
    found = [folder, *folder.rglob("*")]
    return [str(path.relative_to(folder)) for path in found if stat.S_IMODE(path.lstat().st_mode) & OTHERS]


def test_what_was_open_is_closed(old_folder: Path) -> None:
    assert len(open_files(old_folder)) > len(OWN)
    assert tighten(old_folder) == ()
    assert open_files(old_folder) == []
    assert (old_folder / "token").read_text() == "held"
    assert tighten(old_folder) == ()


def test_the_start_closes_it(old_folder: Path) -> None:
    with locked(old_folder):
        assert open_files(old_folder) == []


def test_what_is_not_the_newsrooms_is_left_and_told(old_folder: Path) -> None:
    theirs = old_folder / "pictures"
    theirs.mkdir()
    (theirs / "cat.jpg").write_text("cat")
    (old_folder / "index" / "elsewhere").symlink_to(theirs / "cat.jpg")
    (warning,) = tighten(old_folder)
    assert "holds more than a newsroom" in warning
    assert {*open_files(old_folder)} == {".", "pictures", "index/elsewhere", "pictures/cat.jpg"}
    assert stat.S_IMODE((theirs / "cat.jpg").stat().st_mode) == 0o644


def test_what_cannot_be_closed_is_told(
    old_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, mode: int) -> None:
        if path.name == "ledger.sqlite":
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    warnings = tighten(old_folder)
    assert f"others may read {old_folder / 'ledger.sqlite'}: Operation not permitted" in warnings
    assert f"others may read {old_folder / 'token'}: the file system keeps no modes" in warnings
    with locked(old_folder):
        pass
    assert f"warning: others may read {old_folder / 'ledger.sqlite'}" in capsys.readouterr().err


def test_what_goes_meanwhile_is_no_matter(old_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: Path, mode: int) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "chmod", gone)
    assert tighten(old_folder) == ()
    assert tighten(old_folder / "missing") == ()


def command(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dateline.cli", *words], env={**os.environ, **environ}, capture_output=True, text=True,
        check=True, timeout=120,
    )  # fmt: skip


def test_a_command_makes_nothing_that_others_read(careless: None, tmp_path: Path) -> None:
    data, export = tmp_path / "new" / "data", tmp_path / "new" / "all.ndjson"
    command("token", "create", "rita", "--role", "reporter", "--data", str(data))
    export.touch()
    assert open_files(tmp_path / "new") == ["all.ndjson"]
    command("export", str(export), "--data", str(data))
    assert export.read_text()
    assert open_files(tmp_path / "new") == []
    assert "rita" in command("export", "--data", str(data)).stdout


@pytest.mark.redis
def test_nor_does_any_process_of_the_newsroom(careless: None) -> None:
    with running_newsroom("--empty") as room:
        story: dict[str, Any] = {"headline": "Held", "body_text": "Held.", "embargo_until": "2100-01-01T00:00:00Z"}
        room.submit(story)
        shown = room.submit({"headline": "Shown", "body_text": "Shown."}).body["id"]
        room.wait_for(lambda: room.headline(shown) == "Shown", "the story on the site")
        assert {path.name for path in room.data.iterdir()} >= {"ledger.sqlite", "index", "broker", "logs", "beat-alive"}
        assert open_files(room.data) == []
        assert room.stop() == 0
        assert tighten(room.data) == ()
