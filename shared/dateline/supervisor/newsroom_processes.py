"""Which processes a newsroom has, and with what command line and environment each is exec'd."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from dateline.supervisor.data_folder import DataFolder
from dateline.supervisor.embedded_broker import EmbeddedBroker
from dateline.supervisor.process import Process
from dateline.supervisor.sd_notify import VARIABLE, ReadyListener
from dateline.supervisor.tcp_ports import HOST

PYTHON: Final = (sys.executable, "-P")
"""``-P``: a file of the folder one happens to be in must not stand in for a library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpOptions:
    """What ``dateline up`` was asked for. Empty addresses: the settings', or the embedded part."""

    data: Path
    web_port: int = 8000
    ingest_port: int = 8001
    workers: int = 1
    empty: bool = False
    search: str = ""
    ledger: str = ""
    broker: str = ""

    @property
    def web_url(self) -> str:
        """Where readers go."""
        return f"http://{HOST}:{self.web_port}"

    @property
    def ingest_url(self) -> str:
        """Where reporters go."""
        return f"http://{HOST}:{self.ingest_port}"


def environment(options: UpOptions, folder: DataFolder, broker_url: str) -> dict[str, str]:
    """The environment of every process: this one's, changed by the options.

    ``broker_url`` is empty where the settings name the broker. Whom this one tells that it is ready (systemd), its
    children don't. A password stands in the environment, and in no command line: ``ps`` shows that to everybody.
    """
    own = {"DATELINE_DATA": str(folder.path), "DATELINE_WEB_PORT": str(options.web_port), "PYTHONUNBUFFERED": "1"}
    given = {"DATELINE_SEARCH": options.search, "DATELINE_LEDGER": options.ledger, "DATELINE_BROKER": broker_url}
    chosen = {name: value for name, value in given.items() if value}
    dropped = {VARIABLE, *(f"{name}_FILE" for name in chosen)}
    inherited = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**inherited, **own, **chosen}


def broker_process(broker: EmbeddedBroker, folder: DataFolder) -> Process:
    """The embedded broker."""
    log = folder.logs / "broker.log"
    return Process("broker", broker.command, dict(os.environ), log=log, ready=broker.is_ready)


def services(options: UpOptions, folder: DataFolder, environ: Mapping[str, str]) -> list[Process]:
    """Workers, beat, the puller, the media worker, ingest and web."""
    return [
        _http("ingest", "dateline_ingest.server:create_server()", options.ingest_port, folder, environ),
        _http("web", "dateline_web.server:create_server()", options.web_port, folder, environ),
        *(_worker(number, folder, environ) for number in range(1, options.workers + 1)),
        _beat(folder, environ),
        _puller(folder, environ),
        _media(folder, environ),
    ]


def command(name: str, arguments: list[str], environ: Mapping[str, str]) -> Process:
    """A command of ``dateline`` that runs once and writes where the supervisor writes."""
    return Process(name, [*PYTHON, "-m", "dateline.cli", *arguments], environ, log=None, ready=lambda: True)


def _http(name: str, app: str, port: int, folder: DataFolder, environ: Mapping[str, str]) -> Process:
    line = [
        *PYTHON, "-m", "gunicorn", f"--bind={HOST}:{port}", "--workers=1", "--preload",
        "--config=python:dateline.supervisor.gunicorn_settings", app,
    ]  # fmt: skip
    return Process(name, line, environ, log=folder.logs / f"{name}.log", ready=lambda: is_service_ready(port))


def _worker(number: int, folder: DataFolder, environ: Mapping[str, str]) -> Process:
    line = [
        *PYTHON, "-m", "celery", "-A", "dateline_indexer.worker", "worker", f"--hostname=indexer-{number}@%h",
        "--concurrency=1", "--queues=live,bulk,retag", "--without-gossip", "--without-mingle", "--loglevel=info",
    ]  # fmt: skip
    return _notifying(f"worker-{number}", line, folder, environ)


def _beat(folder: DataFolder, environ: Mapping[str, str]) -> Process:
    # -A names tasks and not worker, so that a command line with "worker" in it is a worker's
    line = [*PYTHON, "-m", "celery", "-A", "dateline_indexer.tasks", "beat", "--pidfile=", "--loglevel=info"]
    return _notifying("beat", line, folder, environ)


def _puller(folder: DataFolder, environ: Mapping[str, str]) -> Process:
    """Nothing waits until it is ready: it has work when an editor keeps sources."""
    line = [*PYTHON, "-m", "dateline.cli", "puller"]
    return Process("puller", line, environ, log=folder.logs / "puller.log", ready=lambda: True)


def _media(folder: DataFolder, environ: Mapping[str, str]) -> Process:
    """Nothing waits until it is ready: what it makes comes to the pages when it is there."""
    line = [
        *PYTHON, "-m", "celery", "-A", "dateline_indexer.media.worker", "worker", "--hostname=media@%h",
        "--concurrency=1", "--queues=media", "--without-gossip", "--without-mingle", "--loglevel=info",
    ]  # fmt: skip
    return Process("media", line, environ, log=folder.logs / "media.log", ready=lambda: True)


def _notifying(name: str, line: list[str], folder: DataFolder, environ: Mapping[str, str]) -> Process:
    listener = ReadyListener(name)
    listening = {**environ, VARIABLE: listener.address}
    return Process(name, line, listening, log=folder.logs / f"{name}.log", ready=listener.is_ready)


def is_service_ready(port: int) -> bool:
    """Whether ``/ready`` of the service on ``port`` says 200."""
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
