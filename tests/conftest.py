"""Fixtures every test may use, real servers among them, and the last words of a run: what could not be run here."""

from __future__ import annotations

import fcntl
import gc
import os
import tempfile
from collections.abc import Generator
from pathlib import Path
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


ALONE: Final = (
    "tests/e2e/",
    "tests/security/",
    "tests/integration/outages/",
    "tests/integration/gateway/",
    "tests/integration/indexer/test_worker.py",
)
"""Tests that want the machine for themselves; all others may run beside one another."""


class ModulesThenAlone(LoadScopeScheduling):
    """Modules go to whichever process is free; what wants the machine for itself goes to one of them, in order."""

    def _split_scope(self, nodeid: str) -> str:
        return "alone" if nodeid.startswith(ALONE) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModulesThenAlone:
    """How ``pytest --numprocesses`` hands out the tests; its own groups are lost on pytest 9.2 (pytest-xdist #1386)."""
    config.option.loadscopereorder = False
    return ModulesThenAlone(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run beside others: last what wants the machine for itself, first what needs the cluster, which is
    the longest of all."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda one: (one.nodeid.startswith(ALONE), not one.get_closest_marker("elasticsearch")))


@pytest.hookimpl(wrapper=True, tryfirst=True)  # a test's time limit begins when its turn comes
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Where tests run beside others, hold the machine alone, or with them."""
    if "PYTEST_XDIST_TESTRUNUID" not in os.environ:
        return (yield)
    with open(Path(tempfile.gettempdir(), f"dateline-{os.environ['PYTEST_XDIST_TESTRUNUID']}.lock"), "w") as machine:
        fcntl.flock(machine, fcntl.LOCK_EX if item.nodeid.startswith(ALONE) else fcntl.LOCK_SH)
        return (yield)


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
