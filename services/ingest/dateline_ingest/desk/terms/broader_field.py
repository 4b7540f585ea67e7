"""Broader terms as a form has them: by their names, a line each. A key or slug does too, as does a name with the key
behind it, which tells terms of one name apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from dateline.domain.term import Term
from dateline.errors import FieldError
from dateline.ports.vocabulary import Terms
from dateline.schemas.term import KEY
from dateline_ingest.vocabulary.broader import broader_term

MOST: Final = 20
_NEAREST: Final = 3
_LOOKED_AT: Final = 100
_WITH_KEY: Final = re.compile(rf".*\(({KEY.pattern})\)", re.DOTALL)


def broader_text(term: Term, terms: Terms) -> str:
    """The field filled with what stands above a term."""
    return "\n".join(_shown(term, terms))


def broader_of(lines: Sequence[str], before: Term, terms: Terms) -> tuple[list[str], list[FieldError]]:
    """What the lines mean, as terms name their broader ones, and what is wrong with the others. A line that stands for
    what ``before`` had is left as it was."""
    kept, found, wrong = _shown(before, terms), dict[str, None](), list[FieldError]()
    for number, line in enumerate(lines):
        meant = [kept[line]] if line in kept else [_name(term, before) for term in _meant(line, before, terms)]
        if len(meant) == 1:
            found.setdefault(meant[0])
        else:
            wrong.append(
                FieldError(f"/broader/{number}", _several(line, before, terms) if meant else _none(line, terms))
            )
    return list(found), wrong


def names_above(typed: str, beside: Term, terms: Terms) -> list[str]:
    """What ``typed`` may become: names of terms that may stand above one, first what begins so, and of that what is of
    its type; with the key where two have the name."""
    wanted = typed.strip()[:100]
    found = terms.search(wanted, None, _LOOKED_AT) if wanted else ()
    fitting = [term for term in found if _fits(term, beside)]
    count = Counter(term.label.casefold() for term in fitting)
    begin = {term.key: any(name.casefold().startswith(wanted.casefold()) for name in term.names) for term in fitting}
    fitting.sort(key=lambda term: (not begin[term.key], term.type != beside.type))
    return [term.label if count[term.label.casefold()] == 1 else with_key(term) for term in fitting[:MOST]]


def with_key(term: Term) -> str:
    """A term by its name and key."""
    return f"{term.label} ({term.key})"


def _shown(term: Term, terms: Terms) -> dict[str, str]:
    """How the field says each broader term, and how the term names it; what nobody knows by the name it has."""
    shown: dict[str, str] = {}
    for name in term.broader:
        above = broader_term(term.type, name, terms)
        text = above.label if above else name
        shown[with_key(above) if above and text in shown else text] = name
    return shown


def _meant(line: str, beside: Term, terms: Terms) -> list[Term]:
    """The terms that a line may mean: that of the key; of the name those of the same type first, and of these those
    that are called so before those that have it for another name."""
    keyed = _WITH_KEY.fullmatch(line)
    key = keyed[1] if keyed else line
    if KEY.fullmatch(key) and (found := broader_term(beside.type, key, terms)):
        return [found]
    return next(filter(None, _choices(line.casefold(), beside, _called(line, terms))), [])


def _choices(wanted: str, beside: Term, called: Sequence[Term]) -> Iterator[list[Term]]:
    for alike in ([term for term in called if term.type == beside.type], list(called)):
        yield [term for term in alike if term.label.casefold() == wanted]
        yield alike


def _called(line: str, terms: Terms) -> list[Term]:
    """The terms that have just this name, in any language."""
    wanted = line.casefold()
    found = terms.search(line[:300], None, _LOOKED_AT)
    return [term for term in found if wanted in map(str.casefold, term.names)]


def _fits(term: Term, beside: Term) -> bool:
    return term.key != beside.key and (term.type == "section") == (beside.type == "section")


def _name(term: Term, beside: Term) -> str:
    """How a term names one above it."""
    return term.slug if term.type == beside.type else term.key


def _several(line: str, beside: Term, terms: Terms) -> str:
    listed = "; ".join(with_key(term) for term in _meant(line, beside, terms)[:5])
    return f"Several terms are called “{line[:100]}”. Write the one that you mean as it stands here: {listed}."


def _none(line: str, terms: Terms) -> str:
    nearest = ", ".join(dict.fromkeys(term.label for term in terms.like(line[:100], _NEAREST)))
    return f"No term is called “{line[:100]}”.{f' The nearest: {nearest}.' if nearest else ''}"
