"""Fixtures every test may use, and the last words of a run: what could not be run here."""

from __future__ import annotations

import gc
import os

import pytest
import structlog
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from servers import NOT_RUN

settings.register_profile("here", max_examples=40)
if "CI" not in os.environ:  # where hypothesis has a profile of its own, of a hundred examples
    settings.load_profile("here")


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


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and look no more at what the modules made."""
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what this machine lacks."""
    for name, why in sorted(NOT_RUN.items()):
        terminalreporter.write_line(f"not run here: the tests that need {name} ({why})", yellow=True)
