"""The vocabulary as one batch sees it: each term is looked up once, however many stories of the batch name it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from dateline.domain.term import Term, TermType
from dateline.ports.vocabulary import Terms


class CachedTerms:
    """``Terms`` over other terms that don't change while it lives."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._found: dict[tuple[TermType, str], Term | None] = {}
        self._resolved: dict[tuple[TermType, str], Term | None] = {}
        self._above: dict[str, tuple[Term, ...]] = {}

    def find(self, type: TermType, slug: str, /) -> Term | None:
        """The term, or None."""
        key = (type, slug)
        if key not in self._found:
            self._found[key] = self._terms.find(type, slug)
        return self._found[key]

    def resolve(self, type: TermType, slug: str, /) -> Term | None:
        """The term; of one that was merged the term that it is now."""
        key = (type, slug)
        if key not in self._resolved:
            self._resolved[key] = self._terms.resolve(type, slug)
        return self._resolved[key]

    def is_gone(self, type: TermType, slug: str, /) -> bool:
        """Whether an editor took the term out, or what it was merged into."""
        return self._terms.is_gone(type, slug)

    def merged_into(self, term: Term, /) -> Sequence[str]:
        """The keys of the terms that were merged into ``term``."""
        return self._terms.merged_into(term)

    def narrower(self, term: Term, /) -> Sequence[Term]:
        """The terms that name it as their broader one."""
        return self._terms.narrower(term)

    def search(self, query: str, type: TermType | None, limit: int, /) -> Sequence[Term]:
        """The terms whose names match ``query``, best first."""
        return self._terms.search(query, type, limit)

    def each(self, type: TermType | None = None, /, *, changed: bool = False) -> Iterator[Term]:
        """Every term, or those of a type, or those that editors changed."""
        return self._terms.each(type, changed=changed)

    def with_code(self, code: str, type: TermType, /) -> Term | None:
        """The term that is the same as what ``code`` names, or None."""
        return self._terms.with_code(code, type)

    def with_names(self, names: Collection[str], type: TermType, /) -> Mapping[str, Term]:
        """Of each of the case-folded ``names`` the best term that has it, in any language."""
        return self._terms.with_names(names, type)

    def like(self, name: str, limit: int) -> Sequence[Term]:
        """The terms that have a name most like ``name``."""
        return self._terms.like(name, limit)

    def ancestors(self, term: Term, /) -> tuple[Term, ...]:
        """Its broader terms, nearest first."""
        if term.key not in self._above:
            self._above[term.key] = self._terms.ancestors(term)
        return self._above[term.key]
