"""Labels that may be one: the same but for case, diacritics, the order of words, or one letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from dateline.analysis.name_likeness import form_of
from dateline.domain.term import Term

_SHORTEST: Final = 6
"""Letters of a label that may have another one: Iran and Iraq are two."""


def labelled_alike(terms: Iterable[Term]) -> dict[str, tuple[Term, ...]]:
    """Of each term, by its key, those of its type whose labels are like its own; terms without such are left out."""
    by_key = {term.key: term for term in terms}
    found = _keys_alike(frozenset((key, term.label) for key, term in by_key.items()))
    return {key: tuple(by_key[other] for other in others) for key, others in found.items()}


@lru_cache(maxsize=8)
def _keys_alike(labels: frozenset[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The same by key, of keys and their labels. Remembered: of 4,000 terms it takes a fifth of a second, and they
    change seldom."""
    by_form: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, label in sorted(labels):
        for form in _forms(form_of(label)):
            by_form[key.partition(":")[0], form].append(key)
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for together in by_form.values():
        for key in together:
            alike[key] |= dict.fromkeys(other for other in together if other != key)
    return {key: tuple(others) for key, others in alike.items() if others}


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
