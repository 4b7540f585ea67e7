"""``http_server_request_duration_seconds``: how long requests take, by route and status, over all gunicorn workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Histogram
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_DURATION: Final = Histogram(
    "http_server_request_duration_seconds",
    "How long the answer took, from the first byte of the request read to the answer's headers.",
    ("route", "status"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

CollectMetrics = Callable[[], Iterable[Metric]]
"""Metrics of a service, computed when they are asked for."""


class _CallbackCollector(Collector):
    """A collector that calls ``collect`` at every scrape."""

    def __init__(self, collect: CollectMetrics) -> None:
        self._collect = collect

    def collect(self) -> Iterable[Metric]:
        """The service's metrics, now."""
        return self._collect()


def observe(route: str, status: int, seconds: float) -> None:
    """Count one answered request. ``route`` is the rule, not the path, so that the labels stay few."""
    _DURATION.labels(route, str(status)).observe(seconds)


def exposition(service: CollectMetrics | None) -> bytes:
    """All metrics in the OpenMetrics text format; with ``PROMETHEUS_MULTIPROC_DIR`` those of all workers together.

    ``service`` gives the service's own metrics beside those of its requests.
    """
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_CallbackCollector(REGISTRY.collect))
    if service is not None:
        registry.register(_CallbackCollector(service))
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text
