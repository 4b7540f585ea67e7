"""The newsroom's metrics, computed from the ledger when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from dateline.ports.ledger.metrics import LedgerMetrics
from dateline.ports.wakeup import Lane


def newsroom_metrics(
    metrics: Callable[[], LedgerMetrics], queue_lengths: Callable[[], Mapping[str, int]]
) -> Callable[[], Iterable[Metric]]:
    """What ``/metrics`` asks: every ``dateline_*`` metric, from the ledger's metrics and the broker's queues."""

    def collect() -> Iterable[Metric]:
        now = metrics()
        yield from _states(now)
        yield from _work(now)
        yield _latency(now)
        queues = GaugeMetricFamily("dateline_queue_length", "Wake-ups waiting at the broker.", labels=["queue"])
        for queue, length in queue_lengths().items():
            queues.add_metric([queue], length)
        yield queues

    return collect


def _states(now: LedgerMetrics) -> Iterable[Metric]:
    revisions = GaugeMetricFamily("dateline_revisions", "Revisions on record, by state.", labels=["state"])
    for state, count in now.revisions.items():
        revisions.add_metric([state], count)
    yield revisions
    outcomes = CounterMetricFamily(
        "dateline_outcomes", "What became of claimed items, by stage.", labels=["stage", "outcome"]
    )
    for (stage, outcome), count in now.outcomes.items():
        outcomes.add_metric([stage, outcome], count)
    yield outcomes


def _work(now: LedgerMetrics) -> Iterable[Metric]:
    due = GaugeMetricFamily("dateline_due_items", "Items that wait for a worker, by lane.", labels=["lane"])
    for lane in Lane:
        due.add_metric([lane.name.lower()], now.due.get(lane, 0))
    yield due
    yield GaugeMetricFamily(
        "dateline_oldest_pending_seconds", "Age of the oldest revision that waits.", value=now.oldest_pending_seconds
    )
    yield GaugeMetricFamily("dateline_changes_last", "The newest number of the change sequence.", value=now.last_change)
    yield GaugeMetricFamily("dateline_quarantined_items", "Items in quarantine.", value=now.quarantined)
    yield GaugeMetricFamily("dateline_retag_pending", "Term changes not yet retagged.", value=now.retag_pending)


def _latency(now: LedgerMetrics) -> Metric:
    buckets = [(repr(bound), count) for bound, count in sorted(now.latency_buckets.items())]
    buckets.append(("+Inf", now.latency_count))
    family = HistogramMetricFamily(
        "dateline_submit_to_searchable_seconds", "From the submission's commit until readers find it."
    )
    family.add_metric([], buckets=buckets, sum_value=now.latency_sum)
    return family
