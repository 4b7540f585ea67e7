"""Labels that may be one: the same but for case, diacritics, the order of words, or one letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from dateline.analysis.name_likeness import form_of
from dateline.domain.term import Term

_SHORTEST: Final = 6
"""Letters of a label that may have another one: Iran and Iraq are two."""


def labelled_alike(terms: Iterable[Term]) -> dict[str, tuple[Term, ...]]:
    """Of each term, by its key, those of its type whose labels are like its own; terms without such are left out."""
    by_form: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        for form in _forms(form_of(term.label)):
            by_form[term.type, form].append(term)
    alike: dict[str, dict[str, Term]] = defaultdict(dict)
    for together in by_form.values():
        for term in together:
            alike[term.key] |= {other.key: other for other in together if other.key != term.key}
    return {key: tuple(others.values()) for key, others in alike.items() if others}


def _forms(form: str) -> Iterator[str]:
    """The label, and what is left of it without any one letter: labels that share such a form have one letter more,
    another one, or one elsewhere."""
    if not form:
        return
    yield form
    if len(form) >= _SHORTEST:
        for place, char in enumerate(form):
            if char.isalpha():
                yield form[:place] + form[place + 1 :]
