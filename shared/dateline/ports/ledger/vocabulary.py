"""The editors' changes of the vocabulary, and the names that the tagger proposes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, NamedTuple, Protocol

from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """One row of the editors' layer over the shipped vocabulary: a term, or its removal (``term`` None)."""

    key: str
    term: Term | None
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An unknown name the tagger found, for an editor to accept, merge or reject; ``count`` stories mention it.

    They come from so many ``sources``: each reporter is one, and each agency whose stories an editor imports. The days
    are those of its first and its last story, None where they aren't known.
    """

    type: str
    slug: str
    label: str
    status: Literal["proposed", "rejected", "accepted", "merged"]
    count: int
    sources: int
    first_item: str
    at: datetime
    merged_into: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMention:
    """An item that has a proposed name, with its newest headline or title; ``public``: readers have it."""

    item_id: str
    kind: str
    label: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecision:
    """An editor's decision on a proposal; ``proposed`` takes one back. ``merged_into`` is the slug of the term that it
    becomes a name of, ``type:slug`` where that has another type."""

    type: str
    slug: str
    status: Literal["accepted", "rejected", "merged", "proposed"]
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalBounds:
    """How many names one item may propose, and how many a reporter's items together that nobody has decided on."""

    of_item: int = 20
    of_reporter: int = 300


DEFAULT_BOUNDS: Final = ProposalBounds()


class ProposedName(NamedTuple):
    """A name that an item has; ``day`` is the story's, ISO, "" where it has none."""

    type: str
    slug: str
    label: str
    item_id: str
    day: str = ""


class TermChanges(Protocol):
    """The editors' layer over the shipped terms."""

    def vocabulary_number(self) -> int:
        """Grows with every accepted change of a term; cheap."""
        ...

    def term_changes(self) -> tuple[TermChange, ...]:
        """The editors' layer, whole."""
        ...


class RefusedTags(Protocol):
    """Tags that a person took from an item for good."""

    def refusing(self, tag: TagRef, item_ids: Collection[str] | None = None) -> frozenset[str]:
        """The items (of ``item_ids``, or of all) from which an editor took the tag; of the named ones also those whose
        reporter did."""
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

    def propose_terms(self, found: Sequence[ProposedName], bounds: ProposalBounds = DEFAULT_BOUNDS) -> None:
        """Record unknown names, each item's best first. Rejected and merged ones are left as they are, and a name that
        was rejected twice, as two types or in two spellings, isn't recorded as a third.

        Of an item's the first are taken, up to its bound. When a reporter has more than the bound, those go that the
        fewest sources mention, and of these the oldest.
        """
        ...

    def proposals(
        self, *, status: str = "proposed", type: str = "", query: str = "", limit: int | None = None, start: int = 0
    ) -> tuple[Proposal, ...]:
        """Proposed (or rejected …) names: what most sources mention stands first. Where they are equal, writers take
        turns with the name that most of their stories mention. From ``start`` on, and at most ``limit``."""
        ...

    def proposals_waiting(self, type: str = "") -> int:
        """How many names of a type, or of all, wait for a decision."""
        ...

    def count_mentions(self, *, limit: int) -> int:
        """Count of at most so many names who mentions them since they were mentioned last; returns of how many. Lists
        are right without it, and slower."""
        ...

    def proposal(self, type: str, slug: str) -> Proposal | None:
        """The one proposal, decided or not; None when nobody proposed it."""
        ...

    def mentions_of(self, names: Sequence[tuple[str, str]], *, each: int) -> Mapping[str, Sequence[ProposalMention]]:
        """The newest items that have each of the proposed ``names`` (type, slug), by ``type:slug``."""
        ...

    def newest_texts(self, item_ids: Collection[str]) -> Mapping[str, Payload]:
        """What the newest revisions of these items say, embargoed ones too; of those that have a text."""
        ...

    def decide_proposal(self, decision: ProposalDecision, by: Token) -> None:
        """Accept, reject or merge a proposal, or take back what was decided. ``NotFound``."""
        ...
