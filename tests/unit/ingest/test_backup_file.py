"""A backup as a file: whole, or named as broken; never half under its name."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from dateline_ingest.backup_file import BackupReader, BrokenBackup, replaced_when_whole, write_backup

LINES: Final[tuple[Mapping[str, Any], ...]] = (
    {"item": {"id": "a", "kind": "story"}, "revisions": [{"revision": 1}, {"revision": 2}], "payloads": []},
    {"item": {"id": "b", "kind": "event"}, "revisions": [{"revision": 1}], "payloads": []},
    {"table": "tokens", "row": {"name": "Ріта"}},
)


def written() -> bytes:
    file = BytesIO()
    write_backup(LINES, file)
    return file.getvalue()


def test_what_was_written_is_read_and_both_say_what_it_is() -> None:
    file = BytesIO()
    contents = write_backup(LINES, file)
    reader = BackupReader(BytesIO(file.getvalue()))
    assert tuple(reader) == LINES
    assert reader.contents.json == contents.json
    assert contents.json | {"sha256": ""} == {
        "items": 2, "kinds": {"event": 1, "story": 1}, "revisions": 3, "rows": 1, "sha256": "",
    }  # fmt: skip
    assert "2 items (1 of kind event, 1 of kind story) with 3 revisions, and 1 rows" in str(contents)


@pytest.mark.parametrize("cut", range(2, len(written()), 7))
def test_one_that_was_cut_off_is_refused_wherever(cut: int) -> None:
    with pytest.raises(BrokenBackup):
        BackupReader(BytesIO(written()[:-cut])).read_to_end()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ріта".encode(), "Рита".encode()),
        (b'"revision": 2', b'"revision": 3'),
        (b'"b"', b'"c"'),
        (b'"items": 2', b'"items": 1'),
    ],
)
def test_one_that_was_changed_is_refused(old: bytes, new: bytes) -> None:
    assert old in written()
    with pytest.raises(BrokenBackup, match="changed or damaged"):
        BackupReader(BytesIO(written().replace(old, new))).read_to_end()


def test_nothing_follows_the_last_line() -> None:
    with pytest.raises(BrokenBackup, match="follows line 4"):
        BackupReader(BytesIO(written() + b"{}\n")).read_to_end()


@pytest.mark.parametrize("line", [b"[]\n", b"{}\n", b"nonsense\n", b'{"item": {"kind": "story"}}\n'])
def test_what_is_no_line_of_an_export_is_refused(line: bytes) -> None:
    with pytest.raises(BrokenBackup):
        BackupReader(BytesIO(line + written())).read_to_end()


def test_one_of_an_earlier_version_is_taken_when_that_is_said() -> None:
    before = b"".join(written().splitlines(keepends=True)[:-1])
    with pytest.raises(BrokenBackup, match="last line"):
        BackupReader(BytesIO(before)).read_to_end()
    assert tuple(BackupReader(BytesIO(before), needs_end=False)) == LINES


def test_a_file_keeps_what_it_held_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept.ndjson"
    path.write_bytes(b"yesterday")
    with pytest.raises(RuntimeError), replaced_when_whole(path) as file:
        file.write(b"half")
        raise RuntimeError("the disk is full")
    assert path.read_bytes() == b"yesterday"
    with replaced_when_whole(path) as file:
        file.write(b"today")
    assert path.read_bytes() == b"today"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("payload", [{}, {"revision": 1, "body": "{"}, {"revision": 1, "body": "{}"}, 5])
def test_a_picture_that_names_no_file_is_refused(payload: Any) -> None:
    line = {"item": {"id": "a", "kind": "image", "newest_revision": 1}, "revisions": [], "payloads": [payload]}
    with pytest.raises(BrokenBackup):
        write_backup([line], BytesIO())
