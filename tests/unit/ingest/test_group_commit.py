"""Submissions that come at once share a commit, and each gets its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from dateline.errors import Conflict, LedgerUnavailable
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline_ingest.group_commit import GroupCommit

BY = Token(name="rita", role="reporter", created_at=datetime.now(UTC))


def submission(label: str) -> Submission:
    return Submission(kind="story", payload={}, by=BY, label=label)


class Slow:
    """A ledger whose first commit waits until it may end."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.entered, self.may_end = Event(), Event()

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        self.batches.append([one.label for one in submissions])
        if len(self.batches) == 1:
            self.entered.set()
            assert self.may_end.wait(10)
        return [self._answer(one.label) for one in submissions]

    @staticmethod
    def _answer(label: str) -> Receipt | Exception:
        if label == "bad":
            return Conflict("withdrawn")
        return Receipt(id=label, kind="story", revision=1, state="accepted", received_at=datetime.now(UTC))


def test_those_who_come_during_a_commit_share_the_next() -> None:
    ledger = Slow()
    commits = GroupCommit(ledger.submit_many)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(commits.submit, submission("first"))
        assert ledger.entered.wait(10)
        others = [pool.submit(commits.submit, submission(f"s{n}")) for n in range(5)]
        bad = pool.submit(commits.submit, submission("bad"))
        while len(commits._waiting) < 6:
            Event().wait(0.001)
        ledger.may_end.set()
        assert first.result(10).id == "first"
        assert [one.result(10).id for one in others] == [f"s{n}" for n in range(5)]
        with pytest.raises(Conflict):
            bad.result(10)
    assert ledger.batches[0] == ["first"]
    assert sorted(ledger.batches[1]) == sorted(["bad", *(f"s{n}" for n in range(5))])
    assert len(ledger.batches) == 2


@pytest.mark.parametrize("error", [LedgerUnavailable("away"), ZeroDivisionError()])
def test_a_failed_commit_fails_and_the_next_one_goes_on(error: Exception) -> None:
    answers: list[Exception | None] = [error, None]

    def submit_many(submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        if failure := answers.pop(0):
            raise failure
        return [Slow._answer(one.label) for one in submissions]

    commits = GroupCommit(submit_many)
    with pytest.raises(type(error)):
        commits.submit(submission("one"))
    assert commits.submit(submission("two")).id == "two"
