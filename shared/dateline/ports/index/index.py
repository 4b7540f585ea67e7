"""The index port: what is written, searched, listed and opened, and what each call raises.

What is identical on every adapter: filters, facets, counts, days, paging, versions, tombstones. Text matching: words
are ORed, quoted phrases and fielded words must match, excluded ones must not; case and diacritics don't count, English
(and on Elasticsearch Russian) words are stemmed. Ranking may differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from dateline.domain.document import Document, EventDocument, Kind, StoryDocument
from dateline.domain.front import FrontRecord
from dateline.domain.tag import TagType
from dateline.ports.index.beside import BesideSearch
from dateline.ports.index.searches import (
    Clause,
    EventSearch,
    FacetValue,
    StoryFilter,
    StoryPage,
    StorySearch,
    Suggestion,
    TermList,
    TermSearch,
)


class PutStatus(Enum):
    """What became of one document of a batch."""

    DONE = "done"
    NEWER = "newer"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PutResult:
    """One document's own fate. NEWER: the index holds a later version, which is as good as done. LATER: 429 or 5xx.
    REFUSED: this document can never be stored, and ``reason`` says why."""

    id: str
    status: PutStatus
    reason: str = ""


class Index(Protocol):
    """What readers see. Reading and writing raise ``IndexUnavailable`` when the index can't be reached in time."""

    # --- life ---
    def ensure(self) -> None:
        """Make what is missing: indices, aliases, files. Safe to call again, and by several at once."""
        ...

    def check(self) -> None:
        """Return when it can be searched and fits this code; raise ``IndexUnavailable`` with the reason."""
        ...

    def close(self) -> None:
        """End all connections."""
        ...

    # --- writing ---
    def put(
        self, documents: Sequence[Document], *, generation: str | None = None, refresh: bool = True
    ) -> list[PutResult]:
        """Write a batch in one go, each with its version (written when it is >= the stored one), in order.

        ``generation`` names one that is being filled; there an equal version is NEWER. Visible to searches when this
        returns, or without ``refresh`` within a second: one batch of many need not be waited for.

        Raises ``IndexUnavailable`` when nothing can be said of any of them.
        """
        ...

    def refresh(self) -> None:
        """Show searches now what was put without ``refresh``. Raises ``IndexUnavailable``."""
        ...

    # --- one document ---
    def get(self, kind: Kind, ids: Sequence[str], *, brief: bool = False) -> list[Document]:
        """Those of the documents that exist, tombstones included, in the order asked for; stories ``brief`` as those of
        a ``StorySearch`` that is."""
        ...

    # --- stories ---
    def search(self, search: StorySearch) -> StoryPage:
        """Search stories; withdrawn ones, and those that stand behind another, are never found: nor are they counted or
        listed by what follows. ``get`` has them."""
        ...

    def count_by_day(self, filter: StoryFilter) -> Mapping[date, int]:
        """Stories per day, days without one left out."""
        ...

    def count_by_month(self, filter: StoryFilter, clauses: tuple[Clause, ...] = ()) -> Mapping[tuple[int, int], int]:
        """Stories per (year, month), months without one left out."""
        ...

    def related(self, document: StoryDocument, limit: int) -> tuple[StoryDocument, ...]:
        """Stories that share the most telling tags with this one (rare tags weigh more), newest first among equals;
        never the story itself."""
        ...

    def appears_with(self, type: TagType, slug: str, limit: int) -> Mapping[TagType, tuple[FacetValue, ...]]:
        """Which other tags stand on the stories that carry this one, most frequent first."""
        ...

    def coverage(self, event_id: str, limit: int) -> tuple[StoryDocument, ...]:
        """The newest stories that are linked with an event, as those of a ``StorySearch`` that is ``brief``."""
        ...

    def ids_mentioning(self, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        """Ids (ascending, greater than ``after``) of stories whose text holds one of the phrases, or which carry one
        of the tags (``type:slug``): what a changed term may touch. The last word of a phrase that ends in ``*`` may go
        on."""
        ...

    # --- events ---
    def events(self, search: EventSearch) -> list[EventDocument]:
        """All events that may have an occurrence in the range (unbounded series count), by the first day on which they
        are found, then id. Those without end come without the occurrences that are kept of them.

        Raises what ``check_effort`` does.
        """
        ...

    def events_state(self) -> str:
        """A text that stays the same as long as readers find the same events, and no longer: what was worked out from
        them holds while it does. Read it before the events."""
        ...

    def events_near(self, search: BesideSearch) -> list[EventDocument]:
        """Events within 30 km of another, or in its city, what takes place first first; none that is off. () where
        nobody knows where the other is."""
        ...

    def events_like(self, search: BesideSearch) -> list[EventDocument]:
        """Events that share the most telling tags, categories, city, section and organiser with another (rare ones
        weigh more), what takes place first among equals; none that is off."""
        ...

    def exceptions(self, uids: Collection[str], first: date, last: date) -> list[EventDocument]:
        """The events that stand for times of these series (by UID) between two days; tombstones are none."""
        ...

    # --- terms ---
    def terms(self, search: TermSearch) -> TermList:
        """Terms, withdrawn and unlisted ones left out."""
        ...

    # --- fronts ---
    def front_records(self, page: str, first: datetime, before: datetime, limit: int) -> list[FrontRecord]:
        """How a page looked from some time on: the records between ``first`` and ``before``, the newest first."""
        ...

    # --- words ---
    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Terms (listed ones) first, then stories by newest, for a prefix of at least one letter."""
        ...

    def spelling(self, word: str) -> str | None:
        """A better-known word at edit distance <= 2 when ``word`` is unknown or 100 times rarer; None otherwise."""
        ...

    # --- generations ---
    def generations(self) -> list[str]:
        """Names of all generations, oldest first."""
        ...

    def current_generation(self) -> str:
        """The generation readers see."""
        ...

    def create_generation(self) -> str:
        """Make an empty generation beside the current one, and return its name."""
        ...

    def swap(self, generation: str) -> None:
        """Let readers see ``generation`` from now on: one atomic step."""
        ...

    def drop_generation(self, generation: str) -> None:
        """Remove a generation that readers don't see. ``Conflict`` when they do."""
        ...

    def expunge(self) -> None:
        """Rewrite every generation without what was deleted or replaced: no file of the index has it afterwards.

        Raises ``IndexUnavailable`` when a reader or writer doesn't let go in time.
        """
        ...

    def versions(
        self, kind: Kind, *, generation: str | None = None, after: str = "", limit: int = 1000
    ) -> list[tuple[str, int]]:
        """(id, version) of every document in id order: to compare an index with the ledger."""
        ...
