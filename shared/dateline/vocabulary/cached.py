"""The vocabulary as one batch of submissions sees it: each term is looked up once, however many lines name it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.domain.term import Term, TermType
from dateline_ingest.intake import Terms


class Remembered:
    """``Terms`` over other terms that don't change while it lives."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._found: dict[tuple[TermType, str], Term | None] = {}

    def find(self, type: TermType, slug: str) -> Term | None:
        """The term, or None."""
        key = (type, slug)
        if key not in self._found:
            self._found[key] = self._terms.find(type, slug)
        return self._found[key]

    def search(self, query: str, type: TermType | None, limit: int, /) -> Sequence[Term]:
        """The terms whose names match ``query``, best first."""
        return self._terms.search(query, type, limit)
