"""What was told of changes: kept in this process, so that many who follow cost little more than one."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Final

from dateline.ports.ledger.changes import Change

MOST_KEPT: Final = 16_000_000
"""Bytes of all that is kept together."""


class ChangeCache:
    """The JSON of items by the numbers of their changes; the one that was kept first goes first."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._lock = Lock()
        self._items: dict[int, bytes] = {}
        self._numbers: dict[str, int] = {}
        self._size = 0

    def known(self) -> Mapping[int, bytes]:
        """All that is kept now."""
        with self._lock:
            return dict(self._items)

    def keep(self, change: Change, item: bytes) -> None:
        """Keep the JSON of what readers get, until the item has another number; nothing of a tombstone, nor of what may
        be told in another way before it has one."""
        with self._lock:
            self._forget(change.item_id)
            if change.claimed is None or not change.settled or len(item) > self._most:
                return
            self._items[change.seq] = item
            self._numbers[change.item_id] = change.seq
            self._size += len(item)
            while self._size > self._most:
                self._forget(next(iter(self._numbers)))

    def _forget(self, item_id: str) -> None:
        seq = self._numbers.pop(item_id, None)
        if seq is not None:
            self._size -= len(self._items.pop(seq))
