"""Submissions that arrive at the same time, put on record in one transaction: one wait for the disk serves all of them.

Whoever finds no commit under way commits for all who wait; those who come meanwhile make up the next batch. Nobody
waits longer than for two commits, and one who comes alone not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition

from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.submissions import Receipt, Submission

SubmitMany = Callable[[Sequence[Submission]], list[Receipt | Exception]]


@dataclass(slots=True)
class _Waiting:
    submission: Submission
    result: Receipt | Exception | None = None


class Together:
    """Commits through ``submit_many`` of a ledger. Safe for threads."""

    def __init__(self, submit_many: SubmitMany) -> None:
        self._submit_many = submit_many
        self._changed = Condition()
        self._waiting: list[_Waiting] = []
        self._busy = False

    def submit(self, submission: Submission) -> Receipt:
        """Put ``submission`` on record, alone or with others; raises what the ledger raises for it."""
        mine = _Waiting(submission)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: mine.result is not None or not self._busy)
            batch = [] if mine.result is not None else self._take()
        if batch:
            self._commit(batch)
        if isinstance(mine.result, Exception):
            raise mine.result
        assert mine.result is not None
        return mine.result

    def _take(self) -> list[_Waiting]:
        """Everything that waits, and the turn to commit it."""
        self._busy = True
        batch, self._waiting = self._waiting, []
        return batch

    def _commit(self, batch: list[_Waiting]) -> None:
        results: Sequence[Receipt | Exception] = [LedgerUnavailable("the ledger failed") for _ in batch]
        try:
            results = self._submit_many([one.submission for one in batch])
        except LedgerUnavailable as away:
            results = [away for _ in batch]
        finally:
            with self._changed:
                for one, result in zip(batch, results, strict=True):
                    one.result = result
                self._busy = False
                self._changed.notify_all()
