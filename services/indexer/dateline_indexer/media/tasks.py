"""The Celery tasks of the media worker. A message only wakes; the ledger says which picture is due."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import structlog

from dateline.errors import Transient
from dateline.ports.wakeup import Lane
from dateline_indexer.media.orphans import sweep_files
from dateline_indexer.media.parts import preparing
from dateline_indexer.media.worker import app, stopping

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.media")


@app.task(name="dateline.media")  # type: ignore[untyped-decorator]
def prepare(lane: int = Lane.MEDIA, **_: Any) -> None:
    """Make pictures ready until none is due; wake the next task when time was over before."""
    try:
        if preparing().work(stopping):
            preparing().wakeup.wake(Lane(lane))
    except Transient as error:
        log.warning("task gave up", task="media", reason=str(error))


@app.task(name="dateline.media-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Take off files that no picture has, in a part of the media store."""
    try:
        sweep_files(preparing().ledger, preparing().store, datetime.now(UTC))
    except Transient as error:
        log.warning("task gave up", task="media sweep", reason=str(error))
