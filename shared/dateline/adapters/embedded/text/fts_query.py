"""Clauses as FTS5 expressions: any typed text gives a valid one.

Words are ORed. Phrases and fielded words must match; beside them plain words only raise the score. Excluded clauses
must not match. docs/search.md has the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from dateline.adapters.embedded.analysis import key_token, phrases_of, tokens_of
from dateline.adapters.embedded.tables.schema import TEXT_COLUMNS
from dateline.analysis.stop_words import STOP_WORDS
from dateline.analysis.unspaced import spellings_of
from dateline.ports.index import TAG_FACETS, Clause

SEARCHED: Final = ("headline", "summary", "body", "byline", "section", "person", "place", "organisation", "topic")
"""Where a word without a field is looked for."""

MARKED: Final = ("headline", "body")

MAX_PHRASES: Final = 60
"""Of what scripts without spaces write in one query, and ..."""
MAX_TOKENS: Final = 32
"""... words of one phrase: the time for a long text grows with both, and SQLite can't be stopped inside one."""

Phrase = tuple[str, ...]
Spellings = tuple[Phrase, ...]
"""One phrase in each way in which it may be written."""
Stems = Callable[[Sequence[str]], Sequence[str]]
"""Gives for each of some tokens what it is to the index: two with the same stem match in the same places."""

KEYED: Final = frozenset(TAG_FACETS)
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
    marks: str = ""
    """What is marked where it stands in a headline or a body: any of the words and phrases that may be found there."""
    words: tuple[str, ...] = ()
    """The same as they were typed, in lower case."""


def _as_typed(tokens: Sequence[str]) -> Sequence[str]:
    return [token.lower() for token in tokens]


def query_of(clauses: Sequence[Clause], stems: Stems = _as_typed) -> Query:
    """The FTS5 expressions of a search's clauses. What is typed twice is looked for once: ranking takes the square of
    the time for words of one stem."""
    positive = [clause for clause in clauses if not clause.exclude]
    required = _exact(positive, stems)
    phrases = _phrases(positive, stems)
    words = [_in(SEARCHED, phrase) for phrase in phrases]
    if required:
        ranked = f" AND ({' OR '.join([required[0], *words])})" if words else ""
        match = " AND ".join(required) + ranked
    else:
        match = " OR ".join(words)
    excluded = " OR ".join(_exact([clause for clause in clauses if clause.exclude], stems, every=True))
    if not positive:
        return Query(excluded=excluded)
    if match and excluded:
        match = f"({match}) NOT ({excluded})"
    shown = [clause for clause in positive if clause.field in (None, *MARKED)]
    typed = dict.fromkeys(word for clause in shown for word in clause.text.lower().split())
    marks = [_in(MARKED, phrase) for phrase in phrases] + _exact(shown, stems, among=MARKED)
    return Query(asked=True, match=match, marks=" OR ".join(marks), words=tuple(typed))


def phrases(names: Iterable[str]) -> str:
    """An expression for any of the phrases, in every searched column; empty when none has a word. With ``*`` at its
    end a phrase's last word may go on."""
    return " OR ".join(
        _in(SEARCHED, tokens) + (" *" if name.endswith("*") else "") for name in names if (tokens := tokens_of(name))
    )


def _must_match(clause: Clause) -> bool:
    return clause.phrase or clause.field is not None


def _phrases(positive: Sequence[Clause], stems: Stems) -> list[Phrase]:
    """What plain words are looked for as."""
    phrases = [phrase for clause in positive if not _must_match(clause) for phrase in phrases_of(clause.text)]
    telling = [phrase for phrase in phrases if len(phrase) > 1 or phrase[0].lower() not in STOP_WORDS]
    distinct = [phrase for (phrase,) in _distinct([(phrase,) for phrase in telling or phrases], stems)]
    words = [phrase for phrase in distinct if len(phrase) == 1]
    return words + [phrase for phrase in distinct if len(phrase) > 1][:MAX_PHRASES]


def _exact(
    clauses: Sequence[Clause], stems: Stems, *, every: bool = False, among: Sequence[str] = SEARCHED
) -> list[str]:
    """Expressions for phrases and fielded words (for ``every`` clause: plain words too): the words in this order, in
    the clause's field or in one of those ``among`` which is looked."""
    by_field: dict[str | None, dict[Spellings, Clause]] = {}
    for clause in clauses:
        spellings = tuple(tuple(tokens) for text in spellings_of(clause.text) if (tokens := tokens_of(text)))
        if spellings and (every or _must_match(clause)):
            by_field.setdefault(clause.field if clause.field in _FIELDS else None, {}).setdefault(spellings, clause)
    return [
        _in_field(field, phrases, same[whole].text, among)
        for field, same in by_field.items()
        for phrases, whole in _distinct(same, stems).items()
    ]


def _in_field(field: str | None, spellings: Spellings, text: str, among: Sequence[str]) -> str:
    """In any of its spellings, by slug as well where the field has slugs."""
    matches = [_in((field,) if field else among, phrase) for phrase in spellings]
    if field in KEYED:
        matches.append(_in(("slugs",), [key_token(field, text.strip())]))
    return matches[0] if len(matches) == 1 else f"({' OR '.join(matches)})"


def _distinct(sought: Iterable[Spellings], stems: Stems) -> dict[Spellings, Spellings]:
    """Those that match in different places, as far as they are looked for (not all of a very long phrase), each with
    the whole."""
    wholes = list(sought)
    bounded = [tuple(phrase[:MAX_TOKENS] for phrase in phrases) for phrases in wholes]
    stemmed = iter(stems([token for phrases in bounded for phrase in phrases for token in phrase]))
    first: dict[Spellings, tuple[Spellings, Spellings]] = {}
    for phrases, whole in zip(bounded, wholes, strict=True):
        first.setdefault(tuple(tuple(islice(stemmed, len(phrase))) for phrase in phrases), (phrases, whole))
    return dict(first.values())


def _in(columns: Sequence[str], tokens: Sequence[str]) -> str:
    text = " ".join(tokens).replace('"', '""')
    return f'{{{" ".join(columns)}}} : "{text}"'
