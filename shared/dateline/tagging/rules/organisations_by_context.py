"""Organisations by what the text says they are: "the chain Mokka", "Helmio, a startup", "Helmio's shares"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import Run, Single
from dateline.tagging.surroundings import token_before
from dateline.tagging.wordlists import WordClass, word_classes, word_lists

DESCRIBED: Final = 0.5

_LOOK_AHEAD: Final = 60
_APPOSED: Final = (", a ", ", an ", ", the ")
_INCORPORATED: Final = re.compile(r", (?:Inc|LLC|Ltd|Corp|L\.P|LP|S\.A|PLC|plc|AG|GmbH|Co)\b")
_OBJECT: Final = re.compile(r" (?:of|for|in|at|from|by|with|to|who) ")
_OWNED: Final = re.compile(r"(?:['’]s)? (\w+)")


def find(candidates: Candidates, run: Run) -> None:
    """An organisation of several words by the word for what it is, before it or after it."""
    text, end, start = candidates.text, run.end, run.starts[0]
    after = text[end : end + 4]
    if (
        after not in beginnings_of_signs()
        and text[start - 4 : start] not in ends_of_nouns()
        and not (after[:2] == ", " and (text.startswith(_APPOSED, end) or _INCORPORATED.match(text, end)))
    ):
        return
    first, count = 0, len(run)
    while first < count and run.classes[first] != WordClass.PLAIN:
        first += 1
    last = first
    while last + 1 < count and (run.classes[last + 1] == WordClass.PLAIN or run.texts[last + 1] == "&"):
        last += 1
    if first < count and run.texts[first] not in word_lists().given_names:
        _propose(candidates, run.starts[first], run.end_of(last), first=first == 0, last=last == count - 1)


def find_alone(candidates: Candidates, singles: list[Single]) -> None:
    """The same for names of one word that is no known name."""
    text, nouns, signs = candidates.text, ends_of_nouns(), beginnings_of_signs()
    for word, start in singles:
        end = start + len(word)
        after = text[end : end + 4]
        betrayed = after[:2] == ", " or after in signs or text[start - 4 : start] in nouns
        if betrayed and len(word) > 2 and after[:2] != " (" and start not in candidates.names_at:
            _propose(candidates, start, start + len(word.rstrip(".")), first=True, last=True)


@cache
def ends_of_nouns() -> frozenset[str]:
    """What stands before a name after one of the nouns: enough to pass by most words at once."""
    return frozenset(f"{noun[-3:]} " for noun in word_lists().organisation_nouns)


@cache
def beginnings_of_signs() -> frozenset[str]:
    """The same for what stands after the name of a firm."""
    signs = word_lists().firm_signs | word_lists().firm_kinds
    return frozenset(f" {sign} "[:4] for sign in signs) | {f"{mark}s {sign[0]}" for mark in "'’" for sign in signs}


def _propose(candidates: Candidates, start: int, end: int, *, first: bool, last: bool) -> None:
    """Propose a name, if what stands around it tells; ``first`` and ``last``: it has the beginning and the end of its
    run, so that what stands there belongs to it."""
    text = candidates.text
    described = (first and _is_after_a_noun(text, start)) or (
        last
        and (
            _is_before_a_noun(text, end)
            or _has_what_firms_have(text, start, end)
            or _INCORPORATED.match(text, end) is not None
        )
    )
    if described and not candidates.taken.overlapping(start, end) and text[start:end].lower() not in word_classes():
        candidates.propose("organisation", start, end, "described", DESCRIBED)


def is_described(text: str, start: int, end: int) -> bool:
    """Whether the words around a known name say that it is an organisation's."""
    lists, owned = word_lists(), _OWNED.match(text, end)
    if owned and (owned[1] in lists.firm_signs or owned[1] in lists.firm_kinds or owned[1] in lists.firm_people):
        return True
    return _is_after_a_noun(text, start) or _is_before_a_noun(text, end)


def _is_after_a_noun(text: str, start: int) -> bool:
    """ "the chain Mokka"."""
    return text[start - 1 : start] == " " and token_before(text, start) in word_lists().organisation_nouns


def _is_before_a_noun(text: str, end: int) -> bool:
    """ "Helmio, a startup"; not "Juhan, a founder of the startup", nor "Sadly, the club lost"."""
    if not text.startswith(_APPOSED, end) or text.startswith("ly", end - 2):
        return False
    clause = text[end + 2 : end + _LOOK_AHEAD].partition(",")[0]
    if not clause.islower():
        return False
    following = _OBJECT.split(clause, 1)[0].split()[1:6]
    lists = word_lists()
    return not lists.organisation_nouns.isdisjoint(following) and lists.roles.isdisjoint(following)


def _has_what_firms_have(text: str, start: int, end: int) -> bool:
    """ "Helmio's shares", "Helmio shareholders", "the Helmio company"."""
    if text[end : end + 4] not in beginnings_of_signs():
        return False
    owned, lists = _OWNED.match(text, end), word_lists()
    if owned is None:
        return False
    return owned[1] in lists.firm_signs or (owned[1] in lists.firm_kinds and text[start - 2 : start - 1].isalnum())
