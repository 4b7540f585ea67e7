"""One search: a page of hits in a sort's order, the total, the facets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any

from dateline.adapters.embedded.facets import count_facets
from dateline.adapters.embedded.paging.pages import page_by_time
from dateline.adapters.embedded.paging.ranked_pages import RankedPages
from dateline.adapters.embedded.paging.ranked_walks import RankedWalks
from dateline.adapters.embedded.story_sets import StorySets, Walk
from dateline.adapters.embedded.text.fts_query import Query, query_of
from dateline.adapters.embedded.text.highlights import highlights_of
from dateline.adapters.embedded.text.stems import stems_of
from dateline.deadline import check_deadline
from dateline.domain.document import Kind, StoryDocument
from dateline.domain.payload import from_json
from dateline.ports.index import NOT_BRIEF, Hit, StoryPage, StorySearch


def search_stories(connection: sqlite3.Connection, search: StorySearch, walks: RankedWalks) -> StoryPage:
    """The page of ``search``. Raises ``InvalidInput`` for an ``after`` that no page of this sort gave."""
    query = query_of(search.clauses, partial(stems_of, connection))
    order = search.sort if query.asked or search.sort != "relevance" else "newest"
    sets = StorySets(connection, query, search.filter, scored=order == "relevance")
    walk = sets.walk(counting=bool(search.facets))
    table = None if walk else sets.narrowed("hit")
    if walk is None:
        assert table is not None
        source = f"temp.{table} AS t CROSS JOIN main.story AS s ON s.number = t.story"
        walk = Walk(total=sets.size(table), source=source, by=("s.published",))
    if order == "relevance":
        page = RankedPages(sets, walk, walks).page(search)
    else:
        page = page_by_time(sets, walk, order, search)
    return StoryPage(
        total=walk.total,
        hits=_hits(connection, page.numbers, search, query),
        facets=count_facets(sets, table, search),
        before=page.before,
        after=page.after,
    )


def stories_by_number(connection: sqlite3.Connection, numbers: list[int]) -> list[StoryDocument]:
    """The documents of these stories, in this order."""
    return [from_json(StoryDocument, source) for source in _sources(connection, numbers)]


def brief_stories(connection: sqlite3.Connection, numbers: list[int]) -> list[StoryDocument]:
    """The same as ``StorySearch.brief`` has them."""
    return [from_json(StoryDocument, brief_source(source)) for source in _sources(connection, numbers)]


def documents_of(connection: sqlite3.Connection, kind: Kind, ids: list[str]) -> Iterator[dict[str, Any]]:
    """The JSON of those of the documents that exist, one after the other as ``_sources``."""
    for id in ids:
        check_deadline()
        row = connection.execute("SELECT json FROM document WHERE kind = ? AND id = ?", (kind, id)).fetchone()
        if row is not None:
            yield json.loads(row[0])


def _sources(connection: sqlite3.Connection, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """One after the other: a hundred texts of two megabytes must not be in memory at a time."""
    for number in numbers:
        check_deadline()
        row = connection.execute("SELECT json FROM document WHERE number = ?", (number,)).fetchone()
        yield json.loads(row[0])


def _hits(connection: sqlite3.Connection, numbers: list[int], search: StorySearch, query: Query) -> tuple[Hit, ...]:
    hits = []
    for number, source in zip(numbers, _sources(connection, numbers), strict=True):
        texts = source.get("headline", ""), source.get("body_text", "")
        marked = highlights_of(connection, number, texts, query) if search.highlight and query.match else {}
        hits.append(
            Hit(document=from_json(StoryDocument, brief_source(source) if search.brief else source), highlights=marked)
        )
    return tuple(hits)


def brief_source(source: dict[str, Any]) -> dict[str, Any]:
    """What ``StorySearch.brief`` leaves of a story."""
    kept = {name: value for name, value in source.items() if name not in NOT_BRIEF}
    tags = [{name: value for name, value in tag.items() if name != "evidence"} for tag in source.get("tags", ())]
    return kept | {"tags": tags}
