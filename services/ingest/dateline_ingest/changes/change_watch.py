"""Those who wait for the next change: their places, and the thread that looks whether there is one.

One thread a process whatever their number, and none while nobody waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

import structlog

from dateline.errors import Transient

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.ingest")

INTERVAL: Final = 0.5
"""Seconds between two looks at the ledger."""
PLACES: Final = 200
"""Who finds none is answered at once, and asks again. One writer may have a quarter of them."""


class ChangeWait:
    """A place that ``ChangeWatch`` gave: over when a number above ``last`` was given, or ``seconds`` have passed."""

    def __init__(self, last: int, seconds: float, leave: Callable[[ChangeWait], None], who: str = "") -> None:
        self.last = last
        self.who = who
        self._seconds = seconds
        self._leave = leave
        self._lock = Lock()
        self._over = False
        self._wake: Callable[[], None] = lambda: None

    def end(self) -> None:
        """It is over. For any thread."""
        with self._lock:
            self._over = True
            self._wake()

    async def over(self) -> None:
        """Return when it is over."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._wake = lambda: _wake(loop, woken)
            if self._over:
                return
        try:
            async with asyncio.timeout(self._seconds):
                await woken.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        """Give the place back."""
        with self._lock:
            self._wake = lambda: None
        self._leave(self)


class ChangeWatch:
    """Ends waits when ``last_change`` gives a higher number."""

    def __init__(self, last_change: Callable[[], int]) -> None:
        self._last_change = last_change
        self._lock = Lock()
        self._waits: set[ChangeWait] = set()
        self._stop = Event()

    def join(self, last: int, seconds: float, who: str = "") -> ChangeWait | None:
        """A place for ``who`` knows all changes up to ``last``; None when all are taken, or all that one may have. Each
        must be closed."""
        wait = ChangeWait(last, seconds, self._leave, who)
        with self._lock:
            if len(self._waits) >= PLACES or sum(one.who == who for one in self._waits) >= max(1, PLACES // 4):
                return None
            if not self._waits:
                self._stop = Event()
                Thread(target=self._watch, args=(self._stop,), name="changes", daemon=True).start()
            self._waits.add(wait)
        return wait

    def _leave(self, wait: ChangeWait) -> None:
        with self._lock:
            self._waits.discard(wait)
            if not self._waits:
                self._stop.set()

    def _watch(self, stop: Event) -> None:
        while not stop.wait(INTERVAL):
            try:
                last = self._last_change()
            except Transient as away:
                log.warning("nobody waits for changes now", reason=str(away))
                last = None
            for wait in self._all():
                if last is None or last > wait.last:
                    wait.end()

    def _all(self) -> list[ChangeWait]:
        with self._lock:
            return list(self._waits)


def _wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(woken.set)
