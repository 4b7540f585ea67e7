"""How many requests of a kind one token has under way at a time, so that there are threads and room for others."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class TokenSlots:
    """The slots of one process: each token has ``most``. ``what`` names the requests, in plural. For any thread."""

    def __init__(self, what: str, most: int) -> None:
        self.what = what
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
