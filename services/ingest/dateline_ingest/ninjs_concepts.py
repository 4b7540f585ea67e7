"""Which terms of the vocabulary the concepts of ninjs are: by their codes, else by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dateline.domain.concept_code import concept_code, scheme_of
from dateline.domain.tag import TagType
from dateline.domain.term import Term
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


def _is_another(term: Term, codes: Iterable[str]) -> bool:
    """Whether a code says that this term isn't meant, since it has another one of the same scheme."""
    own = {scheme_of(code) for one in term.same_as if (code := concept_code(one))}
    return any(scheme_of(code) in own for code in codes)
