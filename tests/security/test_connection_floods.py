"""Connections and bodies of one client, so many or so made that there is none left for others."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Final

import pytest

from dateline.gateway import Gateway, Limits, request_body
from integration.gateway.conftest import Serve, Server, serve, servers  # noqa: F401 - fixtures

ATTACKER: Final = ("127.0.0.2", 0)
HALF_BODY: Final = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
HALF_CHUNKED: Final = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"
HALF_BULK: Final = HALF_BODY.replace(b"/echo", b"/streamed").replace(b"Host: x", b"Host: x\r\nAuthorization: x")
NOT_TAKEN: Final = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"


def attack(server: Server, sent: bytes, address: tuple[str, int] = ATTACKER) -> socket.socket:
    connection = server.opened.enter_context(socket.socket())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.bind(address)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(sent)
    return connection


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        (HALF_BODY, ATTACKER), (HALF_CHUNKED, ATTACKER), (HALF_BULK, ATTACKER), (NOT_TAKEN, ATTACKER),
        (HALF_BODY, ("127.0.0.1", 0)),
    ],
)  # fmt: skip
def test_half_sent_and_untaken_ones_make_room(serve: Serve, sent: bytes, address: tuple[str, int]) -> None:  # noqa: F811
    server = serve(connections=20)
    for _ in range(40):
        attack(server, sent, address)
        assert server.get("/live") == (200, b"live")


def test_a_body_of_single_bytes_is_refused(serve: Serve) -> None:  # noqa: F811
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    server = serve()
    assert server.say(head + b"1\r\nx\r\n" * 2_000 + b"0\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert server.say(head + b"1\r\nx\r\n" * 900 + b"0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    lines = b"40\r\n" + b"x" * 64 + b"\r\n"
    assert server.say(head + lines * 5_000 + b"0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_length_of_5000_digits_is_400(serve: Serve) -> None:  # noqa: F811
    request = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n"
    assert serve().say(request).startswith(b"HTTP/1.1 400 ")


def test_one_clients_bodies_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "MAX_CLIENTS_BYTES", 150_000)
    gateway = Gateway(echo, Limits())

    async def run() -> list[int]:
        gate = asyncio.Event()
        first = asyncio.create_task(send(gateway, "192.0.2.1", gate))
        while not gateway._bodies._spooled:
            await asyncio.sleep(0)
        gate_of_others = asyncio.Event()
        gate_of_others.set()
        others = [await send(gateway, address, gate_of_others) for address in ("192.0.2.1", "192.0.2.2")]
        gate.set()
        return [*others, await first]

    assert asyncio.run(run()) == [503, 200, 200]


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


async def send(gateway: Gateway, client: str, gate: asyncio.Event) -> int:
    """The status of a request of 100,000 bytes, whose end comes when ``gate`` is open."""
    parts = [b"x" * 100_000, b""]
    status: list[int] = []

    async def receive() -> dict[str, Any]:
        if len(parts) == 1:
            await gate.wait()
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def told(message: dict[str, Any]) -> None:
        if "status" in message:
            status.append(message["status"])

    scope = {
        "type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": (client, 5), "headers": [],
    }  # fmt: skip
    await gateway(scope, receive, told)
    return status[0]
