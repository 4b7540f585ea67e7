"""A server that speaks as S3 does, in this process: moto's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import Request, urlopen

from servers import free_port

BUCKET = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Server:
    """A running server with an empty bucket: ``address`` is what ``DATELINE_MEDIA`` says of it."""

    url: str

    def address(self, prefix: str = "") -> str:
        """A place in the bucket."""
        return f"s3://{BUCKET}/{prefix}?endpoint={self.url}&region=eu-north-1"


@contextmanager
def running_s3() -> Iterator[S3Server]:
    """A server for as long as the context lasts."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        urlopen(Request(f"{url}/{BUCKET}", method="PUT")).close()
        yield S3Server(url=url)
    finally:
        server.stop()
