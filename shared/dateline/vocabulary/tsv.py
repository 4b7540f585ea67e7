"""One line of the shipped vocabulary: a term, and what only the tagger wants to know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, cast

from dateline.domain.term import Term, TermType, TopicRules

COLUMNS: Final = ("key", "label", "aliases", "broader", "kind", "weight", "more")
"""Separated by tabs; ``aliases`` and ``broader`` by ``|``; ``more`` is a JSON object or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term with its hints. An editor's term has none: its names are taken at their word.

    ``kind`` of a place: country, region, city, area. ``weight``: a place's population.
    ``weak``: names that may mean something else (a common word, a person's name) and need support from the text.
    ``demonyms``: words that point to a place without naming it. ``threshold``: the score a topic must reach.
    ``deciding``: phrases of a topic of which one is enough.
    """

    term: Term
    kind: str = ""
    weight: int = 0
    weak: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    threshold: float = 0.0
    deciding: frozenset[str] = frozenset()


_MORE_OF_TERM: Final = ("labels", "description_html", "same_as", "landing", "order", "review")


def to_line(row: TermRow) -> str:
    """The line of a row, without the newline."""
    term = row.term
    more: dict[str, Any] = {
        name: value for name in _MORE_OF_TERM if (value := getattr(term, name)) not in ({}, "", (), False, 0)
    }
    for name in ("any", "all", "none"):
        if phrases := getattr(term.rules, name):
            more[name] = phrases
    for name in ("weak", "demonyms", "sections", "threshold"):
        if value := getattr(row, name):
            more[name] = value
    columns = (
        term.key,
        term.label,
        "|".join(term.aliases),
        "|".join(term.broader),
        row.kind,
        str(row.weight or ""),
        json.dumps(more, ensure_ascii=False, separators=(",", ":")) if more else "",
    )
    return "\t".join(columns)


def from_line(line: str) -> TermRow:
    """The row of a line."""
    key, label, aliases, broader, kind, weight, more = line.split("\t")
    type_, _, slug = key.partition(":")
    extra: dict[str, Any] = json.loads(more) if more else _NOTHING
    rules = _rules(extra) if "any" in extra or "all" in extra else _NO_RULES
    term = Term(
        type=cast(TermType, type_),
        slug=slug,
        label=label,
        labels=extra.get("labels", {}),
        aliases=tuple(aliases.split("|")) if aliases else (),
        description_html=extra.get("description_html", ""),
        broader=tuple(broader.split("|")) if broader else (),
        same_as=tuple(extra.get("same_as", ())),
        rules=rules,
        landing=extra.get("landing", False),
        order=extra.get("order", 0),
        review=extra.get("review", False),
    )
    return TermRow(
        term=term,
        kind=kind,
        weight=int(weight or 0),
        weak=tuple(extra.get("weak", ())),
        demonyms=tuple(extra.get("demonyms", ())),
        sections=tuple(extra.get("sections", ())),
        threshold=extra.get("threshold", 0.0),
    )


_NOTHING: Final[dict[str, Any]] = {}
_NO_RULES: Final = TopicRules()


def _rules(extra: dict[str, Any]) -> TopicRules:
    return TopicRules(
        any=tuple(extra.get("any", ())), all=tuple(extra.get("all", ())), none=tuple(extra.get("none", ()))
    )
