"""The vocabulary as one batch sees it: each term is looked up once, however many of its documents name it."""

from __future__ import annotations

from dateline.domain.term import Term, TermType
from dateline_indexer.document import Terms


class Remembered:
    """``Terms`` over other terms that don't change while it lives."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._found: dict[tuple[TermType, str], Term | None] = {}
        self._above: dict[str, tuple[Term, ...]] = {}

    def find(self, type: TermType, slug: str, /) -> Term | None:
        """The term, if there is one."""
        key = (type, slug)
        if key not in self._found:
            self._found[key] = self._terms.find(type, slug)
        return self._found[key]

    def ancestors(self, term: Term, /) -> tuple[Term, ...]:
        """Its broader terms, nearest first."""
        if term.key not in self._above:
            self._above[term.key] = self._terms.ancestors(term)
        return self._above[term.key]
