"""What events are narrowed down to, as conditions of SQL."""

from __future__ import annotations

import json
from typing import Any

from dateline.adapters.embedded.analysis import tokens_of
from dateline.adapters.embedded.text.fts_query import MAX_TOKENS
from dateline.analysis.unspaced import spellings_of
from dateline.ports.index import EVENT_FACETS, EventSearch


def narrowing(search: EventSearch) -> tuple[str, list[Any]]:
    """Conditions for the event ``e``, each with AND before it, and their values."""
    conditions: list[str] = []
    values: list[Any] = []
    for facet in EVENT_FACETS:
        if chosen := search.category_keys if facet == "category" else search.values(facet):
            conditions.append(
                " AND EXISTS (SELECT 1 FROM event_value AS v JOIN facet_value AS f ON f.number = v.value"
                " WHERE v.event = e.number AND f.facet = ? AND f.slug IN (SELECT value FROM json_each(?)))"
            )
            values += [facet, json.dumps(chosen)]
    if search.free is not None:
        conditions.append(" AND e.free = ?")
        values.append(search.free)
    if search.attendance:
        conditions.append(" AND e.attendance IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(search.attendance))
    if search.statuses:
        conditions.append(" AND e.status IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(search.statuses))
    if search.text.strip():
        if match := _match(search):
            conditions.append(" AND e.number IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)")
            values.append(match)
        else:
            conditions.append(" AND 0")
    return "".join(conditions), values


def _match(search: EventSearch) -> str:
    """An FTS5 expression for what must be found; empty where nothing can be."""
    every = [_any_spelling(phrase) for phrase in search.phrases]
    return " AND ".join(filter(None, every))


def _any_spelling(phrase: str) -> str:
    """In any of its spellings, its words in this order."""
    spellings = [tokens[:MAX_TOKENS] for text in spellings_of(phrase) if (tokens := tokens_of(text))]
    quoted = [f'"{" ".join(tokens)}"' for tokens in spellings]
    return f"({' OR '.join(quoted)})" if quoted else ""
