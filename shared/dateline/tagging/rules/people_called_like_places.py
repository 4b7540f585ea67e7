"""People whose given name is a place's too: "Paris Hilton", "Sofia Coppola"."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.candidates import Candidates
from dateline.tagging.rules.people import AGE, STRENGTH, behind_places, is_apposed, is_speaking, is_thing
from dateline.tagging.senses import Hit
from dateline.tagging.surroundings import standing_alone, word_before
from dateline.tagging.wordlists import word_classes, word_lists

_SURNAME_BEHIND: Final = re.compile(
    r" ((?:[A-ZÀ-ÖØ-Þ][’'])?[A-ZÀ-ÖØ-Þ]\w+(?:-[A-Z]\w+)?)(?P<junior> [JS]r\b\.?)?(?:['’]s)?(?! [A-Z&])(?![\w’'-])"
)
_SHORTEST_RARE: Final = 4
_NO_RARE_SURNAME: Final = re.compile(
    "(?:[^aeious]s|[aiou]{2}s|[eiu]s|[^e]ed|ing|ion|ment|ity|ian|ish|ese|stan|ic|al)$|^.[A-Z]"
)
IN: Final = frozenset(("in", "at", "near", "via", "outside", "around", "through"))


def find(candidates: Candidates) -> None:
    """Propose those whose given name is a place's: "Paris Hilton", "Sofia Coppola". Nobody is called "Paris Fashion
    Week" or "Sofia Airport", and "In Paris Hilton opened …" is about the city."""
    text, given = candidates.text, word_lists().given_names_of_places
    alone: dict[str, bool] = {}
    for name in candidates.names:
        if not name.senses.places or text[name.start : name.end] not in given:
            continue
        surname = _SURNAME_BEHIND.match(text, name.end)
        if surname is None or _is_behind_a_name_or_in(text, name.start):
            continue
        start, end = surname.span(1)
        is_surname = surname["junior"] or _is_surname(candidates, name, start, end, alone)
        if is_surname and not candidates.taken.overlapping(name.start, end):
            candidates.propose("person", name.start, end, "given name", STRENGTH["given name"])


def _is_behind_a_name_or_in(text: str, start: int) -> bool:
    """Whether a place stands there by what is before it: a preposition, or more of the same name."""
    word = word_before(text, start)
    if word.lower() in IN:
        return True
    return word[:1].isupper() and text[start - 2].isalnum() and word.lower() not in word_classes()


def _is_surname(candidates: Candidates, name: Hit, start: int, end: int, alone: dict[str, bool]) -> bool:
    """Whether the word behind a given name is a surname: one that many have or the vocabulary knows, one that ends as
    such, or, behind a name that few places have, any that is not what places and organisations are called.

    ``alone`` keeps for each place whether the text has it without a capitalised word behind it.
    """
    lists, text = word_lists(), candidates.text
    word = text[start:end]
    lower = word.lower()
    known = candidates.names_at.get(start)
    if known is not None and known.senses.sure and not known.senses.surnames:
        return False
    if lower in lists.surnames or (known is not None and known.senses.surnames and known.end == end):
        return True
    if lower in behind_places() or lower in word_classes() or is_thing(candidates.words, word):
        return False
    if word.endswith(lists.surname_endings) or is_speaking(text, end) or AGE.match(text, end) or is_apposed(text, end):
        return True
    place = text[name.start : name.end]
    if known is not None or place in lists.hardly_given:
        return False
    if place not in lists.seldom_given:
        return True
    if not _may_be_a_rare_name(candidates, name, start, end):
        return False
    if place not in alone:
        alone[place] = any(not _SURNAME_BEHIND.match(text, at + len(place)) for at in standing_alone(text, place))
    return not alone[place]


def _may_be_a_rare_name(candidates: Candidates, name: Hit, start: int, end: int) -> bool:
    """Whether "Israel Adesanya" or "London Breed" may be a person for want of another reading: not in a headline alone
    ("India Approves Budget"), nor with what ends as a plural, a verb or a nationality. Nor, as the caller sees to, in a
    text that names the place too."""
    text, body, word = candidates.text, candidates.offsets.body, candidates.text[start:end]
    if name.start < body and text.find(text[name.start : end], body) < 0:
        return False
    return len(word) >= _SHORTEST_RARE and word.isalpha() and not _NO_RARE_SURNAME.search(word)
