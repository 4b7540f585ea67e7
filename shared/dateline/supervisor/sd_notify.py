"""The readiness protocol of systemd (sd_notify(3)): a process says READY=1 to the socket that NOTIFY_SOCKET names.

``dateline up`` listens so; under systemd a unit of ``Type=notify`` does.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Final

VARIABLE: Final = "NOTIFY_SOCKET"


def notify_ready() -> None:
    """Tell whoever started this process that it can do its work; nothing happens when nobody asked to be told."""
    address = os.environ.get(VARIABLE, "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(1)
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.send(b"READY=1")


class ReadyListener:
    """Hears one process say that it is ready. Without Linux's nameless sockets it counts as ready at once."""

    def __init__(self, name: str) -> None:
        self.address = f"@dateline-{os.getpid()}-{name}"
        self._ready = sys.platform != "linux"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        if not self._ready:
            self._socket.bind("\0" + self.address[1:])
            self._socket.setblocking(False)

    def is_ready(self) -> bool:
        """Whether it has said so."""
        while not self._ready:
            try:
                self._ready = b"READY=1" in self._socket.recv(4096)
            except BlockingIOError:
                return False
        return True

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
