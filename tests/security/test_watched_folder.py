"""Who may write into a folder of stories can't have other files of its reader submitted, overwritten or waited for."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from dateline.http_client import HttpClient
from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.submission.folder import REFUSED_SUFFIX, FolderSubmission, Outcome, read_file, story_files
from dateline_ingest.commands.submission.journal import NAME, Journal
from dateline_ingest.commands.submission.watch import FolderWatch


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("Secret\n\nof another's")
    return path


@pytest.fixture
def folder(tmp_path: Path, secret: Path) -> Path:
    """A folder with one story; links to a file and a folder elsewhere, a pipe and a directory named like stories."""
    path = tmp_path / "inbox"
    path.mkdir()
    (path / "a.md").write_text("---\nunended")
    (path / "b.txt").symlink_to(secret)
    (path / "c").symlink_to(secret.parent)
    os.mkfifo(path / "d.txt")
    (path / "e.txt").mkdir()
    return path


def test_only_files_of_the_folder_are_stories(folder: Path) -> None:
    assert [path.name for path in story_files(folder)] == ["a.md"]


def test_what_became_a_link_or_a_pipe_since_is_not_read(folder: Path) -> None:
    with pytest.raises(OSError, match="symbolic links"):
        read_file(folder / "b.txt")
    assert read_file(folder / "d.txt") == b""  # without waiting for somebody to write into it


def test_a_journal_that_is_a_link_is_not_written(folder: Path, secret: Path) -> None:
    before = secret.read_bytes()
    (folder / NAME).symlink_to(secret)
    with pytest.raises(click.UsageError, match="can't be kept"):
        Journal(folder, "http://127.0.0.1")
    assert secret.read_bytes() == before


def test_a_note_overwrites_nothing_behind_a_link(folder: Path, secret: Path) -> None:
    before, mode = secret.read_bytes(), secret.stat().st_mode
    note = folder / f"a.md{REFUSED_SUFFIX}"
    note.symlink_to(secret)
    note.with_name(f".{note.name}").symlink_to(secret)
    (folder / "a.md").chmod(0o640)
    told: list[Outcome] = []
    client = CommandClient(HttpClient("http://127.0.0.1:1", "x", timeout=1))  # not asked: the file is no story
    submission = FolderSubmission(client=client, folder=folder, journal=Journal(folder, "http://127.0.0.1"))
    watch = FolderWatch(submission=submission, told=told.append, settle=0)
    watch.look()
    assert [one.status for one in told] == ["refused"]
    assert "front matter has no end" in note.read_text()
    assert (note.is_symlink(), note.stat().st_mode & 0o777) == (False, 0o640)
    assert (secret.read_bytes(), secret.stat().st_mode) == (before, mode)
