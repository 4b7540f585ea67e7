"""What the page of a term shows: the term, its stories, what it appears with, its months, its next events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from dateline.domain.document import TermDocument
from dateline.domain.front import Placement
from dateline.domain.tag import TagType
from dateline.domain.term import TermType
from dateline.domain.term_document import term_document
from dateline.errors import NotFound
from dateline.fronts.arrangement import Arrangement, arrange, placement_of
from dateline.ports.index import FacetValue, Index, StoryFilter, TermLine
from dateline.vocabulary import find_shipped
from dateline_web.context import Web
from dateline_web.events.timetable import EventLine
from dateline_web.events.upcoming import next_events_of_term
from dateline_web.maps.places import subject_of_place
from dateline_web.maps.shown import ShownMap, shown_map
from dateline_web.search.facet_links import BarLink, bar_links
from dateline_web.search.histogram import bars_of
from dateline_web.search.listing import Listing, listing_of, search_stories
from dateline_web.search.query import StoryQuery
from dateline_web.terms.sections import sections_below
from dateline_web.urls import place_map_path

MAX_APPEARS_WITH: Final = 6
MAX_EVENTS: Final = 5
FRONT_FROM: Final = 8
"""A section with so many stories has a front: fewer are a list."""

Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPage:
    """A term, its stories, what it appears with, its months, its next events, where it is."""

    term: TermDocument
    listing: Listing
    broader: tuple[TermDocument, ...] = ()
    narrower: tuple[TermLine, ...] = ()
    appears_with: Mapping[TagType, tuple[FacetValue, ...]]
    months: Counts
    events: tuple[EventLine, ...] = ()
    map: ShownMap | None = None
    front: Arrangement | None = None
    """What leads a section's first page; the rest of its list follows."""

    @property
    def bars(self) -> tuple[BarLink, ...]:
        """How its stories lie in time."""
        return bar_links(self.listing.query, bars_of(self.months))


def find_term(index: Index, type: TermType, slug: str) -> TermDocument:
    """The term by this name: in use, known but not used yet, or one that readers knew and that was merged or taken out.
    Raises ``NotFound``."""
    found = index.get("term", [f"{type}:{slug}"])
    if found:
        term = cast(TermDocument, found[0])
        if not term.withdrawn or term.merged_into or not term.unlisted:
            return term
    elif shipped := find_shipped(type, slug):
        return term_document(shipped)
    raise NotFound("Nothing of this name is known here.")


def term_page(
    web: Web, term: TermDocument, query: StoryQuery, path: str, placement: Placement | None = None
) -> TermPage:
    """The page of ``term`` with the page of stories that ``query`` asks for; a section with a ``placement`` as it would
    be with that."""
    listing = listing_of(path, query, search_stories(web.index, query, brief=True), fixed=1)
    return TermPage(
        term=term,
        listing=listing,
        front=_section_front(web, term, listing, placement) if term.type == "section" else None,
        broader=_broader(web.index, term),
        narrower=sections_below(web.index, term) if term.type == "section" else (),
        appears_with={} if term.type == "section" else web.index.appears_with(term.type, term.slug, MAX_APPEARS_WITH),
        months=web.index.count_by_month(query.filter),
        map=_map(term) if term.type == "place" else None,
        events=next_events_of_term(web, term.type, term.slug, MAX_EVENTS),
    )


def _section_front(
    web: Web, section: TermDocument, listing: Listing, placement: Placement | None
) -> Arrangement | None:
    """What leads a section, where it has stories enough for a front."""
    if not listing.first_page or listing.total < FRONT_FROM:
        return None
    now = web.now()
    placed = placement or placement_of(web.index, section.slug, now)
    return arrange(web.index, placed, now, {}, filter=StoryFilter(sections=(section.slug,)))


def _map(place: TermDocument) -> ShownMap | None:
    return shown_map(subject_of_place(place), place_map_path(place.slug))


def stories_of(term: TermDocument, parameters: Mapping[str, Any]) -> StoryQuery:
    """A term's stories, newest first, from the page that ``parameters`` name. Raises ``InvalidInput``."""
    query = StoryQuery(filter=StoryFilter().choosing(term.type, term.slug), limit=parameters["limit"])
    return query.from_cursor(parameters["cursor"])


def _broader(index: Index, term: TermDocument) -> tuple[TermDocument, ...]:
    """The terms above, those that are known and that something public uses; a shipped one is known to all."""
    keys = [key if ":" in key else f"{term.type}:{key}" for key in term.broader]
    found = cast(list[TermDocument], index.get("term", keys)) if keys else []
    used = {term.id: term for term in found if term.withdrawn or not term.unlisted}
    known = [used.get(key) or _shipped(key) for key in keys]
    return tuple(above for above in known if above is not None and not above.withdrawn)


def _shipped(key: str) -> TermDocument | None:
    type, _, slug = key.partition(":")
    found = find_shipped(cast(TermType, type), slug)
    return term_document(found) if found else None
