"""The section that a story or event names: a known one, or a new one by who may make it; who puts out its stories."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput, ReviewNeeded
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms

_MOST_NAMED: Final = 3
_MOST_SECTIONS: Final = 10_000
_NEAR: Final = 0.45
"""The least likeness, of 1, of what is named as near."""


def new_section(slug: str, terms: Terms, *, may_make: bool) -> tuple[Term, ...]:
    """The term to be made for a section seen first; () for a known one, a merged one, and for none.

    Raises ``InvalidInput``, naming the nearest known ones, where one would be made that may not.
    """
    if not slug or terms.resolve("section", slug) is not None:
        return ()
    if may_make:
        return (Term(type="section", slug=slug, label=section_label(slug), named_by_story=True),)
    named = ", ".join(nearest_sections(slug, terms)) or "none yet"
    detail = f"There is no section {slug!r}. The nearest known: {named}. An editor makes new ones."
    raise InvalidInput("A story stands in a section of the vocabulary.", (FieldError("/section", detail),))


def reviewed_section(slugs: Iterable[str], terms: Terms, by: Token, author_id: str) -> str:
    """The section, of these, for whose rule ``by`` is the second pair of eyes; "" where none has one.

    A reporter never is, nor the editor who wrote it. Raises ``ReviewNeeded``.
    """
    found = (terms.resolve("section", slug) for slug in slugs if slug)
    asking = next((term for term in found if term is not None and term.review), None)
    if asking is None:
        return ""
    if by.role != "editor" or by.id == author_id:
        raise ReviewNeeded(_REVIEW.format(section=asking.label), asking.slug)
    return asking.slug


_REVIEW: Final = (
    "What is written for {section} goes out when an editor other than who wrote it has seen it. Make a draft of it, and"
    " submit that: it goes to the editors."
)


def nearest_sections(slug: str, terms: Terms) -> tuple[str, ...]:
    """The slugs of the known sections that are most like ``slug``; where none is, of the first in the paper."""
    return _nearest(slug, tuple(term.slug for term in listed_sections(terms)))


def slugs_of_section(slug: str, terms: Terms) -> tuple[str, ...]:
    """The slugs that a story of a section may name: its own, and those of the sections that were merged into it; () of
    none."""
    section = terms.find("section", slug) if slug else None
    merged = terms.merged_into(section) if section else ()
    return (slug, *(key.partition(":")[2] for key in merged)) if slug else ()


def listed_sections(terms: Terms) -> list[Term]:
    """The known sections in the order of the paper, but those that only a story named: that may be held."""
    made = [term for term in terms.search("", "section", _MOST_SECTIONS) if not term.named_by_story]
    return sorted(made, key=lambda term: (not term.order, term.order, term.slug))


@lru_cache(maxsize=256)
def _nearest(slug: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Remembered: a bulk may have the same wrong section on each line."""
    return tuple(get_close_matches(slug, known, _MOST_NAMED, _NEAR)) or known[:_MOST_NAMED]


def section_label(slug: str) -> str:
    """The label of a section that a story was first to name."""
    words = slug.replace("-", " ").strip()
    return words[:1].upper() + words[1:] if words else slug
