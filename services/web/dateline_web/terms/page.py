"""What the page of a term shows, and the A–Z of a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from dateline.domain.document import TermDocument
from dateline.domain.tag import TagType
from dateline.domain.term import TermType
from dateline.domain.term_document import term_document
from dateline.errors import NotFound
from dateline.ports.index import FacetValue, Index, StoryFilter, TermLine, TermList, TermSearch
from dateline.vocabulary import find_shipped
from dateline_web.context import Web
from dateline_web.events.timetable import EventLine
from dateline_web.events.upcoming import coming_with
from dateline_web.search import cursor
from dateline_web.search.facet_links import BarLink, bar_links
from dateline_web.search.histogram import bars_of
from dateline_web.search.query import StoryQuery, find
from dateline_web.search.results import Listing, listing_of
from dateline_web.stories import story_json as answers
from dateline_web.terms.sections import sections_below
from dateline_web.urls import absolute, term_path, with_query

MOST_TOGETHER: Final = 6
MOST_EVENTS: Final = 5

Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPage:
    """A term, its stories, what it appears with, its months, its next events."""

    term: TermDocument
    listing: Listing
    broader: tuple[TermDocument, ...] = ()
    narrower: tuple[TermLine, ...] = ()
    together: Mapping[TagType, tuple[FacetValue, ...]]
    months: Counts
    events: tuple[EventLine, ...] = ()

    @property
    def bars(self) -> tuple[BarLink, ...]:
        """How its stories lie in time."""
        return bar_links(self.listing.query, bars_of(self.months))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """A page of a type's terms by first letter. ``next`` is a path with its query."""

    type: TermType
    prefix: str
    groups: tuple[tuple[str, tuple[TermLine, ...]], ...]
    next: str | None
    first_page: bool

    @property
    def lines(self) -> tuple[TermLine, ...]:
        """The terms in their order."""
        return tuple(line for _, lines in self.groups for line in lines)


def find_term(index: Index, type: TermType, slug: str) -> TermDocument:
    """The term by this name: in use, or known but not used yet. Raises ``NotFound``."""
    found = index.get("term", [f"{type}:{slug}"])
    if found:
        term = cast(TermDocument, found[0])
        if not term.withdrawn or term.merged_into:
            return term
    elif shipped := find_shipped(type, slug):
        return term_document(shipped)
    raise NotFound("Nothing of this name is known here.")


def merged_path(term: TermDocument) -> str | None:
    """Where a merged term's stories are now."""
    if not term.merged_into:
        return None
    type, _, slug = term.merged_into.rpartition(":")
    return term_path(cast(TermType, type or term.type), slug)


def term_page(web: Web, term: TermDocument, query: StoryQuery, path: str) -> TermPage:
    """The page of ``term`` with the page of stories that ``query`` asks for."""
    return TermPage(
        term=term,
        listing=listing_of(path, query, find(web.index, query, brief=True), fixed=1),
        broader=_broader(web.index, term),
        narrower=sections_below(web.index, term) if term.type == "section" else (),
        together={} if term.type == "section" else web.index.appears_with(term.type, term.slug, MOST_TOGETHER),
        months=web.index.count_by_month(query.filter),
        events=coming_with(web, term.type, term.slug, MOST_EVENTS),
    )


def stories_of(term: TermDocument, parameters: Mapping[str, Any]) -> StoryQuery:
    """A term's stories, newest first, from the page that ``parameters`` name. Raises ``InvalidInput``."""
    wanted: dict[str, Any] = {f"{term.type}s": (term.slug,)}
    query = StoryQuery(filter=StoryFilter(**wanted), limit=parameters["limit"])
    return query.beginning(parameters["cursor"])


def alphabet(web: Web, type: TermType, parameters: Mapping[str, Any], path: str) -> Alphabet:
    """A page of the terms of a type, in label order. Raises ``InvalidInput``."""
    prefix, mark = parameters["prefix"], parameters["cursor"]
    after = None if mark is None else cursor.decode(mark, f"{type}:{prefix}")
    found = web.index.terms(TermSearch(type=type, prefix=prefix, limit=parameters["limit"], after=after))
    return Alphabet(
        type=type, prefix=prefix, groups=_by_letter(found.lines), first_page=after is None,
        next=_next(found, type, parameters, path),
    )  # fmt: skip


def _next(found: TermList, type: TermType, parameters: Mapping[str, Any], path: str) -> str | None:
    if found.after is None:
        return None
    kept = [(name, str(parameters[name])) for name in ("prefix", "limit") if parameters[name]]
    return with_query(path, [*kept, ("cursor", cursor.encode(found.after, f"{type}:{parameters['prefix']}"))])


def _by_letter(lines: Iterable[TermLine]) -> tuple[tuple[str, tuple[TermLine, ...]], ...]:
    groups: dict[str, list[TermLine]] = {}
    for line in lines:
        letter = line.document.label[:1].upper()
        groups.setdefault(letter if letter.isalpha() else "0–9", []).append(line)
    return tuple((letter, tuple(inside)) for letter, inside in groups.items())


def _broader(index: Index, term: TermDocument) -> tuple[TermDocument, ...]:
    """The terms above, those that are known."""
    keys = [key if ":" in key else f"{term.type}:{key}" for key in term.broader]
    used = {document.id: cast(TermDocument, document) for document in index.get("term", keys)} if keys else {}
    known = [used.get(key) or _shipped(key) for key in keys]
    return tuple(found for found in known if found is not None and not found.withdrawn)


def _shipped(key: str) -> TermDocument | None:
    type, _, slug = key.partition(":")
    found = find_shipped(cast(TermType, type), slug)
    return term_document(found) if found else None


def term_json(page: TermPage) -> dict[str, Any]:
    """A term's page as JSON."""
    term, listing = page.term, page.listing
    return {
        **answers.term_ref(term),
        "labels": dict(term.labels),
        "aliases": list(term.aliases),
        "description_html": term.description_html,
        "broader": [answers.term_ref(above) for above in page.broader],
        "same_as": list(term.same_as),
        "stories": listing.total,
        "items": answers.story_items(listing.hits),
        "appears_with": answers.together(page.together),
        "months": [{"year": year, "month": month, "count": n} for (year, month), n in sorted(page.months.items())],
        "next": absolute(listing.next) if listing.next else None,
    }


def alphabet_json(page: Alphabet) -> dict[str, Any]:
    """A page of an A–Z as JSON."""
    return {
        "items": [answers.term_line(line) for line in page.lines],
        "next": absolute(page.next) if page.next else None,
    }
