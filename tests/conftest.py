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
    "e2e/",
    "security/",
    "integration/outages/",
    "integration/gateway/",
    "integration/indexer/test_worker.py",
)
"""Tests that want the machine for themselves; all others may run beside one another."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what wants the machine for itself, and keep together what shares a module's fixtures, or the cluster."""
    parallel = config.pluginmanager.hasplugin("xdist")
    for item in items:
        module = item.nodeid.partition("::")[0]
        if module.removeprefix("tests/").startswith(ALONE):
            item.add_marker(pytest.mark.alone)
        if parallel:
            name = "elasticsearch" if item.get_closest_marker("elasticsearch") else module
            item.add_marker(pytest.mark.xdist_group(name))


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
