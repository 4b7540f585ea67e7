"""Who covers what, until when, in what form: promises of stories, and which of them were kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from dateline.domain.coverage import OPEN_STATES, Coverage, CoverageForm, CoverageState
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token

MOST_LISTED: Final = 500
"""Coverages of one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDetails:
    """What is said of a coverage. ``assignee`` is a name; ``draft_id`` and ``story_id`` are "" for none."""

    title: str
    day: date
    form: CoverageForm = "text"
    state: CoverageState = "planned"
    event_id: str = ""
    recurrence_id: str = ""
    due_at: datetime | None = None
    assignee: str = ""
    note: str = ""
    reason: str = ""
    draft_id: str = ""
    story_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSearch:
    """Which coverages: of these days, or of these events whatever their day; of one assignee, in these states."""

    first: date | None = None
    last: date | None = None
    event_ids: Collection[str] = ()
    assignee_id: str = ""
    states: Collection[CoverageState] = ()


OPEN: Final[frozenset[CoverageState]] = frozenset(OPEN_STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """Coverages by day and id; ``next`` is the cursor of the following page."""

    items: tuple[Coverage, ...]
    next: str | None = None


class Coverages(Protocol):
    """Planning who covers what."""

    def add_coverage(self, details: CoverageDetails, by: Token) -> Coverage:
        """A new coverage; one with an assignee is ``assigned``. ``InvalidInput`` where nobody who writes has the name,
        or no event or story the id."""
        ...

    def coverage(self, coverage_id: str) -> Coverage:
        """One coverage. ``NotFound``."""
        ...

    def coverages(self, search: CoverageSearch, *, limit: int = MOST_LISTED, cursor: str | None = None) -> CoveragePage:
        """Those that were searched for, by day. ``InvalidInput`` for a cursor that names no place."""
        ...

    def change_coverage(self, coverage_id: str, details: CoverageDetails, by: Token, *, if_match: int) -> Coverage:
        """Say something else of it: a new revision, unless nothing changes. One that is opened again counts only
        stories from then on.

        Raises ``NotFound``, ``StaleRevision``, and ``InvalidInput`` as ``add_coverage``.
        """
        ...

    def remove_coverage(self, coverage_id: str, by: Token, *, if_match: int | None = None) -> None:
        """Take it out of the plan. ``NotFound``, ``StaleRevision``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStory:
    """A public story that is linked with an event for which something is still to come."""

    story_id: str
    event_id: str
    owner_id: str
    received_at: datetime
    has_pictures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedText:
    """A story that became public, of somebody from whom something is still to come."""

    story_id: str
    owner_id: str
    received_at: datetime
    payload: Payload
    has_pictures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedTexts:
    """The next public stories to look through; ``seen`` is how far the change sequence is looked through with them."""

    texts: Sequence[PromisedText]
    seen: int
    before: int


class CoverageFiling(Protocol):
    """What coverages need that are filed by themselves, in the background."""

    def file_sent_drafts(self) -> int:
        """File the open coverages whose draft became a story that isn't withdrawn; how many."""
        ...

    def reopen_coverages(self) -> int:
        """Open those again whose story was withdrawn; how many."""
        ...

    def open_coverages(self, since: date) -> Sequence[Coverage]:
        """What is still to come, of this day and later."""
        ...

    def filed_forms(self, story_ids: Collection[str]) -> Mapping[str, frozenset[CoverageForm]]:
        """In which forms these stories are filed already."""
        ...

    def linked_stories(self, event_ids: Collection[str]) -> Sequence[LinkedStory]:
        """The public stories that are linked with these events, oldest first."""
        ...

    def promised_texts(self, owner_ids: Collection[str], *, limit: int) -> PromisedTexts:
        """The stories of these writers that became public since they were looked through last; of nobody, none up to
        now: a story that came before a promise doesn't keep it."""
        ...

    def note_promised_texts(self, seen: int) -> None:
        """They are looked through up to this number of the change sequence."""
        ...

    def file_coverage(self, coverage: Coverage, story_id: str) -> bool:
        """Say that a story keeps an open coverage; False where it changed meanwhile."""
        ...


class PlanReaders(Protocol):
    """Secret addresses of writers' own plans, and who had the mail of a morning."""

    def make_plan_address(self, by: Token) -> str:
        """A new 256-bit secret for who asks; the one before ends."""
        ...

    def plan_address_made(self, writer_id: str) -> datetime | None:
        """When the writer's secret was made; None without one."""
        ...

    def plan_reader(self, secret: str) -> Token | None:
        """Whose plan a secret opens; None where it has ended, or its writer can't sign in any more."""
        ...

    def claim_plan_mail(self, day: date, account_id: str) -> bool:
        """Whether this account's mail of the day is to be sent: only the first who asks is told so."""
        ...

    def release_plan_mail(self, day: date, account_id: str) -> None:
        """It could not be sent: the next who asks may."""
        ...
