"""A cluster that a test may lose: an address in front of it that forwards, refuses, or accepts and never answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from servers import free_port


class Doorway:
    """Listens on ``port`` and forwards to ``target``; ``silent`` ones take a connection and say nothing."""

    def __init__(self, target: int) -> None:
        self.port, self._target = free_port(), target
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._silent = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def forward(self) -> None:
        """Let requests through."""
        self._listen(silent=False)

    def hang(self) -> None:
        """Take connections and never answer, on those that are open too."""
        self._listen(silent=True)

    def refuse(self) -> None:
        """Refuse connections, and end those that are open."""
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._open.clear()

    def _listen(self, *, silent: bool) -> None:
        self.refuse()
        self._silent = silent
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._open.append(client)
                if not self._silent:
                    server = socket.create_connection(("127.0.0.1", self._target))
                    self._open.append(server)
                    for one, other in ((client, server), (server, client)):
                        Thread(target=_copy, args=(one, other), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def doorway(target: int) -> Iterator[Doorway]:
    """A doorway that forwards until the test says otherwise."""
    door = Doorway(target)
    door.forward()
    try:
        yield door
    finally:
        door.refuse()
