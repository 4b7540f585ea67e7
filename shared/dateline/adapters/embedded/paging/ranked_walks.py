"""Walks through hits by relevance: the stories' numbers in their order, kept while somebody turns pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from secrets import token_hex
from threading import Lock
from typing import Final

MOST_WALKS: Final = 100
MOST_STORIES: Final = 10_000
"""Of one walk, 80 KB of numbers; who turns 500 pages goes on by score."""


class RankedWalks:
    """The newest walks of a process. Numbers are a generation's own, so a walk belongs to one."""

    def __init__(self) -> None:
        self._walks: OrderedDict[tuple[str, str], array[int]] = OrderedDict()
        self._lock = Lock()

    def begin(self, generation: str, numbers: Iterable[int]) -> str:
        """Keep a walk; its name."""
        name = token_hex(8)
        with self._lock:
            self._walks[generation, name] = array("q", numbers)
            while len(self._walks) > MOST_WALKS:
                self._walks.popitem(last=False)
        return name

    def numbers(self, generation: str, name: str) -> array[int] | None:
        """The stories of a walk; None when it is forgotten."""
        with self._lock:
            found = self._walks.get((generation, name))
            if found is not None:
                self._walks.move_to_end((generation, name))
        return found
