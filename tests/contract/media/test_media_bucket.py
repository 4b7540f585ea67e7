"""The media store as a bucket: a server that is away or refuses, one without room, and its prefix."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from dateline.bootstrap import open_media
from dateline.errors import MediaFull, MediaUnavailable
from dateline.ports.media import MediaStore
from dateline.settings import read_settings
from servers import free_port
from servers.s3 import S3Server

KEY = "renditions/ab/640.webp"


def bucket(address: str, data: Path) -> MediaStore:
    environ = {"DATELINE_DATA": str(data), "DATELINE_MEDIA": address}
    return open_media(read_settings(environ | {"DATELINE_MEDIA_KEY": "key", "DATELINE_MEDIA_SECRET": "secret"}))


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """The address of a server that always says the same."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version: ClassVar = "HTTP/1.1"

        def handle(self) -> None:
            self.rfile.readline()
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.rfile.read(length)
            head = f"HTTP/1.1 {status} No\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            self.wfile.write(head.encode() + body)

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"s3://b?endpoint=http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def no_file_is_left(data: Path) -> bool:
    return not [path for path in data.rglob("*") if path.is_file()]


def test_a_server_that_is_away_is_unavailable_and_no_file_is_missing(tmp_path: Path) -> None:
    store = bucket(f"s3://b/?endpoint=http://127.0.0.1:{free_port()}", tmp_path)
    with pytest.raises(MediaUnavailable):
        store.size(KEY)
    with pytest.raises(MediaUnavailable), store.receive(10) as upload:
        upload.write(b"x")
        upload.keep()
    with pytest.raises(MediaUnavailable):
        list(store.keys())
    assert no_file_is_left(tmp_path)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", MediaUnavailable),
        (403, b"<Error><Code>QuotaExceeded</Code></Error>", MediaFull),
        (507, b"<Error><Code>XMinioStorageFull</Code></Error>", MediaFull),
    ],
)
def test_what_a_server_refuses_has_its_name(tmp_path: Path, status: int, body: bytes, error: type[Exception]) -> None:
    with answering(status, body) as address:
        with pytest.raises(error) as raised:
            bucket(address, tmp_path).put(KEY, io.BytesIO(b"x"))
        assert type(raised.value) is error
    assert no_file_is_left(tmp_path)


def test_a_bucket_that_isnt_there_is_unavailable(s3: S3Server, tmp_path: Path) -> None:
    store = bucket(s3.address().replace("pictures", "another"), tmp_path)
    with pytest.raises(MediaUnavailable):
        store.open(KEY)
    with pytest.raises(MediaUnavailable):
        store.put(KEY, io.BytesIO(b"x"))


def test_two_newsrooms_share_a_bucket_by_their_prefixes(s3: S3Server, tmp_path: Path) -> None:
    one, other = (bucket(s3.address(prefix), tmp_path) for prefix in ("one", "two/deep"))
    one.put(KEY, io.BytesIO(b"one"))
    other.put(KEY, io.BytesIO(b"other"))
    assert [b"".join(store.open(KEY).pieces) for store in (one, other)] == [b"one", b"other"]
    assert list(one.keys()) == [KEY]
