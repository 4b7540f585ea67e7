"""Pictures' files in a backup: the same bytes come back, and what is missing or damaged has its name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.media import FolderStore
from dateline_ingest.commands.backup import export, restore
from dateline_ingest.commands.images import images
from ledgers import add_picture, open_copy

LEASE = timedelta(seconds=30)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A newsroom with two pictures; the files of both."""
    data = tmp_path / "data"
    data.mkdir()
    ledger = open_copy(data)
    for name in ("bridge", "tram"):
        add_picture(ledger, name)
        with FolderStore(data / "media").receive(100) as upload:
            upload.write(name.encode())
            upload.keep()
    ledger.close()
    return data


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[SqlLedger]:
    (tmp_path / "other").mkdir()
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'other' / 'ledger.sqlite'}")
    yield ledger
    ledger.close()


def run(command: Any, *arguments: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exit_code == status, result.output
    return result


def files(root: Path) -> dict[str, bytes]:
    store = FolderStore(root)
    return {key: b"".join(store.open(key).pieces) for key in store.keys("originals/")}


def test_restore_brings_back_the_same_bytes_and_makes_pictures_due(
    data: Path, tmp_path: Path, restored: SqlLedger
) -> None:
    kept, media, other = tmp_path / "kept.ndjson", tmp_path / "pictures", tmp_path / "other"
    said = json.loads(run(export, kept, "--media", media, "--data", data, "--json").output)
    assert said["pictures"] == {"files": 2, "bytes": 10, "missing": [], "damaged": []}
    assert json.loads(run(export, kept, "--media", media, "--verify", "--json").output) == said
    assert json.loads(run(restore, kept, "--media", media, "--data", other, "--json").output) == said
    assert files(other / "media") == files(media) == files(data / "media")
    (claimed, *_) = restored.claim_pictures(worker="m", lease=LEASE)
    assert claimed.anew


def test_an_export_again_copies_what_is_new(data: Path, tmp_path: Path) -> None:
    kept, media = tmp_path / "kept.ndjson", tmp_path / "pictures"
    run(export, kept, "--media", media, "--data", data)
    before = {path: path.stat().st_mtime_ns for path in media.rglob("*") if path.is_file()}
    run(export, kept, "--media", media, "--data", data)
    assert {path: path.stat().st_mtime_ns for path in media.rglob("*") if path.is_file()} == before


def test_a_missing_original_is_named_and_the_others_are_kept(data: Path, tmp_path: Path) -> None:
    kept, media = tmp_path / "kept.ndjson", tmp_path / "pictures"
    gone, left = sorted(files(data / "media"))
    FolderStore(data / "media").delete(gone)
    said = run(export, kept, "--media", media, "--data", data, status=1).output
    assert f"missing: {gone.removeprefix('originals/')}" in said
    assert list(files(media)) == [left]
    assert "missing: " in run(export, kept, "--media", media, "--verify", status=1).output
    assert "missing: " in run(restore, kept, "--media", media, "--data", tmp_path / "other", status=1).output


def test_a_damaged_file_is_told_and_not_restored(data: Path, tmp_path: Path) -> None:
    kept, media = tmp_path / "kept.ndjson", tmp_path / "pictures"
    run(export, kept, "--media", media, "--data", data)
    (media / min(files(media))).write_bytes(b"another")
    assert "damaged: " in run(export, kept, "--media", media, "--verify", status=1).output
    assert "damaged: " in run(restore, kept, "--media", media, "--data", tmp_path / "other", status=1).output
    assert len(files(tmp_path / "other" / "media")) == 1


def test_a_picture_that_was_taken_down_is_in_no_backup(data: Path, tmp_path: Path) -> None:
    ledger = open_sql_ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    picture = add_picture(ledger, "square")
    token = ledger.find_token("secret-edda")
    assert token
    ledger.take_down(picture, "court order", token)
    ledger.close()
    kept, media = tmp_path / "kept.ndjson", tmp_path / "pictures"
    assert len(files(media)) == 0
    run(export, kept, "--media", media, "--data", data)
    assert json.loads(run(export, kept, "--media", media, "--verify", "--json").output)["pictures"]["files"] == 2


def test_an_export_without_files_says_so(data: Path, tmp_path: Path) -> None:
    assert "--media" in run(export, tmp_path / "kept.ndjson", "--data", data).output


def test_all_renditions_are_made_anew_at_a_word(data: Path) -> None:
    said = json.loads(run(images, "remake", "--json", "--data", data).output)
    assert said == {"pictures": 2}
    ledger = open_sql_ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    claimed = ledger.claim_pictures(worker="w", lease=LEASE, limit=9)
    assert len(claimed) == 2 and all(one.anew for one in claimed)
    ledger.close()
