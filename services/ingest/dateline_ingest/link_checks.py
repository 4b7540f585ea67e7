"""Whether addresses answer: asked in threads of their own while somebody writes, and remembered for some minutes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.fetch import Fetcher, FetchLimits

THREADS: Final = 2
MOST_WAITING: Final = 100
"""Addresses that wait to be asked; one more is asked when somebody looks again."""
MOST_KEPT: Final = 2_000
KEPT_SECONDS: Final = 600.0
BROKEN_KEPT_SECONDS: Final = 60.0
"""What didn't answer may have been mended."""

_LIMITS: Final = FetchLimits(bytes=200_000, seconds=6.0, redirects=5)
_NO_SUCH_PAGE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class LinkState:
    """``problem`` in words, "" where the address answers; None while nobody knows."""

    problem: str | None


UNKNOWN: Final = LinkState(None)


@dataclass(slots=True)
class LinkChecks:
    """Asks addresses and remembers how they answered. Nothing starts before the first is asked."""

    fetcher: Fetcher
    clock: Callable[[], float] = monotonic
    _known: dict[str, tuple[float, LinkState]] = field(default_factory=dict, init=False)
    _waiting: set[str] = field(default_factory=set, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)
    _threads: ThreadPoolExecutor | None = field(default=None, init=False)

    def state(self, address: str) -> LinkState:
        """What is known of ``address``; it is asked in the background where that is nothing, or old."""
        with self._lock:
            until, known = self._known.get(address, (0.0, UNKNOWN))
            if known.problem is not None and self.clock() < until:
                return known
            if address not in self._waiting and len(self._waiting) < MOST_WAITING:
                self._waiting.add(address)
                self._threads = self._threads or ThreadPoolExecutor(THREADS, "links")
                self._threads.submit(self._ask, address)
        return UNKNOWN

    def close(self) -> None:
        """Ask nobody any more, and end the threads."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    def _ask(self, address: str) -> None:
        state = UNKNOWN
        try:
            state = LinkState(problem_of(address, self.fetcher))
        finally:
            with self._lock:
                self._waiting.discard(address)
                kept = BROKEN_KEPT_SECONDS if state.problem else KEPT_SECONDS
                self._known.pop(address, None)
                self._known[address] = (self.clock() + kept, state)
                while len(self._known) > MOST_KEPT:
                    del self._known[next(iter(self._known))]


def problem_of(address: str, fetcher: Fetcher) -> str:
    """What keeps readers from what stands at ``address``; "" where it answers, be it that one must sign in there.

    Servers that don't like HEAD are asked once more, by GET.
    """
    try:
        status = fetcher.fetch(address, method="HEAD", limits=_LIMITS).status
    except FetchRefused as refusal:
        return f"can’t be opened by readers: {refusal}"
    except FetchFailed:
        status = 0
    if 0 < status < 400:
        return ""
    try:
        status = fetcher.fetch(address, limits=_LIMITS).status
    except FetchRefused:  # it is long: it answers
        return ""
    except FetchFailed:
        return "doesn’t answer"
    if status in _NO_SUCH_PAGE:
        return f"has no such page ({status})"
    return f"answers with an error ({status})" if status >= 500 else ""
