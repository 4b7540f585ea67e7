"""Request bodies: kept until they are whole, or handed to the application as they come."""

from __future__ import annotations

import asyncio
import errno
from collections import Counter
from collections.abc import Awaitable, Callable
from io import BufferedReader, BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from werkzeug.exceptions import ClientDisconnected

from dateline.errors import Permanent, Transient
from dateline.gateway.clients import give_back
from dateline.gateway.limits import (
    MAX_BUFFERED_BYTES,
    MAX_CLIENTS_BYTES,
    MAX_DRAINED_BYTES,
    MAX_SPOOLED_BYTES,
    SLOWEST_UPLOAD,
    Uploads,
)

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

_MAX_MEMORY_BYTES: Final = 65_536
_CHUNK_BYTES: Final = 65_536
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


class ClientGone(Permanent):
    """The client closed its connection."""


class BodyTooLarge(Permanent):
    """More is sent than is read at all."""


class SpoolFull(Transient):
    """The bodies that are being read take all the room there is."""


class DiskFull(Transient):
    """There is no room left on the disk where bodies are kept until they are whole."""


class BodyBuffers:
    """Reads the bodies of a process's requests, and counts what they take. For the event loop's thread."""

    def __init__(self) -> None:
        self._spooled: Counter[str] = Counter()
        """Bytes, by clients."""
        self._sizes: dict[IO[bytes], tuple[str, int]] = {}

    async def whole(self, receive: Receive, client: str, seconds: float, uploads: Uploads | None = None) -> IO[bytes]:
        """The whole body of a request of ``client``, from its start, which came within ``seconds``; of one of
        ``uploads`` within these and the time of who sends slowly.

        Raises ``ClientGone``, ``BodyTooLarge``, ``SpoolFull``, ``DiskFull``, or ``TimeoutError``. The caller gives it
        back with ``close``.
        """
        async with asyncio.timeout(seconds) as until:
            message = await _message(receive)
            if not message.get("more_body"):
                return BytesIO(message.get("body", b""))
            file = _spool(uploads)
            try:
                await self._fill(file, message, receive, client, uploads, until)
                file.seek(0)
            except BaseException as error:
                self.close(file)
                if isinstance(error, OSError) and error.errno in _NO_ROOM:
                    raise DiskFull("there is no room left on the disk") from error
                raise
        return file

    async def _fill(
        self, file: IO[bytes], message: Message, receive: Receive, client: str, uploads: Uploads | None,
        until: asyncio.Timeout,
    ) -> None:  # fmt: skip
        read, began = 0, until.when()
        kept = uploads.kept if uploads else MAX_BUFFERED_BYTES
        while True:
            chunk: bytes = message.get("body", b"")
            read += len(chunk)
            if read > max(MAX_DRAINED_BYTES, kept):
                raise BodyTooLarge
            if read <= kept:
                self._take_room(client, len(chunk), kept if uploads else 0)
                self._sizes[file] = client, read
                file.write(chunk)
            if not message.get("more_body"):
                return
            if uploads and began is not None:
                until.reschedule(began + read / SLOWEST_UPLOAD)
            message = await _message(receive)

    def _take_room(self, client: str, size: int, least: int) -> None:
        """Raises ``SpoolFull``; of a client alone ``least`` bytes are taken."""
        if self._spooled.total() + size > max(MAX_SPOOLED_BYTES, least) or self._spooled[client] + size > max(
            MAX_CLIENTS_BYTES, least
        ):
            raise SpoolFull("the bodies that are being read take all the room there is")
        self._spooled[client] += size

    def close(self, file: IO[bytes]) -> None:
        """Give a body's room back."""
        if file in self._sizes:
            give_back(self._spooled, *self._sizes.pop(file))
        file.close()


def _spool(uploads: Uploads | None) -> IO[bytes]:
    """Where a body is kept until it is whole; no other process sees it, and it ends with this one."""
    folder = uploads.folder if uploads else None
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SpooledTemporaryFile(_MAX_MEMORY_BYTES, dir=str(folder) if folder else None)


async def _message(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    return message


async def drain(receive: Receive) -> None:
    """Read what the application left of a body. Raises ``ClientGone`` or ``BodyTooLarge``."""
    read = 0
    while True:
        message = await _message(receive)
        read += len(message.get("body", b""))
        if read > MAX_DRAINED_BYTES:
            raise BodyTooLarge
        if not message.get("more_body"):
            return


class StreamedBody(RawIOBase):
    """A body as it comes. Its reader waits in a thread; the chunks come from the event loop.

    Reading raises ``ClientDisconnected``, a 400, when the client went away or pauses for longer than ``seconds``.
    """

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._receive = receive
        self._loop = loop
        self._seconds = seconds
        self._rest = memoryview(b"")
        self.ended = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` with what is there, at least a byte; 0 at the end."""
        while not self._rest and not self.ended:
            self._rest = memoryview(asyncio.run_coroutine_threadsafe(self._next(), self._loop).result())
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                message = await _message(self._receive)
        except (TimeoutError, ClientGone) as lost:
            self.ended = True
            raise ClientDisconnected("The body did not come to its end.") from lost
        self.ended = not message.get("more_body")
        chunk: bytes = message.get("body", b"")
        return chunk


def as_file(body: StreamedBody) -> IO[bytes]:
    """``body`` as a file."""
    return BufferedReader(body, _CHUNK_BYTES)
