"""Broader terms don't go in a circle: what stands above a term doesn't stand below it."""

from __future__ import annotations

from typing import Final, cast

from dateline.domain.term import Term, TermType
from dateline.errors import FieldError, InvalidInput
from dateline.ports.vocabulary import Terms

_CIRCLE: Final = "{above} stands below {term} already, so it can't stand above it."


def check_broader(term: Term, terms: Terms) -> None:
    """Raise ``InvalidInput`` at ``/broader`` where a term would stand above itself, were it written so.

    ``terms`` is the vocabulary before that. Slugs that it doesn't know stand above nothing.
    """
    errors = tuple(
        FieldError("/broader", _CIRCLE.format(above=above.label, term=term.label))
        for name in term.broader
        if (above := broader_term(term.type, name, terms)) is not None and stands_in(above, term, terms)
    )
    if errors:
        raise InvalidInput("Broader terms can't go in a circle.", errors)


def check_merge(term: Term, into: Term, terms: Terms) -> None:
    """Raise ``InvalidInput`` at ``/into`` where what stands below ``term`` would stand below itself, once that is
    merged. A section is merged into none below it: there it has a place of its own."""
    above = {one.key: one for one in right_above(into, terms)}
    if term.type != "section":
        above.pop(term.key, None)
    if any(stands_in(one, term, terms) for one in above.values()):
        why = f"{into.label} stands below {term.label}. Take it out of there first, or merge it the other way."
        raise InvalidInput("Broader terms can't go in a circle.", (FieldError("/into", why),))


def right_above(term: Term, terms: Terms) -> list[Term]:
    """The terms right above one."""
    found = (broader_term(term.type, name, terms) for name in term.broader)
    return [above for above in found if above is not None]


def broader_term(type: TermType, name: str, terms: Terms) -> Term | None:
    """The term that one of ``type`` names as a broader one: by its slug, or as ``type:slug``."""
    other, colon, slug = name.rpartition(":")
    return terms.resolve(cast(TermType, other) if colon else type, slug)


def stands_in(term: Term, above: Term, terms: Terms) -> bool:
    """Whether ``term`` is ``above``, or stands below it."""
    return above.key in {term.key, *(one.key for one in terms.ancestors(term))}
