"""Which term of the vocabulary a concept of ninjs is: by its code, else by its name."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.domain.concept_code import concept_code, scheme_of
from dateline.domain.tag import TagType
from dateline.domain.term import Term
from dateline.ports.vocabulary import Terms


def named_term(terms: Terms, type: TagType, name: str, written: Iterable[str]) -> Term | None:
    """The term of one of the codes ``written``; else the one of that name, unless its own code is another."""
    codes = [code for one in written if (code := concept_code(one))]
    for code in codes:
        if found := terms.with_code(code, type):
            return found
    wanted = name.casefold()
    for term in terms.search(name, type, 5) if wanted else ():
        if wanted in {one.casefold() for one in (term.label, *term.labels.values(), *term.aliases)}:
            return None if _is_another(term, codes) else term
    return None


def _is_another(term: Term, codes: Iterable[str]) -> bool:
    """Whether a code says that this term isn't meant, since it has another one of the same scheme."""
    own = {scheme_of(code) for one in term.same_as if (code := concept_code(one))}
    return any(scheme_of(code) in own for code in codes)
