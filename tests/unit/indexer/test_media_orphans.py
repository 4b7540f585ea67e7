"""Files of the media store that no picture has: gone after a day, but not those of a newsroom without its ledger."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from dateline.adapters.ledger import SqlLedger
from dateline.adapters.media import FolderStore
from dateline.ports.media import original_key, rendition_key, rights_key
from dateline_indexer.media.orphans import PART_SECONDS, PARTS, sweep_files
from ledgers import add_picture, open_copy

NAMED = sha256(b"bridge").hexdigest()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_copy(tmp_path)
    yield ledger
    ledger.close()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "media")


def put(store: FolderStore, sha256: str) -> set[str]:
    keys = {original_key(sha256), rendition_key(sha256, "320.jpg"), rights_key(sha256)}
    for key in keys:
        store.put(key, io.BytesIO(b"x"))
    return keys


def alike(sha256: str, number: int) -> str:
    """Another SHA-256 of the same part."""
    return f"{sha256[:2]}{number:062x}"


def turn_of(sha256: str, days: float) -> datetime:
    """When it is the part's turn, so many days from now."""
    begin = int((datetime.now(UTC) + timedelta(days=days)).timestamp() // PART_SECONDS)
    return datetime.fromtimestamp((begin + (int(sha256[:2], 16) - begin) % PARTS) * PART_SECONDS, UTC)


def test_what_no_picture_has_goes_after_a_day(ledger: SqlLedger, store: FolderStore) -> None:
    add_picture(ledger, "bridge")
    kept, orphans = put(store, NAMED), put(store, alike(NAMED, 1))
    assert sweep_files(ledger, store, turn_of(NAMED, 0.5)) == 0
    assert set(store.keys()) == kept | orphans
    assert sweep_files(ledger, store, turn_of(NAMED, 1.1)) == len(orphans)
    assert set(store.keys()) == kept


def test_another_part_waits_for_its_turn(ledger: SqlLedger, store: FolderStore) -> None:
    add_picture(ledger, "bridge")
    other = f"{(int(NAMED[:2], 16) + 1) % PARTS:02x}{'0' * 62}"
    files = put(store, other)
    assert sweep_files(ledger, store, turn_of(NAMED, 1.1)) == 0
    assert sweep_files(ledger, store, turn_of(other, 1.1)) == len(files)


def test_a_ledger_without_pictures_takes_nothing_off(ledger: SqlLedger, store: FolderStore) -> None:
    files = put(store, NAMED)
    assert sweep_files(ledger, store, turn_of(NAMED, 3)) == 0
    assert set(store.keys()) == files


def test_a_store_of_mostly_others_pictures_is_left_alone(ledger: SqlLedger, store: FolderStore) -> None:
    add_picture(ledger, "bridge")
    for number in range(25):
        put(store, alike(NAMED, number))
    assert sweep_files(ledger, store, turn_of(NAMED, 3)) == 0
    assert len(list(store.keys())) == 75


def test_what_stopped_coming_in_goes_after_an_hour(ledger: SqlLedger, store: FolderStore) -> None:
    with store.receive(10) as upload:
        upload.write(b"x")
        now = datetime.now(UTC)
        assert sweep_files(ledger, store, now + timedelta(minutes=50)) == 0
        assert sweep_files(ledger, store, now + timedelta(minutes=70)) == 1
        assert not upload.path.exists()
