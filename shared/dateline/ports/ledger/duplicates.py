"""Similar stories: what is to be compared, which pairs are alike, and an editor's word on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol

from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token

DuplicateStatus = Literal["open", "different", "folded"]
Decision = Literal["different", "open"]
MOST_ALIKE: Final = 5
"""Pairs that one comparison of a story leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """What a story says: of a public one what readers see, of one that is still held its newest revision.

    ``payload`` is None of one that was withdrawn or erased. ``signature`` is what is on record of it.
    """

    item_id: str
    revision: int
    payload: Payload | None
    signature: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsToCompare:
    """The next texts to be compared; ``seen`` is how far the change sequence is looked through with them."""

    texts: Sequence[StoryText]
    seen: int
    before: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do, not even to note."""
        return not self.texts and self.seen == self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another story, and how alike: ``shared`` of the ``compared`` runs of words that the two have."""

    item_id: str
    revision: int
    likeness: float
    shared: int
    compared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a comparison found of a text. ``signature`` is empty for one too short, None for one that is gone."""

    item_id: str
    revision: int
    signature: bytes | None
    bands: Sequence[int] = ()
    alike: Sequence[Alike] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A pair on record; ``item_id`` came later than ``other_id``. The labels are their newest headlines."""

    item_id: str
    other_id: str
    item_label: str
    other_label: str
    likeness: float
    shared: int
    compared: int
    status: DuplicateStatus
    found_at: datetime
    decided_at: datetime | None = None
    decided_by: str = ""
    leader_id: str = ""

    def beside(self, item_id: str) -> str:
        """The other story of the pair."""
        return self.other_id if item_id == self.item_id else self.item_id

    def label_beside(self, item_id: str) -> str:
        """The other story's headline."""
        return self.other_label if item_id == self.item_id else self.item_label


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePage:
    """One page of pairs, the newest first; ``next`` is the following page's cursor."""

    items: tuple[Duplicate, ...]
    next: str | None = None


class Duplicates(Protocol):
    """Similar stories. Nothing of them is public but what an editor folds."""

    def texts_to_compare(self, *, limit: int) -> TextsToCompare:
        """What became public since the last comparison, withdrawals too, and what is held and was not compared yet.
        Nothing while stories wait to be indexed: they come first."""
        ...

    def stories_with_bands(self, bands: Sequence[int], *, limit: int = 20) -> Sequence[StoryText]:
        """The stories that have most of these bands, first the one with the most; without their payloads."""
        ...

    def compared_texts(self, item_ids: Collection[str]) -> Sequence[StoryText]:
        """The texts of these stories as they were compared; of those that have one."""
        ...

    def record_comparisons(self, found: Sequence[Comparison], *, seen: int) -> None:
        """Put on record what was found. What an editor said of a pair stays; nothing is kept of a story that was
        withdrawn meanwhile."""
        ...

    def duplicates(
        self, *, status: DuplicateStatus = "open", limit: int = 20, cursor: str | None = None
    ) -> DuplicatePage:
        """The pairs of a status, newest first."""
        ...

    def duplicates_of(self, item_id: str) -> Sequence[Duplicate]:
        """The pairs that a story is one of, the likeliest first; also those that an editor called different."""
        ...

    def visible_stories(self, item_ids: Collection[str], by: Token) -> set[str]:
        """Those of these stories that ``by`` may know of: public ones, own ones, and for an editor all."""
        ...

    def decide_duplicate(self, item_id: str, other_id: str, decision: Decision, by: Token) -> Duplicate:
        """Call a pair different, or open again; a fold ends with either. ``NotFound``."""
        ...

    def fold(self, item_id: str, leader_id: str, by: Token) -> Duplicate:
        """Let a story stand behind another that it is a pair with, and with it those that stood behind it.

        ``NotFound``; ``Conflict`` where readers don't see the other, or it stands behind one itself.
        """
        ...
