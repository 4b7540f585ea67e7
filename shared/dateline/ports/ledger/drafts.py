"""Drafts: what is being written, and is no item yet. No worker sees them, and nobody but their owner and those whom the
owner shares them with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from dateline.ports.ledger.submissions import Receipt
from dateline.ports.ledger.tokens import Token

DraftBody = Mapping[str, Any]
"""A story as far as it is written, in the shape of one that is sent as JSON; nothing in it need be right yet."""

MOST_DRAFTS: Final = 500
"""How many drafts that aren't sent a writer may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRevision:
    """One save of a draft that is kept."""

    revision: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A line of the list of drafts. ``label`` is its headline; ``shared``: others see it too;
    ``sent``: what was answered first when it became a story."""

    id: str
    owner: str
    owner_id: str
    label: str
    revision: int
    created_at: datetime
    updated_at: datetime
    shared: bool
    sent: Receipt | None

    def belongs_to(self, by: Token) -> bool:
        """Whether it is ``by``'s own."""
        return self.owner_id == by.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(DraftSummary):
    """A draft with one of its texts, ``shown``: the newest, unless another was asked for.

    ``revisions`` are those that are kept, oldest first; ``shared_with`` are names.
    """

    body: DraftBody
    shown: int
    shared_with: tuple[str, ...]
    revisions: tuple[DraftRevision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """One page of the list; ``next`` is where the following one begins."""

    drafts: tuple[DraftSummary, ...]
    next: str | None


class Drafts(Protocol):
    """Writing and reading drafts. What ``by`` may not see is ``NotFound``, as is what there isn't."""

    def create_draft(
        self, by: Token, body: DraftBody, *, label: str = "", shared_with: Sequence[str] = (), key: str = ""
    ) -> Draft:
        """A new draft. Where ``by`` made one with this ``key``, that one as it is now: nothing is written.

        Raises ``Conflict`` beyond ``MOST_DRAFTS``, ``InvalidInput`` for names that nobody who writes has.
        """
        ...

    def draft(self, draft_id: str, by: Token, *, revision: int | None = None) -> Draft:
        """One draft, with its newest text or that of a revision which is kept. ``NotFound``."""
        ...

    def save_draft(
        self,
        draft_id: str,
        by: Token,
        body: DraftBody,
        *,
        if_match: int,
        label: str = "",
        shared_with: Sequence[str] | None = None,
    ) -> Draft:
        """A new revision of a draft; none when the newest says the same. ``shared_with`` is the owner's to change, and
        None leaves it.

        Raises ``NotFound``, ``StaleRevision``, ``Conflict`` (it was sent), ``NotAllowed`` (another's ``shared_with``),
        ``InvalidInput`` as ``create_draft``.
        """
        ...

    def delete_draft(self, draft_id: str, by: Token) -> None:
        """Take a draft out with all its texts; what it became stays. ``NotFound``, ``NotAllowed`` (not the owner)."""
        ...

    def drafts(self, by: Token, *, sent: bool = False, limit: int = 20, cursor: str | None = None) -> DraftPage:
        """Those that ``by`` may see and that aren't sent (or are), the last saved first."""
        ...
