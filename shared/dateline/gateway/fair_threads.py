"""Threads that clients take in turns: one who sends a thousand requests at once stands before nobody's second one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

Work = Callable[[], object]


class FairThreads:
    """``size`` threads, none of which is started before it is needed."""

    def __init__(self, size: int, name: str) -> None:
        self._executor = ThreadPoolExecutor(size, name)
        self._lock = Lock()
        self._waiting: dict[str, deque[tuple[Future[None], Work]]] = {}
        """What each client waits for; whose turn is next stands first."""

    def submit(self, client: str, work: Work) -> Future[None]:
        """Run ``work`` in its turn; it can be cancelled until then."""
        future: Future[None] = Future()
        with self._lock:
            self._waiting.setdefault(client, deque()).append((future, work))
        self._executor.submit(self._run_next)
        return future

    def _run_next(self) -> None:
        future, work = self._next()
        if not future.set_running_or_notify_cancel():
            return
        try:
            work()
        except BaseException as error:
            future.set_exception(error)
            raise
        future.set_result(None)

    def _next(self) -> tuple[Future[None], Work]:
        with self._lock:
            client = next(iter(self._waiting))
            works = self._waiting.pop(client)
            first = works.popleft()
            if works:
                self._waiting[client] = works
        return first
