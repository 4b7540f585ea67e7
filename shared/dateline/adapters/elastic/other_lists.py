"""What pages list besides searches: days, months, related stories, events, terms, suggestions."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.document_json import document_of
from dateline.adapters.elastic.facets import ValueCounts, exact_counts
from dateline.adapters.elastic.generations import Generations
from dateline.adapters.elastic.labels import Labels
from dateline.adapters.elastic.search import BRIEF, counts_of, histogram_body
from dateline.adapters.elastic.text.event_query import events_query
from dateline.adapters.elastic.text.query import ALL_FIELDS, SLUG_FIELDS, Query, carries
from dateline.adapters.kept_events import listed_event
from dateline.analysis.folding import fold
from dateline.analysis.unspaced import has_unspaced
from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.tag import TAG_TYPES, TagType
from dateline.domain.term import TermType
from dateline.errors import InvalidInput
from dateline.ports.index import (
    Clause,
    EventSearch,
    FacetValue,
    StoryFilter,
    Suggestion,
    TermLine,
    TermList,
    TermSearch,
)

PAGE: Final = 1000
EVENTS_PAGE: Final = 200
"""A series without end may take 100 kB."""
MAX_CONDITIONS: Final = 100
"""Names looked for in one request: a query may have so many clauses and no more."""
MAX_EXPANSIONS: Final = 1000
"""Words that an open phrase may end in."""
MATCH_ALL: Final[Query] = {"match_all": {}}
ONLY_COUNTS: Final[dict[str, Any]] = {"size": 0, "track_total_hits": False}
LISTED: Final[list[Query]] = [{"term": {"withdrawn": False}}, {"term": {"unlisted": False}}]
"""Filters of terms: those in lists."""
NEWEST: Final[list[Any]] = [{"published_at": "desc"}, {"id": "desc"}]


class Listings:
    """Reads lists; each method is as ``ports.index.Index`` says."""

    def __init__(self, client: ElasticClient, generations: Generations, labels: Labels) -> None:
        self._client = client
        self._labels = labels
        self._stories = generations.alias("story")
        self._events = generations.alias("event")
        self._terms = generations.alias("term")

    def _ask(self, alias: str, **body: Any) -> Mapping[str, Any]:
        [answer] = self._client.ask(alias, [body])
        return answer

    def count_by(self, interval: str, filter: StoryFilter, clauses: tuple[Clause, ...]) -> Mapping[date, int]:
        """Stories per calendar ``day`` or ``month``, keyed by its first day."""
        return counts_of(self._ask(self._stories, **histogram_body(interval, filter, clauses)))

    def related(self, document: StoryDocument, limit: int) -> tuple[StoryDocument, ...]:
        shared = {tag.key: carries(tag.type, tag.slug) for tag in document.accepted_tags}
        if not shared:
            return ()
        others: Query = {
            "bool": {"filter": [{"term": {"withdrawn": False}}], "must_not": [{"term": {"id": document.id}}]}
        }
        weights = self._rarity(shared, others)
        telling = [{"constant_score": {"filter": query, "boost": weights[key]}} for key, query in shared.items()]
        answer = self._ask(
            self._stories,
            query={"bool": {"must": [others], "should": telling, "minimum_should_match": 1}},
            sort=["_score", *NEWEST],
            size=limit,
        )
        return tuple(cast(StoryDocument, document_of("story", hit["_source"])) for hit in answer["hits"]["hits"])

    def _rarity(self, shared: Mapping[str, Query], others: Query) -> Mapping[str, float]:
        """How telling each tag is: log(1 + stories / stories that carry it)."""
        answer = self._ask(
            self._stories,
            query=others,
            aggregations={"tags": {"filters": {"filters": dict(shared)}}},
            size=0,
            track_total_hits=True,
        )
        total = answer["hits"]["total"]["value"]
        buckets = answer["aggregations"]["tags"]["buckets"]
        return {key: math.log1p(total / max(1, buckets[key]["doc_count"])) for key in shared}

    def appears_with(self, type: TagType, slug: str, limit: int) -> Mapping[TagType, tuple[FacetValue, ...]]:
        query: Query = {"bool": {"filter": [carries(type, slug), {"term": {"withdrawn": False}}]}}
        answer = self._ask(
            self._stories,
            query=query,
            aggregations={other: {"terms": {"field": SLUG_FIELDS[other], "size": limit + 1}} for other in TAG_TYPES},
            **ONLY_COUNTS,
        )
        found = {other: ValueCounts.of(other, answer["aggregations"][other], MATCH_ALL) for other in TAG_TYPES}
        counts: dict[TagType, dict[str, int]] = {
            other: {value: count for value, count in values.items() if (other, value) != (type, slug)}
            for other, values in exact_counts(self._client, self._stories, query, found).items()
        }
        named = self._labels.of({other: list(values) for other, values in counts.items()})
        return {
            other: tuple(
                FacetValue(value=value, label=named[other, value], count=count)
                for value, count in list(values.items())[:limit]
            )
            for other, values in counts.items()
        }

    def coverage(self, event_id: str, limit: int) -> tuple[StoryDocument, ...]:
        query: Query = {"bool": {"filter": [{"term": {"event_ids": event_id}}, {"term": {"withdrawn": False}}]}}
        answer = self._ask(self._stories, query=query, sort=NEWEST, size=limit, track_total_hits=False, _source=BRIEF)
        return tuple(cast(StoryDocument, document_of("story", hit["_source"])) for hit in answer["hits"]["hits"])

    def ids_mentioning(self, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        conditions = [_mentions(name) for name in names if name]
        for key in tag_keys:
            type, _, slug = key.partition(":")
            if type in SLUG_FIELDS:
                conditions.append(carries(type, slug))
        found: set[str] = set()
        for start in range(0, len(conditions), MAX_CONDITIONS):
            found.update(self._ids_of_any(conditions[start : start + MAX_CONDITIONS], after, limit))
        return sorted(found)[:limit]

    def _ids_of_any(self, conditions: Sequence[Query], after: str, limit: int) -> list[str]:
        answer = self._ask(
            self._stories,
            query={
                "bool": {"should": conditions, "minimum_should_match": 1, "filter": [{"range": {"id": {"gt": after}}}]}
            },
            sort=[{"id": "asc"}],
            size=limit,
            source=False,
            track_total_hits=False,
        )
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    def events(self, search: EventSearch) -> list[EventDocument]:
        query = events_query(search)
        found: list[EventDocument] = []
        after: list[Any] | None = None
        while True:
            more = {} if after is None else {"search_after": after}
            sort: list[Any] = [{"first_day": "asc"}, {"id": "asc"}]
            answer = self._ask(self._events, query=query, sort=sort, size=EVENTS_PAGE, track_total_hits=False, **more)
            hits = answer["hits"]["hits"]
            found += [listed_event(hit["_source"]["doc"]) for hit in hits]
            if len(hits) < EVENTS_PAGE:
                return found
            after = hits[-1]["sort"]

    def events_state(self) -> str:
        """The indices, how many documents they have, and how often these were written: each write has a higher number
        in its shard."""
        written = {"indices": {"terms": {"field": "_index"}}, "writes": {"stats": {"field": "_seq_no"}}}
        answer = self._ask(self._events, query=MATCH_ALL, aggregations=written, size=0, track_total_hits=True)
        found = answer["aggregations"]
        names = sorted(bucket["key"] for bucket in found["indices"]["buckets"])
        return json.dumps([names, *(found["writes"][name] for name in ("count", "sum", "max"))])

    def terms(self, search: TermSearch) -> TermList:
        filters: list[Query] = [{"term": {"type": search.type}}, *LISTED]
        if search.prefix:
            filters.append({"prefix": {"sorted": {"value": fold(search.prefix)}}})
        sort: list[Any] = [{"sorted": "asc"}, {"id": "asc"}]
        if search.landing:
            filters.append({"term": {"landing": True}})
            sort.insert(0, {"order": "asc"})
        if search.after is not None and len(search.after) != len(sort):
            raise InvalidInput("this cursor is not of this list")
        more = {} if search.after is None else {"search_after": list(search.after)}
        answer = self._ask(
            self._terms,
            query={"bool": {"filter": filters}},
            sort=sort,
            size=search.limit + 1,
            track_total_hits=False,
            **more,
        )
        hits = answer["hits"]["hits"]
        shown = hits[: search.limit]
        documents = [cast(TermDocument, document_of("term", hit["_source"])) for hit in shown]
        counts = self._stories_of(search.type, [document.slug for document in documents])
        return TermList(
            lines=tuple(TermLine(document=doc, stories=counts.get(doc.slug, 0)) for doc in documents),
            after=tuple(str(part) for part in shown[-1]["sort"]) if len(hits) > search.limit else None,
        )

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        terms = self._ask(
            self._terms,
            query=_prefix_query("names", prefix, LISTED),
            sort=["_score", {"sorted": "asc"}],
            size=limit,
            track_total_hits=False,
        )
        found = [_term_suggestion(hit["_source"]) for hit in terms["hits"]["hits"]]
        if len(found) < limit:
            stories = self._ask(
                self._stories,
                query=_prefix_query("headline_words", prefix, [{"term": {"withdrawn": False}}]),
                sort=NEWEST,
                size=limit - len(found),
                track_total_hits=False,
            )
            documents = [cast(StoryDocument, document_of("story", hit["_source"])) for hit in stories["hits"]["hits"]]
            found += [Suggestion(kind="story", id=doc.id, label=doc.headline, slug=doc.slug) for doc in documents]
        return found

    def _stories_of(self, type: TermType, slugs: Sequence[str]) -> Mapping[str, int]:
        if not slugs:
            return {}
        answer = self._ask(
            self._stories,
            query={"term": {"withdrawn": False}},
            aggregations={"slugs": {"terms": {"field": SLUG_FIELDS[type], "include": list(slugs), "size": len(slugs)}}},
            **ONLY_COUNTS,
        )
        return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["slugs"]["buckets"]}


def _prefix_query(field: str, prefix: str, filters: Sequence[Query]) -> Query:
    if has_unspaced(prefix):
        typed: Query = {"match_phrase_prefix": {field: {"query": fold(prefix)}}}
    else:
        typed = {"match_bool_prefix": {field: {"query": fold(prefix), "operator": "and"}}}
    return {"bool": {"must": typed, "filter": list(filters)}}


def _term_suggestion(source: Mapping[str, Any]) -> Suggestion:
    term = cast(TermDocument, document_of("term", source))
    return Suggestion(kind="term", id=term.id, label=term.label, type=term.type, slug=term.slug)


def _mentions(name: str) -> Query:
    """Stories with a phrase; with ``*`` at its end its last word may go on."""
    if name.endswith("*"):
        return {
            "multi_match": {
                "query": fold(name), "type": "phrase_prefix", "fields": ALL_FIELDS, "max_expansions": MAX_EXPANSIONS
            }
        }  # fmt: skip
    return {"multi_match": {"query": fold(name), "type": "phrase", "fields": ALL_FIELDS}}
