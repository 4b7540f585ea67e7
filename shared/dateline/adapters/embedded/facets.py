"""Facets: how many hits each value would give, counted over the hits without the facet's own filter."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dateline.adapters.embedded.analysis import encodable
from dateline.adapters.embedded.story_sets import StorySets, Table
from dateline.adapters.embedded.tables.schema import INITIALS
from dateline.ports.index import Facet, FacetValue, StorySearch

Counts = dict[str, int]
"""Stories by slug."""

ByNumber = Mapping[int, int]
"""Stories by the value's number."""


def count_facets(sets: StorySets, hits: Table | None, search: StorySearch) -> dict[Facet, tuple[FacetValue, ...]]:
    """The wanted facets, each in order of count, then label; a chosen value is listed even at 0."""
    shared = [facet for facet in search.facets if not search.filter.values(facet)]
    counts = _counts(sets, hits, shared, search)
    for facet in search.facets:
        if facet not in shared:
            counts |= _counts(sets, sets.narrowed("counted", without=facet), [facet], search)
    return {
        facet: values_of(sets.connection, facet, counts[facet], search.filter.values(facet)) for facet in search.facets
    }


def _counts(sets: StorySets, table: Table | None, facets: Sequence[Facet], search: StorySearch) -> dict[Facet, Counts]:
    """Stories of a set per value: the most frequent values and the chosen ones."""
    if not facets:
        return {}
    connection, size = sets.connection, search.facet_size
    counted = counts_in(connection, table or "excluded", facets)
    counts: dict[Facet, Counts] = {}
    for facet in facets:
        found = counted[facet]
        top = most_frequent(connection, found, size) if table else _most_but(connection, facet, found, size)
        chosen = {
            slug: found.get(number, 0) if table else stories - found.get(number, 0)
            for slug in search.filter.values(facet)
            for number, stories in _stored(connection, facet, slug)
        }
        counts[facet] = chosen | top
    return counts


def counts_in(connection: sqlite3.Connection, table: Table, facets: Iterable[Facet]) -> dict[Facet, ByNumber]:
    """Stories of a set per value of each facet."""
    (packed,) = connection.execute(
        f"SELECT group_concat(s.carries) FROM temp.{table} AS t CROSS JOIN main.story AS s ON s.number = t.story"
    ).fetchone()
    by_initial: dict[str, dict[int, int]] = {}
    for token, count in Counter(packed.split(",") if packed else ()).items():
        by_initial.setdefault(token[0], {})[int(token[1:])] = count
    return {facet: by_initial.get(INITIALS[facet], {}) for facet in facets}


def most_frequent(connection: sqlite3.Connection, counts: ByNumber, size: int) -> Counts:
    """The ``size`` most frequent values by slug; of equal ones the first by slug."""
    if not counts or size < 1:
        return {}
    least = sorted(counts.values(), reverse=True)[:size][-1]
    candidates = [number for number, count in counts.items() if count >= least]
    rows = connection.execute(
        "SELECT number, slug FROM facet_value WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(candidates),),
    )
    ranked = sorted((-counts[number], slug) for number, slug in rows)
    return {slug: -negative for negative, slug in ranked[:size]}


def _most_but(connection: sqlite3.Connection, facet: Facet, excluded: ByNumber, size: int) -> Counts:
    """The most frequent values of all stories but the excluded ones, read only as far as they can matter."""
    if size < 1:
        return {}
    rows = connection.execute(
        "SELECT number, slug, stories FROM facet_value WHERE facet = ? AND stories > 0 ORDER BY stories DESC, slug",
        (facet,),
    )
    ranked: list[tuple[int, str]] = []
    highest: list[int] = []
    for number, slug, stories in rows:
        if len(highest) == size and stories < highest[0]:
            break
        if (remain := stories - excluded.get(number, 0)) > 0:
            ranked.append((-remain, slug))
            (heapq.heappush if len(highest) < size else heapq.heappushpop)(highest, remain)
    return {slug: -negative for negative, slug in sorted(ranked)[:size]}


def _stored(connection: sqlite3.Connection, facet: Facet, slug: str) -> list[tuple[int, int]]:
    """Number and stories of a value, if it is known."""
    return connection.execute(
        "SELECT number, stories FROM facet_value WHERE facet = ? AND slug = ?", (facet, encodable(slug))
    ).fetchall()


def values_of(
    connection: sqlite3.Connection, facet: Facet, counts: Counts, chosen: Sequence[str] = ()
) -> tuple[FacetValue, ...]:
    """These values and the chosen ones with their labels, the most frequent first."""
    values = [
        FacetValue(value=slug, label=_label(connection, facet, slug), count=count, selected=slug in chosen)
        for slug, count in (dict.fromkeys(chosen, 0) | counts).items()
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value)))


def _label(connection: sqlite3.Connection, facet: Facet, slug: str) -> str:
    """The term's label, else the one a story gave, else the slug."""
    for sql in (
        "SELECT label FROM term WHERE type = ? AND slug = ?",
        "SELECT label FROM facet_value WHERE facet = ? AND slug = ?",
    ):
        if row := connection.execute(sql, (facet, encodable(slug))).fetchone():
            return str(row[0])
    return slug
