"""The Celery app of the media worker: ``celery -A dateline_indexer.media.worker`` and ``ARGUMENTS``.

A worker of its own, so that no picture keeps a story waiting.
"""

from __future__ import annotations

import mmap
import os
from typing import Any, Final

import structlog
from celery import signals

from dateline.adapters.alive_file import keep_alive_file
from dateline.adapters.broker import make_celery
from dateline.log import set_up_logging
from dateline.private_files import keep_files_private, tighten
from dateline.settings import settings_or_exit
from dateline.supervisor.pdeathsig import die_with_parent
from dateline.supervisor.sd_notify import notify_ready

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.media")

ALIVE_FILE: Final = "media-alive"
ARGUMENTS: Final = (
    "worker", "--hostname=media@%h", "--concurrency=1", "--queues=media", "--without-gossip", "--without-mingle",
    "--loglevel=info",
)  # fmt: skip
_STOP_REQUESTED: Final = mmap.mmap(-1, 1)
"""One byte that the worker shares with its pool: a warm shutdown waits for a task, and the task sees this."""


keep_files_private()
app = make_celery(settings_or_exit().broker, include=["dateline_indexer.media.tasks"])
keep_alive_file(app, settings_or_exit().data / ALIVE_FILE)


def stopping() -> bool:
    """Whether this worker was asked to stop."""
    return _STOP_REQUESTED[0] == 1


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _set_up_logging(**_: Any) -> None:
    set_up_logging(settings_or_exit())


@signals.worker_init.connect  # type: ignore[untyped-decorator]
def _look_at_files(**_: Any) -> None:
    from dateline_indexer.media.parts import remove_left_overs

    remove_left_overs()
    for warning in tighten(settings_or_exit().data):
        log.warning(warning)


@signals.worker_process_init.connect  # type: ignore[untyped-decorator]
def _begin_process(**_: Any) -> None:
    die_with_parent(os.getppid())()


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def _notify_ready(**_: Any) -> None:
    notify_ready()


@signals.worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _let_tasks_end(**_: Any) -> None:
    _STOP_REQUESTED[0] = 1
