"""Sets of stories during one search, in temporary tables: what the text found, narrowed by filters.

``None`` for a set's table means every listed story but those in ``excluded``: it is never collected, but walked in an
index, and its counts are kept when stories are written, so that nothing reads every story.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dateline.adapters.embedded.analysis import encodable
from dateline.adapters.embedded.tables.schema import TEXT_COLUMNS
from dateline.adapters.embedded.text.fts_query import Query
from dateline.ports.index import FACETS, Facet, StoryFilter

Table = Literal["matched", "excluded", "hit", "counted"]

WEIGHTS: Final = {
    "headline": 3.0,
    "summary": 1.0,
    "body": 1.0,
    "byline": 0.5,
    "section": 0.3,
    "person": 0.5,
    "place": 0.5,
    "organisation": 0.5,
    "topic": 0.5,
    "slugline": 0.5,
    "source": 0.5,
    "slugs": 0.5,
}
"""How much a word in each column counts for bm25."""

_SCORE: Final = f"bm25(text, {', '.join(str(WEIGHTS[column]) for column in TEXT_COLUMNS)})"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The chosen values of one facet, by number, and how many stories they have at most."""

    facet: Facet
    numbers: tuple[int, ...]
    stories: int

    @property
    def listed(self) -> str:
        """For SQL; 0, which no value has, where none is known (SQLite reads a whole table for an empty list)."""
        return ", ".join(map(str, self.numbers)) or "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Hits that stand in an index in order of time: where, under which conditions, by which columns, and how many."""

    total: int
    source: str = "story AS s"
    conditions: tuple[str, ...] = ()
    by: tuple[str, ...] = ("s.published",)
    """The columns of the index; a later day is a later time, so that ``s.day`` before the time changes no order."""


