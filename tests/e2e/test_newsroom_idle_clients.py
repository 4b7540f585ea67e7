"""Hundreds of clients that say nothing, half of something, or only listen: readers and reporters notice nothing."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Final

import pytest

from servers.newsroom import Newsroom, newsroom

SILENT: Final = 200
HALF_SENT: Final = 200
STREAMS: Final = 100
AT_MOST: Final = 1.0
"""Seconds; docs/decisions/0004-http-server.md has what was measured."""

PAGES: Final = ("/", "/search?q=minsk", "/events", "/live", "/ready")
DESK: Final = ("/live", "/ready", "/", "/v1/stories?limit=5")


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(4096, hard)), hard))
    with newsroom("--empty", environ={"DATELINE_HEADER_TIMEOUT": "120", "DATELINE_BODY_TIMEOUT": "120"}) as running:
        yield running


@pytest.fixture(scope="module")
def crowd(room: Newsroom) -> Iterator[list[socket.socket]]:
    """The connections, on both services; the streams."""
    with ExitStack() as opened:

        def connect(port: int, send: str = "") -> socket.socket:
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            connection.sendall(send.encode())
            return connection

        for port in (room.web_port, room.ingest_port):
            for _ in range(SILENT):
                connect(port)
            for number in range(HALF_SENT):
                connect(port, _half_sent(number, room.token))
        yield [connect(room.web_port, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(STREAMS)]


def _half_sent(number: int, token: str) -> str:
    if number % 2:
        return "GET / HTTP/1.1\r\nHost: x\r\nX-Half: "
    head = (
        f"POST /v1/stories HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    )
    return f"{head}Content-Length: 1000\r\n\r\n{{"


def slowest(port: int, paths: tuple[str, ...], token: str) -> float:
    """Seconds of the slowest of all ``paths``, each asked five times over a connection of its own."""
    longest = 0.0
    for path in paths * 5:
        started = time.monotonic()
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        status = connection.getresponse().status
        connection.close()
        assert status == 200, path
        longest = max(longest, time.monotonic() - started)
    return longest


def test_pages_are_as_quick_as_without_them(room: Newsroom, crowd: list[socket.socket]) -> None:
    assert slowest(room.web_port, PAGES, "") < AT_MOST
    assert slowest(room.ingest_port, DESK, room.token) < AT_MOST


def test_the_streams_are_told_of_a_new_story(room: Newsroom, crowd: list[socket.socket]) -> None:
    story = room.submit({"headline": "Heard by all who listen", "body_text": "A sentence."}).body["id"]
    for stream in crowd:
        heard = b""
        while story.encode() not in heard:
            chunk = stream.recv(65_536)
            assert chunk, heard
            heard += chunk
        assert heard.startswith(b"HTTP/1.1 200 ")


def test_it_stops_in_time_with_all_of_them(room: Newsroom, crowd: list[socket.socket]) -> None:
    started = time.monotonic()
    assert room.stop() == 0
    assert time.monotonic() - started < 15
    rest = b""
    while chunk := crowd[0].recv(65_536):
        rest += chunk
    assert rest.endswith(b"0\r\n\r\n")
