"""gunicorn's ASGI worker, with time limits for those who are silent, or send or take too slowly.

gunicorn bounds the pause between two requests of a connection; here are bounds for the first request's headers, for
answers that nobody takes, for connections, of which one that waits for its client makes room for another, and for the
chunks of a body.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import struct
import sys
from contextlib import suppress
from math import ceil
from typing import Any, Final

from gunicorn.asgi.parser import ParseError
from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers import gasgi

from dateline.gateway.clients import client_network
from dateline.gateway.connections import Connections
from dateline.gateway.gateway import Gateway
from dateline.gateway.limits import Limits

_OTHER_FILES: Final = 1000
"""Spooled bodies, the index, the ledger."""


_SHORT_CHUNKS: Final = 1_000
_SHORT_CHUNK_BYTES: Final = 32
"""A body may have that many chunks of any length, and more where they are as long as this on average: each costs the
event loop what a hundred thousand bytes do."""
_SWITCH_SECONDS: Final = 0.001
"""How long a thread computes until another gets its turn: the event loop, for which everybody waits, waits for all of
them, and Python's 5 ms are long then."""


class Protocol(ASGIProtocol):  # type: ignore[misc]
    """One connection."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._limits = worker.limits
        self._all = worker.connections
        self._between_requests = True
        self._chunks = 0
        self._chunks_bytes = 0
        self._until: asyncio.TimerHandle | None = None
        self._writing_until: asyncio.TimerHandle | None = None
        self._closing_until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin: the headers must come in time."""
        super().connection_made(transport)
        self._all.add(self, client_network((transport.get_extra_info("peername") or ("",))[0]))
        self._until = self.worker.loop.call_later(self._limits.header_seconds, self.close_idle)
        if (other := self._all.one_too_many(self)) is not None:
            other.make_room()

    def data_received(self, data: bytes) -> None:
        """Go on with a request; one whose numbers nobody can read is 400 as well."""
        try:
            super().data_received(data)
        except ValueError:
            self._send_error_response(400, "A number is too long.")
            self._close_transport()
        if self._is_body_on_its_way():
            self._all.waits(self)

    def _is_body_on_its_way(self) -> bool:
        return self._body_receiver is not None and not self._body_receiver._complete

    def _on_headers_complete(self) -> Any:
        self._between_requests = False
        self._chunks = self._chunks_bytes = 0
        if self._until is not None:
            self._until.cancel()
            self._until = None
        return super()._on_headers_complete()

    def _on_body(self, chunk: bytes) -> None:
        self._chunks += 1
        self._chunks_bytes += len(chunk)
        if self._chunks > _SHORT_CHUNKS + self._chunks_bytes // _SHORT_CHUNK_BYTES and self._current_request.chunked:
            raise ParseError("The body's chunks are too short.")
        super()._on_body(chunk)

    def _on_message_complete(self) -> None:
        self._all.works(self)
        super()._on_message_complete()

    def _arm_keepalive_timer(self) -> None:
        super()._arm_keepalive_timer()
        self._between_requests = True
        self._all.waits(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._all.remove(self)
        for timer in (self._until, self._writing_until, self._closing_until):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client doesn't take what is sent."""
        super().pause_writing()
        self._all.waits(self)
        self._writing_until = self.worker.loop.call_later(self._limits.body_seconds, _reset, self.transport)

    def resume_writing(self) -> None:
        """It does."""
        super().resume_writing()
        if not self._is_body_on_its_way():
            self._all.works(self)
        if self._writing_until is not None:
            self._writing_until.cancel()
            self._writing_until = None

    def close_idle(self) -> None:
        """Close a connection whose client says nothing, or not all of a request."""
        self._close_transport()
        self._request_ready.set()

    def close_between_requests(self) -> None:
        """Close it unless it has a request."""
        if self._between_requests:
            self.close_idle()

    def make_room(self) -> None:
        """Close it for another one; at once where the client doesn't take what was sent."""
        self._all.remove(self)
        if self._closed or self._writing_until is not None:
            _reset(self.transport)
        else:
            self.close_idle()

    def _close_transport(self) -> None:
        if self.transport is not None and not self._closed:
            self._all.waits(self)
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
        self.connections: Connections[Protocol] = Connections(self.limits.connections, shared=True)

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Nothing to warn of."""

    def init_process(self) -> None:
        """Serve connections by our own protocol: gunicorn has no setting for it."""
        gasgi.ASGIProtocol = Protocol
        sys.setswitchinterval(_SWITCH_SECONDS)
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
        self.connections = Connections(self.limits.connections, shared=not self.limits.proxies)
        self.cfg.set("timeout", max(self.cfg.timeout, ceil(self.limits.body_seconds) + 10))  # gunicorn's own patience

    def handle_exit_signal(self) -> None:
        """SIGTERM: who waits is let go, what is pushed ends, requests are finished."""
        super().handle_exit_signal()
        self.asgi.stop()
        for connection in self.connections.waiting():
            connection.close_between_requests()
