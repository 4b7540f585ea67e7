"""Did you mean: a far better known word at a small edit distance."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from typing import Final

from dateline.adapters.embedded.analysis import indexed, plain_words
from dateline.adapters.embedded.terms import LAST
from dateline.adapters.embedded.text.fts_query import query_of
from dateline.analysis.edit_distance import edits
from dateline.ports.index import BETTER_KNOWN, Clause

MAX_EDITS: Final = 2
MIN_LENGTH: Final = 4
"""Shorter words have neighbours everywhere."""
COMPARED: Final = 10_000
"""Words of one first letter, the best known, that are compared: no language has so many in use, but a text may."""
SECONDS: Final = 1.0
"""How long a search may look for better-known words."""


def better_known(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """For each word its nearest one, if there is one; none for those that come after ``SECONDS``, since a search is
    more than an offer."""
    end = time.monotonic() + SECONDS
    return {word: better for word in words if time.monotonic() < end and (better := spelling(connection, word))}


def spelling(connection: sqlite3.Connection, word: str) -> str | None:
    """The nearest word, the best known among equals; it begins with one of the first two letters of ``word``."""
    typed = indexed(word.strip()).lower()
    if len(typed) < MIN_LENGTH or plain_words([typed]) != {typed}:
        return None
    query = query_of([Clause(text=word)])
    known: int = connection.execute("SELECT count(*) FROM text WHERE text MATCH ?", (query.match,)).fetchone()[0]
    every: int = connection.execute("SELECT coalesce(sum(stories), 0) FROM day_count").fetchone()[0]
    enough = max(1, BETTER_KNOWN * known)
    if enough > every:
        return None
    letters = _letters(typed)
    near = [
        (distance, -stories, other)
        for first in dict.fromkeys(typed[:2])
        for other, stories in connection.execute(
            "SELECT word, stories FROM word WHERE word >= ? AND word < ? AND length BETWEEN ? AND ? AND stories >= ?"
            " ORDER BY stories DESC LIMIT ?",
            (first, first + LAST, len(typed) - MAX_EDITS, len(typed) + MAX_EDITS, enough, COMPARED),
        )
        if (_letters(other) ^ letters).bit_count() <= 2 * MAX_EDITS
        and 0 < (distance := edits(typed, other)) <= MAX_EDITS
    ]
    return min(near)[2] if near else None


def _letters(word: str) -> int:
    """The set of a word's letters as bits: each edit changes at most two of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
