"""Clauses as FTS5 expressions: any typed text gives a valid one.

Words are ORed. Phrases and fielded words must match; beside them plain words only raise the score. Excluded clauses
must not match. docs/search.md has the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.adapters.embedded.analysis import STOP_WORDS, key_token, phrases_of, tokens_of
from dateline.adapters.embedded.tables.schema import TEXT_COLUMNS
from dateline.analysis.unspaced import spellings_of
from dateline.ports.index import EVENT_FACETS, Clause

SEARCHED: Final = ("headline", "summary", "body", "byline", "section", "person", "place", "organisation", "topic")
"""Where a word without a field is looked for."""

KEYED: Final = frozenset(EVENT_FACETS)
"""Fields of which the slug may be given instead of words of the label."""

_FIELDS: Final = frozenset(TEXT_COLUMNS) - {"slugs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. ``asked``: something was to be found; with ``match`` empty nothing can be.

    ``excluded`` is set only where there is nothing to find, since FTS5 can't negate alone.
    """

    asked: bool = False
    match: str = ""
    excluded: str = ""


def query_of(clauses: Sequence[Clause]) -> Query:
    """The FTS5 expressions of a search's clauses."""
    positive = [clause for clause in clauses if not clause.exclude]
    required = _required(positive)
    words = _plain_words(positive)
    if required:
        ranked = f" AND ({' OR '.join([required[0], *words])})" if words else ""
        match = " AND ".join(required) + ranked
    else:
        match = " OR ".join(words)
    excluded = " OR ".join(filter(None, map(_exact, (clause for clause in clauses if clause.exclude))))
    if not positive:
        return Query(excluded=excluded)
    if match and excluded:
        match = f"({match}) NOT ({excluded})"
    return Query(asked=True, match=match)


def phrases(names: Iterable[str]) -> str:
    """An expression for any of the phrases, in every searched column; empty when none has a word. With ``*`` at its
    end a phrase's last word may go on."""
    return " OR ".join(
        _in(SEARCHED, tokens) + (" *" if name.endswith("*") else "") for name in names if (tokens := tokens_of(name))
    )


def _required(positive: Sequence[Clause]) -> list[str]:
    return [match for clause in positive if _must_match(clause) and (match := _exact(clause))]


def _must_match(clause: Clause) -> bool:
    return clause.phrase or clause.field is not None


def _plain_words(positive: Sequence[Clause]) -> list[str]:
    phrases = [phrase for clause in positive if not _must_match(clause) for phrase in phrases_of(clause.text)]
    telling = [phrase for phrase in phrases if len(phrase) > 1 or phrase[0].lower() not in STOP_WORDS]
    return [_in(SEARCHED, phrase) for phrase in dict.fromkeys(telling or phrases)]


def _exact(clause: Clause) -> str:
    """The clause's words in this order, in its field or in one of all; by slug as well where the field has slugs."""
    phrases = [tokens for text in spellings_of(clause.text) if (tokens := tokens_of(text))]
    if not phrases:
        return ""
    field = clause.field if clause.field in _FIELDS else None
    matches = [_in((field,) if field else SEARCHED, tokens) for tokens in phrases]
    if field in KEYED:
        matches.append(_in(("slugs",), [key_token(field, clause.text.strip())]))
    return matches[0] if len(matches) == 1 else f"({' OR '.join(matches)})"


def _in(columns: Sequence[str], tokens: Sequence[str]) -> str:
    text = " ".join(tokens).replace('"', '""')
    return f'{{{" ".join(columns)}}} : "{text}"'
