"""Export and restore: the whole record as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol


class Backup(Protocol):
    """The record out of one ledger and into another."""

    def export(self) -> Iterator[Mapping[str, Any]]:
        """Every item with every revision as JSON-ready dicts, oldest first, then the rest.

        Read a page at a time; nothing stays open between pages. Each item is as it was at one moment, items of later
        pages at later ones.
        """
        ...

    def restore(self, lines: Iterator[Mapping[str, Any]]) -> int:
        """Read what ``export`` wrote into an empty ledger; ``Conflict`` when it isn't. Returns how many items."""
        ...
