"""Real servers for the tests: each on a free port of 127.0.0.1, in a temporary folder, ended by its pid."""

from __future__ import annotations

import os
import socket
from typing import Final, NoReturn

import pytest

REQUIRED: Final = frozenset(filter(None, os.environ.get("DATELINE_REQUIRE", "").split(",")))
NOT_RUN: Final[dict[str, str]] = {}
"""What this machine lacks -> why; named at the end of the run."""


def missing(name: str, why: str) -> NoReturn:
    """Skip the test, and say at the end of the run that ``name`` was missing; fail where it is required."""
    NOT_RUN[name] = why
    if name in REQUIRED:
        pytest.fail(f"{name} is required (DATELINE_REQUIRE) and can't be had here: {why}")
    pytest.skip(f"no {name} here: {why}")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
