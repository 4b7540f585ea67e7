"""Which terms of the vocabulary the concepts of ninjs are: by their codes, else by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from dateline.domain.concept_code import concept_code, scheme_of
from dateline.domain.tag import TagType
from dateline.domain.term import TERM_PLURAL, Term
from dateline.ports.vocabulary import Terms


def known_terms(terms: Terms, concepts: Sequence[tuple[TagType, str, tuple[str, ...]]]) -> Iterator[Term]:
    """The terms of those concepts (type, name, codes as they are written) that the vocabulary knows, in their order.

    It is gone through once a type, however many they are.
    """
    names: dict[TagType, set[str]] = defaultdict(set)
    for type, name, _ in concepts:
        if name:
            names[type].add(name.casefold())
    named = {type: terms.with_names(wanted, type) for type, wanted in names.items()}
    for type, name, written in concepts:
        codes = [code for one in written if (code := concept_code(one))]
        same = named[type].get(name.casefold()) if name else None
        by_code = (found for code in codes if (found := terms.with_code(code, type)))
        if term := next(by_code, None if same is None or _is_another(same, codes) else same):
            yield term


class WithConcepts(Protocol):
    """A ninjs object that names concepts."""

    def concepts(self) -> Iterator[tuple[TagType, str, tuple[str, ...]]]:
        """Each as (type, name, codes)."""
        ...


def asserted(ninjs: WithConcepts, terms: Terms) -> dict[str, Any]:
    """The terms that the vocabulary knows of those the object names: others stay keywords."""
    tags: dict[str, list[str]] = {}
    for term in known_terms(terms, list(ninjs.concepts())):
        slugs = tags.setdefault(TERM_PLURAL[term.type], [])
        if term.slug not in slugs and len(slugs) < 100:
            slugs.append(term.slug)
    return {"tags": tags} if tags else {}


def _is_another(term: Term, codes: Iterable[str]) -> bool:
    """Whether a code says that this term isn't meant, since it has another one of the same scheme."""
    own = {scheme_of(code) for one in term.same_as if (code := concept_code(one))}
    return any(scheme_of(code) in own for code in codes)
