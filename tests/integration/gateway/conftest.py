"""gunicorn with the gateway's worker, on a free port, with two threads for requests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest

from servers import free_port

TESTS = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Server:
    """A running server, and the connections a test opened to it."""

    port: int
    process: subprocess.Popen[bytes]
    opened: ExitStack = field(default_factory=ExitStack)

    def connect(self, send: bytes = b"") -> socket.socket:
        """A connection that has sent ``send``; it is closed after the test."""
        connection = self.opened.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=20))
        connection.sendall(send)
        return connection

    def say(self, request: bytes) -> bytes:
        """Everything the server answers to ``request`` until it closes."""
        connection = self.connect(request)
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
        return answer

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """The servers that the module's tests started, by their settings."""
    started: dict[str, Server] = {}
    yield started
    for server in started.values():
        server.process.terminate()
    for server in started.values():
        assert server.process.wait(timeout=20) == 0


@pytest.fixture
def serve(servers: dict[str, Server], tmp_path: Path) -> Iterator[Serve]:
    """Call with settings: ``serve(header_timeout=1)``."""

    def get(**settings: object) -> Server:
        key = repr(sorted(settings.items()))
        if key not in servers:
            environ = {f"DATELINE_{name.upper()}": str(value) for name, value in settings.items()}
            servers[key] = _start(tmp_path, environ)
        return servers[key]

    yield get
    for server in servers.values():
        server.opened.close()


def _start(folder: Path, settings: dict[str, str]) -> Server:
    port = free_port()
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    environ = {**os.environ, "DATELINE_THREADS": "2", "DATELINE_LOG_LEVEL": "error", "PYTHONPATH": path, **settings}
    command = [
        sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--preload",
        "--config=python:dateline.supervisor.gunicorn_settings", "integration.gateway.application:create_server()",
    ]  # fmt: skip
    server = Server(port, subprocess.Popen(command, env=environ, cwd=folder))
    deadline = time.monotonic() + 60
    while True:
        try:
            server.get("/live")
            return server
        except OSError:
            assert server.process.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
