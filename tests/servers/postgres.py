"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, run as another user when root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest

from servers import free_port, missing

USER: Final = "postgres"
FAST: Final = {"fsync": "off", "full_page_writes": "off", "max_connections": "60"}
"""A cluster that lives for one run needs no crash safety; synchronous_commit stays on, as in the real one."""


def find_binaries() -> Path:
    """The folder of initdb and pg_ctl, newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*folders, *([Path(on_path).parent] if on_path else [])]:
        if (folder / "initdb").exists():
            return folder
    missing("postgres", "no initdb: install the package postgresql")


def _as_user(command: list[str]) -> list[str]:
    if os.getuid() != 0:
        return command
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(_as_user(command), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """A cluster that a test may stop and start again."""

    url: str
    folder: Path
    control: tuple[str, ...]
    flags: str

    def start(self) -> None:
        """Run it, and return when it answers."""
        # pg_ctl's own output goes to the log: a server that inherits a pipe would keep it open
        _run([*self.control, "-l", str(self.folder / "log"), "-o", self.flags, "start"], self.folder)

    def stop(self) -> None:
        """End it at once, as a crash would."""
        _run([*self.control, "-m", "immediate", "stop"], self.folder)


@contextmanager
def postgres_cluster(flags: Mapping[str, str] = FAST) -> Iterator[PostgresServer]:
    """Run a cluster in a temporary folder; ended by pg_ctl, which knows its pid."""
    binaries = find_binaries()
    with tempfile.TemporaryDirectory(prefix="dateline-pg-") as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        data, port = str(folder / "data"), free_port()
        _run([str(binaries / "initdb"), "-D", data, "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync"], folder)
        options = {**flags, "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": name}
        server = PostgresServer(
            url=f"postgresql://dateline@127.0.0.1:{port}/postgres",
            folder=folder,
            control=(str(binaries / "pg_ctl"), "-D", data, "-w"),
            flags=" ".join(f"-c {key}={value}" for key, value in options.items()),
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a cluster; its address, of the database ``postgres``."""
    with postgres_cluster() as server:
        yield server.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One cluster for the whole run."""
    with postgresql() as url:
        yield url


@contextmanager
def new_database(postgres_server: str) -> Iterator[str]:
    """The address of an empty database, which is dropped in the end."""
    import psycopg

    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_server.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of the test's own."""
    with new_database(postgres_server) as url:
        yield url
