"""What is asked of the index and what it answers: searches, filters, facets, pages, lists, suggestions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal, Self, TypeVar

from dateline.analysis.folding import fold
from dateline.analysis.label_key import label_key
from dateline.analysis.stop_words import STOP_WORDS
from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.event import Attendance, EventStatus
from dateline.domain.term import TermType

T = TypeVar("T")
Sort = Literal["relevance", "newest", "oldest"]
Facet = Literal["section", "topic", "person", "place", "organisation", "language", "category"]
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
    "category": "categories",
}
"""The field of ``StoryFilter`` and ``EventSearch`` that holds a facet's chosen values."""

TAG_FACETS: Final[tuple[Facet, ...]] = ("section", "topic", "person", "place", "organisation")
"""Those that stories and events have by slugs of terms."""

EVENT_FACETS: Final[tuple[Facet, ...]] = (*TAG_FACETS, "category")
"""The facets that events are chosen by. A category's value is its ``label_key``."""


@dataclass(frozen=True, slots=True)
class _ByFacet:
    """Reads and changes chosen values by facet, in the fields that ``FACET_FIELDS`` names."""

    def values(self, facet: Facet) -> tuple[str, ...]:
        """The chosen values of a facet."""
        chosen: tuple[str, ...] = getattr(self, FACET_FIELDS[facet])
        return chosen

    def choosing(self, facet: Facet, *values: str) -> Self:
        """The same with these values of a facet in place of its own."""
        chosen: dict[str, Any] = {FACET_FIELDS[facet]: values}
        return replace(self, **chosen)

    def toggled(self, facet: Facet, value: str) -> Self:
        """The same with a facet's value added, or taken away when it was chosen."""
        chosen = self.values(facet)
        if value in chosen:
            return self.choosing(facet, *(other for other in chosen if other != value))
        return self.choosing(facet, *chosen, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter(_ByFacet):
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


BETTER_KNOWN: Final = 100
"""How many times more stories must use a word before it is offered for a known one."""

NOT_BRIEF: Final = ("body_html", "body_text", "keywords", "links", "related", "corrections")
"""Fields that ``StorySearch.brief`` leaves at their defaults."""


MARKED_LENGTH: Final = 10_000
"""Characters of a body in which matches are marked: the beginning, or where the first ones stand. The time for marking
grows with the square of what matches in some indices, and a reader sees three lines of it."""


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

    def from_the_start(self) -> StorySearch:
        """The same search for its first page."""
        return replace(self, after=None, backwards=False)

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


_PHRASES: Final = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')
MOST_PHRASES: Final = 32
"""Of a search for events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSearch(_ByFacet):
    """Events of which an occurrence may lie between two days (inclusive, newsroom's zone); tombstones are left out.

    ``text`` must be found whole: every word of it, and every phrase in quotation marks, in title, description, places
    (those tagged too), organiser or categories, folded and stemmed as in stories. ``categories`` may be written in any
    case. ``free`` is what costs nothing; False: what says that it costs something. ``attendance`` may be any of those
    named.

    An exception of a series (``recurrence_id``) is found on its own days and on the day that it stands for; what was
    moved on those of its previous times too. ``statuses``: any of them.
    """

    first_day: date
    last_day: date
    topics: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    text: str = ""
    free: bool | None = None
    attendance: tuple[Attendance, ...] = ()
    statuses: tuple[EventStatus, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What of ``text`` must be found, each: words, and what stands in quotation marks. Stop words beside others say
        nothing; a text without a word finds nothing."""
        parts = [quoted or word for quoted, word in _PHRASES.findall(self.text)]
        words = dict.fromkeys(part.strip() for part in parts if any(map(str.isalnum, part)))
        telling = [word for word in words if fold(word).lower() not in STOP_WORDS]
        return tuple(telling or words)[:MOST_PHRASES]

    @property
    def category_keys(self) -> tuple[str, ...]:
        """The chosen categories as an index compares them."""
        return tuple(dict.fromkeys(map(label_key, self.categories)))

    @property
    def is_narrowed(self) -> bool:
        """Whether some events of its days are left out."""
        said = self.text.strip() or self.attendance or self.statuses or self.free is not None
        return bool(said) or any(map(self.values, EVENT_FACETS))


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
