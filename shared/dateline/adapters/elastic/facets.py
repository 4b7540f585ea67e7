"""Facets: how many hits carry each value, exactly.

A ``terms`` aggregation on several shards is a guess where one of them didn't name a value that others did; the answer's
error bound says so. What is shown is then counted once more, value by value. One shard never guesses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.labels import Labels
from dateline.adapters.elastic.text.query import SLUG_FIELDS, Query
from dateline.ports.index import Facet, FacetValue, StorySearch

Name = TypeVar("Name", bound=str)


def facets_body(search: StorySearch, counted: Mapping[Facet, Query]) -> dict[str, Query]:
    """The aggregations of a search's facets; ``counted`` are the filters that stand outside its query."""
    return {facet: _facet_body(facet, search, counted) for facet in search.facets}


def _facet_body(facet: Facet, search: StorySearch, counted: Mapping[Facet, Query]) -> Query:
    others = [query for name, query in counted.items() if name != facet]
    field = SLUG_FIELDS[facet]
    values: dict[str, Any] = {"top": {"terms": {"field": field, "size": search.facet_size}}}
    if chosen := search.filter.values(facet):
        values["chosen"] = {"terms": {"field": field, "include": list(chosen), "min_doc_count": 0, "size": len(chosen)}}
    return {"filter": {"bool": {"filter": others}}, "aggregations": values}


def facets_of(
    client: ElasticClient,
    alias: str,
    body: Mapping[str, Any],
    search: StorySearch,
    found: Mapping[str, Any],
    labels: Labels,
) -> Mapping[Facet, tuple[FacetValue, ...]]:
    """The values of each facet of the search that ``body`` asked, out of the aggregations ``found``; those guessed are
    asked for again."""
    guessed = {
        facet: ValueCounts.of(facet, found[facet]["top"], body["aggregations"][facet]["filter"])
        for facet in search.facets
    }
    top = exact_counts(client, alias, body["query"], guessed)
    counts: dict[Facet, dict[str, int]] = {}
    for facet in search.facets:
        chosen = {bucket["key"]: bucket["doc_count"] for bucket in found[facet].get("chosen", {}).get("buckets", [])}
        counts[facet] = dict.fromkeys(search.filter.values(facet), 0) | dict(top[facet]) | chosen
    named = labels.of({facet: list(values) for facet, values in counts.items()})
    return {facet: _values(facet, values, named, search.filter.values(facet)) for facet, values in counts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCounts:
    """What a ``terms`` aggregation found in a field under a filter, and whether that is exact."""

    field: str
    filter: Query
    counts: Mapping[str, int]
    exact: bool

    @classmethod
    def of(cls, facet: Facet, found: Mapping[str, Any], filter: Query) -> ValueCounts:
        """Of a facet's values."""
        return cls(
            field=SLUG_FIELDS[facet],
            filter=filter,
            counts={bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]},
            exact=not found["doc_count_error_upper_bound"],
        )


def exact_counts(
    client: ElasticClient, alias: str, query: Query, lists: Mapping[Name, ValueCounts]
) -> Mapping[Name, Mapping[str, int]]:
    """The counts of each list, most frequent first; those that are guesses are asked for once more, all in one request.
    Raises ``IndexUnavailable``."""
    counts = {name: one.counts for name, one in lists.items()}
    guesses = {name: one for name, one in lists.items() if not one.exact}
    if guesses:
        again = {name: _exact_body(one) for name, one in guesses.items()}
        asked = {"query": query, "aggregations": again, "size": 0, "track_total_hits": False}
        [answer] = client.ask(alias, [asked])
        for name in guesses:
            buckets = answer["aggregations"][name]["values"]["buckets"]
            counts[name] = {value: bucket["doc_count"] for value, bucket in buckets.items()}
    return {name: dict(sorted(values.items(), key=lambda pair: -pair[1])) for name, values in counts.items()}


def _exact_body(guess: ValueCounts) -> Query:
    values = {value: {"term": {guess.field: value}} for value in guess.counts}
    return {"filter": guess.filter, "aggregations": {"values": {"filters": {"filters": values}}}}


def _values(
    facet: Facet, counts: Mapping[str, int], named: Mapping[tuple[Facet, str], str], chosen: Sequence[str]
) -> tuple[FacetValue, ...]:
    """Most frequent first, then by label."""
    values = [
        FacetValue(value=value, label=named[facet, value], count=count, selected=value in chosen)
        for value, count in counts.items()
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.label.casefold())))
