"""A search for events as an Elasticsearch query."""

from __future__ import annotations

from typing import Final

from dateline.adapters.elastic.document_json import SUFFIXES
from dateline.adapters.elastic.text.query import Query, folded
from dateline.analysis.unspaced import spellings_of
from dateline.ports.index import EVENT_FACETS, FACET_FIELDS, EventSearch

_WORDS: Final = [f"words_{suffix}" for suffix in SUFFIXES]


def events_query(search: EventSearch) -> Query:
    """Events that may take place within the days of ``search``, and are as it says."""
    first, last = search.first_day.isoformat(), search.last_day.isoformat()
    within = {"bool": {"filter": [_until("occurrences.first_day", last), _from("occurrences.last_day", first)]}}
    occurs = {"bool": {"should": [{"term": {"unbounded": True}}, {"nested": {"path": "occurrences", "query": within}}]}}
    filters: list[Query] = [{"term": {"withdrawn": False}}, _until("first_day", last), occurs, *_narrowing(search)]
    return {"bool": {"filter": filters}}


def _narrowing(search: EventSearch) -> list[Query]:
    filters: list[Query] = []
    for facet in EVENT_FACETS:
        if chosen := search.category_keys if facet == "category" else search.values(facet):
            filters.append({"terms": {FACET_FIELDS[facet]: list(chosen)}})
    if search.free is not None:
        filters.append({"term": {"free": search.free}})
    if search.attendance:
        filters.append({"terms": {"attendance": list(search.attendance)}})
    if search.statuses:
        filters.append({"terms": {"status": list(search.statuses)}})
    if search.text.strip():
        filters += [_any_spelling(phrase) for phrase in search.phrases] or [{"match_none": {}}]
    return filters


def _any_spelling(phrase: str) -> Query:
    queries: list[Query] = [
        {"multi_match": {"query": folded(text), "type": "phrase", "fields": _WORDS}} for text in spellings_of(phrase)
    ]
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _until(field: str, day: str) -> Query:
    return {"range": {field: {"lte": day}}}


def _from(field: str, day: str) -> Query:
    return {"range": {field: {"gte": day}}}
