"""The front page is put on record whenever readers see another one, so that it can be seen for ever as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from dateline.domain.front import HOME, FrontRecord, record_id
from dateline.domain.payload import to_payload
from dateline.errors import RevisionRequired
from dateline.fronts.arrangement import placement_of
from dateline.fronts.home import home_front
from dateline.fronts.records import looks_alike, record_of
from dateline.ports.index import Index
from dateline.ports.ledger.submissions import Submission, Submissions
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane, WakeUp

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

RECORDER: Final = "front page"
"""Who is named as the writer of records; it has no token, so nobody signs in as it."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(days=366)
"""How far the clock of another worker may be ahead, and more."""


def wall_clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


class FrontRecorder:
    """Looks at the front page as web does. ``clock`` tells the time."""

    def __init__(
        self, ledger: Submissions, index: Index, wakeup: WakeUp, clock: Callable[[], datetime] = wall_clock
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._wakeup = wakeup
        self._clock = clock
        self._recorded: FrontRecord | None = None

    def work(self) -> bool:
        """Record the front page if it changed; whether it did. Raises ``LedgerUnavailable``, ``IndexUnavailable``."""
        now = self._clock().replace(microsecond=0)
        seen = record_of(home_front(self._index, placement_of(self._index, HOME, now), now), now)
        last = self._last(now)
        if (last is None and seen.lead is None) or (last is not None and looks_alike(last, seen)):
            return False
        self._record(seen)
        return True

    def _last(self, now: datetime) -> FrontRecord | None:
        """The newest record: the index's, or the one made here that is still on its way there."""
        known = self._index.front_records(HOME, EPOCH, now + AHEAD, 1)
        return max((one for one in (*known, self._recorded) if one), key=lambda one: one.at, default=None)

    def _record(self, seen: FrontRecord) -> None:
        by = Token(name=RECORDER, role="editor", created_at=seen.at)
        record = Submission(
            kind="front", item_id=record_id(HOME, seen.at), payload=to_payload(seen), by=by, lane=Lane.LIVE,
            label="Front page as it was",
        )  # fmt: skip
        try:
            self._ledger.submit(record)
        except RevisionRequired:
            log.info("another worker recorded the front page of this second", at=seen.at.isoformat())
        self._recorded = seen
        self._wakeup.wake(Lane.LIVE)
