"""The media worker's way of a picture: renditions while its rights last, none otherwise, and what goes wrong named."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from dateline.adapters.ledger import SqlLedger
from dateline.adapters.media import FolderStore
from dateline.domain.payload import to_payload
from dateline.domain.picture import FocalPoint, Picture, renditions
from dateline.errors import MediaFull
from dateline.pictures.file_type import describe_file
from dateline.ports.ledger.submissions import Submission
from dateline.ports.media import original_key
from dateline.ports.wakeup import Lane
from dateline_indexer.media.preparing import Preparing
from ledgers import open_copy, token_of
from unit.pictures.picture_files import scene, write


class NotedWakeUp:
    """Notes which lanes were woken."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    def wake(self, lane: Lane) -> None:
        self.lanes.append(lane)

    def close(self) -> None: ...


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_copy(tmp_path)
    yield ledger
    ledger.close()


@pytest.fixture
def work(ledger: SqlLedger, tmp_path: Path) -> Preparing:
    return Preparing(ledger=ledger, store=FolderStore(tmp_path / "media"), wakeup=NotedWakeUp(), worker="m")


def submit(work: Preparing, tmp_path: Path, *, content: bytes | None = None, **more: Any) -> tuple[str, Picture]:
    """A picture whose file is in the store, on record; its id."""
    path = write(tmp_path / "scene.jpg", scene(400, 300), 6)
    described = describe_file(path)
    if content is not None:
        path.write_bytes(content)
    with work.store.receive(10_000_000) as upload:
        upload.write(path.read_bytes())
        sha256 = upload.keep()
    said: dict[str, Any] = {
        "alt": "A disc",
        "credit": "Ann",
        "width": described.width,
        "height": described.height,
    } | more
    picture = Picture(sha256=sha256, media_type="image/jpeg", size=path.stat().st_size, **said)
    return send(work, picture), picture


def send(work: Preparing, picture: Picture, **more: Any) -> str:
    ledger = work.ledger
    assert isinstance(ledger, SqlLedger)
    by = token_of(ledger, "edda")
    return ledger.submit(Submission(kind="image", payload=to_payload(picture), by=by, label="Disc", **more)).id


def files(work: Preparing, picture: Picture) -> set[str]:
    return {key.rpartition("/")[2] for key in work.store.keys(f"renditions/{picture.sha256}/")}


def test_a_picture_gets_all_its_renditions_and_its_users_are_woken(work: Preparing, tmp_path: Path) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    id, picture = submit(work, tmp_path, usable_until=until)
    assert work.work() is False
    ready = work.ledger.picture(id)
    assert ready.made is not None and ready.ready_revision == 1 and ready.made.jpeg_size > 0
    names = {one.name for one in renditions(300, 400, ready.focal)}
    assert files(work, picture) == names | {"rights.json"}
    with work.store.local(f"renditions/{picture.sha256}/rights.json") as rights:
        assert datetime.fromisoformat(json.loads(rights.read_text())["usable_until"]) == until
    assert work.wakeup.lanes == [Lane.LIVE]  # type: ignore[attr-defined]
    assert work.take_one() is False


def test_a_focal_point_set_by_hand_makes_new_crops_and_nothing_else(work: Preparing, tmp_path: Path) -> None:
    id, picture = submit(work, tmp_path)
    work.work()
    made, before = work.ledger.picture(id).made, files(work, picture)
    whole = (tmp_path / "media" / f"renditions/{picture.sha256}/300.jpg").stat().st_ino
    set_by_hand = Picture(**{**to_fields(picture), "focal": FocalPoint(1, 99)})
    send(work, set_by_hand, item_id=id, if_match=1, action="correct")
    work.work()
    assert work.ledger.picture(id).made == made
    new = files(work, picture) - before
    assert new and all("-1x99." in name for name in new)
    assert (tmp_path / "media" / f"renditions/{picture.sha256}/300.jpg").stat().st_ino == whole


def to_fields(picture: Picture) -> dict[str, Any]:
    return {name: getattr(picture, name) for name in picture.__dataclass_fields__}


@pytest.mark.parametrize("rights", [{"usable_until": -1}, {"usable_from": 60}])
def test_outside_its_rights_a_picture_has_no_files_for_readers(
    work: Preparing, tmp_path: Path, rights: dict[str, int]
) -> None:
    id, picture = submit(work, tmp_path)
    work.work()
    assert files(work, picture)
    times = {name: datetime.now(UTC) + timedelta(minutes=minutes) for name, minutes in rights.items()}
    send(work, Picture(**to_fields(picture) | times), item_id=id, if_match=1, action="correct")
    work.work()
    assert files(work, picture) == set()
    assert work.store.size(original_key(picture.sha256))


