"""The editors' changes of the vocabulary, and the names that the tagger proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from dateline.domain.term import Term
from dateline.ports.ledger.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """One row of the editors' layer over the shipped vocabulary: a term, or its removal (``term`` None)."""

    key: str
    term: Term | None
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An unknown name the tagger found, for an editor to accept, merge or reject; ``count`` stories mention it."""

    type: str
    slug: str
    label: str
    status: Literal["proposed", "rejected", "accepted", "merged"]
    count: int
    first_item: str
    at: datetime
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecision:
    """An editor's decision on a proposal; ``merged_into`` is the slug of the term that it becomes a name of."""

    type: str
    slug: str
    status: Literal["accepted", "rejected", "merged"]
    merged_into: str = ""


class TermChanges(Protocol):
    """The editors' layer over the shipped terms."""

    def vocabulary_number(self) -> int:
        """Grows with every accepted change of a term; cheap."""
        ...

    def term_changes(self) -> tuple[TermChange, ...]:
        """The editors' layer, whole."""
        ...


class PublicTerms(Protocol):
    """Terms that something public uses: with that they are listed."""

    def publish_terms(self, keys: Sequence[str]) -> int:
        """Make those of these terms due that are in no list yet; others, and shipped ones, stay as they are.

        Returns how many.
        """
        ...


class Proposals(Protocol):
    """Unknown names, and an editor's decisions on them."""

    def propose_terms(self, found: Sequence[tuple[str, str, str, str]]) -> None:
        """Record unknown names: (type, slug, label, item id). Rejected and merged ones are left as they are."""
        ...

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        """Proposed (or rejected …) names, most mentioned first."""
        ...

    def proposal(self, type: str, slug: str) -> Proposal | None:
        """The one proposal, decided or not; None when nobody proposed it."""
        ...

    def decide_proposal(self, decision: ProposalDecision, by: Token) -> None:
        """Accept, reject or merge a proposal. ``NotFound``."""
        ...
