"""Fixtures every test may use, and the last words of a run: what could not be run here."""

from __future__ import annotations

import pytest

from servers import NOT_RUN


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what this machine lacks."""
    for name, why in sorted(NOT_RUN.items()):
        terminalreporter.write_line(f"not run here: the tests that need {name} ({why})", yellow=True)
