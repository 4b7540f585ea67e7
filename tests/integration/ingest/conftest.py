"""The ingest service on a real SQLite ledger, in this process and behind a real socket."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from flask import Flask
from werkzeug.serving import WSGIRequestHandler

from dateline.bootstrap import open_ledger
from dateline.ports.ledger import Ledger
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from servers.served import served


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
