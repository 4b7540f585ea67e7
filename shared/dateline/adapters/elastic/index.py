"""The adapter: ``ports.index.Index`` on Elasticsearch, put together from its parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateline.adapters.elastic.bulk_write import put
from dateline.adapters.elastic.client import WRITE_TIMEOUT, ElasticClient
from dateline.adapters.elastic.document_json import document_of
from dateline.adapters.elastic.events_beside import EventsBeside
from dateline.adapters.elastic.expunge import expunge
from dateline.adapters.elastic.fronts import front_records
from dateline.adapters.elastic.generations import Generations
from dateline.adapters.elastic.labels import Labels
from dateline.adapters.elastic.other_lists import Listings
from dateline.adapters.elastic.paging.ranked_pages import RankedPages
from dateline.adapters.elastic.search import BRIEF, by_month, is_ranked, search_body, search_stories
from dateline.adapters.elastic.spelling import better_known, spelling_body
from dateline.domain.document import KINDS, Document, EventDocument, Kind, StoryDocument, kind_of
from dateline.domain.front import FrontRecord, record_id
from dateline.domain.tag import TagType
from dateline.ports.index import (
    BesideSearch,
    Clause,
    EventSearch,
    FacetValue,
    PutResult,
    StoryFilter,
    StoryPage,
    StorySearch,
    Suggestion,
    TermList,
    TermSearch,
)
from dateline.ports.index.partition import WHOLE, Partitioning


class ElasticIndex:
    """The index on one cluster; ``prefix`` begins all its names. Safe for threads, and across a fork."""

    def __init__(
        self,
        client: ElasticClient,
        *,
        prefix: str,
        zone: ZoneInfo,
        shards: int = 1,
        replicas: int = 0,
        partitioning: Partitioning = WHOLE,
    ) -> None:
        self._client = client
        self._zone = zone
        self._generations = Generations(
            client, prefix=prefix, zone=zone, shards=shards, replicas=replicas, partitioning=partitioning
        )
        self._labels = Labels(client, self._generations.alias("term"))
        self._ranked = RankedPages(client, self._generations.alias("story"), self._labels)
        self._listings = Listings(client, self._generations, self._labels)
        self._beside = EventsBeside(client, self._generations.alias("event"))

    # --- life ---
    def ensure(self) -> None:
        self._generations.ensure()

    def check(self) -> None:
        self._generations.check()

    def close(self) -> None:
        self._client.close()

    def erase(self) -> None:
        """Remove every generation: the prefix's indices are gone afterwards."""
        self._generations.erase()

    # --- writing ---
    def put(
        self, documents: Sequence[Document], *, generation: str | None = None, refresh: bool = True
    ) -> list[PutResult]:
        results = put(
            self._client,
            self._generations,
            documents,
            zone=self._zone,
            filling=generation is not None,
            refresh=refresh,
        )
        if any(kind_of(document) == "term" for document in documents):
            self._labels.forget()
        return results

    def refresh(self) -> None:
        with self._client.request(timeout=WRITE_TIMEOUT) as server:
            server.indices.refresh(index=[self._generations.alias(kind) for kind in KINDS])

    # --- one document ---
    def get(self, kind: Kind, ids: Sequence[str], *, brief: bool = False) -> list[Document]:
        if not ids:
            return []
        includes, excludes = (BRIEF["includes"], BRIEF["excludes"]) if brief else (None, None)
        with self._client.request() as server:
            answer = server.mget(
                docs=[{"_index": self._generations.alias_of(kind, id), "_id": id} for id in ids],
                source_includes=includes,
                source_excludes=excludes,
            )
        return [document_of(kind, entry["_source"]) for entry in answer["docs"] if entry.get("found")]

    # --- stories ---
    def search(self, search: StorySearch) -> StoryPage:
        if is_ranked(search):
            return self._ranked.page(search)
        alias, body = self._generations.alias("story"), search_body(search)
        return search_stories(self._client, alias, self._labels, search, body).with_cursors()

    def count_by_day(self, filter: StoryFilter) -> Mapping[date, int]:
        return self._listings.count_by("day", filter, ())

    def count_by_month(self, filter: StoryFilter, clauses: tuple[Clause, ...] = ()) -> Mapping[tuple[int, int], int]:
        return by_month(self._listings.count_by("month", filter, clauses))

    def related(self, document: StoryDocument, limit: int) -> tuple[StoryDocument, ...]:
        return self._listings.related(document, limit)

    def appears_with(self, type: TagType, slug: str, limit: int) -> Mapping[TagType, tuple[FacetValue, ...]]:
        return self._listings.appears_with(type, slug, limit)

    def coverage(self, event_id: str, limit: int) -> tuple[StoryDocument, ...]:
        return self._listings.coverage(event_id, limit)

    def ids_mentioning(self, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        return self._listings.ids_mentioning(names, tag_keys, after=after, limit=limit)

    # --- events, terms, words ---
    def events(self, search: EventSearch) -> list[EventDocument]:
        return self._listings.events(search)

    def events_state(self) -> str:
        return self._listings.events_state()

    def events_near(self, search: BesideSearch) -> list[EventDocument]:
        return self._beside.near(search)

    def events_like(self, search: BesideSearch) -> list[EventDocument]:
        return self._beside.like(search)

    def exceptions(self, uids: Collection[str], first: date, last: date) -> list[EventDocument]:
        return self._beside.exceptions(uids, first, last)

    def terms(self, search: TermSearch) -> TermList:
        return self._listings.terms(search)

    def front_records(self, page: str, first: datetime, before: datetime, limit: int) -> list[FrontRecord]:
        alias = self._generations.alias("front")
        return front_records(self._client, alias, record_id(page, first), record_id(page, before), limit)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return self._listings.suggest(prefix, limit)

    def spelling(self, word: str) -> str | None:
        alias = self._generations.alias("story")
        [answer] = self._client.ask(alias, [spelling_body([word])])
        return better_known(self._client, alias, [word], answer).get(word)

    # --- generations ---
    def generations(self) -> list[str]:
        return self._generations.all()

    def current_generation(self) -> str:
        return self._generations.current()

    def create_generation(self) -> str:
        return self._generations.create()

    def swap(self, generation: str) -> None:
        self._generations.swap(generation)

    def drop_generation(self, generation: str) -> None:
        self._generations.drop(generation)

    def expunge(self) -> None:
        expunge(self._client, self._generations)

    def versions(
        self, kind: Kind, *, generation: str | None = None, after: str = "", limit: int = 1000
    ) -> list[tuple[str, int]]:
        known = self._generations
        with self._client.request() as server:
            answer = server.search(
                index=known.alias(kind) if generation is None else known.indices(generation, kind),
                query={"range": {"id": {"gt": after}}},
                sort=[{"id": "asc"}],
                size=limit,
                source=False,
                version=True,
                track_total_hits=False,
            )
        return [(hit["_id"], hit["_version"]) for hit in answer["hits"]["hits"]]
