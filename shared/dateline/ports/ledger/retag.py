"""Retag jobs: a change of a term touches the stories that carry it or name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from dateline.ports.wakeup import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class RetagJob:
    """A running retag: the term keys that changed, and how far it came."""

    id: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    cursor: str
    touched: int


class RetagJobs(Protocol):
    """The queue of retags, and making due what they find."""

    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        """The running retag, or a new one over all term changes of which the last is older than ``quiet``."""
        ...

    def make_due(self, item_ids: Sequence[str], lane: Lane) -> int:
        """Make published items due again without a new revision. Returns how many were."""
        ...

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        """Keep how far a retag came; ``touched`` is the number of all items it made due so far."""
        ...
