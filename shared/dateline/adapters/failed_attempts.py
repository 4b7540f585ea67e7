"""Failed attempts counted in Redis, by the package limits; in this process's memory while Redis is away."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic, time
from typing import Final

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter, RateLimiter

from dateline.ports.failed_attempts import MAX_ATTEMPTS

_SOCKET_SECONDS: Final = 0.5
_AWAY_SECONDS: Final = 5.0
"""How long Redis is left alone after it didn't answer."""


class RedisFailedAttempts:
    """``ports.attempts.FailedAttempts`` on the broker's Redis. Nothing connects before the first failed attempt."""

    def __init__(self, broker_url: str) -> None:
        self._limit = RateLimitItemPerMinute(MAX_ATTEMPTS, namespace="dateline-failed-attempts")
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(
            storage_from_string(
                broker_url.replace("unix://", "redis+unix://", 1),
                wrap_exceptions=True, socket_timeout=_SOCKET_SECONDS, socket_connect_timeout=_SOCKET_SECONDS,
            )
        )  # fmt: skip
        self._ask_again = 0.0

    def count(self, address: str) -> int:
        return self._asked(address, lambda limiter: limiter.hit(self._limit, address))

    def wait(self, address: str) -> int:
        return self._asked(address, lambda limiter: limiter.test(self._limit, address))

    def _asked(self, address: str, is_free: Callable[[RateLimiter], bool]) -> int:
        if monotonic() >= self._ask_again:
            try:
                return self._wait(self._shared, address, is_free)
            except StorageError:
                self._ask_again = monotonic() + _AWAY_SECONDS
        return self._wait(self._own, address, is_free)

    def _wait(self, limiter: RateLimiter, address: str, is_free: Callable[[RateLimiter], bool]) -> int:
        if is_free(limiter):
            return 0
        return max(1, ceil(limiter.get_window_stats(self._limit, address).reset_time - time()))
