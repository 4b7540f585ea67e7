"""Events that stories announce, for editors to accept or refuse: nothing of them is public by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol

from dateline.domain.event import Event
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token

EventProposalState = Literal["open", "accepted", "rejected"]
EVENT_PROPOSAL_STATES: Final[tuple[EventProposalState, ...]] = ("open", "accepted", "rejected")
LAST_DAY_OF_ALL: Final = date.max
"""The last day of a series without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedEvent:
    """An event that a story announces: ``sentence`` says so, the date at ``start``–``end`` of it; ``rule`` is how it
    was read. ``last_day`` is when it is over."""

    event: Event
    last_day: date
    sentence: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAnnouncements:
    """What a revision of a story announces; nothing where it was withdrawn."""

    story_id: str
    revision: int
    events: Sequence[AnnouncedEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalEvidence:
    """Which story announces an event, and in which words."""

    story_id: str
    story_label: str
    revision: int
    sentence: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventProposal:
    """An event as the first of its stories announces it; ``event_id`` is what an accepted one became, or is."""

    id: str
    state: EventProposalState
    event: Event
    evidence: tuple[ProposalEvidence, ...]
    found_at: datetime
    decided_at: datetime | None = None
    decided_by: str = ""
    event_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventProposalPage:
    """A page of proposals, newest first; ``next`` is where the following one begins."""

    items: tuple[EventProposal, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """An event on record, as its newest revision says it."""

    id: str
    event: Event


class Announcements(Protocol):
    """What stories announce."""

    def record_announcements(self, found: Sequence[StoryAnnouncements]) -> None:
        """Put on record what these stories announce now: what they no longer do and nobody decided on is withdrawn.

        What was decided once isn't proposed again by the same story in the same form: that day, and a title like it.
        The same event of two stories is one proposal. Nothing is kept of a story that was withdrawn or erased, nor of
        a revision older than what is on record.
        """
        ...


class EventProposals(Announcements, Protocol):
    """Proposed events, and an editor's decision on each."""

    def event_proposals(
        self, *, state: EventProposalState = "open", today: date, limit: int = 20, cursor: str | None = None
    ) -> EventProposalPage:
        """The proposals of a state, newest first; of the open ones those that are not over ``today``."""
        ...

    def event_proposal(self, proposal_id: str) -> EventProposal:
        """One proposal. ``NotFound``."""
        ...

    def events_named_like(self, stems: Sequence[str], *, limit: int = 50) -> Sequence[KnownEvent]:
        """Events on record, not withdrawn, whose title has one of these beginnings of words; first those with most."""
        ...

    def accept_proposed_event(self, proposal_id: str, submission: Submission) -> Receipt:
        """Put the event of a proposal on record, link it with its stories, and note the decision, all or nothing.

        ``NotFound``; ``Conflict`` where it was decided already; what ``submit`` raises.
        """
        ...

    def accept_as_known_event(self, proposal_id: str, event_id: str, by: Token) -> EventProposal:
        """Say that a proposal is an event on record, and link that with its stories. ``NotFound``, ``Conflict``;
        ``InvalidInput`` for what is no event, or was withdrawn."""
        ...

    def reject_event_proposal(self, proposal_id: str, by: Token) -> EventProposal:
        """Refuse a proposal for good. ``NotFound``, ``Conflict``."""
        ...
