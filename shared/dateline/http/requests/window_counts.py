"""How many requests each client sent in its window: what flask-limiter counts in.

``limits`` has such a store, but starts a thread at most requests to forget what is over, which costs more than the
request's other checks together.
"""

from __future__ import annotations

from threading import Lock
from time import time
from typing import Final

from limits.storage import Storage

FORGET_SECONDS: Final = 1.0
"""How often what is over is looked for and forgotten."""


class WindowCounts(Storage):
    """Counts in this process's memory, each until its window ends. Safe for threads. Made by its scheme."""

    STORAGE_SCHEME = ["windows"]  # noqa: RUF012 - the registry asks for a list

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._lock = Lock()
        self._windows: dict[str, tuple[int, float]] = {}
        self._forget_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing here fails."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more; a window begins with its first request and lasts ``expiry`` seconds."""
        now = time()
        with self._lock:
            if now >= self._forget_at:
                self._windows = {one: kept for one, kept in self._windows.items() if kept[1] > now}
                self._forget_at = now + FORGET_SECONDS
            counted, ends = self._windows.get(key, (0, 0.0))
            counted, ends = (counted + amount, ends) if ends > now else (amount, now + expiry)
            self._windows[key] = counted, ends
            return counted

    def get(self, key: str) -> int:
        """How many were counted in the window that goes on; 0 when none does."""
        counted, ends = self._windows.get(key, (0, 0.0))
        return counted if ends > time() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        return self._windows.get(key, (0, time()))[1]

    def check(self) -> bool:
        """It is always well."""
        return True

    def reset(self) -> int:
        """Forget all windows; how many there were."""
        with self._lock:
            forgotten, self._windows = len(self._windows), {}
            return forgotten

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._windows.pop(key, None)
