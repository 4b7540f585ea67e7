"""The quarantine: what could not be indexed, for an editor to requeue or discard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dateline.domain.document import ItemKind
from dateline.ports.ledger.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedItem:
    """What could not be indexed, at which stage, why, after how many attempts, since when."""

    id: str
    kind: ItemKind
    revision: int
    label: str
    stage: str
    reason: str
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    """One page of the quarantine, newest item first; ``next`` is the cursor of the following page."""

    items: tuple[QuarantinedItem, ...]
    next: str | None = None


class QuarantinedItems(Protocol):
    """Reading the quarantine, and emptying it."""

    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> QuarantinePage:
        """A page of what could not be indexed, newest item first."""
        ...

    def quarantined(self, item_id: str) -> QuarantinedItem:
        """The one item. ``NotFound`` when nothing of it is in quarantine."""
        ...

    def requeue(self, item_id: str, by: Token) -> None:
        """Make a quarantined item due again. ``NotFound``."""
        ...

    def discard(self, item_id: str, by: Token) -> None:
        """Give up on a quarantined revision; an older published one stays. ``NotFound``."""
        ...
