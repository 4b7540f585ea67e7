"""Highlights: where the stemmed text matched, shown in the text as it was written."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from dateline.adapters.embedded.analysis import MARK_END, MARK_START, indexed
from dateline.adapters.embedded.tables.schema import TEXT_COLUMNS
from dateline.adapters.embedded.text.excerpts import excerpts
from dateline.adapters.embedded.text.fts_query import Query
from dateline.analysis.folding import align, composed, fold
from dateline.analysis.marking import Span, marked, merged
from dateline.ports.index import MARKED_LENGTH

FRAGMENTS: Final = 3
WORDS: Final = 30
WORDS_BEFORE: Final = 8
LETTERS_A_WORD: Final = 12
MAX_SPANS: Final = 300

_WORD: Final = re.compile(r"\S+")
_BOTH: Final = ("headline", "body")
_MARKED: Final = ", ".join(
    f"highlight(text, {TEXT_COLUMNS.index(column)}, '{MARK_START}', '{MARK_END}')" for column in _BOTH
)
_MARKED_EXCERPT: Final = ", ".join(
    f"highlight(excerpt, {place}, '{MARK_START}', '{MARK_END}')" for place in range(len(_BOTH))
)

Highlights = dict[str, tuple[str, ...]]


def highlights_of(connection: sqlite3.Connection, number: int, texts: tuple[str, str], query: Query) -> Highlights:
    """The headline whole, and up to three fragments of the body, where something matched. ``texts`` are both as they
    were written."""
    headline, body = texts
    if len(body) > MARKED_LENGTH:
        return _of_long_body(connection, headline, body, query)
    row = connection.execute(
        f"SELECT {_MARKED} FROM text WHERE text MATCH ? AND rowid = ?", (query.match, number)
    ).fetchone()
    return _highlights(composed(headline), composed(body), row)


def _of_long_body(connection: sqlite3.Connection, headline: str, body: str, query: Query) -> Highlights:
    """The same where only a part of the body is looked at."""
    found: Highlights = {}
    for excerpt in excerpts(body, query.words) if query.marks else ():
        connection.execute("DELETE FROM temp.excerpt")
        connection.execute("INSERT INTO temp.excerpt VALUES (?, ?)", (indexed(headline), indexed(excerpt)))
        row = connection.execute(
            f"SELECT {_MARKED_EXCERPT} FROM temp.excerpt WHERE excerpt MATCH ?", (query.marks,)
        ).fetchone()
        found |= _highlights(composed(headline), composed(excerpt), row)
        if "body" in found:
            break
    return found


def _highlights(headline: str, body: str, row: tuple[str, str] | None) -> Highlights:
    found: Highlights = {}
    if row is None:
        return found
    if spans := _spans(headline, row[0]):
        found["headline"] = (marked(headline, (0, len(headline)), spans),)
    if spans := _spans(body, row[1]):
        found["body"] = tuple(marked(body, part, spans) for part in _fragments(body, spans[:MAX_SPANS]))
    return found


def _spans(text: str, marked: str) -> list[Span]:
    """Where the marks of the indexed text stand in the text as it was written."""
    spans = _indexed_spans(marked)
    if not spans or fold(text) == text:
        return spans
    alignment = align(text)
    return merged(alignment.span(*span) for span in spans)


def _indexed_spans(marked: str) -> list[Span]:
    """Where the marks stand, in offsets of the text without them."""
    spans = []
    first, *parts = marked.split(MARK_START)
    at = len(first)
    for part in parts:
        inner, _, rest = part.partition(MARK_END)
        spans.append((at, at + len(inner)))
        at += len(inner) + len(rest)
    return spans


def _fragments(text: str, spans: list[Span]) -> list[Span]:
    """The stretches of about thirty words with the most marks, in the order of the text."""
    stretches: list[tuple[int, Span]] = []
    for start, end in spans:
        if stretches and end <= stretches[-1][1][1]:
            stretches[-1] = (stretches[-1][0] + 1, stretches[-1][1])
        else:
            first = _back(text, start, stretches[-1][1][1] if stretches else 0)
            stretches.append((1, (first, _forward(text, start, end))))
    best = sorted(stretches, key=lambda stretch: -stretch[0])[:FRAGMENTS]
    return sorted(span for _, span in best)


def _back(text: str, start: int, floor: int) -> int:
    """Some words before ``start``, not before ``floor``."""
    low = max(floor, start - WORDS_BEFORE * LETTERS_A_WORD)
    words = [found.start() + low for found in _WORD.finditer(text[low:start])]
    if low > floor and words and not text[low - 1].isspace():
        words = words[1:]
    return words[-WORDS_BEFORE:][0] if words else start


def _forward(text: str, start: int, end: int) -> int:
    """The end of the last word of a stretch that shows ``start`` to ``end``."""
    high = max(end, start + (WORDS - WORDS_BEFORE) * LETTERS_A_WORD)
    words = [found.end() + start for found in _WORD.finditer(text[start:high])][: WORDS - WORDS_BEFORE]
    if high < len(text) and len(words) > 1 and not text[high].isspace() and words[-1] == high:
        words = words[:-1]
    return max(end, words[-1] if words else end)
