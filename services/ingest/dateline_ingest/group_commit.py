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
class _Entry:
    submission: Submission
    result: Receipt | Exception | None = None


class GroupCommit:
    """Commits through ``submit_many`` of a ledger. Safe for threads."""

    def __init__(self, submit_many: SubmitMany) -> None:
        self._submit_many = submit_many
        self._changed = Condition()
        self._waiting: list[_Entry] = []
        self._committing = False

    def submit(self, submission: Submission) -> Receipt:
        """Put ``submission`` on record, alone or with others; raises what the ledger raises for it."""
        entry = _Entry(submission)
        with self._changed:
            self._waiting.append(entry)
            self._changed.wait_for(lambda: entry.result is not None or not self._committing)
            batch = [] if entry.result is not None else self._take_batch()
        if batch:
            self._commit(batch)
        if isinstance(entry.result, Exception):
            raise entry.result
        assert entry.result is not None
        return entry.result

    def _take_batch(self) -> list[_Entry]:
        """Everything that waits, and the turn to commit it."""
        self._committing = True
        batch, self._waiting = self._waiting, []
        return batch

    def _commit(self, batch: list[_Entry]) -> None:
        results: Sequence[Receipt | Exception] = [LedgerUnavailable("the ledger failed") for _ in batch]
        try:
            results = self._submit_many([entry.submission for entry in batch])
        except LedgerUnavailable as error:
            results = [error for _ in batch]
        finally:
            with self._changed:
                for entry, result in zip(batch, results, strict=True):
                    entry.result = result
                self._committing = False
                self._changed.notify_all()
