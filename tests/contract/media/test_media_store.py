"""What every media store does: files whole or not at all, parts of them, and nothing outside of it."""

from __future__ import annotations

import hashlib
import io
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.errors import MediaMissing, TooMuch
from dateline.ports.media import MediaStore, original_key, rendition_key

SHA = "ab" * 32
KEY = rendition_key(SHA, "640.webp")


def read(store: MediaStore, key: str, first: int = 0, length: int | None = None) -> bytes:
    return b"".join(store.open(key, first, length).pieces)


def now() -> datetime:
    return datetime.now(UTC)


def test_a_file_is_read_as_it_was_put(store: MediaStore, tmp_path: Path) -> None:
    large = bytes(range(256)) * 4096 * 9  # several parts of an upload to a bucket
    (tmp_path / "source").write_bytes(large)
    assert store.put(KEY, io.BytesIO(b"small")) == 5
    assert store.put(original_key(SHA), tmp_path / "source") == len(large)
    assert read(store, KEY) == b"small"
    assert read(store, original_key(SHA)) == large
    assert store.size(original_key(SHA)) == len(large)
    with store.local(original_key(SHA)) as path:
        assert path.read_bytes() == large


def test_a_file_may_be_empty(store: MediaStore) -> None:
    assert store.put(KEY, io.BytesIO()) == 0
    assert (read(store, KEY), store.size(KEY)) == (b"", 0)


@pytest.mark.parametrize(
    ("first", "length", "expected"),
    [(0, 3, b"abc"), (2, 2, b"cd"), (4, None, b"ef"), (5, 9, b"f"), (6, None, b""), (9, 2, b""), (1, 0, b"")],
)
def test_a_part_of_a_file_is_read(store: MediaStore, first: int, length: int | None, expected: bytes) -> None:
    store.put(KEY, io.BytesIO(b"abcdef"))
    file = store.open(KEY, first, length)
    assert (file.size, file.first, file.length) == (6, first, len(expected))
    assert b"".join(file.pieces) == expected


def test_a_file_that_isnt_there_is_missing(store: MediaStore) -> None:
    with pytest.raises(MediaMissing):
        store.open(KEY)
    with pytest.raises(MediaMissing), store.local(KEY):
        pass
    assert store.size(KEY) is None
    assert list(store.keys()) == []
    store.delete(KEY)


@pytest.mark.parametrize(
    "key",
    ["../x", "renditions/../../x", "/etc/passwd", "renditions//x", "renditions/.x", "renditions/x\0", "incoming/x", "",
     "renditions/a b", "renditions/x/", "renditions", "renditions/x..y", "renditions/" + "x" * 600, "renditions/é"],
)  # fmt: skip
def test_no_key_leads_out_of_the_store(store: MediaStore, tmp_path: Path, key: str) -> None:
    (tmp_path / "x").write_bytes(b"outside")
    with pytest.raises(MediaMissing):
        store.open(key)
    with pytest.raises(MediaMissing):
        store.put(key, io.BytesIO(b"written"))
    assert store.size(key) is None
    store.delete(key)
    assert (tmp_path / "x").read_bytes() == b"outside"


def test_a_file_that_is_replaced_is_the_old_or_the_new_one(store: MediaStore) -> None:
    old, new = b"o" * 700_000, b"n" * 900_000
    store.put(KEY, io.BytesIO(old))
    reading = store.open(KEY)
    first = next(reading.pieces)
    store.put(KEY, io.BytesIO(new))
    assert first + b"".join(reading.pieces) == old
    assert read(store, KEY) == new


def test_concurrent_puts_of_one_key_leave_one_whole(store: MediaStore) -> None:
    contents = [bytes([number]) * 300_000 for number in range(6)]
    errors: list[Exception] = []

    def put(content: bytes) -> None:
        try:
            store.put(KEY, io.BytesIO(content))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=put, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert read(store, KEY) in contents
    assert list(store.keys()) == [KEY]


def test_keys_come_in_their_order_by_what_they_begin_with(store: MediaStore) -> None:
    keys = sorted(["originals/b", "originals/a", "renditions/a/1.jpg", "renditions/a-b/1.jpg", "renditions/a/10.jpg"])
    for key in reversed(keys):
        store.put(key, io.BytesIO(b"x"))
    assert list(store.keys()) == keys
    assert list(store.keys("originals/")) == ["originals/a", "originals/b"]
    assert list(store.keys("renditions/a/")) == ["renditions/a/1.jpg", "renditions/a/10.jpg"]
    assert list(store.keys("renditions/a/1")) == ["renditions/a/1.jpg", "renditions/a/10.jpg"]
    assert list(store.keys("nothing/")) == []


def test_keys_of_old_files_alone(store: MediaStore) -> None:
    store.put(KEY, io.BytesIO(b"x"))
    assert list(store.keys(before=now() + timedelta(minutes=5))) == [KEY]
    assert list(store.keys(before=now() - timedelta(minutes=5))) == []


def test_files_are_taken_off(store: MediaStore) -> None:
    store.put(KEY, io.BytesIO(b"x"))
    store.put(original_key(SHA), io.BytesIO(b"x"))
    store.delete(KEY, KEY, original_key("no"))
    assert list(store.keys()) == [original_key(SHA)]
    store.put(KEY, io.BytesIO(b"again"))
    assert read(store, KEY) == b"again"


def test_an_upload_is_kept_under_its_hash(store: MediaStore) -> None:
    with store.receive(limit=10) as upload:
        assert upload.write(b"pic") + upload.write(b"ture") == 7
        assert upload.path.read_bytes() == b"picture"
        assert list(store.keys()) == []
        sha256 = upload.keep()
    assert sha256 == upload.sha256 == hashlib.sha256(b"picture").hexdigest()
    assert upload.size == 7
    assert read(store, original_key(sha256)) == b"picture"
    assert not upload.path.exists()


def test_the_same_upload_twice_is_one_file(store: MediaStore) -> None:
    with store.receive(limit=10) as first, store.receive(limit=10) as second:
        for upload in (first, second):
            upload.write(b"same")
            upload.keep()
    assert list(store.keys()) == [original_key(first.sha256)]
    assert read(store, original_key(first.sha256)) == b"same"


def test_an_upload_that_isnt_kept_leaves_nothing(store: MediaStore) -> None:
    with store.receive(limit=10) as upload:
        upload.write(b"a text")
    assert not upload.path.exists()
    with pytest.raises(TooMuch), store.receive(limit=10) as larger:
        larger.write(b"0123456789")
        larger.write(b"x")
    assert not larger.path.exists()
    assert list(store.keys()) == []


def test_what_never_became_a_file_is_dropped_after_a_while(store: MediaStore) -> None:
    with store.receive(limit=10) as upload:
        upload.write(b"begun")
        assert store.drop_unfinished(now() - timedelta(hours=1)) == 0
        assert upload.path.exists()
        assert store.drop_unfinished(now() + timedelta(minutes=1)) == 1
        assert not upload.path.exists()
