"""Pages by relevance: behind the first out of a walk that keeps the order, by score where the walk is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from dateline.adapters.embedded.paging.pages import Page, Row, edge_of, parts_of, rows_from
from dateline.adapters.embedded.paging.ranked_walks import MOST_STORIES, RankedWalks
from dateline.adapters.embedded.story_sets import StorySets, Walk
from dateline.adapters.ranked_cursor import FORGOTTEN, RankedCursor
from dateline.ports.index import StorySearch

_CHUNK: Final = 200


class RankedPages:
    """The pages of one search by relevance, inside its read transaction."""

    def __init__(self, sets: StorySets, hits: Walk, walks: RankedWalks) -> None:
        self._sets = sets
        self._hits = hits
        self._walks = walks
        (_, _, file), *_ = sets.connection.execute("PRAGMA database_list")
        self._generation = Path(file).stem

    def page(self, search: StorySearch) -> Page:
        """The page of a search; the first of all where a way back comes to the walk's beginning. Raises
        ``InvalidInput`` for an ``after`` that no page of this sort gave."""
        if search.after is None:
            rows = rows_from((), self._sets, self._hits, "relevance", search)
            return _page(RankedCursor.first(row[-1] for row in rows[: search.limit]), search, rows)
        cursor = RankedCursor.of(search.after)
        edge = edge_of(cursor.edge, "relevance")
        name = cursor.walk or self._begin(cursor)
        walked = self._walked(name, cursor, search)
        rows = rows_from(edge, self._sets, self._hits, "relevance", search) if walked is None else walked
        if search.backwards and not rows:
            return self.page(search.from_the_start())
        return _page(RankedCursor(walk=FORGOTTEN if walked is None else name), search, rows)

    def _begin(self, cursor: RankedCursor) -> str:
        ranked = self._sets.connection.execute(
            f"SELECT s.number FROM {self._hits.source} WHERE s.id NOT IN (SELECT value FROM json_each(?))"
            f" ORDER BY -t.score DESC, s.published DESC, s.id DESC LIMIT {MOST_STORIES}",
            (json.dumps(cursor.seen),),
        )
        return self._walks.begin(self._generation, (number for (number,) in ranked))

    def _walked(self, name: str, cursor: RankedCursor, search: StorySearch) -> list[Row] | None:
        """The hits of a walk from the cursor on, up to one more than a page has; None when it is forgotten, or was cut
        off here."""
        numbers = self._walks.numbers(self._generation, name)
        at = None if numbers is None else self._position(numbers, cursor)
        if numbers is None or at is None:
            return None
        rows = self._rows(reversed(numbers[:at]) if search.backwards else numbers[at + 1 :], search.limit + 1)
        cut_off = not search.backwards and len(rows) <= search.limit and len(numbers) == MOST_STORIES
        return None if cut_off else rows

    def _position(self, numbers: Sequence[int], cursor: RankedCursor) -> int | None:
        """Where the cursor's hit stands in the walk; before all where the walk has just begun."""
        if not cursor.walk:
            return -1
        found = self._sets.connection.execute(
            "SELECT number FROM document WHERE kind = 'story' AND id = ?", (cursor.edge[-1],)
        ).fetchone()
        return numbers.index(found[0]) if found and found[0] in numbers else None

    def _rows(self, numbers: Iterable[int], wanted: int) -> list[Row]:
        """The first of these that are hits still, in this order."""
        rows: list[Row] = []
        rest = iter(numbers)
        while len(rows) < wanted and (chunk := list(islice(rest, _CHUNK))):
            found = self._sets.connection.execute(
                f"SELECT s.number, -t.score, s.published, s.id FROM {self._hits.source}"
                " WHERE t.story IN (SELECT value FROM json_each(?))",
                (json.dumps(chunk),),
            )
            by_number: dict[int, Row] = {row[0]: row for row in found}
            rows += [by_number[number] for number in chunk if number in by_number]
        return rows[:wanted]


def _page(cursor: RankedCursor, search: StorySearch, rows: list[Row]) -> Page:
    shown, before, after = search.page_of(rows)
    behind_the_first = bool(shown) and cursor.is_walk
    return Page(
        numbers=[row[0] for row in shown],
        before=cursor.at(parts_of(shown[0])) if before or behind_the_first else None,
        after=cursor.at(parts_of(shown[-1])) if after else None,
    )
