"""The codes by which the world names what a term is: whether they are some, and which other terms have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from dateline.domain.concept_code import concept_code, scheme_of
from dateline.domain.term import TERM_TYPES, Term
from dateline.errors import FieldError
from dateline.ports.vocabulary import Terms

_NO_CODE: Final = "Must be a Wikidata id such as Q42, or an IPTC qcode such as medtop:20000002."
_EIGHT_DIGITS: Final = re.compile(r"(medtop|subj):[0-9]{8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCode:
    """A code of a term: what it is called, where it leads ("" where nobody knows), and the ``others`` that have it."""

    label: str
    url: str
    others: tuple[Term, ...]


def codes_of(lines: Sequence[str], before: Term, terms: Terms) -> tuple[list[str], list[FieldError]]:
    """The lines as codes (``concept_code``), and what is wrong with the others. What ``before`` had stays as it is."""
    found, wrong = dict[str, None](), list[FieldError]()
    for number, line in enumerate(lines):
        code = line if line in before.same_as else concept_code(line)
        if why := "" if line in before.same_as else _what_is_wrong(code, before, terms):
            wrong.append(FieldError(f"/same_as/{number}", why))
        else:
            found.setdefault(code)
    return list(found), wrong


def shown_codes(term: Term, terms: Terms) -> list[ShownCode]:
    """The codes of a term, each with where it leads and who else has it."""
    return [_shown(written, term, terms) for written in term.same_as]


def _shown(written: str, term: Term, terms: Terms) -> ShownCode:
    code = concept_code(written)
    names = {"Q": "Wikidata ", "medtop": "IPTC "}
    label = names.get(scheme_of(code), "") + (code or written)
    return ShownCode(label=label, url=_url(code), others=_others(code, term, terms))


def _url(code: str) -> str:
    """Where a code leads: Wikidata's item, the IPTC's media topic, an address itself."""
    if code.startswith("Q"):
        return f"https://www.wikidata.org/wiki/{quote(code)}"
    if code.startswith("medtop:"):
        return f"https://cv.iptc.org/newscodes/mediatopic/{quote(code.removeprefix('medtop:'))}"
    return code if code.startswith("https://") else ""


def _what_is_wrong(code: str, term: Term, terms: Terms) -> str:
    if not code or (code.startswith(("medtop:", "subj:")) and not _EIGHT_DIGITS.fullmatch(code)):
        return _NO_CODE
    if other := next((one for one in _others(code, term, terms) if one.type == term.type), None):
        return f"{other.label} ({other.key}) has {code} already. Merge the two, or take it out there first."
    return ""


def _others(code: str, term: Term, terms: Terms) -> tuple[Term, ...]:
    found = (terms.with_code(code, type) for type in TERM_TYPES) if code else ()
    return tuple(other for other in found if other and other.key != term.key)
