"""The Celery app of the indexer: ``celery -A dateline_indexer.worker worker``, or ``… beat`` for the clock.

What is loaded here before the pool forks, its processes share.
"""

from __future__ import annotations

import gc
import mmap
import os
from typing import Any, Final

import structlog
from celery import signals
from celery.beat import Scheduler

from dateline.adapters.alive_file import keep_alive_file, say_alive
from dateline.adapters.broker import PULL_QUEUE, QUEUES, make_celery
from dateline.errors import Transient
from dateline.log import set_up_logging
from dateline.ports.wakeup import Lane
from dateline.private_files import keep_files_private, tighten
from dateline.settings import settings_or_exit
from dateline.supervisor.pdeathsig import die_with_parent
from dateline.supervisor.sd_notify import notify_ready

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

SWEEP_EXPIRES: Final = 5
MEDIA_SWEEP_SECONDS: Final = 60.0
"""How often the media worker looks for files that no picture has, in one of 256 parts of the store."""
BEAT_FILE: Final = "beat-alive"
WORKER_FILE: Final = "worker-alive"
GC_THRESHOLDS: Final = (20_000, 20, 50)
"""When Python looks for dead cycles: a batch makes a hundred thousand objects, and no cycle among them."""
_STOP_REQUESTED: Final = mmap.mmap(-1, 1)
"""One byte that the worker shares with its pool: a warm shutdown waits for a task, and the task sees this."""


keep_files_private()
app = make_celery(settings_or_exit().broker, include=["dateline_indexer.tasks"])
keep_alive_file(app, settings_or_exit().data / WORKER_FILE)
app.conf.beat_scheduler = "dateline_indexer.worker:StaticScheduler"


def _each_sweep(task: str, queue: str) -> dict[str, Any]:
    """An entry of the schedule: as often as the sweep, and let go of where nobody takes it soon."""
    schedule = settings_or_exit().sweep_seconds
    return {"task": task, "schedule": schedule, "options": {"queue": queue, "expires": SWEEP_EXPIRES}}


app.conf.beat_schedule = {
    "sweep": _each_sweep("dateline.sweep", "live"),
    "retag": _each_sweep("dateline.retag", "retag"),
    "compare": _each_sweep("dateline.compare", "retag"),
    "mentions": _each_sweep("dateline.mentions", "retag"),
    "suggestions": _each_sweep("dateline.suggestions", "retag"),
    "record-front": _each_sweep("dateline.record-front", "retag"),
    "pull": _each_sweep("dateline.pull", PULL_QUEUE),
    "plan": _each_sweep("dateline.plan", PULL_QUEUE),
    "media-sweep": {
        "task": "dateline.media-sweep",
        "schedule": MEDIA_SWEEP_SECONDS,
        "options": {"queue": QUEUES[Lane.MEDIA], "expires": MEDIA_SWEEP_SECONDS},
    },
}


class StaticScheduler(Scheduler):  # type: ignore[misc]
    """Beat's scheduler. The schedule is code, so none is kept: Celery's own keeps it in a file of pickles.

    An empty file says when it last looked what is due, for who watches beat.
    """

    def tick(self, *given: Any, **options: Any) -> float:
        """Send what is due; the seconds until the next look."""
        say_alive(settings_or_exit().data / BEAT_FILE)
        seconds: float = super().tick(*given, **options)
        return seconds


def stopping() -> bool:
    """Whether this worker was asked to stop."""
    return _STOP_REQUESTED[0] == 1


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _set_up_logging(**_: Any) -> None:
    set_up_logging(settings_or_exit())


@signals.worker_init.connect  # type: ignore[untyped-decorator]
def _load_before_fork(**_: Any) -> None:
    from dateline_indexer.parts import load

    for warning in tighten(settings_or_exit().data):
        log.warning(warning)
    try:
        load()
    except Transient as error:
        log.warning("ledger away at the start", reason=str(error))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


@signals.worker_process_init.connect  # type: ignore[untyped-decorator]
def _begin_process(**_: Any) -> None:
    die_with_parent(os.getppid())()


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
@signals.beat_init.connect  # type: ignore[untyped-decorator]
def _notify_ready(**_: Any) -> None:
    notify_ready()


@signals.worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _let_tasks_end(**_: Any) -> None:
    _STOP_REQUESTED[0] = 1
