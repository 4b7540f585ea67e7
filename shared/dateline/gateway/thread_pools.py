"""The threads that requests take: each kind of request has its own, so that none waits for another kind, and in
each kind clients take turns."""

from __future__ import annotations

from enum import Enum
from typing import Final

from dateline.gateway.fair_threads import FairThreads


class Pool(Enum):
    """A kind of request."""

    LIVE = "live"
    HEALTH = "health"
    METRICS = "metrics"
    STREAMED = "streamed"
    """Whose body is handed to the application as it comes: the thread waits for the client."""
    ORDINARY = "ordinary"


THREADS: Final = {Pool.LIVE: 1, Pool.HEALTH: 2, Pool.METRICS: 1, Pool.STREAMED: 4}

_PATHS: Final = {b"/live": Pool.LIVE, b"/ready": Pool.HEALTH, b"/metrics": Pool.METRICS}


def pool_of(method: str, path: bytes, streamed: frozenset[bytes]) -> Pool:
    """Which pool a request takes; ``streamed`` are paths whose POSTs are handed on as they come."""
    if method == "POST":
        return Pool.STREAMED if path in streamed else Pool.ORDINARY
    return _PATHS.get(path, Pool.ORDINARY)


class ThreadPools:
    """The threads of one process. None is started before it is needed, so it may be made before a fork."""

    def __init__(self, threads: int) -> None:
        sizes = {**THREADS, Pool.ORDINARY: threads}
        self._pools = {pool: FairThreads(size, f"http-{pool.value}") for pool, size in sizes.items()}

    def __getitem__(self, pool: Pool) -> FairThreads:
        return self._pools[pool]
