"""The ingest service on a real SQLite ledger, in this process and behind a real socket."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import pytest
import structlog
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.serving import WSGIRequestHandler

from dateline.bootstrap import open_ledger
from dateline.ports.ledger import Ledger
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from dateline_ingest.cli import commands
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from servers.served import served

MAIN: Final = click.Group("dateline", commands={command.name or "": command for command in commands})


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None: ...


@dataclass(frozen=True)
class Service:
    """The app, its ledger, and tokens by role."""

    app: Flask
    ledger: Ledger
    tokens: dict[str, str]
    data: Path


@pytest.fixture(autouse=True)
def no_log() -> Iterator[None]:
    """The service logs in the process whose output the tests of commands read."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.configure(**before)


@pytest.fixture
def ledger_url() -> str:
    """The ledger's address; the SQLite file of the data folder unless a module says otherwise."""
    return ""


@pytest.fixture
def service(tmp_path: Path, ledger_url: str) -> Iterator[Service]:
    settings = read_settings({}, data=str(tmp_path), ledger=ledger_url)
    ledger = open_ledger(settings)
    ledger.migrate()
    tokens = {role: ledger.create_token(role, role)[0] for role in ("reporter", "editor", "ops")}  # type: ignore[arg-type]
    (tmp_path / "token").write_text(tokens["editor"])
    app = create_app(
        settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=FewWords(), queue_lengths=lambda: {"live": 0}
    )
    yield Service(app, ledger, tokens, tmp_path)
    ledger.close()


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with served(service.app, Quiet) as address:
        yield address


@pytest.fixture
def run(service: Service, address: str) -> Callable[..., Result]:
    """Run a command line against the service, and see that it ends with a status."""
    environ = {"DATELINE_DATA": str(service.data), "DATELINE_INGEST": address}

    def run(*line: str, status: int = 0, stdin: str | None = None, **more: str) -> Result:
        result = CliRunner().invoke(MAIN, line, env={**environ, **more}, input=stdin)
        assert result.exit_code == status, result.output
        return result

    return run
