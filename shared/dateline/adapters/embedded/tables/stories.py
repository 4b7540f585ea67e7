"""The tables of stories, with the counts that spare searches from counting every story."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dateline.adapters.embedded.analysis import plain_words, starts_of
from dateline.adapters.embedded.tables.rows import Value, microseconds, text_of, values_of
from dateline.adapters.embedded.tables.schema import INITIALS, TEXT_COLUMNS
from dateline.domain.document import StoryDocument

Numbered = tuple[int, StoryDocument]

COLUMNS: Final = ", ".join(TEXT_COLUMNS)
SPELT: Final = TEXT_COLUMNS.index("slugline")
"""The columns before this one give the words for spelling: those a plain word is looked for in."""


@dataclass(slots=True)
class _Changes:
    """By how much each count changes with this batch."""

    values: Counter[int] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)


def write_stories(connection: sqlite3.Connection, stories: Sequence[Numbered]) -> None:
    """Replace everything but the documents themselves; of a story that is in no list nothing else stays."""
    if not stories:
        return
    changes = _Changes()
    _take_out(connection, [number for number, _ in stories], changes)
    _put_in(connection, [entry for entry in stories if entry[1].is_listed], changes)
    _apply(connection, changes)


def _take_out(connection: sqlite3.Connection, numbers: Sequence[int], changes: _Changes) -> None:
    listed = connection.execute(
        "SELECT number, day FROM story WHERE number IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
    ).fetchall()
    for number, day in listed:
        changes.days[day] -= 1
        columns = connection.execute(f"SELECT {COLUMNS} FROM text WHERE rowid = ?", (number,)).fetchone()
        changes.words.subtract(plain_words(columns[:SPELT]))
        for (value,) in connection.execute("SELECT value FROM story_value WHERE story = ?", (number,)):
            changes.values[value] -= 1
        connection.executemany(
            "DELETE FROM headline_start WHERE start = ? AND story = ?",
            [(start, number) for start in starts_of(columns[0])],
        )
    gone = [(number,) for number, _ in listed]
    connection.executemany("DELETE FROM text WHERE rowid = ?", gone)
    connection.executemany("DELETE FROM story_value WHERE story = ?", gone)
    connection.executemany("DELETE FROM story_event WHERE story = ?", gone)
    connection.executemany("DELETE FROM story WHERE number = ?", gone)


def _put_in(connection: sqlite3.Connection, stories: Sequence[Numbered], changes: _Changes) -> None:
    values = {number: values_of(story) for number, story in stories}
    numbers = number_values(connection, (value for carried in values.values() for value in carried))
    rows, texts, carried, linked, starts = [], [], [], [], []
    for number, story in stories:
        published, day = microseconds(story.published_at), story.day.isoformat()
        columns = text_of(story)
        texts.append((number, *columns))
        starts += [(start, number) for start in starts_of(columns[0])]
        mine = [numbers[value.facet, value.slug] for value in values[number]]
        packed = ",".join(f"{INITIALS[value.facet]}{n}" for value, n in zip(values[number], mine, strict=True))
        rows.append((number, story.id, published, day, packed))
        carried += [(number, value, published) for value in mine]
        linked += [(event, number, published) for event in story.event_ids]
        changes.values.update(mine)
        changes.days[day] += 1
        changes.words.update(plain_words(columns[:SPELT]))
    connection.executemany("INSERT INTO story (number, id, published, day, carries) VALUES (?, ?, ?, ?, ?)", rows)
    marks = ", ".join("?" * len(TEXT_COLUMNS))
    connection.executemany(f"INSERT INTO text (rowid, {COLUMNS}) VALUES (?, {marks})", texts)
    connection.executemany("INSERT INTO story_value (story, value, published) VALUES (?, ?, ?)", carried)
    connection.executemany("INSERT OR IGNORE INTO story_event (event, story, published) VALUES (?, ?, ?)", linked)
    connection.executemany("INSERT OR IGNORE INTO headline_start VALUES (?, ?)", starts)


def number_values(connection: sqlite3.Connection, values: Iterable[Value]) -> dict[tuple[str, str], int]:
    """The number of each facet value by (facet, slug); unknown ones are made, labels brought up to date."""
    unique = {(value.facet, value.slug): value.label for value in values}
    return {key: _number(connection, *key, label) for key, label in unique.items()}


def _number(connection: sqlite3.Connection, facet: str, slug: str, label: str) -> int:
    known = connection.execute("SELECT number, label FROM facet_value WHERE facet = ? AND slug = ?", (facet, slug))
    number, old = known.fetchone() or (None, label)
    if number is None:
        number = connection.execute(
            "INSERT INTO facet_value (facet, slug, label) VALUES (?, ?, ?)", (facet, slug, label)
        ).lastrowid
        assert number is not None
    elif old != label:
        connection.execute("UPDATE facet_value SET label = ? WHERE number = ?", (label, number))
    return int(number)


def _apply(connection: sqlite3.Connection, changes: _Changes) -> None:
    connection.executemany(
        "UPDATE facet_value SET stories = stories + ? WHERE number = ?",
        [(change, value) for value, change in changes.values.items() if change],
    )
    connection.executemany(
        "INSERT INTO day_count VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET stories = stories + excluded.stories",
        [(day, change) for day, change in changes.days.items() if change],
    )
    connection.executemany("DELETE FROM day_count WHERE day = ? AND stories = 0", [(day,) for day in changes.days])
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET stories = stories + excluded.stories",
        sorted((word, len(word), change) for word, change in changes.words.items() if change),
    )
    connection.executemany(
        "DELETE FROM word WHERE word = ? AND stories = 0",
        [(word,) for word, change in changes.words.items() if change < 0],
    )
