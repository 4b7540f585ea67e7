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
_FOLDED: Final = "folded:"
"""How a cursor begins once the stories that the index finds are done."""
_EVENTS: Final = "event:"
"""How it begins once all stories are."""


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
        ids, cursor = self._page(job)
        touched = self._ledger.make_due(ids, Lane.RETAG) if ids else 0
        done = cursor is None
        self._ledger.advance_retag(job, cursor=cursor or job.cursor, touched=job.touched + touched, done=done)
        if touched:
            self._wakeup.wake(Lane.RETAG)
        if done:
            log.info("retagged", terms=len(job.keys), touched=job.touched + touched)
        return True

    def _page(self, job: RetagJob) -> tuple[list[str], str | None]:
        if job.cursor.startswith(_EVENTS):
            return self._events(job)
        return self._folded(job) if job.cursor.startswith(_FOLDED) else self._stories(job)

    def _stories(self, job: RetagJob) -> tuple[list[str], str | None]:
        ids = self._index.ids_mentioning(job.names, job.keys, after=job.cursor, limit=PAGE_SIZE)
        return ids, ids[-1] if len(ids) == PAGE_SIZE else _FOLDED

    def _folded(self, job: RetagJob) -> tuple[list[str], str | None]:
        """Stories that stand behind another: an index need not find them, and they are few."""
        after = job.cursor.removeprefix(_FOLDED)
        stories = self._ledger.published(kind="story", after=after, limit=PAGE_SIZE, folded=True)
        more = f"{_FOLDED}{stories[-1].item_id}" if len(stories) == PAGE_SIZE else _EVENTS
        return _naming(job, stories), more

    def _events(self, job: RetagJob) -> tuple[list[str], str | None]:
        """Events are few, and no index is kept over their words: the ledger's are read through."""
        after = job.cursor.removeprefix(_EVENTS)
        events = self._ledger.published(kind="event", after=after, limit=PAGE_SIZE)
        return _naming(job, events), f"{_EVENTS}{events[-1].item_id}" if len(events) == PAGE_SIZE else None


def _naming(job: RetagJob, items: Sequence[Claimed]) -> list[str]:
    """Those of the items that name a changed term."""
    wanted = [name.casefold().rstrip("*") for name in (*job.names, *(key.partition(":")[2] for key in job.keys))]
    return [one.item_id for one in items if _mentions(one, wanted)]


def _mentions(item: Claimed, words: Sequence[str]) -> bool:
    if item.publish is None or item.publish.payload is None:
        return False
    text = json.dumps(item.publish.payload, ensure_ascii=False).casefold()
    return any(word in text for word in words)
