"""An HTTP server of somebody else's on this machine: each path answers as the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path answers; ``pieces`` are written one by one as the body, without a Content-Length."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: Callable[[], Iterator[bytes]] | None = None


class Origin:
    """The server: ``answers`` by path, and what was asked of it as (method, path, headers)."""

    def __init__(self, address: str, port: int) -> None:
        self.port = port
        self.address = f"http://{address}:{port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, Message]] = []

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let ``path`` answer so; its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(status=status, headers=named, body=body)
        return self.address + path


@contextmanager
def running_origin(address: str = "127.0.0.1") -> Iterator[Origin]:
    """A server on a free port of ``address``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            origin.asked.append((self.command, self.path, self.headers))
            answer = origin.answers.get(self.path, Answer(status=404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.pieces is None:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                for piece in answer.pieces() if answer.pieces else (answer.body,):
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                return  # whoever asked had enough

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((address, 0), Handler) as server:
        server.daemon_threads = True
        origin = Origin(address, server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield origin
        server.shutdown()
        thread.join()
