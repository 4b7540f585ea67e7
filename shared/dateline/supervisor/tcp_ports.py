"""Ports of 127.0.0.1: is one free, which one is."""

from __future__ import annotations

import socket
import time
from typing import Final

from dateline.errors import CannotStart

HOST: Final = "127.0.0.1"
_GRACE_SECONDS: Final = 1.5
"""A newsroom that was just killed may need a moment to let go of its ports."""


def need_port(port: int, option: str) -> None:
    """Return when ``port`` is free. Raises ``CannotStart``, naming the ``option`` that chooses another."""
    deadline = time.monotonic() + _GRACE_SECONDS
    while not _is_free(port, option):
        if time.monotonic() > deadline:
            raise CannotStart(f"port {port} of {HOST} is in use; choose another with {option}")
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int, option: str) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotStart(f"port {port} may not be used by this user; choose another with {option}") from None
        except OSError:
            return False
        return True
