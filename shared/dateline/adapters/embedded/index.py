"""The index port on SQLite FTS5: each method is one transaction; what it does stands in the modules beside this."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dateline.adapters.embedded import events_beside, fronts, other_lists, terms
from dateline.adapters.embedded.analysis import encodable
from dateline.adapters.embedded.connections import Connections
from dateline.adapters.embedded.expunge import expunge
from dateline.adapters.embedded.generations import Generations
from dateline.adapters.embedded.paging.ranked_walks import RankedWalks
from dateline.adapters.embedded.search import brief_source, documents_of, search_stories
from dateline.adapters.embedded.spelling import better_known, spelling
from dateline.adapters.embedded.tables.write import write
from dateline.domain.document import DOCUMENT_TYPES, Document, EventDocument, Kind, StoryDocument
from dateline.domain.front import FrontRecord, record_id
from dateline.domain.payload import from_json
from dateline.domain.tag import TagType
from dateline.errors import IndexUnavailable
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


class EmbeddedIndex:
    """``ports.index.Index`` in a folder of files. Threads and processes may share the folder; one writes at a time."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._zone = zone
        self._generations = Generations(folder, zone)
        self._connections = Connections(self._generations)
        self._walks = RankedWalks()

    # --- life ---
    def ensure(self) -> None:
        self._generations.ensure()

    def check(self) -> None:
        with self._connections.reading() as connection:
            found = connection.execute("SELECT value FROM meta WHERE name = 'timezone'").fetchone()
        if found != (self._zone.key,):
            raise IndexUnavailable(
                f"the index counts days in {found[0] if found else 'no time zone'}, not in {self._zone.key}:"
                " `dateline index reindex`"
            )

    def close(self) -> None:
        self._connections.close()

    # --- writing ---
    def put(
        self, documents: Sequence[Document], *, generation: str | None = None, refresh: bool = True
    ) -> list[PutResult]:
        if not documents:
            return []
        with self._connections.writing(generation) as connection:
            return write(connection, self._zone, documents, strictly=generation is not None)

    def refresh(self) -> None:
        """Nothing to do: what a transaction wrote is seen at once."""

    # --- one document ---
    def get(self, kind: Kind, ids: Sequence[str], *, brief: bool = False) -> list[Document]:
        with self._connections.reading() as connection:
            sources = documents_of(connection, kind, [encodable(id) for id in ids])
            return [
                from_json(DOCUMENT_TYPES[kind], brief_source(source) if brief and kind == "story" else source)
                for source in sources
            ]

    # --- stories ---
    def search(self, search: StorySearch) -> StoryPage:
        with self._connections.reading() as connection:
            page = search_stories(connection, search, self._walks)
            near = better_known(connection, search.spelling)
            months = (
                {} if search.months is None else other_lists.count_by_month(connection, search.months, search.clauses)
            )
        return replace(page, spelling=near, months=months)

    def count_by_day(self, filter: StoryFilter) -> Mapping[date, int]:
        with self._connections.reading() as connection:
            return other_lists.count_by_day(connection, filter, ())

    def count_by_month(self, filter: StoryFilter, clauses: tuple[Clause, ...] = ()) -> Mapping[tuple[int, int], int]:
        with self._connections.reading() as connection:
            return other_lists.count_by_month(connection, filter, clauses)

    def related(self, document: StoryDocument, limit: int) -> tuple[StoryDocument, ...]:
        with self._connections.reading() as connection:
            return other_lists.related(connection, document, limit)

    def appears_with(self, type: TagType, slug: str, limit: int) -> Mapping[TagType, tuple[FacetValue, ...]]:
        with self._connections.reading() as connection:
            return other_lists.appears_with(connection, type, slug, limit)

    def coverage(self, event_id: str, limit: int) -> tuple[StoryDocument, ...]:
        with self._connections.reading() as connection:
            return other_lists.coverage(connection, event_id, limit)

    def ids_mentioning(self, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        with self._connections.reading() as connection:
            return other_lists.ids_mentioning(connection, names, tag_keys, after=after, limit=limit)

    # --- events ---
    def events(self, search: EventSearch) -> list[EventDocument]:
        with self._connections.reading() as connection:
            return other_lists.events(connection, search)

    def events_state(self) -> str:
        with self._connections.reading() as connection:
            return other_lists.events_state(connection)

    def events_near(self, search: BesideSearch) -> list[EventDocument]:
        with self._connections.reading() as connection:
            return events_beside.events_near(connection, search)

    def events_like(self, search: BesideSearch) -> list[EventDocument]:
        with self._connections.reading() as connection:
            return events_beside.events_like(connection, search)

    def exceptions(self, uids: Collection[str], first: date, last: date) -> list[EventDocument]:
        with self._connections.reading() as connection:
            return events_beside.exceptions(connection, uids, first, last)

    # --- terms ---
    def terms(self, search: TermSearch) -> TermList:
        with self._connections.reading() as connection:
            return terms.list_terms(connection, search)

    # --- fronts ---
    def front_records(self, page: str, first: datetime, before: datetime, limit: int) -> list[FrontRecord]:
        with self._connections.reading() as connection:
            return fronts.front_records(connection, record_id(page, first), record_id(page, before), limit)

    # --- words ---
    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        with self._connections.reading() as connection:
            return terms.suggest(connection, prefix, limit)

    def spelling(self, word: str) -> str | None:
        with self._connections.reading() as connection:
            return spelling(connection, word)

    # --- generations ---
    def generations(self) -> list[str]:
        return self._generations.names()

    def current_generation(self) -> str:
        return self._generations.current()

    def create_generation(self) -> str:
        return self._generations.create()

    def swap(self, generation: str) -> None:
        self._generations.swap(generation)

    def drop_generation(self, generation: str) -> None:
        self._connections.forget(generation)
        self._generations.drop(generation)

    def expunge(self) -> None:
        for generation in self._generations.names():
            expunge(self._generations.path(generation))

    def versions(
        self, kind: Kind, *, generation: str | None = None, after: str = "", limit: int = 1000
    ) -> list[tuple[str, int]]:
        with self._connections.reading(generation) as connection:
            return connection.execute(
                "SELECT id, version FROM document WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
                (kind, encodable(after), limit),
            ).fetchall()
