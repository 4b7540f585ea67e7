"""One listener of ``/stream``: what it is to be told waits here until the event loop sends it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from threading import Lock
from typing import Final

from dateline.domain.document import StoryDocument

HEARTBEAT: Final = 15.0
"""Seconds after which a silent connection would be taken for a dead one by what stands between."""
LASTS: Final = 900.0
MAX_PENDING: Final = 1_000
"""Stories that may wait for a client that doesn't read; it comes again, and gets them from where it was."""


class Listener:
    """A place that ``Broadcast`` gave. ``tell`` writes a story as an event; stories in ``told`` are told already.

    ``blocks`` runs in the event loop; the rest may be called in any thread.
    """

    def __init__(self, address: str, tell: Callable[[StoryDocument], str], leave: Callable[[Listener], None]) -> None:
        self.address = address
        self.tell = tell
        self.told: frozenset[str] = frozenset()
        self._leave = leave
        self._lock = Lock()
        self._pending: deque[bytes] = deque()
        self._ended = False
        self._wake: Callable[[], None] = lambda: None

    def offer(self, story: StoryDocument) -> None:
        """Tell it ``story``."""
        if story.id in self.told or self._ended:
            return
        event = self.tell(story).encode()
        with self._lock:
            self._pending.append(event)
            self._ended = self._ended or len(self._pending) > MAX_PENDING
        self._wake()

    def end(self) -> None:
        """End its stream: the client connects again, from where it was."""
        self._ended = True
        self._wake()

    def close(self) -> None:
        """Give the place back."""
        self._wake = lambda: None
        self._leave(self)

    async def blocks(self) -> AsyncIterator[bytes]:
        """The events as they come, and a sign of life when none does."""
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._wake = lambda: _wake(loop, woken)
        until = loop.time() + LASTS
        while not self._ended and loop.time() < until:
            for event in self._take():
                yield event
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await woken.wait()
            except TimeoutError:
                yield b": still here\n\n"
            woken.clear()
        for event in self._take():
            yield event

    def _take(self) -> list[bytes]:
        with self._lock:
            events = list(self._pending)
            self._pending.clear()
        return events


def _wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(woken.set)
