"""Did you mean: the query with better-known words. It is offered, never followed unasked."""

from __future__ import annotations

from typing import Final

from dateline.ports.index import Index
from dateline_web.queries.language import ParsedQuery

MOST_WORDS: Final = 12
"""Longer queries are questions or pasted text: their rare words hardly matter."""


def did_you_mean(index: Index, query: ParsedQuery) -> str | None:
    """``query`` with each plain word that has a better-known neighbour replaced by it; None when none has."""
    if len(query.words) > MOST_WORDS:
        return None
    text = query.text
    for word in reversed(query.words):
        better = index.spelling(word.text)
        if better is not None and better != word.text.casefold():
            text = text[: word.start] + better + text[word.end :]
    return text if text != query.text else None
