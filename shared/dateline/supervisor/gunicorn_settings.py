"""gunicorn's settings for ingest and web: ``gunicorn --config=python:dateline.supervisor.gunicorn_settings …``."""

from __future__ import annotations

import gc
import logging
import os
from typing import Any, Final

import structlog

from dateline.log import set_up_logging
from dateline.private_files import UMASK, keep_files_private, tighten
from dateline.settings import read_settings
from dateline.supervisor.pdeathsig import die_with_parent

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline")

keep_files_private()  # this is read before the application is made
umask: Final = UMASK
worker_class: Final = "dateline.gateway.gunicorn_worker.Worker"
asgi_loop: Final = "asyncio"
asgi_lifespan: Final = "off"
preload_app: Final = True
graceful_timeout: Final = 4
timeout: Final = 60
keepalive: Final = 5
worker_tmp_dir: Final = None
accesslog: Final = None
control_socket_disable: Final = True
limit_request_line: Final = 8190
"""A withdrawal's note may stand in the address, six characters a Cyrillic letter."""
forwarded_allow_ips: Final = ""
"""gunicorn itself believes nobody's X-Forwarded-*: whom to trust is what DATELINE_PROXIES says."""


def on_starting(server: Any) -> None:
    """Log as the other processes do, and close the data folder to others."""
    settings = read_settings()
    set_up_logging(settings)
    for warning in tighten(settings.data):
        log.warning(warning)
    own = logging.getLogger("gunicorn.error")
    own.handlers, own.propagate = [], True


def pre_fork(server: Any, worker: Any) -> None:
    """Let the workers share what the parent loaded: a collection in a worker would copy its pages."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """End with the parent."""
    die_with_parent(worker.ppid)()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that is gone."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
