"""Drafts: what is being written, and is no item yet. No worker sees them, and nobody but their owner and those whom the
owner shares them with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Protocol

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


ReviewState = Literal["to_review", "returned", "taken_back", "out"]
"""Where a draft is that goes to the editors: with them; back with notes; taken back by who sent it; a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One round of a draft with the editors: who sent it for which section's rule, who decided, with what notes."""

    state: ReviewState
    section: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who was given a draft to write, with a note and until when. The story will be ``writer``'s."""

    writer: str
    writer_id: str
    note: str
    until: datetime | None
    assigned_at: datetime
    assigned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A line of the list of drafts. ``label`` is its headline; ``shared``: others see it too;
    ``sent``: what was answered first when it became a story; ``corrects``: the story that it will correct;
    ``review``: its newest round with the editors."""

    id: str
    owner: str
    owner_id: str
    label: str
    revision: int
    created_at: datetime
    updated_at: datetime
    shared: bool
    sent: Receipt | None
    corrects: str = ""
    review: Review | None = None
    assignment: Assignment | None = None

    def belongs_to(self, by: Token) -> bool:
        """Whether it is ``by``'s own."""
        return self.owner_id == by.id

    @property
    def writer(self) -> str:
        """Whose the story will be: who was given it, else the owner."""
        return self.assignment.writer if self.assignment else self.owner

    @property
    def writer_id(self) -> str:
        """The id of ``writer``."""
        return self.assignment.writer_id if self.assignment else self.owner_id

    @property
    def is_to_review(self) -> bool:
        """Whether it is with the editors."""
        return self.review is not None and self.review.state == "to_review"

    def is_written_by(self, by: Token) -> bool:
        """Whether ``by`` is its owner, or was given it."""
        return by.id in (self.owner_id, self.writer_id)

    def may_be_decided_by(self, by: Token) -> bool:
        """Whether ``by`` is an editor other than who wrote it."""
        return by.role == "editor" and by.id != self.writer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(DraftSummary):
    """A draft with one of its texts, ``shown``: the newest, unless another was asked for.

    ``revisions`` are those that are kept, ``reviews`` all rounds, oldest first; ``shared_with`` are names.
    ``corrects_revision`` is the revision of the story that a correction was made from.
    """

    body: DraftBody
    shown: int
    shared_with: tuple[str, ...]
    revisions: tuple[DraftRevision, ...]
    reviews: tuple[Review, ...] = ()
    corrects_revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """One page of the list; ``next`` is where the following one begins."""

    drafts: tuple[DraftSummary, ...]
    next: str | None


class Drafts(Protocol):
    """Writing and reading drafts. What ``by`` may not see is ``NotFound``, as is what there isn't; for an editor it is
    a ``Conflict`` that says who decided, where it was with the editors and isn't any more."""

    def create_draft(
        self,
        by: Token,
        body: DraftBody,
        *,
        label: str = "",
        shared_with: Sequence[str] = (),
        key: str = "",
        corrects: tuple[str, int] | None = None,
    ) -> Draft:
        """A new draft. Where ``by`` made one with this ``key``, that one as it is now: nothing is written.
        ``corrects``: the story, and its revision, that it is a correction of; where ``by`` has one of that story which
        isn't sent, that one as it is.

        Raises ``Conflict`` beyond ``MOST_DRAFTS``, ``InvalidInput`` for names that nobody who writes has.
        """
        ...

    def draft(self, draft_id: str, by: Token, *, revision: int | None = None) -> Draft:
        """One draft, with its newest text or that of a revision which is kept. ``NotFound``."""
        ...

    def correction_draft(self, by: Token, story_id: str) -> Draft | None:
        """The correction of a story that ``by`` began and that isn't sent; None where there is none."""
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
        corrects_revision: int | None = None,
    ) -> Draft:
        """A new revision of a draft; none when the newest says the same. ``shared_with`` is the owner's to change, and
        None leaves it. ``corrects_revision``: which revision of the story it is a correction of from now on.

        Raises ``NotFound``, ``StaleRevision``, ``Conflict`` (it was sent; or it is with the editors, and ``by`` is none
        who may decide on it), ``NotAllowed`` (another's ``shared_with``),
        ``InvalidInput`` as ``create_draft``.
        """
        ...

    def delete_draft(self, draft_id: str, by: Token) -> None:
        """Take a draft out with all its texts; what it became stays. ``NotFound``, ``NotAllowed`` (not the owner)."""
        ...

    def drafts(self, by: Token, *, sent: bool = False, limit: int = 20, cursor: str | None = None) -> DraftPage:
        """``by``'s own, those that others share or gave to ``by``, which aren't sent (or are), the last saved first."""
        ...
