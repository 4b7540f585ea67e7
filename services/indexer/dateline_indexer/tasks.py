"""The Celery tasks: look up, call, return. A message only wakes; the ledger says what is due.

A task that meets an unreachable ledger ends: the sweep, or the next message, finds the work again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from dateline.errors import Transient
from dateline.ports.wakeup import Lane
from dateline_indexer.sweeper import sweep as sweep_ledger
from dateline_indexer.worker import app, stopping

if TYPE_CHECKING:
    from dateline_indexer.parts import Parts

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

RETAG_SECONDS = 5.0
COMPARE_SECONDS = 0.5
MENTION_SECONDS = 0.5
SUGGEST_SECONDS = 0.5
"""These are short, since whoever submits meanwhile may wait for this worker."""


def parts() -> Parts:
    """What this process works with. Imported by who works: beat, which only sends tasks, starts without the tagger."""
    from dateline_indexer.parts import parts as parts_of_process

    return parts_of_process()


@contextmanager
def _until_unavailable(task: str) -> Iterator[None]:
    try:
        yield
    except Transient as error:
        log.warning("task gave up", task=task, reason=str(error))


@app.task(name="dateline.index")  # type: ignore[untyped-decorator]
def index(lane: int = Lane.LIVE, **_: Any) -> None:
    """Take batches until nothing is due; wake the next task when time was over before."""
    indexer = parts()
    with _until_unavailable("index"):
        if indexer.pipeline.work_on_suspects() if lane == Lane.SUSPECT else indexer.pipeline.work(stopping):
            indexer.wakeup.wake(Lane(lane))


@app.task(name="dateline.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Find lost leases and what nobody was woken for."""
    indexer = parts()
    with _until_unavailable("sweep"):
        sweep_ledger(indexer.ledger, indexer.wakeup)


@app.task(name="dateline.retag")  # type: ignore[untyped-decorator]
def retag() -> None:
    """Take the running retag further."""
    with _until_unavailable("retag"):
        parts().retag.work(RETAG_SECONDS)


@app.task(name="dateline.compare")  # type: ignore[untyped-decorator]
def compare() -> None:
    """Compare a little more of what is new with what is on record."""
    with _until_unavailable("compare"):
        parts().similarity.work(COMPARE_SECONDS)


@app.task(name="dateline.mentions")  # type: ignore[untyped-decorator]
def find_mentions() -> None:
    """Look a little more of what is new through for events that it mentions."""
    with _until_unavailable("mentions"):
        parts().mentions.work(MENTION_SECONDS)


@app.task(name="dateline.suggestions")  # type: ignore[untyped-decorator]
def suggest_tags() -> None:
    """Look a little more of what is new through for tags to suggest."""
    with _until_unavailable("suggestions"):
        parts().suggestions.work(SUGGEST_SECONDS)


@app.task(name="dateline.record-front")  # type: ignore[untyped-decorator]
def record_front() -> None:
    """Put the front page on record if readers see another one than before."""
    with _until_unavailable("record-front"):
        parts().front_recorder.work()
