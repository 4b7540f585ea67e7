"""gunicorn's ASGI worker, with time limits for those who are silent, or send or take too slowly.

gunicorn bounds the pause between two requests of a connection; here are bounds for the first request's headers, for
answers that nobody takes, and for connections: over that many the one that has been silent longest makes room.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import struct
from contextlib import suppress
from math import ceil
from typing import Any, Final

from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers import gasgi

from dateline.gateway.gateway import Gateway
from dateline.gateway.limits import Limits

_OTHER_FILES: Final = 1000
"""Spooled bodies, the index, the ledger."""


class Protocol(ASGIProtocol):  # type: ignore[misc]
    """One connection."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._limits = worker.limits
        self._until: asyncio.TimerHandle | None = None
        self._writing_until: asyncio.TimerHandle | None = None
        self._closing_until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin: the headers must come in time."""
        super().connection_made(transport)
        self.worker.mark_idle(self)
        self._until = self.worker.loop.call_later(self._limits.header_seconds, self.close_idle)

    def _on_headers_complete(self) -> Any:
        self.worker.mark_busy(self)
        if self._until is not None:
            self._until.cancel()
            self._until = None
        return super()._on_headers_complete()

    def _arm_keepalive_timer(self) -> None:
        super()._arm_keepalive_timer()
        self.worker.mark_idle(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.worker.mark_busy(self)
        for timer in (self._until, self._writing_until, self._closing_until):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client doesn't take what is sent."""
        super().pause_writing()
        self._writing_until = self.worker.loop.call_later(self._limits.body_seconds, _reset, self.transport)

    def resume_writing(self) -> None:
        """It does."""
        super().resume_writing()
        if self._writing_until is not None:
            self._writing_until.cancel()
            self._writing_until = None

    def close_idle(self) -> None:
        """Close a connection whose client says nothing, or not all of a request's headers."""
        self._close_transport()
        self._request_ready.set()

    def _close_transport(self) -> None:
        if self.transport is not None and not self._closed:
            self._closing_until = self.worker.loop.call_later(self._limits.body_seconds, _reset, self.transport)
        super()._close_transport()


def _reset(transport: asyncio.Transport) -> None:
    """Drop a connection at once, and what the kernel holds for its client."""
    if (connection := transport.get_extra_info("socket")) is not None:
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _allow_files(count: int) -> None:
    """Let this process open ``count`` files, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        count = min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


class Worker(gasgi.ASGIWorker):  # type: ignore[misc]
    """One process. Its application is a ``Gateway``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limits = Limits()
        self._idle: dict[Protocol, None] = {}

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Nothing to warn of."""

    def init_process(self) -> None:
        """Serve connections by our own protocol: gunicorn has no setting for it."""
        gasgi.ASGIProtocol = Protocol
        super().init_process()

    async def _serve(self) -> None:
        _allow_files(self.limits.connections + _OTHER_FILES)
        await super()._serve()

    def load_wsgi(self) -> None:
        """Load the application, whose limits these are."""
        super().load_wsgi()
        if not isinstance(self.asgi, Gateway):
            raise TypeError("this worker runs a dateline.gateway.Gateway")
        self.limits = self.asgi.limits
        self.cfg.set("timeout", max(self.cfg.timeout, ceil(self.limits.body_seconds) + 10))  # gunicorn's own patience

    def mark_idle(self, connection: Protocol) -> None:
        """``connection`` waits for a request. With too many connections the first of those who wait is closed."""
        self._idle[connection] = None
        if self.nr_conns > self.limits.connections:
            first = next(iter(self._idle))
            self.mark_busy(first)
            first.close_idle()

    def mark_busy(self, connection: Protocol) -> None:
        """``connection`` has a request, or is gone."""
        with suppress(KeyError):
            del self._idle[connection]

    def handle_exit_signal(self) -> None:
        """SIGTERM: who waits is let go, what is pushed ends, requests are finished."""
        super().handle_exit_signal()
        self.asgi.stop()
        for connection in list(self._idle):
            connection.close_idle()
