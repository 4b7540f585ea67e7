"""The ways on from a listing: each value of a facet and each bar of a histogram, as a link to the same search with that
one thing changed.

A page has a hundred such links. What they share is written once, and each adds its own parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.ports.index import FACETS, Facet, FacetValue
from dateline_web.dates.formatting import language_name, month_in_words
from dateline_web.search.histogram import Bar
from dateline_web.search.query import StoryQuery
from dateline_web.urls import SEARCH, with_query

SHOWN: Final = 8
"""How many values of a facet are seen at once; the others wait behind a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet, and the search with it chosen, or no longer."""

    label: str
    count: int
    selected: bool
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetChoices:
    """A facet's values: the most frequent and all chosen ones, and the others."""

    facet: Facet
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarLink:
    """A bar of a histogram: its year or month in words, and the search within it."""

    words: str
    count: int
    height: int
    path: str
    chosen: bool


def choices_of(query: StoryQuery, facets: Mapping[Facet, Sequence[FacetValue]]) -> tuple[FacetChoices, ...]:
    """The facets that give something to choose."""
    return tuple(_choices(query, facet, values) for facet, values in facets.items() if _is_offered(facet, values))


def bar_links(query: StoryQuery, bars: Sequence[Bar]) -> tuple[BarLink, ...]:
    """The bars, each leading to the stories of ``query`` within its days."""
    form = query.between(None, None).url_template(SEARCH, FACETS[-1])
    chosen = query.filter.first_day, query.filter.last_day
    return tuple(
        BarLink(
            words=str(bar.first.year) if bar.year else month_in_words(bar.first),
            count=bar.count, height=bar.height, chosen=chosen == (bar.first, bar.last),
            path=form.filled(_days(bar.first, bar.last)),
        )
        for bar in bars
    )  # fmt: skip


def _is_offered(facet: Facet, values: Sequence[FacetValue]) -> bool:
    """Whether there is a choice: of one language, there is none."""
    return len(values) > 1 or bool(values and (facet != "language" or values[0].selected))


def _choices(query: StoryQuery, facet: Facet, values: Sequence[FacetValue]) -> FacetChoices:
    form = query.url_template(SEARCH, facet)
    choices = [
        Choice(
            label=language_name(value.value) if facet == "language" else value.label,
            count=value.count, selected=value.selected,
            path=with_query(SEARCH, query.toggled(facet, value.value).parameters()) if value.selected
            else form.filled([(facet, value.value)]),
        )
        for value in values
    ]  # fmt: skip
    others = choices[SHOWN:]
    return FacetChoices(
        facet=facet,
        shown=(*choices[:SHOWN], *(choice for choice in others if choice.selected)),
        more=tuple(choice for choice in others if not choice.selected),
    )


def _days(first: date, last: date) -> list[tuple[str, str]]:
    return [("from", first.isoformat()), ("to", last.isoformat())]