class StorySets:
    """The sets of one search on one connection, inside a read transaction. Each ``Table`` holds one set at a time."""

    def __init__(
        self, connection: sqlite3.Connection, query: Query, filter: StoryFilter, *, scored: bool = False
    ) -> None:
        self.connection = connection
        self.filter = filter
        self._asked = query.asked
        self.days, self.day_values = _day_condition(filter)
        self._chosen = [
            _resolve(connection, facet, chosen) for facet in FACETS if (chosen := tuple(set(filter.values(facet))))
        ]
        for table in ("matched", "excluded"):
            connection.execute(f"DELETE FROM temp.{table}")
        if query.match:
            score = _SCORE if scored else "NULL"
            connection.execute(
                f"INSERT INTO temp.matched SELECT rowid, {score} FROM text WHERE text MATCH ?", (query.match,)
            )
        if query.excluded:
            connection.execute("INSERT INTO temp.excluded SELECT rowid FROM text WHERE text MATCH ?", (query.excluded,))
        self.excludes = bool(query.excluded)

    def narrowed(self, into: Table, *, without: Facet | None = None) -> Table | None:
        """The table with the stories that pass text and filter, the filter of one facet left out if asked."""
        chosen = [choice for choice in self._chosen if choice.facet != without]
        if not chosen and not self.days:
            return "matched" if self._asked else None
        source, key, score = self._source(chosen)
        conditions = [
            f"EXISTS (SELECT 1 FROM main.story_value AS v WHERE v.story = {key} AND v.value IN ({choice.listed}))"
            for choice in chosen
        ]
        if self.days:
            conditions.append(self.days)
        if self.excludes:
            conditions.append(f"{key} NOT IN (SELECT story FROM temp.excluded)")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        self.connection.execute(f"DELETE FROM temp.{into}")
        self.connection.execute(f"INSERT INTO temp.{into} SELECT {key}, {score} FROM {source}{where}", self.day_values)
        return into

    def _source(self, chosen: list[_Chosen]) -> tuple[str, str, str]:
        """Where the fewest candidates are, their number and their score; takes a choice that is so met off the list."""
        days = " CROSS JOIN main.story AS s ON s.number = m.story" if self.days else ""
        if self._asked:
            return f"temp.matched AS m{days}", "m.story", "m.score"
        if not chosen:
            return "main.story AS s", "s.number", "NULL"
        fewest = min(chosen, key=lambda choice: choice.stories)
        chosen.remove(fewest)
        stories = f"SELECT DISTINCT story FROM main.story_value WHERE value IN ({fewest.listed})"
        return f"({stories}) AS m{days}", "m.story", "NULL"

    def walk(self, *, counting: bool) -> Walk | None:
        """How the hits are read in order of time without collecting them; None when they must be collected: found by
        text, narrowed by more than days or one value, or (``counting``) needed for facets."""
        days = f" WHERE {self.days}" if self.days else ""
        kept = f"SELECT coalesce(sum(s.stories), 0) FROM day_count AS s{days}"
        if self._asked or (counting and (self._chosen or self.days)):
            return None
        if not self._chosen and not self.days:
            excluded = ("s.number NOT IN (SELECT story FROM temp.excluded)",)
            return Walk(total=self._number(kept) - self.size("excluded"), conditions=excluded)
        if self.excludes:
            return None
        if not self._chosen:
            return Walk(total=self._number(kept, self.day_values), conditions=(self.days,), by=("s.day", "s.published"))
        if len(self._chosen) == 1 and len(self._chosen[0].numbers) == 1 and not self.days:
            source = "story_value AS v CROSS JOIN story AS s ON s.number = v.story"
            carried = (f"v.value = {self._chosen[0].listed}",)
            return Walk(total=self._chosen[0].stories, source=source, conditions=carried, by=("v.published",))
        return None

    def size(self, table: Table) -> int:
        """How many stories a set has."""
        return self._number(f"SELECT count(*) FROM temp.{table}")

    def by_day(self) -> list[tuple[str, int]]:
        """(day, stories) of the hits, by day."""
        only_days = not self._asked and not self._chosen and not self.excludes
        table = None if only_days else self.narrowed("hit")
        if table is not None:
            return self.connection.execute(_PER_DAY.format(table)).fetchall()
        if self.excludes:
            return self.connection.execute(
                f"SELECT d.day, d.stories - coalesce(x.n, 0) AS remain FROM day_count AS d"
                f" LEFT JOIN ({_PER_DAY.format('excluded')}) AS x ON x.day = d.day WHERE remain > 0 ORDER BY d.day"
            ).fetchall()
        days = f" WHERE {self.days}" if self.days else ""
        kept = f"SELECT s.day, s.stories FROM day_count AS s{days} ORDER BY s.day"
        return self.connection.execute(kept, self.day_values).fetchall()

    def _number(self, sql: str, values: Sequence[str] = ()) -> int:
        number: int = self.connection.execute(sql, values).fetchone()[0]
        return number


_PER_DAY: Final = (
    "SELECT s.day AS day, count(*) AS n FROM temp.{} AS t CROSS JOIN main.story AS s ON s.number = t.story"
    " GROUP BY s.day ORDER BY s.day"
)


def _day_condition(filter: StoryFilter) -> tuple[str, list[str]]:
    bounds = (("s.day >= ?", filter.first_day), ("s.day <= ?", filter.last_day))
    given = [(condition, day.isoformat()) for condition, day in bounds if day is not None]
    return " AND ".join(condition for condition, _ in given), [day for _, day in given]


def _resolve(connection: sqlite3.Connection, facet: Facet, slugs: Sequence[str]) -> _Chosen:
    found = [
        row
        for slug in slugs
        if (
            row := connection.execute(
                "SELECT number, stories FROM facet_value WHERE facet = ? AND slug = ?",
                (facet, encodable(slug)),
            ).fetchone()
        )
    ]
    return _Chosen(facet, tuple(number for number, _ in found), sum(stories for _, stories in found))
