"""A WSGI application's response on its way from the thread that makes it to the event loop that sends it.

The thread never waits for the client: what it makes faster than the client takes goes to memory, and over a bound to a
file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from threading import Lock
from types import TracebackType
from typing import IO, Any, Final

import structlog

from dateline.errors import Permanent
from dateline.gateway.push import PUSH, Push
from dateline.gateway.taken import TAKEN
from dateline.gateway.wait import Wait

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.gateway")

MAX_UNSTREAMED_BYTES: Final = 512 * 1024
"""A response up to this many bytes is sent when it is finished; a longer one while it is made."""

_CHUNK_BYTES: Final = 65_536

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType]


class ResponseAbandoned(Permanent):
    """Nobody waits for the response any more."""


class WsgiResponse:
    """One response. ``run`` runs in a thread; everything else in the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._changed = asyncio.Event()
        self._lock = Lock()
        self._chunks: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._sent = 0
        self._finished = False
        self._abandoned = False
        self._when_taken: list[Callable[[], None]] = []
        self.failed = False
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.push: Push | None = None
        self.wait_for: Wait | None = None

    # --- in the thread ---
    def run(self, app: WsgiApp, environ: dict[str, Any]) -> None:
        """Run ``app`` and keep its response."""
        environ[PUSH] = self._set_push
        environ[TAKEN] = self._call_when_taken
        try:
            self._iterate(app, environ)
        except ResponseAbandoned:
            self.failed = True
        except Exception:
            log.exception("the application failed", path=environ["PATH_INFO"])
            self.failed = True
        finally:
            self._finish()

    def _iterate(self, app: WsgiApp, environ: dict[str, Any]) -> None:
        chunks = app(environ, self._start)
        try:
            for chunk in chunks:
                self._write(chunk)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()

    def _finish(self) -> None:
        with self._lock:
            self._finished = True
            if self._abandoned and self._file is not None:
                self._file.close()
        self._wake()

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        self.status = int(status[:3])
        self.headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._write

    def _set_push(self, push: Push) -> None:
        self.push = push

    def _call_when_taken(self, taken: Callable[[], None]) -> None:
        with self._lock:
            if not self._abandoned:
                self._when_taken.append(taken)
                return
        taken()

    def set_wait(self, wait: Wait) -> None:
        """Keep the answer back until ``wait`` is over."""
        self.wait_for = wait

    def _write(self, chunk: bytes) -> None:
        if self._abandoned:
            raise ResponseAbandoned
        self._size += len(chunk)
        if self._file is None and self._size <= MAX_UNSTREAMED_BYTES:
            self._chunks.append(chunk)
            return
        with self._lock:
            if self._file is None:
                self._file = SpooledTemporaryFile(2 * MAX_UNSTREAMED_BYTES)  # noqa: SIM115
                self._file.writelines(self._chunks)
                self._chunks = []
            self._file.seek(0, 2)
            self._file.write(chunk)
        self._wake()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(self._changed.set)

    # --- in the event loop ---
    async def wait(self) -> None:
        """Wait until there is something to send: all of it, or the first part of a long one."""
        await self._changed.wait()

    async def next_chunk(self) -> tuple[bytes, bool]:
        """The next chunk, and whether more follow."""
        if self._file is None:
            return b"".join(self._chunks), False
        while True:
            self._changed.clear()
            finished = self._finished
            chunk = self._read()
            if finished and self.failed:
                raise RuntimeError("the application failed in the middle of its response; its log says why")
            if chunk or finished:
                return chunk, not finished or self._sent < self._size
            await self._changed.wait()

    def _read(self) -> bytes:
        assert self._file is not None
        with self._lock:
            self._file.seek(self._sent)
            chunk = self._file.read(_CHUNK_BYTES)
        self._sent += len(chunk)
        return chunk

    def close(self) -> None:
        """Nobody waits any more: an application that still writes is stopped at its next chunk."""
        with self._lock:
            self._abandoned = True
            when_taken, self._when_taken = self._when_taken, []
            if self._file is not None and self._finished:
                self._file.close()
        for taken in when_taken:
            taken()
