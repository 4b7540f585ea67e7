"""Events beside an event: near it, and like it; and the exceptions of series."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.text.query import Query, carries
from dateline.adapters.kept_events import city_key, listed_event, organizer_key
from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument
from dateline.ports.index.beside import NEAR_KM, OFF, BesideSearch, is_telling

MOST_EXCEPTIONS: Final = 10_000


class EventsBeside:
    """Reads events beside others; each method is as ``ports.index.Index`` says."""

    def __init__(self, client: ElasticClient, alias: str) -> None:
        self._client = client
        self._alias = alias

    def near(self, search: BesideSearch) -> list[EventDocument]:
        place = search.event.location
        ways: list[Query] = []
        if place is not None and place.lat is not None and place.lon is not None:
            point = {"lat": place.lat, "lon": place.lon}
            ways.append({"geo_distance": {"distance": f"{NEAR_KM:g}km", "geo": point}})
        if place is not None and (city := city_key(place)):
            ways.append({"term": {"city": city}})
        if not ways:
            return []
        query = {"bool": {**_others(search), "should": ways, "minimum_should_match": 1}}
        return self._found(query=query, sort=_next_first(search.first_day), size=search.limit)

    def like(self, search: BesideSearch) -> list[EventDocument]:
        shared = _shared(search.event)
        weights = self._weights(shared) if shared else {}
        if not weights:
            return []
        telling = [{"constant_score": {"filter": shared[key], "boost": weight}} for key, weight in weights.items()]
        query = {"bool": {**_others(search), "should": telling, "minimum_should_match": 1}}
        return self._found(query=query, sort=["_score", *_next_first(search.first_day)], size=search.limit)

    def exceptions(self, uids: Collection[str], first: date, last: date) -> list[EventDocument]:
        if not uids:
            return []
        of = {"terms": {"exception_of": sorted(uids)}}
        query = {"bool": {"filter": [{"term": {"withdrawn": False}}, of, _takes_place(first, last)]}}
        return self._found(query=query, sort=[{"id": "asc"}], size=MOST_EXCEPTIONS)

    def _found(self, **body: Any) -> list[EventDocument]:
        [answer] = self._client.ask(self._alias, [{**body, "track_total_hits": False}])
        return [listed_event(hit["_source"]["doc"]) for hit in answer["hits"]["hits"]]

    def _weights(self, shared: Mapping[str, Query]) -> dict[str, float]:
        """How much each telling value counts: the rarer, the more."""
        asked = {
            "query": {"bool": {"filter": [{"term": {"withdrawn": False}}]}}, "size": 0, "track_total_hits": True,
            "aggregations": {"values": {"filters": {"filters": dict(shared)}}},
        }  # fmt: skip
        [answer] = self._client.ask(self._alias, [asked])
        every = answer["hits"]["total"]["value"]
        counts = {key: bucket["doc_count"] for key, bucket in answer["aggregations"]["values"]["buckets"].items()}
        return {key: math.log1p(every / max(1, count)) for key, count in counts.items() if is_telling(count, every)}


def _shared(event: EventDocument) -> dict[str, Query]:
    """What an event may share with others, each as a condition."""
    shared = {tag.key: carries(tag.type, tag.slug) for tag in event.accepted_tags}
    shared |= {f"section:{crumb.slug}": {"term": {"sections": crumb.slug}} for crumb in event.sections}
    shared |= {f"category:{label_key(word)}": {"term": {"categories": label_key(word)}} for word in event.categories}
    if city := city_key(event.location):
        shared["city"] = {"term": {"city": city}}
    if organizer := organizer_key(event):
        shared["organizer"] = {"term": {"organizer": organizer}}
    return shared


def _others(search: BesideSearch) -> dict[str, Any]:
    happens = _takes_place(search.first_day, search.last_day)
    return {
        "filter": [{"term": {"withdrawn": False}}, happens],
        "must_not": [{"term": {"id": search.event.id}}, {"terms": {"status": list(OFF)}}],
    }


def _takes_place(first: date, last: date) -> Query:
    within = [
        {"range": {"occurrences.first_day": {"lte": last.isoformat()}}},
        {"range": {"occurrences.last_day": {"gte": first.isoformat()}}},
    ]
    return {"nested": {"path": "occurrences", "query": {"bool": {"filter": within}}}}


def _next_first(first: date) -> list[Any]:
    coming = {"range": {"occurrences.last_day": {"gte": first.isoformat()}}}
    nested = {"path": "occurrences", "filter": coming}
    return [{"occurrences.first_day": {"order": "asc", "mode": "min", "nested": nested}}, {"id": "asc"}]
