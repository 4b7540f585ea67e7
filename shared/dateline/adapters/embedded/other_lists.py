"""What pages list besides searches: days, months, related stories, tags side by side, events."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, cast

from dateline.adapters.embedded.analysis import encodable
from dateline.adapters.embedded.facets import ByNumber, counts_in, most_frequent, values_of
from dateline.adapters.embedded.search import brief_stories, stories_by_number
from dateline.adapters.embedded.story_sets import StorySets
from dateline.adapters.embedded.text.event_query import narrowing
from dateline.adapters.embedded.text.fts_query import phrases, query_of
from dateline.adapters.embedded.text.stems import stems_of
from dateline.adapters.kept_events import listed_event
from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.tag import TAG_TYPES, TagType
from dateline.ports.index import Clause, EventSearch, FacetValue, StoryFilter

NEWEST_OF_A_TAG: Final = 300
"""How many stories of each shared tag are looked at for related ones."""

PHRASES_AT_ONCE: Final = 200


def count_by_day(connection: sqlite3.Connection, filter: StoryFilter, clauses: Sequence[Clause]) -> Mapping[date, int]:
    """Stories per day."""
    sets = StorySets(connection, query_of(clauses, partial(stems_of, connection)), filter)
    return {date.fromisoformat(day): count for day, count in sets.by_day()}


def count_by_month(
    connection: sqlite3.Connection, filter: StoryFilter, clauses: Sequence[Clause]
) -> Mapping[tuple[int, int], int]:
    """Stories per (year, month)."""
    months: Counter[tuple[int, int]] = Counter()
    for day, count in count_by_day(connection, filter, clauses).items():
        months[day.year, day.month] += count
    return dict(months)


def related(connection: sqlite3.Connection, document: StoryDocument, limit: int) -> tuple[StoryDocument, ...]:
    """Those that share the most telling tags: a tag weighs the logarithm of how rare it is (idf)."""
    every: int = connection.execute("SELECT coalesce(sum(stories), 0) FROM day_count").fetchone()[0]
    weights: dict[int, float] = {}
    for key in dict.fromkeys((tag.type, tag.slug) for tag in document.accepted_tags):
        row = connection.execute("SELECT number, stories FROM facet_value WHERE facet = ? AND slug = ?", key)
        for value, stories in row.fetchall():
            weights[value] = math.log(1 + every / max(stories, 1))
    candidates: set[int] = set()
    for value in weights:
        newest = "SELECT story FROM story_value WHERE value = ? ORDER BY published DESC LIMIT ?"
        candidates.update(story for (story,) in connection.execute(newest, (value, NEWEST_OF_A_TAG)))
    ranked = connection.execute(
        "SELECT s.number, s.published, s.id, group_concat(v.value) FROM json_each(?) AS c"
        " CROSS JOIN story AS s ON s.number = c.value CROSS JOIN story_value AS v ON v.story = s.number"
        " WHERE v.value IN (SELECT value FROM json_each(?)) AND s.id <> ? GROUP BY s.number",
        (json.dumps(sorted(candidates)), json.dumps(sorted(weights)), document.id),
    ).fetchall()
    best = sorted(
        ranked,
        key=lambda row: (round(math.fsum(weights[int(value)] for value in row[3].split(",")), 9), row[1], row[2]),
        reverse=True,
    )
    return tuple(stories_by_number(connection, [number for number, *_ in best[:limit]]))


def appears_with(
    connection: sqlite3.Connection, type: TagType, slug: str, limit: int
) -> Mapping[TagType, tuple[FacetValue, ...]]:
    """The other tags of the stories that carry this one."""
    sets = StorySets(connection, query_of(()), StoryFilter().choosing(type, slug))
    table = sets.narrowed("hit")
    assert table is not None
    counted = cast(dict[TagType, ByNumber], counts_in(connection, table, TAG_TYPES))
    beside: dict[TagType, tuple[FacetValue, ...]] = {}
    for other, counts in counted.items():
        top = most_frequent(connection, counts, limit + 1)
        if other == type:
            top.pop(slug, None)
        beside[other] = values_of(connection, other, top)[:limit]
    return beside


def coverage(connection: sqlite3.Connection, event_id: str, limit: int) -> tuple[StoryDocument, ...]:
    """The newest stories that are linked with an event."""
    newest = (
        "SELECT e.story FROM story_event AS e CROSS JOIN story AS s ON s.number = e.story"
        " WHERE e.event = ? ORDER BY e.published DESC, s.id DESC LIMIT ?"
    )
    numbers = [number for (number,) in connection.execute(newest, (encodable(event_id), limit))]
    return tuple(brief_stories(connection, numbers))


def ids_mentioning(
    connection: sqlite3.Connection, names: Sequence[str], tag_keys: Sequence[str], *, after: str, limit: int
) -> list[str]:
    """Stories with one of the phrases in a searched column, or one of the tags."""
    connection.execute("DELETE FROM temp.counted")
    for first in range(0, len(names), PHRASES_AT_ONCE):
        if match := phrases(names[first : first + PHRASES_AT_ONCE]):
            connection.execute(
                "INSERT OR IGNORE INTO temp.counted SELECT rowid, NULL FROM text WHERE text MATCH ?", (match,)
            )
    for key in tag_keys:
        facet, _, slug = encodable(key).partition(":")
        connection.execute(
            "INSERT OR IGNORE INTO temp.counted SELECT v.story, NULL FROM story_value AS v"
            " WHERE v.value = (SELECT number FROM facet_value WHERE facet = ? AND slug = ?)",
            (facet, slug),
        )
    rows = connection.execute(
        "SELECT s.id FROM temp.counted AS t CROSS JOIN main.story AS s ON s.number = t.story"
        " WHERE s.id > ? ORDER BY s.id LIMIT ?",
        (encodable(after), limit),
    )
    return [id for (id,) in rows]


def events(connection: sqlite3.Connection, search: EventSearch) -> list[EventDocument]:
    """Those with an occurrence in the range, and all unbounded series that begin before its end."""
    conditions, values = narrowing(search)
    first, last = search.first_day.isoformat(), search.last_day.isoformat()
    rows = connection.execute(
        "SELECT d.json FROM (SELECT event FROM occurrence WHERE last_day >= ? AND first_day <= ?"
        " UNION SELECT number FROM event WHERE unbounded AND first_day <= ?) AS found"
        " CROSS JOIN event AS e ON e.number = found.event CROSS JOIN document AS d ON d.number = e.number"
        f" WHERE e.first_day <= ?{conditions} ORDER BY e.first_day, e.id",
        (first, last, last, last, *values),
    )
    return [listed_event(json.loads(text)) for (text,) in rows]


def events_state(connection: sqlite3.Connection) -> str:
    """The generation, and how many batches of events were written into it."""
    rows = connection.execute("SELECT value FROM meta WHERE name IN ('generation', 'events') ORDER BY name")
    return " ".join(str(value) for (value,) in rows)
