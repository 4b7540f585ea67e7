"""Retagging: after the vocabulary was quiet for a while, the stories and events that its changes touch come again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, Protocol

import structlog

from dateline.ports.index import Index
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.reindex import PublishedItems
from dateline.ports.ledger.retag import RetagJob, RetagJobs
from dateline.ports.wakeup import Lane, WakeUp

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

PAGE_SIZE: Final = 500
_EVENTS: Final = "event:"
"""How a cursor begins once the stories are done."""


class RetagLedger(RetagJobs, PublishedItems, Protocol):
    """What retagging asks of the ledger."""


class Retag:
    """One step after another of the running job, so that each task is short; how far it came stands in the ledger."""

    def __init__(self, ledger: RetagLedger, index: Index, wakeup: WakeUp, quiet: timedelta) -> None:
        self._ledger = ledger
        self._index = index
        self._wakeup = wakeup
        self._quiet = quiet

    def work(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Take steps until there is no job or ``seconds`` are over."""
        deadline = clock() + seconds
        while self.step() and clock() < deadline:
            pass

    def step(self) -> bool:
        """Make the next 500 candidates due in the retag lane; False when there is no job."""
        job = self._ledger.next_retag(quiet=self._quiet)
        if job is None:
            return False
        ids, cursor = self._events(job) if job.cursor.startswith(_EVENTS) else self._stories(job)
        touched = self._ledger.make_due(ids, Lane.RETAG) if ids else 0
        done = cursor is None
        self._ledger.advance_retag(job, cursor=cursor or job.cursor, touched=job.touched + touched, done=done)
        if touched:
            self._wakeup.wake(Lane.RETAG)
        if done:
            log.info("retagged", terms=len(job.keys), touched=job.touched + touched)
        return True

    def _stories(self, job: RetagJob) -> tuple[list[str], str | None]:
        ids = self._index.ids_mentioning(job.names, job.keys, after=job.cursor, limit=PAGE_SIZE)
        return ids, ids[-1] if len(ids) == PAGE_SIZE else _EVENTS

    def _events(self, job: RetagJob) -> tuple[list[str], str | None]:
        """Events are few, and no index is kept over their words: the ledger's are read through."""
        after = job.cursor.removeprefix(_EVENTS)
        events = self._ledger.published(kind="event", after=after, limit=PAGE_SIZE)
        wanted = [name.casefold().rstrip("*") for name in (*job.names, *(key.partition(":")[2] for key in job.keys))]
        ids = [event.item_id for event in events if _mentions(event, wanted)]
        return ids, f"{_EVENTS}{events[-1].item_id}" if len(events) == PAGE_SIZE else None


def _mentions(event: Claimed, words: Sequence[str]) -> bool:
    if event.publish is None or event.publish.payload is None:
        return False
    text = json.dumps(event.publish.payload, ensure_ascii=False).casefold()
    return any(word in text for word in words)
