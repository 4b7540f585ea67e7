"""All listeners of a process: their places, and the thread that looks for new stories and tells them.

One thread whatever their number, and none when nobody listens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

import structlog

from dateline.deadline import set_deadline
from dateline.domain.document import StoryDocument
from dateline.errors import Transient
from dateline.gateway.clients import client_network, give_back
from dateline.ports.index import Index
from dateline_web.stream.listener import Listener
from dateline_web.stream.new_stories import NewStories

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.web.stream")

INTERVAL: Final = 1.0
SHARE: Final = 4
"""One address may hold a quarter of the places, and fewer where others want one."""


class Broadcast:
    """Tells new stories to at most ``max_listeners``; a look at the index may take ``seconds``."""

    def __init__(self, index: Index, max_listeners: int, seconds: float) -> None:
        self._index = index
        self._stories = NewStories(index)
        self._max_listeners = max_listeners
        self._seconds = seconds
        self._lock = Lock()
        self._listeners: dict[Listener, None] = {}
        self._held: Counter[str] = Counter()
        self._stop = Event()

    def join(self, address: str, tell: Callable[[StoryDocument], str]) -> Listener | None:
        """A place for a client at ``address``; None when it has its share, or all are taken and no address has more.

        Where one has more, its oldest listener makes room. It is told what comes from now on. Each place must be
        closed. Raises ``Transient`` when the index is away.
        """
        listener = Listener(client_network(address), tell, self._leave)
        with self._lock:
            share = max(1, self._max_listeners // SHARE)
            if self._held[listener.address] >= share:
                return None
            if len(self._listeners) >= self._max_listeners and not self._make_room(listener.address):
                return None
            if not self._listeners:
                self._start()
            self._listeners[listener] = None
            self._held[listener.address] += 1
        return listener

    def after(self, story_id: str) -> list[StoryDocument]:
        """The stories that came after ``story_id``, at most a hundred: the client asks for more from there."""
        return self._stories.after(story_id)

    def _start(self) -> None:
        self._stories = NewStories(self._index)
        self._stories.begin()
        self._stop = Event()
        Thread(target=self._watch, args=(self._stories, self._stop), name="new-stories", daemon=True).start()

    def _make_room(self, address: str) -> bool:
        """End the oldest listener of the address that has most, where that is more than ``address`` will have."""
        [(most, held)] = self._held.most_common(1)
        if held <= self._held[address] + 1:
            return False
        oldest = next(listener for listener in self._listeners if listener.address == most)
        self._remove(oldest)
        oldest.end()
        return True

    def _remove(self, listener: Listener) -> None:
        del self._listeners[listener]
        give_back(self._held, listener.address)

    def _leave(self, listener: Listener) -> None:
        with self._lock:
            if listener not in self._listeners:
                return
            self._remove(listener)
            if not self._listeners:
                self._stop.set()

    def _watch(self, stories: NewStories, stop: Event) -> None:
        try:
            while not stop.wait(INTERVAL):
                set_deadline(self._seconds)
                self._tell(stories.look())
        except Transient as away:
            log.warning("streams end", reason=str(away))
        finally:
            if not stop.is_set():
                self._end_all()

    def _tell(self, stories: list[StoryDocument]) -> None:
        for story in stories:
            for listener in self._all():
                listener.offer(story)

    def _end_all(self) -> None:
        with self._lock:
            listeners = list(self._listeners)
            self._listeners.clear()
            self._held.clear()
        for listener in listeners:
            listener.end()

    def _all(self) -> list[Listener]:
        with self._lock:
            return list(self._listeners)
