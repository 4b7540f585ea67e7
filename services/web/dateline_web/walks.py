"""Walks through a long listing, page by page: what one page worked out the next one needs no more.

Each process keeps the walks of its own readers. A walk is good for one state of the index; where that has changed, or
another process had the page before, the page is worked out anew and is the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Final, Generic, Protocol, TypeVar

MOST_WALKS: Final = 4
"""Each may hold some thousands of events."""
MOST_LINES: Final = 10_000
"""So many lines of a walk are kept; a page before them is worked out anew."""

Key = tuple[str, ...]


class Line(Protocol):
    """What has a place in an order."""

    @property
    def key(self) -> Key:
        """Its place."""
        ...


T = TypeVar("T", bound=Line)


class Walk(Generic[T]):
    """Lines in their order, taken from ``source`` as pages need them; the first one comes after ``begin``."""

    def __init__(self, source: Iterator[T], begin: Key | None) -> None:
        self.lock = Lock()
        self.begin = begin
        self._source = source
        self._lines: list[T] = []
        self._keys: list[Key] = []

    def page(self, after: Key | None, most: int) -> list[T]:
        """Up to ``most`` lines after a place that isn't before ``begin``. Raises what the source does: it is of no more
        use then."""
        place = 0 if after is None else bisect_right(self._keys, after)
        while len(self._lines) - place < most and (line := next(self._source, None)) is not None:
            self._lines.append(line)
            self._keys.append(line.key)
            if after is not None and line.key <= after:
                place += 1
        found = self._lines[place : place + most]
        if len(self._lines) > MOST_LINES:
            gone = min(place, len(self._lines) - MOST_LINES // 2)
            if gone:
                self.begin = self._keys[gone - 1]
                del self._lines[:gone], self._keys[:gone]
        return found


class Walks(Generic[T]):
    """The latest walks of one process. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Walk[T]] = OrderedDict()
        self._lock = Lock()

    def page(self, name: Hashable, after: Key | None, most: int, source: Callable[[], Iterator[T]]) -> list[T]:
        """Up to ``most`` lines after a place in the walk called ``name``, which says all that its lines depend on.

        ``source`` gives the lines after that place, and those before it that it can't help. Raises what it does.
        """
        walk = self._taken(name, after)
        if walk is None:
            walk = Walk(source(), after)
            walk.lock.acquire()
        try:
            found = walk.page(after, most)
        except BaseException:
            self._forget(name, walk)  # a generator that raised is over, and would seem to be at its end
            raise
        finally:
            walk.lock.release()
        if len(found) == most:
            self._keep(name, walk)
        return found

    def _taken(self, name: Hashable, after: Key | None) -> Walk[T] | None:
        """The walk, locked; None where there is none, or another thread is in it, or it is past that place."""
        with self._lock:
            walk = self._kept.get(name)
        if walk is None or not walk.lock.acquire(blocking=False):
            return None
        if walk.begin is not None and (after is None or after < walk.begin):
            walk.lock.release()
            return None
        return walk

    def _keep(self, name: Hashable, walk: Walk[T]) -> None:
        with self._lock:
            self._kept[name] = walk
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_WALKS:
                self._kept.popitem(last=False)

    def _forget(self, name: Hashable, walk: Walk[T]) -> None:
        with self._lock:
            if self._kept.get(name) is walk:
                del self._kept[name]
