"""The page of a listing: its hits in the sort's order from a cursor's edge on, and the cursors of its ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

from dateline.adapters.embedded.story_sets import StorySets, Walk
from dateline.errors import InvalidInput
from dateline.ports.index import Sort, StorySearch

Value = int | float | str
_LARGEST: Final = 2**63 - 1
"""Of the integers that SQLite keeps (https://sqlite.org/datatype3.html)."""
_ANOTHER: Final = "this cursor is not of this search"
Row = tuple[int, *tuple[Value, ...]]
"""A hit: its number, and the columns that it is sorted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The numbers of a page's stories, and what the pages before and after it begin with."""

    numbers: list[int]
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


def page_by_time(sets: StorySets, hits: Walk, order: Sort, search: StorySearch) -> Page:
    """The page by time. Raises ``InvalidInput`` for an ``after`` that no page of this sort gave."""
    edge = () if search.after is None else edge_of(search.after, order)
    shown, before, after = search.page_of(rows_from(edge, sets, hits, order, search))
    return Page(
        numbers=[number for number, *_ in shown],
        before=parts_of(shown[0]) if before else None,
        after=parts_of(shown[-1]) if after else None,
    )


def rows_from(edge: tuple[Value, ...], sets: StorySets, hits: Walk, order: Sort, search: StorySearch) -> list[Row]:
    """The hits behind an edge (before it on the way back), up to one more than the page has; ``()`` is the start."""
    comparison, direction = (">", "ASC") if (order == "oldest") != search.backwards else ("<", "DESC")
    score = ("-t.score",) if order == "relevance" else ()
    columns = (*score, hits.by[-1], "s.id")
    conditions = list(hits.conditions)
    if edge:
        conditions.append(f"({', '.join(columns)}) {comparison} ({', '.join('?' * len(edge))})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    ordered = ", ".join(f"{column} {direction}" for column in (*score, *hits.by, "s.id"))
    return sets.connection.execute(
        f"SELECT s.number, {', '.join(columns)} FROM {hits.source}{where} ORDER BY {ordered} LIMIT ?",
        (*(sets.day_values if sets.days in hits.conditions else ()), *edge, search.limit + 1),
    ).fetchall()


def parts_of(row: Row) -> tuple[str, ...]:
    """A hit's sort columns as a cursor has them."""
    return tuple(value.hex() if isinstance(value, float) else str(value) for value in row[1:])


def edge_of(parts: tuple[str, ...], order: Sort) -> tuple[Value, ...]:
    """The sort columns that ``parts_of`` wrote. Raises ``InvalidInput``."""
    try:
        *written, time, id = parts
        scores, published = tuple(map(float.fromhex, written)), int(time)
    except (ValueError, OverflowError):
        raise InvalidInput(_ANOTHER) from None
    if len(scores) != (order == "relevance") or not all(map(isfinite, scores)):
        raise InvalidInput(_ANOTHER)
    if abs(published) > _LARGEST or not id or not id.isprintable():
        raise InvalidInput(_ANOTHER)
    return (*scores, published, id)