def test_a_takedown_takes_the_original_too(work: Preparing, ledger: SqlLedger, tmp_path: Path) -> None:
    id, _picture = submit(work, tmp_path)
    work.work()
    ledger.take_down(id, "no consent", token_of(ledger, "edda"))
    work.work()
    assert list(work.store.keys()) == []


def test_a_file_that_cannot_be_read_is_quarantined_and_the_next_one_is_made(work: Preparing, tmp_path: Path) -> None:
    content = bytearray(write(tmp_path / "a.jpg", scene(400, 300)).read_bytes())
    content[400:-2] = b"\x00" * (len(content) - 402)
    bad, _ = submit(work, tmp_path, content=bytes(content), width=400, height=300)
    good, _ = submit(work, tmp_path)
    work.work()
    assert work.ledger.picture(bad).state == "quarantined"
    assert "damaged" in work.ledger.picture(bad).error
    assert work.ledger.picture(good).made


def test_a_file_that_is_gone_is_named(work: Preparing, tmp_path: Path) -> None:
    id, picture = submit(work, tmp_path)
    work.store.delete(original_key(picture.sha256))
    work.work()
    assert work.ledger.picture(id).state == "quarantined"


def test_a_store_that_is_full_makes_a_picture_wait(work: Preparing, ledger: SqlLedger, tmp_path: Path) -> None:
    id, _ = submit(work, tmp_path)
    with patch.object(FolderStore, "put", side_effect=MediaFull("no room")):
        work.work()
    on_record = ledger.picture(id)
    assert (on_record.state, on_record.made) != ("quarantined", None)
    assert on_record.made is None


def test_who_lost_a_claim_to_a_takedown_leaves_no_file(work: Preparing, ledger: SqlLedger, tmp_path: Path) -> None:
    id, picture = submit(work, tmp_path)
    mark = SqlLedger.mark_pictures

    def taken_down_meanwhile(ledger: SqlLedger, outcomes: Any) -> int:
        with patch.object(SqlLedger, "mark_pictures", mark):
            ledger.take_down(id, "no consent", token_of(ledger, "edda"))
            return 0

    with patch.object(SqlLedger, "mark_pictures", taken_down_meanwhile):
        work.take_one()
    assert files(work, picture) == set()


def test_what_is_made_anew_is_the_same_bytes(work: Preparing, ledger: SqlLedger, tmp_path: Path) -> None:
    id, picture = submit(work, tmp_path)
    work.work()
    folder = tmp_path / "media" / "renditions" / picture.sha256
    before, made = {path.name: path.read_bytes() for path in folder.iterdir()}, ledger.picture(id).made
    (folder / "300.jpg").unlink()
    ledger.remake_pictures()
    work.work()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert ledger.picture(id).made == made


_KILLED = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from dateline.adapters.ledger import open_sql_ledger
from dateline.adapters.media import FolderStore
from dateline_indexer.media import preparing

class Wake:
    def wake(self, lane): ...
    def close(self): ...

class Killed(FolderStore):
    def put(self, key, source):
        if "640" in key or "320.jpg" in key:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().put(key, source)

folder = Path(sys.argv[1])
preparing.LEASE = timedelta(0)
ledger = open_sql_ledger(f"sqlite:///{folder}/ledger.sqlite")
preparing.Preparing(ledger=ledger, store=Killed(folder / "media"), wakeup=Wake(), worker="k").take_one()
"""


def test_a_worker_killed_in_the_middle_of_a_rendition_loses_and_doubles_nothing(
    work: Preparing, ledger: SqlLedger, tmp_path: Path
) -> None:
    id, picture = submit(work, tmp_path, width=300, height=400)
    original = write(tmp_path / "wide.jpg", scene(400, 330)).read_bytes()
    killed, wide = submit(work, tmp_path, content=original, width=400, height=330)
    work.take_one()
    before = files(work, picture)
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert ledger.picture(killed).made is None
    assert ledger.sweep().lost_leases == 1
    work.work()
    made = ledger.picture(killed)
    assert made.made is not None and made.ready_revision == 1
    names = {one.name for one in renditions(400, 330, made.focal)}
    assert files(work, wide) == names | {"rights.json"}
    assert files(work, picture) == before and ledger.picture(id).made
