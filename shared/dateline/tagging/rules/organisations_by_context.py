"""Organisations by what the text says they are: "the chain Mokka", "Helmio, a startup", "Helmio's shares"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import Run, Single
from dateline.tagging.marks import Mark, marks_of_words
from dateline.tagging.rules.organisations_introduced import propose_by_brackets
from dateline.tagging.senses import Hit
from dateline.tagging.wordlists import words

DESCRIBED: Final = 0.5

_LOOK_BACK: Final = 20
_LOOK_AHEAD: Final = 60
_APPOSED: Final = (", a ", ", an ", ", the ")
_INCORPORATED: Final = re.compile(r", (?:Inc|LLC|Ltd|Corp|L\.P|LP|S\.A|PLC|plc|AG|GmbH|Co)\b")
_OBJECT: Final = re.compile(r" (?:of|for|in|at|from|by|with|to|who) ")
_OWNED: Final = re.compile(r"(?:['’]s)? (\w+)")


def propose_described(found: Found, run: Run) -> None:
    """An organisation of several words by the word for what it is, before it or after it."""
    text, end, start = found.reading.text, run.end(-1), run.starts[0]
    after = text[end : end + 4]
    if (
        after not in _beginnings_of_signs()
        and text[start - 4 : start] not in _ends_of_nouns()
        and not (after[:2] == ", " and (text.startswith(_APPOSED, end) or _INCORPORATED.match(text, end)))
    ):
        return
    first, count = 0, len(run)
    while first < count and run.marks[first] != Mark.PLAIN:
        first += 1
    last = first
    while last + 1 < count and (run.marks[last + 1] == Mark.PLAIN or run.texts[last + 1] == "&"):
        last += 1
    if first < count and run.texts[first] not in words().given_names:
        _propose(found, run.starts[first], run.end(last), first=first == 0, last=last == count - 1)


def find_described(found: Found, singles: list[Single], hits: dict[int, Hit], acronyms: dict[str, str]) -> None:
    """The same for names of one word that is no known name."""
    text, nouns, signs = found.reading.text, _ends_of_nouns(), _beginnings_of_signs()
    for word, start in singles:
        end = start + len(word)
        after = text[end : end + 4]
        if after[:2] == " (":
            propose_by_brackets(found, word, start, acronyms)
        elif (after[:2] == ", " or after in signs or text[start - 4 : start] in nouns) and len(word) > 2:
            if start in hits:
                continue
            _propose(found, start, start + len(word.rstrip(".")), first=True, last=True)


def is_described(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that it is an organisation's."""
    lists, owned = words(), _OWNED.match(text, end)
    if owned and (owned[1] in lists.firm_signs or owned[1] in lists.firm_kinds or owned[1] in lists.firm_people):
        return True
    return _is_after_a_noun(text, start, end) or _is_before_a_noun(text, end)


@cache
def _ends_of_nouns() -> frozenset[str]:
    """What stands before a name after one of the nouns: enough to pass by most words at once."""
    return frozenset(f"{noun[-3:]} " for noun in words().organisation_nouns)


@cache
def _beginnings_of_signs() -> frozenset[str]:
    """The same for what stands after the name of a firm."""
    signs = words().firm_signs | words().firm_kinds
    return frozenset(f" {sign} "[:4] for sign in signs) | {f"{mark}s {sign[0]}" for mark in "'’" for sign in signs}


def _propose(found: Found, start: int, end: int, *, first: bool, last: bool) -> None:
    text = found.reading.text
    described = (first and _is_after_a_noun(text, start, end)) or (
        last
        and (
            _is_before_a_noun(text, end)
            or _has_what_firms_have(text, start, end)
            or _INCORPORATED.match(text, end) is not None
        )
    )
    if described and not found.claims.covering(start, end) and text[start:end].lower() not in marks_of_words():
        found.propose("organisation", start, end, "described", DESCRIBED)


def _is_after_a_noun(text: str, start: int, end: int) -> bool:
    """ "the chain Mokka"."""
    if text[start - 1 : start] != " ":
        return False
    before = text[max(0, start - _LOOK_BACK) : start - 1].rpartition(" ")[2]
    return before in words().organisation_nouns


def _is_before_a_noun(text: str, end: int) -> bool:
    """ "Helmio, a startup"; not "Juhan, a founder of the startup", nor "Sadly, the club lost"."""
    if not text.startswith(_APPOSED, end) or text.startswith("ly", end - 2):
        return False
    clause = text[end + 2 : end + _LOOK_AHEAD].partition(",")[0]
    if not clause.islower():
        return False
    following = _OBJECT.split(clause, 1)[0].split()[1:6]
    lists = words()
    return not lists.organisation_nouns.isdisjoint(following) and lists.roles.isdisjoint(following)


def _has_what_firms_have(text: str, start: int, end: int) -> bool:
    """ "Helmio's shares", "Helmio shareholders", "the Helmio company"."""
    if text[end : end + 4] not in _beginnings_of_signs():
        return False
    owned = _OWNED.match(text, end)
    if owned is None:
        return False
    return owned[1] in words().firm_signs or (owned[1] in words().firm_kinds and text[start - 2 : start - 1].isalnum())
