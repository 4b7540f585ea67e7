"""Merges, splits and retirements of terms, which can be undone for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from dateline.domain.tag import TagRef
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token

UNDONE_WITHIN: Final = timedelta(days=1)
"""How long a move can be undone."""

MoveKind = Literal["merge", "split", "retire"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTag:
    """An editor's word on an item: it has the tag (``added``), or must not have it."""

    item_id: str
    tag: TagRef
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMove:
    """A move to be put on record with the submissions that it consists of.

    ``key`` is the term that is merged, split or retired; ``before`` says of each term that changes which revision it
    had (0: as shipped, or none). ``tags`` are what becomes of editors' words on items.
    """

    kind: MoveKind
    key: str
    before: Mapping[str, int]
    tags: tuple[SaidTag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMove:
    """A move on record. ``revisions``: of each term that it changed the revision before and the one after it, first of
    ``key``, then of what that became."""

    id: str
    kind: MoveKind
    key: str
    revisions: Mapping[str, tuple[int, int]]
    at: datetime
    by: str
    undone_at: datetime | None = None


class TermMoves(Protocol):
    """What became of terms, and how it is undone."""

    def move_terms(self, move: NewMove, submissions: Sequence[Submission], by: Token) -> tuple[str, Sequence[Receipt]]:
        """Put a move and all its submissions on record in one transaction, or nothing: raises what refuses one. Items
        on which an editor's word changes are retagged. Returns the move's id and the receipts."""
        ...

    def term_move(self, move_id: str) -> TermMove:
        """The move. ``NotFound``."""
        ...

    def term_moves(self, key: str) -> Sequence[TermMove]:
        """Those of the last day that changed a term and were not undone, the newest first."""
        ...

    def undo_move(self, move_id: str, submissions: Sequence[Submission], by: Token) -> Sequence[Receipt]:
        """Put the submissions on record that undo a move, and give items back the editors' words that it changed, but
        for those that somebody changed since.

        Raises ``NotFound``, ``Conflict`` (it was undone, or is older than a day), and what refuses a submission.
        """
        ...

    def said_of_tag(self, tag: TagRef) -> Mapping[str, bool]:
        """The items on which an editor said something of a tag: whether it was added."""
        ...
