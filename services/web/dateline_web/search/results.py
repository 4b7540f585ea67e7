"""What a search shows: a page of stories, facets to narrow it down, a better spelling, bars over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dateline.ports.index import FACETS, StoryFilter
from dateline_web.context import Web
from dateline_web.search.facet_links import BarLink, FacetChoices, bar_links, choices_of
from dateline_web.search.histogram import bars_of
from dateline_web.search.listing import Listing, listing_of, search_stories
from dateline_web.search.query import StoryQuery
from dateline_web.search.spelling import did_you_mean, words_to_check
from dateline_web.urls import SEARCH


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


def results_of(web: Web, query: StoryQuery, path: str = SEARCH, *, bars: bool = False) -> Results:
    """Search. ``bars`` says whether the page shows how the stories lie in time."""
    months = query.between(*_window(query.filter)).filter if bars else None
    spelling = words_to_check(query.parsed)
    page = search_stories(web.index, query, facets=FACETS, brief=True, highlight=True, spelling=spelling, months=months)
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
