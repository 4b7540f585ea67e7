"""Silent, slow and malformed clients: they hold no thread, and they are let go in time."""

from __future__ import annotations

import resource
import select
import socket

import pytest

from integration.gateway.application import LARGE
from integration.gateway.conftest import Serve, Server

HALF_HEAD = b"GET /echo HTTP/1.1\r\nHost: x\r\nX-Half: "
HALF_BODY = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
HALF_CHUNKED = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"
LARGE_ANSWER = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(autouse=True)
def many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(4096, hard)), hard))


@pytest.mark.parametrize("sent", [b"", HALF_HEAD, HALF_BODY, HALF_CHUNKED, LARGE_ANSWER])
def test_those_who_wait_hold_no_thread(serve: Serve, sent: bytes) -> None:
    server = serve()
    for _ in range(50):
        server.connect(sent)
    assert server.get("/live") == (200, b"live")
    assert server.get("/echo") == (200, b"")


@pytest.mark.parametrize("sent", [b"", HALF_HEAD])
def test_headers_must_come_in_time(serve: Serve, sent: bytes) -> None:
    assert serve(header_timeout=0.5).say(sent) == b""


def test_headers_that_trickle_must_come_in_time(serve: Serve) -> None:
    connection = serve(header_timeout=0.5).connect(HALF_HEAD)
    with pytest.raises(OSError):
        while True:  # the server closes, and then resets
            connection.sendall(b"x")
            connection.settimeout(0.05)
            try:
                assert connection.recv(1) == b""
            except TimeoutError:
                continue


@pytest.mark.parametrize("sent", [HALF_BODY, HALF_CHUNKED])
def test_a_body_must_come_in_time(serve: Serve, sent: bytes) -> None:
    answer = serve(body_timeout=0.5).say(sent)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_who_takes_nothing_is_let_go(serve: Serve) -> None:
    connection = serve(body_timeout=0.5).connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(LARGE_ANSWER)
    reset = select.poll()
    reset.register(connection, 0)
    assert reset.poll(20_000)


def test_over_the_bound_the_longest_silent_one_makes_room(serve: Serve) -> None:
    server = serve(connections=10)
    silent = [server.connect() for _ in range(40)]
    assert server.get("/live") == (200, b"live")
    assert silent[0].recv(1) == b""


def test_a_streamed_body_is_read_as_it_comes(serve: Serve) -> None:
    head = b"POST /streamed HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    server = serve()
    for _ in range(8):
        server.connect(head + b"Authorization: x\r\n\r\n5\r\nhello\r\n")
    assert server.get("/live") == (200, b"live")
    assert server.get("/echo") == (200, b"")


def test_a_streamed_body_may_be_large_and_may_not_pause(serve: Serve) -> None:
    head = b"POST /streamed HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: x\r\n"
    server = serve(body_timeout=0.5)
    whole = server.say(head + b"Content-Length: 3000000\r\n\r\n" + b"x" * 3_000_000)
    assert whole.endswith(b"\r\n\r\n3000000")
    assert server.say(head + b"Content-Length: 10\r\n\r\nhalf").startswith(b"HTTP/1.1 400 ")


def test_who_is_refused_may_finish_sending(serve: Serve) -> None:
    head = b"POST /streamed HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n"
    assert serve().say(head + b"x" * 3_000_000).startswith(b"HTTP/1.1 401 ")


def test_a_long_answer_is_whole_and_a_broken_one_is_seen_to_be_broken(serve: Serve) -> None:
    server = serve()
    assert len(server.get("/large")[1]) == LARGE
    broken = server.say(b"GET /broken HTTP/1.1\r\nHost: x\r\n\r\n")
    assert not broken.endswith(b"0\r\n\r\n")


def test_cookies_queries_and_bodies_arrive(serve: Serve) -> None:
    body = b"x" * 200_000
    head = b"POST /echo?a=%D0%BA HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: a=1\r\nCookie: b=2\r\n"
    answer = serve().say(head + b"Content-Length: 200000\r\n\r\n" + body)
    assert answer.endswith(b"\r\n\r\n" + body)
    assert b"X-Query: a=%D0%BA\r\n" in answer
    assert b"('a', '1'), ('b', '2')" in answer


def test_there_are_no_websockets(serve: Serve) -> None:
    asked = b"GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    key = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    assert serve().say(asked + key).startswith(b"HTTP/1.1 403 ")


CHUNKED = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        CHUNKED + b"5;\nxx\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5;a=\x00\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\nhello\n0\n\n",
        CHUNKED + b"5\r\nhelloX\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"GET /echo HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n",
        b"GET /echo HTTP/1.1\r\nHost: x\r\nX-A: b\r\n folded\r\n\r\n",
        b"GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /echo HTTP/1.1\nHost: x\n\n",
    ],
)
@pytest.mark.parametrize("path", [b"/echo", b"/streamed"])
def test_what_is_malformed_is_400_once_and_closes(server: Server, request_: bytes, path: bytes) -> None:
    request_ = request_.replace(b"/echo", path).replace(b"Host: x", b"Host: x\r\nAuthorization: x")
    answer = server.say(request_ + b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ") or answer.startswith(b"HTTP/1.1 501 ")
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.fixture
def server(serve: Serve) -> Server:
    return serve()
