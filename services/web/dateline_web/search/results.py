"""A search as pages and programs show it: hits, facets, bars, a better spelling, the next page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateline.ports.index import FACETS, Facet, FacetValue, Hit, StoryFilter, StoryPage
from dateline_web.context import Web
from dateline_web.search.facet_links import BarLink, FacetChoices, bar_links, choices_of
from dateline_web.search.histogram import bars_of
from dateline_web.search.query import StoryQuery, find
from dateline_web.search.spelling import did_you_mean, questioned
from dateline_web.stories import story_json as answers
from dateline_web.urls import absolute, with_query


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
        return {"Link": f'<{absolute(self.next)}>; rel="next"'} if self.next else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A search's page, a better spelling, and how its stories lie in time."""

    listing: Listing
    did_you_mean: str | None
    counts: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def bars(self) -> tuple[BarLink, ...]:
        """How its stories lie in time."""
        return bar_links(self.listing.query, bars_of(self.counts))

    @property
    def choices(self) -> tuple[FacetChoices, ...]:
        """What it can be narrowed down to."""
        return choices_of(self.listing.query, self.listing.facets)


def listing_of(path: str, query: StoryQuery, page: StoryPage, fixed: int = 0) -> Listing:
    """``page`` of ``query`` at ``path``. The first ``fixed`` parameters are said by the path already."""

    def at(parameters: list[tuple[str, str]] | None) -> str | None:
        return None if parameters is None else with_query(path, parameters[fixed:])

    return Listing(
        path=path, query=query, total=page.total, hits=page.hits, facets=page.facets,
        previous=at(query.previous(page)), next=at(query.next(page)),
    )  # fmt: skip


def results_of(web: Web, query: StoryQuery, path: str = "/search", *, bars: bool = False) -> Results:
    """Search. ``bars`` says whether the page shows how the stories lie in time."""
    months = query.between(*_window(query.filter)).filter if bars else None
    page = find(
        web.index, query, facets=FACETS, brief=True, highlight=True, spelling=questioned(query.parsed), months=months
    )
    return Results(
        listing=listing_of(path, query, page),
        did_you_mean=did_you_mean(query.parsed, page.spelling),
        counts=page.months,
    )


def _window(filter: StoryFilter) -> tuple[date | None, date | None]:
    """The days the bars show, which are the way to a year, to its months, and on to others.

    They are the chosen days; around a month alone, its year; all days while only one end is chosen.
    """
    first, last = filter.first_day, filter.last_day
    if first is None or last is None:
        return None, None
    if (first.year, first.month) == (last.year, last.month):
        return date(first.year, 1, 1), date(first.year, 12, 31)
    return first, last


def results_json(results: Results) -> dict[str, Any]:
    """The search answer of the API."""
    listing = results.listing
    return {
        "total": {"value": listing.total, "relation": "eq"},
        "items": answers.story_items(listing.hits),
        "facets": {facet: [answers.facet_value(v) for v in listing.facets.get(facet, ())] for facet in FACETS},
        "did_you_mean": results.did_you_mean,
        "next": absolute(listing.next) if listing.next else None,
    }
