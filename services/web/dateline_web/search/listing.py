"""A page of stories: what the index found for a query, and the pages before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.ports.index import Facet, FacetValue, Hit, Index, StoryPage
from dateline_web.next_page import next_link
from dateline_web.search.query import StoryQuery
from dateline_web.urls import with_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of stories at ``path``. ``previous`` and ``next`` are paths with their queries, None at the ends."""

    path: str
    query: StoryQuery
    total: int
    hits: tuple[Hit, ...]
    previous: str | None
    next: str | None
    facets: Mapping[Facet, tuple[FacetValue, ...]] = field(default_factory=dict)

    @property
    def first_page(self) -> bool:
        """Whether nothing comes before it."""
        return self.query.after is None or (self.query.backwards and self.previous is None)

    @property
    def headers(self) -> dict[str, str]:
        """``Link: rel="next"`` (RFC 8288), where there is a next page."""
        return next_link(self.next)


def search_stories(index: Index, query: StoryQuery, *, facets: tuple[Facet, ...] = (), **more: Any) -> StoryPage:
    """The page of ``query``. A query of signs alone finds nothing, and the index isn't asked."""
    if query.parsed.matches_nothing:
        return StoryPage(total=0, hits=(), facets={facet: () for facet in facets})
    return index.search(query.search(facets=facets, **more))


def listing_of(path: str, query: StoryQuery, page: StoryPage, fixed: int = 0) -> Listing:
    """``page`` of ``query`` at ``path``. The first ``fixed`` parameters are said by the path already."""

    def at(parameters: list[tuple[str, str]] | None) -> str | None:
        return None if parameters is None else with_query(path, parameters[fixed:])

    return Listing(
        path=path, query=query, total=page.total, hits=page.hits, facets=page.facets,
        previous=at(query.previous(page)), next=at(query.next(page)),
    )  # fmt: skip
