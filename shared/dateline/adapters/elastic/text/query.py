"""Clauses and filters as Elasticsearch queries.

Words are ORed and ranked over all fields, whose scores add up; a phrase must stand in one field; a fielded word must
match there; an excluded clause must not match. Neighbouring words are also tried as pairs, which only raises the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final

from dateline.adapters.elastic.document_json import SUFFIXES
from dateline.analysis.folding import fold
from dateline.analysis.unspaced import parts_of, spellings_of
from dateline.ports.index import FACET_FIELDS, TAG_FACETS, Clause, Facet, StoryFilter, TextField

Query = dict[str, Any]

WEIGHTS: Final[dict[str, float]] = {
    "headline": 1.2,
    "summary": 0.8,
    "topic_labels": 0.3,
    "person_labels": 0.3,
    "place_labels": 0.3,
    "organisation_labels": 0.3,
    "section_labels": 0.2,
    "byline": 0.3,
    "body": 1.0,
}
"""How much a match in each field counts; `scripts/bench relevance` measures them beside plain BM25. Tried and worse:
a headline twice as heavy as the body, the best field alone, all fields as one, a minimum of words that must match."""

PAIR_BOOST: Final = 0.2
PAIR_SLOP: Final = 1
"""Neighbouring words of a query that stand together in a text raise its score; they find nothing by themselves."""

MAX_PAIRED: Final = 30
"""Longer queries are ranked by their words alone: a query may have so many clauses and no more."""

MAX_PHRASES: Final = 60
MAX_CLAUSE: Final = 600
"""Of what scripts without spaces write in one query, and characters of one clause, folded: a single one may become a
whole sentence (ﷺ)."""

BY_LANGUAGE: Final = frozenset({"headline", "summary", "body"})
FIELDED: Final[dict[TextField, str]] = {
    "headline": "headline",
    "summary": "summary",
    "body": "body",
    "byline": "byline",
    "section": "section_labels",
    "person": "person_labels",
    "place": "place_labels",
    "organisation": "organisation_labels",
    "topic": "topic_labels",
    "slugline": "slugline",
    "source": "source",
}
SLUG_FIELDS: Final[dict[Facet, str]] = FACET_FIELDS | {"language": "language"}
"""The field of the mappings that holds a facet's values."""

BY_SLUG: Final = {facet: SLUG_FIELDS[facet] for facet in TAG_FACETS}
"""Fielded words that may be a slug instead of a word of the label."""


def _fields(name: str, weight: float | None = None) -> list[str]:
    names = [f"{name}_{suffix}" for suffix in SUFFIXES] if name in BY_LANGUAGE else [name]
    return names if weight is None else [f"{field}^{weight}" for field in names]


ALL_FIELDS: Final = [field for name, weight in WEIGHTS.items() for field in _fields(name, weight)]
PHRASE_FIELDS: Final = [field for name in ("headline", "summary", "body") for field in _fields(name, WEIGHTS[name])]


def story_query(clauses: tuple[Clause, ...], filters: list[Query]) -> Query:
    """The query of a search: what must match and score, under filters that don't score. Withdrawn is never found."""
    positive = [clause for clause in clauses if not clause.exclude]
    words = [clause for clause in positive if not clause.phrase and clause.field is None]
    rest = [clause for clause in positive if clause.phrase or clause.field is not None]
    must = [_clause_query(clause) for clause in rest]
    should: list[Query] = []
    if words:
        texts = [folded(clause.text) for clause in words]
        # beside a phrase or a fielded word, plain words only rank
        (should if rest else must).append(words_query([clause.text for clause in words]))
        pairs = pairwise(texts) if len(texts) <= MAX_PAIRED else ()
        should += [_phrase_query(f"{one} {two}", boost=PAIR_BOOST, slop=PAIR_SLOP) for one, two in pairs]
    return {
        "bool": {
            "must": must,
            "should": should,
            "minimum_should_match": 0,
            "must_not": [_clause_query(clause) for clause in clauses if clause.exclude],
            "filter": [{"term": {"withdrawn": False}}, *filters],
        }
    }


def words_query(words: Sequence[str]) -> Query:
    """Stories that hold any of the typed words; what a script without spaces writes is looked for as phrases."""
    parts = [part for word in words for part in enumerate(parts_of(word))]
    spaced = " ".join(folded(text) for _, (text, unspaced) in parts if not unspaced)
    # what was typed whole before the parts of it
    phrases = dict.fromkeys(folded(text) for _, (text, unspaced) in sorted(parts, key=itemgetter(0)) if unspaced)
    queries = [_any_word(spaced)] if spaced or not phrases else []
    queries += [_phrase_query(text, fields=ALL_FIELDS) for text in list(phrases)[:MAX_PHRASES]]
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _any_word(text: str) -> Query:
    return {
        "multi_match": {
            "query": text,
            "type": "most_fields",
            "operator": "or",
            "fields": ALL_FIELDS,
        }
    }


def stem_query(stem: str, suffix: str) -> Query:
    """Stories that hold a word of this stem in a text of the language that ``suffix`` stands for."""
    return {"bool": {"should": [{"term": {f"{name}_{suffix}": stem}} for name in sorted(BY_LANGUAGE)]}}


def _phrase_query(text: str, *, boost: float = 1.0, slop: int = 0, fields: list[str] | None = None) -> Query:
    return {
        "multi_match": {
            "query": text,
            "type": "phrase",
            "slop": slop,
            "boost": boost,
            "fields": fields or PHRASE_FIELDS,
        }
    }


def folded(text: str) -> str:
    """A typed text as the index holds it."""
    return fold(text[:MAX_CLAUSE])[:MAX_CLAUSE]


def _clause_query(clause: Clause) -> Query:
    fields = _fields(FIELDED[clause.field]) if clause.field in FIELDED else ALL_FIELDS
    queries = [_phrase_query(folded(text), fields=fields) for text in spellings_of(clause.text)]
    if clause.field in BY_SLUG:
        queries.append(carries(clause.field, clause.text.lower()))
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def carries(facet: Facet, value: str) -> Query:
    """What has one value of a facet."""
    return {"term": {SLUG_FIELDS[facet]: value}}


def facet_query(filter: StoryFilter, facet: Facet) -> Query | None:
    """The chosen values of one facet: any of them."""
    return {"terms": {SLUG_FIELDS[facet]: list(chosen)}} if (chosen := filter.values(facet)) else None


def day_query(filter: StoryFilter) -> list[Query]:
    """The days of a filter, both inclusive."""
    bounds = {"gte": filter.first_day, "lte": filter.last_day}
    days = {name: day.isoformat() for name, day in bounds.items() if day is not None}
    return [{"range": {"day": days}}] if days else []
