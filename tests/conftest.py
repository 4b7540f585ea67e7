"""Fixtures every test may use, and the last words of a run: what could not be run here."""

from __future__ import annotations

import gc

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from servers import NOT_RUN


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile each template once a run: every application made by a test would do it again."""
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))}


def pytest_collection_finish() -> None:
    """Leave what the modules made out of every later collection of garbage."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what this machine lacks."""
    for name, why in sorted(NOT_RUN.items()):
        terminalreporter.write_line(f"not run here: the tests that need {name} ({why})", yellow=True)
