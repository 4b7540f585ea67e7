"""The end of a fetch: a server that sends a byte now and then keeps no one waiting longer."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Timer
from time import monotonic
from types import TracebackType


class FetchDeadline:
    """Cuts the connection that it watches after so many seconds. A time limit of a socket is one for each read only."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds
        self._lock = Lock()
        self._watched: socket.socket | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        """The seconds that are left, never quite none: a socket takes 0 for something else."""
        return max(0.01, self._end - monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self._end

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection at the end, and no longer the one before. TLS goes on over a copy of the same one."""
        with self._lock:
            self._let_go()
            self._watched = connection.dup()
        if self.is_over:
            self._cut()

    def __enter__(self) -> FetchDeadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._let_go()

    def _cut(self) -> None:
        with self._lock, suppress(OSError):  # the other side may have closed it
            if self._watched is not None:
                self._watched.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._watched is not None:
            self._watched.close()
            self._watched = None
