"""The change sequence: whatever changes what readers get has a number, and who knows one asks what came after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, Protocol

from dateline.domain.document import Kind
from dateline.domain.enrichment import Enrichment
from dateline.ports.ledger.claims import Claimed, Indexed

ChangeState = Literal["published", "withdrawn", "erased"]


PAGE_SIZE: Final = 4_000_000
"""Characters of a page, about."""
NOTHING_KNOWN: Final[Mapping[int, Sized]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An item at the newest number it was given.

    ``claimed``: what its document is made of; None for a tombstone, and for what who asks has already. ``enrichment``
    is what tagger and vocabulary had added to it then; None of a term. ``settled``: nothing of it is due, so that while
    it has this number readers get just this.
    """

    seq: int
    kind: Kind
    item_id: str
    revision: int
    state: ChangeState
    settled: bool
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

    def changes(
        self, *, after: int, limit: int = 100, size: int = PAGE_SIZE, known: Mapping[int, Sized] = NOTHING_KNOWN
    ) -> ChangePage:
        """The changes numbered above ``after``: ``limit`` at most, and no more than come to about ``size`` characters,
        but one at least. Of settled ones whose numbers are ``known`` nothing is read again.

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
