"""Facets: how many hits each value would give, counted over the hits without the facet's own filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dateline.adapters.embedded.sets import StorySets, Table
from dateline.adapters.embedded.text import encodable
from dateline.ports.index import Facet, FacetValue, StorySearch

Counts = Mapping[str, int]

_PER_VALUE: Final = (
    "SELECT v.value AS value, count(*) AS n FROM temp.{} AS t CROSS JOIN main.story_value AS v ON v.story = t.story"
    " GROUP BY v.value"
)


def count_facets(sets: StorySets, hits: Table | None, search: StorySearch) -> dict[Facet, tuple[FacetValue, ...]]:
    """The wanted facets, each in order of count, then label; a chosen value is listed even at 0."""
    shared = [facet for facet in search.facets if not search.filter.values(facet)]
    counts = _counts(sets, hits, shared, search)
    for facet in search.facets:
        if facet not in shared:
            table = sets.narrowed("counted", without=facet)
            counts |= _counts(sets, table, [facet], search)
    return {
        facet: listed(sets.connection, facet, counts[facet], search.filter.values(facet), search.facet_size)
        for facet in search.facets
    }


def _counts(sets: StorySets, table: Table | None, facets: Sequence[Facet], search: StorySearch) -> dict[Facet, Counts]:
    """Stories of a set per value: all values, or of the whole index enough of them."""
    if not facets:
        return {}
    if table is not None:
        return counts_in(sets.connection, table, facets)
    if sets.excludes:
        return {facet: _all_but_excluded(sets.connection, facet) for facet in facets}
    return {facet: _kept(sets.connection, facet, search.facet_size, search.filter.values(facet)) for facet in facets}


def counts_in(connection: sqlite3.Connection, table: Table, facets: Iterable[Facet]) -> dict[Facet, Counts]:
    """Stories of a set per value of each facet."""
    counts: dict[Facet, dict[str, int]] = {facet: {} for facet in facets}
    names = ", ".join(f"'{facet}'" for facet in counts)
    for facet, slug, count in connection.execute(
        f"SELECT f.facet, f.slug, c.n FROM ({_PER_VALUE.format(table)}) AS c"
        f" CROSS JOIN facet_value AS f ON f.number = c.value WHERE f.facet IN ({names})"
    ):
        counts[facet][slug] = count
    return dict(counts)


def _kept(connection: sqlite3.Connection, facet: Facet, size: int, chosen: Sequence[str]) -> Counts:
    top = connection.execute(
        "SELECT slug, stories FROM facet_value WHERE facet = ? AND stories > 0 ORDER BY stories DESC, slug LIMIT ?",
        (facet, size),
    )
    counts = dict(top.fetchall())
    for slug in chosen:
        row = connection.execute(
            "SELECT stories FROM facet_value WHERE facet = ? AND slug = ?", (facet, encodable(slug))
        )
        counts[slug] = (row.fetchone() or (0,))[0]
    return counts


def _all_but_excluded(connection: sqlite3.Connection, facet: Facet) -> Counts:
    return dict(
        connection.execute(
            f"SELECT f.slug, f.stories - coalesce(x.n, 0) AS remain FROM facet_value AS f"
            f" LEFT JOIN ({_PER_VALUE.format('excluded')}) AS x ON x.value = f.number"
            " WHERE f.facet = ? AND f.stories > 0 AND remain > 0",
            (facet,),
        ).fetchall()
    )


def listed(
    connection: sqlite3.Connection, facet: Facet, counts: Counts, chosen: Sequence[str], size: int
) -> tuple[FacetValue, ...]:
    """The ``size`` most frequent values and the chosen ones, with their labels."""
    top = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:size]
    shown = {slug: counts.get(slug, 0) for slug in chosen} | dict(top)
    values = [
        FacetValue(value=slug, label=label_of(connection, facet, slug), count=count, selected=slug in chosen)
        for slug, count in shown.items()
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value)))


def label_of(connection: sqlite3.Connection, facet: str, slug: str) -> str:
    """The term's label, else the one a story gave, else the slug."""
    for sql in (
        "SELECT label FROM term WHERE type = ? AND slug = ?",
        "SELECT label FROM facet_value WHERE facet = ? AND slug = ?",
    ):
        if row := connection.execute(sql, (facet, encodable(slug))).fetchone():
            return str(row[0])
    return slug
