"""How many bulks of one token are worked on at a time, so that there are threads for those of others."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class BulkSlots:
    """The bulks of one process that are worked on or whose answers are being taken. For any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, who: str) -> bool:
        """Take one of the slots of the token ``who``; False when it has none left."""
        with self._lock:
            if self._taken[who] >= self._most:
                return False
            self._taken[who] += 1
            return True

    def give_back(self, who: str) -> None:
        """Give back what ``take`` gave."""
        with self._lock:
            self._taken[who] -= 1
            self._taken += Counter()  # what is back at none is forgotten
