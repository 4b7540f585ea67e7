"""The Celery app of the puller: a worker of its own, so that no feed keeps a story waiting.

It is ingest's, since what a feed has goes in as stories do; ``dateline puller`` starts it.
"""

from __future__ import annotations

import os
from typing import Any, Final

import structlog
from celery import signals

from dateline.adapters.alive_file import keep_alive_file
from dateline.adapters.broker import PULL_QUEUE, make_celery
from dateline.log import set_up_logging
from dateline.private_files import keep_files_private, tighten
from dateline.settings import settings_or_exit
from dateline.supervisor.pdeathsig import die_with_parent
from dateline.supervisor.sd_notify import notify_ready

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")

ALIVE_FILE: Final = "puller-alive"
ARGUMENTS: Final = (
    "worker", "--hostname=puller@%h", "--concurrency=1", f"--queues={PULL_QUEUE}", "--without-gossip",
    "--without-mingle", "--loglevel=info",
)  # fmt: skip


keep_files_private()
app = make_celery(settings_or_exit().broker, include=["dateline_ingest.tasks"])
keep_alive_file(app, settings_or_exit().data / ALIVE_FILE)


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _set_up_logging(**_: Any) -> None:
    set_up_logging(settings_or_exit())


@signals.worker_init.connect  # type: ignore[untyped-decorator]
def _look_at_files(**_: Any) -> None:
    for warning in tighten(settings_or_exit().data):
        log.warning(warning)


@signals.worker_process_init.connect  # type: ignore[untyped-decorator]
def _begin_process(**_: Any) -> None:
    die_with_parent(os.getppid())()


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def _notify_ready(**_: Any) -> None:
    notify_ready()
