"""The index: documents that readers search, list and open. Written in versioned batches, read by web.

What is identical on every adapter: filters, facets, counts, days, paging, versions, tombstones. Text matching: words
are ORed, quoted phrases and fielded words must match, excluded ones must not; case and diacritics don't count, English
(and on Elasticsearch Russian) words are stemmed. Ranking may differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, Literal, Protocol, TypeVar

from dateline.domain.document import (
    Document,
    EventDocument,
    Kind,
    StoryDocument,
    TermDocument,
)
from dateline.domain.tag import TagType
from dateline.domain.term import TermType

T = TypeVar("T")
Sort = Literal["relevance", "newest", "oldest"]
Facet = Literal["section", "topic", "person", "place", "organisation", "language"]
FACETS: Final[tuple[Facet, ...]] = ("section", "topic", "person", "place", "organisation", "language")

TextField = Literal[
    "headline",
    "summary",
    "body",
    "byline",
    "section",
    "person",
    "place",
    "organisation",
    "topic",
    "slugline",
    "source",
]
"""What a fielded word may name: ``headline:trade``, ``person:kobyakov`` (a tag's label or slug)."""


# --- writing -----------------------------------------------------------------------------------------------------


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


# --- searching ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One part of a query: a word or, with ``phrase``, words in this order; in one field or in all; or excluded."""

    text: str
    phrase: bool = False
    exclude: bool = False
    field: TextField | None = None


FACET_FIELDS: Final[dict[Facet, str]] = {
    "section": "sections",
    "topic": "topics",
    "person": "persons",
    "place": "places",
    "organisation": "organisations",
    "language": "languages",
}
"""The field of ``StoryFilter`` and ``EventSearch`` that holds a facet's chosen values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which stories: several values of one facet mean any of them, facets together mean all. Days are inclusive.

    A section's own stories and those of the sections below it.
    """

    sections: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    def values(self, facet: Facet) -> tuple[str, ...]:
        """The chosen values of a facet."""
        chosen: tuple[str, ...] = getattr(self, FACET_FIELDS[facet])
        return chosen


NOT_BRIEF: Final = ("body_html", "body_text", "keywords", "images", "links", "related", "corrections")
"""Fields that ``StorySearch.brief`` leaves at their defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySearch:
    """A search. No clauses: all stories. ``after`` is the previous page's ``after``; with ``backwards`` it is the next
    page's ``before``. ``facets`` names those wanted.

    Sorts: ``newest`` and ``oldest`` by ``published_at``, then id; ``relevance`` by score, then newest, then id;
    without positive clauses ``relevance`` is ``newest``.
    """

    clauses: tuple[Clause, ...] = ()
    filter: StoryFilter = field(default_factory=StoryFilter)
    sort: Sort = "relevance"
    limit: int = 20
    after: tuple[str, ...] | None = None
    backwards: bool = False
    facets: tuple[Facet, ...] = ()
    facet_size: int = 20
    highlight: bool = False
    spelling: tuple[str, ...] = ()
    """Words of which the page should name better-known neighbours, as ``Index.spelling`` does."""
    brief: bool = False
    """Whether stories come as a line in a list shows them: without the fields of ``NOT_BRIEF``, and tags without their
    evidence. That is most of what a story has."""
    months: StoryFilter | None = None
    """Which stories that match the clauses the page should count by month, as ``Index.count_by_month`` does."""

    def page_of(self, found: Sequence[T]) -> tuple[list[T], bool, bool]:
        """The page of what was ``found`` from ``after`` on, this way, up to one more than ``limit``: in the order of
        reading, and whether something stands before it and after it."""
        shown, more = list(found[: self.limit]), len(found) > self.limit
        if self.backwards:
            shown.reverse()
        before, after = (more, True) if self.backwards else (self.after is not None, more)
        return shown, bool(shown) and before, bool(shown) and after


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One found story, and HTML-escaped fragments with ``<mark>`` around what matched (keys headline, body)."""

    document: StoryDocument
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet; ``count`` equals the hits after adding the value. A chosen value is listed even at 0."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A page of hits. ``total`` is exact. ``after`` is None on the last page, ``before`` on the first. ``spelling`` has
    those of the asked words that have a better-known neighbour; ``months`` counts by (year, month)."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[FacetValue, ...]] = field(default_factory=dict)
    before: tuple[str, ...] | None = None
    after: tuple[str, ...] | None = None
    spelling: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSearch:
    """Events of which an occurrence may lie between two days (inclusive, newsroom's zone); tombstones are left out.

    An exception of a series (``recurrence_id``) is found on its own days and on the day that it stands for.
    """

    first_day: date
    last_day: date
    topics: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSearch:
    """Terms of a type in label order; ``prefix`` of label; only landing ones, by ``order``, when ``landing``."""

    type: TermType
    prefix: str = ""
    landing: bool = False
    limit: int = 100
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term in a list, with how many stories carry it (for a section: stand in it or below it)."""

    document: TermDocument
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """A page of terms; ``after`` is None on the last page."""

    lines: tuple[TermLine, ...]
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A term or a story whose label or headline begins with what was typed (at the start of any of its words)."""

    kind: Literal["term", "story"]
    id: str
    label: str
    type: TermType | None = None
    slug: str = ""


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
        self, documents: Sequence[Document], *, generation: str | None = None, at_once: bool = True
    ) -> list[PutResult]:
        """Write a batch in one go, each with its version (written when it is >= the stored one), in order.

        ``generation`` names one that is being filled; there an equal version is NEWER. Visible to searches when this
        returns, or without ``at_once`` within a second: one batch of many need not be waited for.

        Raises ``IndexUnavailable`` when nothing can be said of any of them.
        """
        ...

    def refresh(self) -> None:
        """Show searches now what was put without ``at_once``. Raises ``IndexUnavailable``."""
        ...

    # --- one document ---
    def get(self, kind: Kind, ids: Sequence[str]) -> list[Document]:
        """Those of the documents that exist, tombstones included, in the order asked for."""
        ...

    # --- stories ---
    def search(self, search: StorySearch) -> StoryPage:
        """Search stories; withdrawn ones are never found."""
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

    def ids_mentioning(self, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        """Ids (ascending, greater than ``after``) of stories whose text holds one of the phrases, or which carry one
        of the tags (``type:slug``): what a changed term may touch."""
        ...

    # --- events ---
    def events(self, search: EventSearch) -> list[EventDocument]:
        """All events that may have an occurrence in the range (unbounded series count), by the first day on which they
        are found, then id."""
        ...

    # --- terms ---
    def terms(self, search: TermSearch) -> TermList:
        """Terms, withdrawn ones left out."""
        ...

    # --- words ---
    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Terms first, then stories by newest, for a prefix of at least one letter."""
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

    def versions(
        self, kind: Kind, *, generation: str | None = None, after: str = "", limit: int = 1000
    ) -> list[tuple[str, int]]:
        """(id, version) of every document in id order: to compare an index with the ledger."""
        ...
