"""The media store as a folder: who may read it, a full disk, and a process that is killed while it writes."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.adapters.media import FolderStore
from dateline.errors import MediaFull, MediaUnavailable

KEY = "renditions/ab/640.webp"

_WRITER = """
import sys
from pathlib import Path
from dateline.adapters.media import FolderStore
with FolderStore(Path(sys.argv[1])).receive(1 << 20) as upload:
    upload.write(b"half")
    print("half", flush=True)
    sys.stdin.read()
"""


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_only_this_user_reads_it(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        FolderStore(tmp_path / "media").put(KEY, io.BytesIO(b"x"))
    finally:
        os.umask(umask)
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes.pop(f"media/{KEY}") == 0o600
    assert set(modes.values()) == {0o700}


def test_reading_makes_no_folder(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "media")
    assert store.size(KEY) is None
    assert list(store.keys()) == []
    assert store.drop_unfinished(datetime.now(UTC)) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int, call: str
) -> None:
    store = FolderStore(tmp_path / "media")
    store.put(KEY, io.BytesIO(b"old"))

    def full(*_: object) -> int:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(f"dateline.adapters.media.incoming.os.{call}", full)
    with pytest.raises(MediaFull):
        store.put(KEY, io.BytesIO(b"new"))
    with pytest.raises(MediaFull), store.receive(100) as upload:
        upload.write(b"new")
        upload.keep()
    monkeypatch.undo()
    assert [path.read_bytes() for path in files(tmp_path)] == [b"old"]


def test_a_disk_that_takes_a_part_of_a_piece_is_given_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, write = FolderStore(tmp_path), os.write
    monkeypatch.setattr("dateline.adapters.media.incoming.os.write", lambda handle, data: write(handle, data[:3]))
    store.put(KEY, io.BytesIO(b"eleven more"))
    assert (tmp_path / KEY).read_bytes() == b"eleven more"


def test_a_folder_that_cant_be_written_to_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file")
    store = FolderStore(tmp_path / "media" / "inside")
    with pytest.raises(MediaUnavailable):
        store.put(KEY, io.BytesIO(b"x"))


def test_a_process_killed_while_it_writes_leaves_no_file_of_the_store(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.kill()
    store = FolderStore(tmp_path)
    assert list(store.keys()) == []
    assert [path.read_bytes() for path in files(tmp_path)] == [b"half"]
    assert store.drop_unfinished(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert files(tmp_path) == []
