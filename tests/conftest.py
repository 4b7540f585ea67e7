"""Fixtures every test may use, real servers among them, and the last words of a run: what could not be run here."""

from __future__ import annotations

import gc
import os
from typing import Any, Final

import pytest
import structlog
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from xdist.scheduler import LoadScopeScheduling

from servers import NOT_RUN
from servers.elastic import elastic_server
from servers.postgres import postgres_server, postgres_url
from servers.redis import _shared_redis, own_redis, redis_url

# named here and nowhere else: each folder that imported one of its own would start a server of its own
__all__ = ["_shared_redis", "elastic_server", "own_redis", "postgres_server", "postgres_url", "redis_url"]

# hypothesis' own profile for CI tries the same examples each time
settings.register_profile("dateline", settings.get_profile("ci" if "CI" in os.environ else "default"), max_examples=40)
settings.load_profile("dateline")


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile each template once a run: every application made by a test would do it again."""
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))}


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Write log lines plainly: structlog, not set up, paints each line, and each traceback with its source."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
        ]
    )


APART: Final = {
    "newsrooms": ("tests/e2e/",),
    "attacks": (
        "tests/integration/indexer/test_worker.py",
        "tests/integration/gateway/",
        "tests/integration/outages/",
        "tests/security/",
    ),
}
"""Tests that drive whole newsrooms, and those that stop servers or count what an attack costs: of each kind one at a
time."""
COMPOSE: Final = "tests/e2e/test_compose.py"
"""The last of its kind: it needs most of the machine."""


def _kind(nodeid: str) -> str:
    return next((kind for kind, folders in APART.items() if nodeid.startswith(folders)), "")


class ModulesThenKinds(LoadScopeScheduling):
    """A module goes to whichever process is free, a kind of ``APART`` to one process as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return _kind(nodeid) or nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModulesThenKinds:
    """How ``pytest --numprocesses`` hands out the tests; its own groups are lost on pytest 9.2 (pytest-xdist #1386)."""
    config.option.loadscopereorder = False
    return ModulesThenKinds(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run two at a time: what takes longest first, so that both are through at about the same time."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, bool]:
    kind = _kind(item.nodeid) or ("cluster" if item.get_closest_marker("elasticsearch") else "")
    return ("cluster", "newsrooms", "", "attacks").index(kind), item.nodeid.startswith(COMPOSE)


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and look no more at what the modules made."""
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that gathers the results what could not be run in this one."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = dict(NOT_RUN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a process tells."""
    NOT_RUN.update(getattr(node, "workeroutput", {}).get("not_run", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what this machine lacks."""
    for name, why in sorted(NOT_RUN.items()):
        terminalreporter.write_line(f"not run here: the tests that need {name} ({why})", yellow=True)
