"""Which terms an editor looks at: those most used, made last, in the navigation, to be described, suspicious."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, cast

from dateline.domain.term import TERM_TYPES, Term, TermType
from dateline.errors import IndexUnavailable
from dateline.ports.index import Index, StoryFilter, StorySearch, TermSearch
from dateline.ports.ledger.items import Items
from dateline.ports.vocabulary import Terms
from dateline_ingest.desk.terms.alike import labelled_alike

View = Literal["used", "newest", "landing", "undescribed", "suspicious"]
VIEWS: Final[Mapping[View, str]] = {
    "used": "Most used", "newest": "Newest", "landing": "In the navigation", "undescribed": "Without description",
    "suspicious": "Suspicious",
}  # fmt: skip
MOST_USED: Final = 1_000
"""How many terms of a type are known by their stories; what fewer stories carry is found by name."""
UNUSED_DAYS: Final = 2 * 365
_CALLED_ALIKE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTerm:
    """A term in a list; ``stories`` is None where nobody counted, ``remarks`` say what is suspicious of it."""

    term: Term
    stories: int | None = None
    remarks: tuple[str, ...] = ()
    alike: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of terms. ``counted``: whether the index could be asked; ``next`` is where the next page begins."""

    terms: tuple[ListedTerm, ...]
    next: str | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the lists are made of; ``today`` is the newsroom's."""

    terms: Terms
    index: Index
    ledger: Items
    today: date


def found_by_name(terms: Terms, query: str, type: TermType | None, limit: int) -> list[Term]:
    """The terms that have ``query`` in a name, in any language; where there are few, those too whose names are most
    like it."""
    found = {term.key: term for term in terms.search(query, type, limit)}
    if len(found) < min(limit, _CALLED_ALIKE):
        for term in terms.like(query, _CALLED_ALIKE):
            if type in (None, term.type):
                found.setdefault(term.key, term)
    return list(found.values())[:limit]


def newest(room: Room, type: TermType | None, limit: int, cursor: str | None) -> Listed:
    """The terms that editors made or changed first most lately."""
    page = room.ledger.items("term", limit=limit, cursor=cursor)
    named = [cast(tuple[TermType, str, str], item.id.partition(":")) for item in page.items]
    found = [room.terms.find(kind, slug) for kind, _, slug in named if type in (None, kind)]
    return Listed(terms=tuple(ListedTerm(term=term) for term in found if term), next=page.next)


def listed(room: Room, view: View, type: TermType | None, start: int, limit: int) -> Listed:
    """A page of any other view. While the index can't say what is used: the vocabulary's own order."""
    try:
        rows = list(_rows(room, view, type))
    except IndexUnavailable:
        found = room.terms.search("", type, start + limit + 1)
        rows, counted = [ListedTerm(term=term) for term in found], False
    else:
        counted = True
    more = str(start + limit) if len(rows) > start + limit else None
    return Listed(terms=tuple(rows[start : start + limit]), next=more, counted=counted)


def _rows(room: Room, view: View, type: TermType | None) -> Iterable[ListedTerm]:
    if view == "landing":
        return _landing(room, type)
    used = _used(room, type, StoryFilter())
    if view == "undescribed":
        return [one for one in used if not one.term.description_html]
    return _suspicious(room, type, used) if view == "suspicious" else used


def _used(room: Room, type: TermType | None, filter: StoryFilter) -> list[ListedTerm]:
    """The terms that stories carry or stand in, what most do first."""
    facets: tuple[TermType, ...] = (type,) if type else TERM_TYPES
    search = StorySearch(filter=filter, facets=facets, facet_size=MOST_USED, limit=1, brief=True)
    counted = room.index.search(search).facets
    named = ((facet, value) for facet in facets for value in counted.get(facet, ()))
    found = ((room.terms.find(facet, value.value), value.count) for facet, value in named)
    rows = [ListedTerm(term=term, stories=count) for term, count in found if term]
    return sorted(rows, key=lambda row: (-(row.stories or 0), row.term.label))


def _landing(room: Room, type: TermType | None) -> Iterator[ListedTerm]:
    for kind in (type,) if type else TERM_TYPES:
        for line in room.index.terms(TermSearch(type=kind, landing=True)).lines:
            if term := room.terms.find(kind, line.document.slug):
                yield ListedTerm(term=term, stories=line.stories)


def _suspicious(room: Room, type: TermType | None, used: list[ListedTerm]) -> Iterator[ListedTerm]:
    """Those with a label like another's, people of one word, and what no story of the last two years carries."""
    since = StoryFilter(first_day=room.today - timedelta(days=UNUSED_DAYS))
    recent = {one.term.key for one in _used(room, type, since)}
    # Of more than so many a type nobody says whether the rest are unused.
    known = max((sum(key.startswith(f"{kind}:") for key in recent) for kind in TERM_TYPES), default=0) < MOST_USED
    alike = labelled_alike(one.term for one in used)
    for one in used:
        others = alike.get(one.term.key, ())
        remarks = tuple(_remarks(one.term, unused=known and one.term.key not in recent))
        if others or remarks:
            yield replace(one, remarks=remarks, alike=others)


def _remarks(term: Term, *, unused: bool) -> Iterator[str]:
    if term.type == "person" and len(term.label.split()) == 1:
        yield "a person of one word"
    if unused:
        yield "in no story of the last two years"
