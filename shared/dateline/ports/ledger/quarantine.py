"""The quarantine: what could not be indexed, for an editor to mend, requeue or discard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dateline.domain.document import ItemKind
from dateline.domain.failure_cause import FailureCause, cause_of
from dateline.ports.ledger.tokens import Token

MOST_COMPARED: Final = 2_000
"""Items of the quarantine, the newest, among which those that failed alike are looked for."""


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

    @property
    def cause(self) -> FailureCause:
        """What it has in common with others that failed alike."""
        return cause_of(self.kind, self.stage, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    """One page of the quarantine, newest item first; ``next`` is the cursor of the following page."""

    items: tuple[QuarantinedItem, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAlike:
    """``count`` items that failed by one cause, and some of them, newest first; ``next`` is the others' cursor."""

    cause: FailureCause
    count: int
    items: tuple[QuarantinedItem, ...]
    next: str | None = None


class QuarantinedItems(Protocol):
    """Reading the quarantine, and emptying it."""

    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> QuarantinePage:
        """A page of what could not be indexed, newest item first."""
        ...

    def quarantine_by_cause(self, *, each: int) -> tuple[FailedAlike, ...]:
        """The newest ``MOST_COMPARED`` items by what they failed by, with up to ``each`` of a cause; the cause of the
        newest item first."""
        ...

    def failed_alike(self, item_id: str, *, limit: int, cursor: str | None = None) -> FailedAlike:
        """What failed as this item did, itself too, of the newest ``MOST_COMPARED``. ``NotFound``."""
        ...

    def quarantined(self, item_id: str) -> QuarantinedItem:
        """The one item. ``NotFound`` when nothing of it is in quarantine."""
        ...

    def traceback(self, item_id: str, revision: int) -> str:
        """Where the code was when an unknown error kept this revision from the index; "" when it was none."""
        ...

    def requeue(self, item_id: str, by: Token) -> None:
        """Make a quarantined item due again. ``NotFound``."""
        ...

    def requeue_alike(self, item_id: str, by: Token) -> int:
        """Make due again what failed as this item did, itself too; how many those were. ``NotFound``."""
        ...

    def discard(self, item_id: str, by: Token) -> None:
        """Give up on a quarantined revision; an older published one stays. ``NotFound``."""
        ...
