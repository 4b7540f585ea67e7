"""The change sequence: whatever changes what readers get has a number, and who knows one asks what came after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from dateline.domain.document import Kind
from dateline.domain.enrichment import Enrichment
from dateline.ports.ledger.claims import Claimed, Indexed

ChangeState = Literal["published", "withdrawn", "erased"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An item at the newest number it was given.

    ``claimed``: what its document is made of; None for a tombstone. ``enrichment`` is what tagger and vocabulary had
    added to it then; None of a term.
    """

    seq: int
    kind: Kind
    item_id: str
    revision: int
    state: ChangeState
    claimed: Claimed | None = None
    enrichment: Enrichment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Changes in the order of their numbers; ``last`` is the highest number given."""

    changes: tuple[Change, ...]
    last: int

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after it."""
        return not self.changes or self.changes[-1].seq >= self.last


class Changes(Protocol):
    """What changed for readers, each item once, at its newest number.

    Numbers become visible in their order: nothing is given one below a number that was read.
    """

    def changes(self, *, after: int, limit: int = 100) -> ChangePage:
        """The changes numbered above ``after``.

        Raises ``CursorExpired`` for a number that this ledger doesn't go on from: one that it hasn't given yet, or one
        from before it was restored. Raises ``LedgerUnavailable`` while what was public before there were numbers has
        none.
        """
        ...

    def last_change(self) -> int:
        """The highest number given; cheap."""
        ...

    def renumber(self, indexed: Sequence[Indexed]) -> int:
        """Number those of these items of which readers get something else from now on, as after a reindex.

        Only where nothing was claimed meanwhile. Returns how many.
        """
        ...

    def finish_numbering(self) -> None:
        """Say that all that is public has a number."""
        ...
