"""Did you mean: the query with better-known words. It is offered, never followed unasked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dateline_web.search.syntax import ParsedQuery

MAX_WORDS: Final = 12
"""Longer queries are questions or pasted text: their rare words hardly matter."""


def words_to_check(query: ParsedQuery) -> tuple[str, ...]:
    """The plain words of ``query``, whose spelling is looked up."""
    return tuple(dict.fromkeys(word.text for word in query.words)) if len(query.words) <= MAX_WORDS else ()


def did_you_mean(query: ParsedQuery, better_known: Mapping[str, str]) -> str | None:
    """``query`` with each plain word that has a better-known neighbour replaced by it; None when none has."""
    text = query.text
    for word in reversed(query.words):
        better = better_known.get(word.text)
        if better is not None and better != word.text.casefold():
            text = text[: word.start] + better + text[word.end :]
    return text if text != query.text else None
