"""The term that an editor names: by any of its names, as ``type:slug``, or by the slug of its own type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from dateline.domain.term import Term, TermType
from dateline.errors import InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.vocabulary import Terms
from dateline.schemas.term import KEY

MOST: Final = 20
_LOOKED_AT: Final = 100


def terms_named(typed: str, beside: Term, terms: Terms) -> list[Term]:
    """The terms that are meant, which may be merged with ``beside``: that of the key or slug, or those of just this
    name, or else those with it in a name; of the same type first."""
    wanted = typed.strip()[:300]
    if exact := _by_key(wanted, beside.type, terms):
        return [exact]
    called = terms_with(wanted, beside, terms)
    whole = [term for term in called if wanted.casefold() in map(str.casefold, term.names)]
    return sorted(whole or called, key=lambda term: term.type != beside.type)[:MOST]


def terms_with(typed: str, beside: Term, terms: Terms) -> list[Term]:
    """The terms with a text in one of their names that may be merged with ``beside``, best first."""
    wanted = typed.strip()[:100]
    return [term for term in terms.search(wanted, None, _LOOKED_AT) if _fits(term, beside)] if wanted else []


def _by_key(typed: str, type: TermType, terms: Terms) -> Term | None:
    other, colon, slug = typed.rpartition(":")
    return terms.find(cast(TermType, other) if colon else type, slug) if KEY.fullmatch(typed) else None


def _fits(term: Term, beside: Term) -> bool:
    """Sections are merged with sections alone, and nothing with itself."""
    return term.key != beside.key and (term.type == "section") == (beside.type == "section")


def term_field(form: Mapping[str, str], name: str, type: TermType) -> tuple[TermType, str]:
    """The type and slug in a field: ``type:slug``, or the slug of one of ``type``. Raises ``InvalidInput``."""
    key = drop_control_characters(form.get(name, "")).strip()
    if not KEY.fullmatch(key):
        raise InvalidInput("Choose a term from the list of those that have this name.")
    other, _, slug = key.rpartition(":")
    return cast(TermType, other or type), slug
