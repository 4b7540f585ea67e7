"""The links of a search's page: each is the address of the same search with one thing changed."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from dateline.ports.index import FACETS, FacetValue, StoryFilter
from dateline_web.search.facet_links import SHOWN, bar_links, choices_of
from dateline_web.search.histogram import bars_of
from dateline_web.search.query import StoryQuery
from dateline_web.search.syntax import parse
from dateline_web.urls import with_query

QUERIES = {
    "nothing": StoryQuery(),
    "words that need quoting": StoryQuery(parsed=parse('a&b "c d" é')),
    "everything": StoryQuery(
        parsed=parse("q"), sort="oldest", limit=50,
        filter=StoryFilter(
            sections=("news", "sport"), topics=("trade",), persons=("ann",), places=("brest",),
            organisations=("opera",), languages=("be",), first_day=date(2020, 1, 1), last_day=date(2020, 12, 31),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_each_choice_is_the_search_with_that_value_added_or_taken_away(app: Flask, query: StoryQuery) -> None:
    values = {
        facet: [
            FacetValue(value=value, label=value.title(), count=3, selected=value in query.filter.values(facet))
            for value in (*query.filter.values(facet), "new", "another")
        ]
        for facet in FACETS
    }
    with app.test_request_context():
        for facet, offered in zip(FACETS, choices_of(query, values), strict=True):
            assert [choice.path for choice in offered.shown] == [
                with_query("/search", query.toggled(facet, value.value).parameters()) for value in values[facet]
            ]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_each_bar_is_the_search_within_its_days(app: Flask, query: StoryQuery) -> None:
    bars = bars_of({(2020, 1): 3, (2020, 3): 1})
    with app.test_request_context():
        links = bar_links(query, bars)
    assert [link.path for link in links] == [
        with_query("/search", query.between(bar.first, bar.last).parameters()) for bar in bars
    ]
    assert [link.words for link in links] == ["January 2020", "February 2020", "March 2020"]


def test_a_chosen_value_is_seen_however_rare_it_is(app: Flask) -> None:
    values = [FacetValue(value=f"v{n}", label="", count=9, selected=n == SHOWN + 2) for n in range(SHOWN + 4)]
    with app.test_request_context():
        [offered] = choices_of(StoryQuery(filter=StoryFilter(topics=(f"v{SHOWN + 2}",))), {"topic": values})
    assert [choice.selected for choice in offered.shown] == [False] * SHOWN + [True]
    assert len(offered.more) == 3 and not any(choice.selected for choice in offered.more)


def test_one_language_is_no_choice_unless_it_was_made(app: Flask) -> None:
    def languages(selected: bool) -> int:
        values = [FacetValue(value="be", label="be", count=9, selected=selected)]
        return len(choices_of(StoryQuery(), {"language": values, "topic": ()}))

    with app.test_request_context():
        assert (languages(False), languages(True)) == (0, 1)
