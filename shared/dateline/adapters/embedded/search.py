"""One search: a page of hits in a sort's order, the total, the facets."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, cast

from dateline.adapters.embedded.facets import count_facets
from dateline.adapters.embedded.fts_query import Query, query_of
from dateline.adapters.embedded.highlights import highlights_of
from dateline.adapters.embedded.story_sets import StorySets, Walk
from dateline.domain.document import StoryDocument
from dateline.domain.payload import from_json
from dateline.errors import InvalidInput
from dateline.ports.index import NOT_BRIEF, Hit, StoryPage, StorySearch


def search_stories(connection: sqlite3.Connection, search: StorySearch) -> StoryPage:
    """The page of ``search``. Raises ``InvalidInput`` for an ``after`` that no page of this sort gave."""
    query = query_of(search.clauses)
    order = search.sort if query.asked or search.sort != "relevance" else "newest"
    sets = StorySets(connection, query, search.filter, scored=order == "relevance")
    walk = sets.walk(counting=bool(search.facets))
    table = None if walk else sets.narrowed("hit")
    if walk is None:
        assert table is not None
        source = f"temp.{table} AS t CROSS JOIN main.story AS s ON s.number = t.story"
        walk = Walk(total=sets.size(table), source=source, by=("s.published",))
    shown, before, after = search.page_of(_page(sets, walk, order, search))
    return StoryPage(
        total=walk.total,
        hits=_hits(connection, [number for number, *_ in shown], search, query),
        facets=count_facets(sets, table, search),
        before=_cursor(shown[0][1:]) if before else None,
        after=_cursor(shown[-1][1:]) if after else None,
    )


def _page(sets: StorySets, walk: Walk, order: str, search: StorySearch) -> list[tuple[int, int | float | str]]:
    """Number and sort columns of the page's stories and one more."""
    comparison, direction = (">", "ASC") if (order == "oldest") != search.backwards else ("<", "DESC")
    score = ("-t.score",) if order == "relevance" else ()
    columns = (*score, walk.by[-1], "s.id")
    conditions = list(walk.conditions)
    after = _parsed(search.after, order)
    if after:
        conditions.append(f"({', '.join(columns)}) {comparison} ({', '.join('?' * len(after))})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    ordered = ", ".join(f"{column} {direction}" for column in (*score, *walk.by, "s.id"))
    return sets.connection.execute(
        f"SELECT s.number, {', '.join(columns)} FROM {walk.source}{where} ORDER BY {ordered} LIMIT ?",
        (*(sets.day_values if sets.days in walk.conditions else ()), *after, search.limit + 1),
    ).fetchall()


def _cursor(columns: tuple[int | float | str, ...]) -> tuple[str, ...]:
    return tuple(value.hex() if isinstance(value, float) else str(value) for value in columns)


def _parsed(after: tuple[str, ...] | None, order: str) -> tuple[int | float | str, ...]:
    """The values of a cursor that ``_cursor`` made."""
    if after is None:
        return ()
    try:
        *score, published, id = after
        if len(score) != (order == "relevance") or not id.isprintable():
            raise ValueError
        return (*map(float.fromhex, score), int(published), id)
    except (ValueError, OverflowError):
        raise InvalidInput("this cursor is not of this search") from None


def stories_by_number(connection: sqlite3.Connection, numbers: list[int]) -> list[StoryDocument]:
    """The documents of these stories, in this order."""
    return [from_json(StoryDocument, source) for source in _sources(connection, numbers)]


def _sources(connection: sqlite3.Connection, numbers: list[int]) -> list[dict[str, Any]]:
    found = dict(
        connection.execute(
            "SELECT number, json FROM document WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
    )
    return [json.loads(cast(str, found[number])) for number in numbers]


def _hits(connection: sqlite3.Connection, numbers: list[int], search: StorySearch, query: Query) -> tuple[Hit, ...]:
    hits = []
    for number, source in zip(numbers, _sources(connection, numbers), strict=True):
        texts = source.get("headline", ""), source.get("body_text", "")
        marked = highlights_of(connection, number, texts, query) if search.highlight and query.match else {}
        hits.append(
            Hit(document=from_json(StoryDocument, _brief(source) if search.brief else source), highlights=marked)
        )
    return tuple(hits)


def _brief(source: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in source.items() if name not in NOT_BRIEF}
    tags = [{name: value for name, value in tag.items() if name != "evidence"} for tag in source.get("tags", ())]
    return kept | {"tags": tags}
