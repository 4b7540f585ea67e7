"""Terms in lists, and what a typed prefix may mean."""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from dateline.adapters.embedded.analysis import START_LENGTH, encodable, folded
from dateline.adapters.embedded.search import stories_by_number
from dateline.domain.document import TermDocument
from dateline.domain.payload import from_json
from dateline.errors import InvalidInput
from dateline.ports.index import Suggestion, TermLine, TermList, TermSearch

LAST: Final = "\U0010ffff"
"""Greater than any letter: what begins with ``a`` lies between ``a`` and ``a`` + LAST."""


def list_terms(connection: sqlite3.Connection, search: TermSearch) -> TermList:
    """A page of terms. Raises ``InvalidInput`` for an ``after`` that no such page gave."""
    columns = ("t.place", "t.sorted", "t.id") if search.landing else ("t.sorted", "t.id")
    conditions = ["t.type = ?"]
    values: list[str] = [search.type]
    if search.landing:
        conditions.append("t.landing")
    if search.prefix:
        prefix = folded(search.prefix)
        conditions.append("t.sorted >= ? AND t.sorted < ?")
        values += [prefix, prefix + LAST]
    if search.after is not None:
        if len(search.after) != len(columns):
            raise InvalidInput("this cursor is not of this list")
        marks = ["CAST(? AS INTEGER)" if column == "t.place" else "?" for column in columns]
        conditions.append(f"({', '.join(columns)}) > ({', '.join(marks)})")
        values += map(encodable, search.after)
    rows = connection.execute(
        f"SELECT d.json, coalesce(f.stories, 0), {', '.join(columns)} FROM term AS t"
        " CROSS JOIN document AS d ON d.number = t.number"
        " LEFT JOIN facet_value AS f ON f.facet = t.type AND f.slug = t.slug"
        f" WHERE {' AND '.join(conditions)} ORDER BY {', '.join(columns)} LIMIT ?",
        (*values, search.limit + 1),
    ).fetchall()
    shown = rows[: search.limit]
    return TermList(
        lines=tuple(
            TermLine(document=from_json(TermDocument, json.loads(text)), stories=stories) for text, stories, *_ in shown
        ),
        after=tuple(map(str, shown[-1][2:])) if len(rows) > search.limit and shown else None,
    )


def suggest(connection: sqlite3.Connection, prefix: str, limit: int) -> list[Suggestion]:
    """Terms, the most used first; then stories, the newest first."""
    start = folded(prefix)[:START_LENGTH]
    if not start:
        return []
    bounds = (start, start + LAST)
    rows = connection.execute(
        "SELECT t.id, t.label, t.type, t.slug"
        " FROM (SELECT DISTINCT term FROM term_start WHERE start >= ? AND start < ?) AS found"
        " CROSS JOIN term AS t ON t.number = found.term"
        " LEFT JOIN facet_value AS f ON f.facet = t.type AND f.slug = t.slug"
        " ORDER BY coalesce(f.stories, 0) DESC, t.sorted, t.id LIMIT ?",
        (*bounds, limit),
    )
    found = [Suggestion(kind="term", id=id, label=label, type=type, slug=slug) for id, label, type, slug in rows]
    if len(found) < limit:
        newest = connection.execute(
            "SELECT s.number FROM (SELECT DISTINCT story FROM headline_start WHERE start >= ? AND start < ?) AS found"
            " CROSS JOIN story AS s ON s.number = found.story ORDER BY s.published DESC, s.id DESC LIMIT ?",
            (*bounds, limit - len(found)),
        ).fetchall()
        found += [
            Suggestion(kind="story", id=story.id, label=story.headline, slug=story.slug)
            for story in stories_by_number(connection, [number for (number,) in newest])
        ]
    return found
