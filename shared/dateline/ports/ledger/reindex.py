"""Reindexing: filling a new generation of the index from the ledger while stories arrive."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from dateline.domain.document import Kind
from dateline.ports.ledger.claims import Claimed


class PublishedItems(Protocol):
    """What readers may see."""

    def published(self, *, kind: Kind, after: str = "", limit: int = 500, folded: bool = False) -> tuple[Claimed, ...]:
        """Every item that readers may see (tombstones too) in id order, as a claim would give it, with its present
        claim number; nothing is claimed. A term that was claimed once too, though nothing public uses it. ``folded``:
        only the stories that stand behind another."""
        ...

    def latest(self, *, kind: Kind, before: str = "", limit: int = 100) -> tuple[Claimed, ...]:
        """The same, those that came last first; ``before`` is the id to go on from."""
        ...


class Reindexing(PublishedItems, Protocol):
    """The one reindex that may be open, and what it is filled from."""

    def exclusive_lock(self, name: str) -> AbstractContextManager[None]:
        """Keep other processes out while the block runs; ``Conflict`` when one is in. One that dies lets go."""
        ...

    def open_reindex(self, generation: str) -> None:
        """Say that every batch also writes to the next generation. ``Conflict`` when one is open."""
        ...

    def open_generation(self) -> str | None:
        """The name of the generation that is being filled, if any."""
        ...

    def close_reindex(self) -> None:
        """Say that the reindex is over."""
        ...
