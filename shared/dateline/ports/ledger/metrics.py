"""The newsroom in numbers, for ``dateline status`` and ``/metrics``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from dateline.ports.wakeup import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMetrics:
    """The newsroom in numbers, computed from the ledger: for ``dateline status`` and ``/metrics``.

    ``latency_buckets`` are cumulative counts by upper bound in seconds (submit to searchable), with sum and count.
    ``last_change`` is the highest number of the change sequence.
    """

    revisions: Mapping[str, int]
    due: Mapping[Lane, int]
    oldest_pending_seconds: float
    outcomes: Mapping[tuple[str, str], int]
    latency_buckets: Mapping[float, int]
    latency_sum: float
    latency_count: int
    retag_pending: int = 0
    last_change: int = 0

    @property
    def quarantined(self) -> int:
        """How many items are in quarantine."""
        return self.revisions.get("quarantined", 0)


class MetricsSource(Protocol):
    """Where the numbers come from."""

    def metrics(self) -> LedgerMetrics:
        """The newsroom in numbers."""
        ...
