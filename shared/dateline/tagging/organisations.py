"""Organisations: known ones by name, unknown ones by what their names are built of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark, marks_of_words
from dateline.tagging.meaning import WEAK, Hit
from dateline.tagging.runs import Run, Single, standing_alone
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

KNOWN: Final = 0.85
PATTERN: Final = 0.6
INTRODUCED: Final = 0.7
REPEATED: Final = 0.45
DESCRIBED: Final = 0.5

_LOOK_BACK: Final = 20
_LOOK_AHEAD: Final = 60
_APPOSED: Final = (", a ", ", an ", ", the ")

LONGEST_ACRONYM: Final = 6
_TICKER: Final = re.compile(r" \([A-Z]{2,8}: ?[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\)")
MOST_INTRODUCED: Final = 60
MOST_ACRONYMS: Final = 12
"""More unknown words in capitals than this are a style and no acronyms."""

_ACRONYM: Final = re.compile(r"['’]?s? \(([A-Z][A-Za-z]{1,7})\)")


def find_known(found: Found, hits: list[Hit], claims: Claims) -> None:
    """The organisations of the vocabulary; a weak name counts where a strong one of the same stands in the text."""
    named = [hit for hit in hits if hit.meaning.organisations]
    strong = {entry.key for hit in named for entry, flags in hit.meaning.organisations if not flags & WEAK}
    for hit in named:
        for entry, _ in hit.meaning.organisations:
            if entry.key not in strong:
                found.drop(
                    "organisation", entry.slug, entry.label, "may mean something else", hit.start, hit.end, "name"
                )
                continue
            found.of_entry(entry).add(hit.start, hit.end, "name", KNOWN)
            if not claims.covering(hit.start, hit.end):
                claims.add(hit.start, hit.end, "organisation")


def propose(found: Found, run: Run, claims: Claims, acronyms: dict[str, str]) -> None:
    """The organisations that a run's words tell of; ``acronyms`` learns what they introduce in brackets."""
    text = found.reading.text
    for first, last, rule in _built(run):
        start, end = run.starts[first], run.end(last)
        if claims.covering(start, end):
            continue
        label = text[start:end]
        found.of_name("organisation", label).add(start, end, rule, PATTERN)
        claims.add(start, end, "organisation")
        introduced = _ACRONYM.match(text, end)
        if introduced:
            acronyms[introduced[1]] = label


def propose_introduced(found: Found, run: Run, claims: Claims, acronyms: dict[str, str]) -> None:
    """An organisation by what follows it in brackets: an acronym of its capitals' letters, or a share's ticker."""
    text = found.reading.text
    if _TICKER.match(text, run.end(-1)):
        first = _begin(run, len(run) - 1, -1)
        _propose_listed(found, run.starts[first], run.end(-1), claims)
        return
    introduced = _ACRONYM.match(text, run.end(-1))
    if not introduced or introduced[1] in acronyms:
        return
    letters = [c for c in introduced[1] if c.isupper()]
    capitals = [i for i, mark in enumerate(run.marks) if mark != Mark.LINK]
    first = capitals[-len(letters)] if 1 < len(letters) <= len(capitals) else -1
    if first < 0 or [run.texts[i][0] for i in capitals[-len(letters) :]] != letters:
        return
    start, end = run.starts[first], run.end(-1)
    if claims.covering(start, end):
        return
    acronyms[introduced[1]] = text[start:end]
    found.of_name("organisation", text[start:end]).add(start, end, "acronym", INTRODUCED)
    claims.add(start, end, "organisation")


def _propose_listed(found: Found, start: int, end: int, claims: Claims) -> None:
    if not claims.covering(start, end):
        found.of_name("organisation", found.reading.text[start:end]).add(start, end, "ticker", INTRODUCED)
        claims.add(start, end, "organisation")


def find_acronyms(found: Found, singles: list[Single], claims: Claims, acronyms: dict[str, str]) -> None:
    """Organisations by acronym: those introduced in brackets, and unknown ones that come again and again."""
    mentions: dict[str, list[int]] = {}
    for text, start in singles:
        if 2 < len(text) <= LONGEST_ACRONYM and text.isupper() and text.isalpha():
            mentions.setdefault(text, []).append(start)
    repeated = [text for text, starts in mentions.items() if len(starts) > 1 and text not in acronyms]
    for text in repeated if len(repeated) <= MOST_ACRONYMS else ():
        _add_acronym(found, text, mentions[text], claims, ("repeated acronym", REPEATED))
    for text, label in list(acronyms.items())[:MOST_INTRODUCED]:
        starts = list(standing_alone(found.reading.text, text))
        _add_acronym(found, label, starts, claims, ("acronym", INTRODUCED), len(text))


def propose_described(found: Found, run: Run, claims: Claims) -> None:
    """An organisation by the word for what it is: "the chain Mokka", "Helmio, a startup"."""
    text, count = found.reading.text, len(run)
    if text[run.starts[0] - 4 : run.starts[0]] not in _ends_of_nouns() and not text.startswith(_APPOSED, run.end(-1)):
        return
    first = 0
    while first < count and run.marks[first] != Mark.PLAIN:
        first += 1
    last = first
    while last + 1 < count and (run.marks[last + 1] == Mark.PLAIN or run.texts[last + 1] == "&"):
        last += 1
    if first < count:
        _propose_described(found, run.starts[first], run.end(last), claims, first=first == 0, last=last == count - 1)


def find_described(found: Found, singles: list[Single], claims: Claims) -> None:
    """The same for names of one word."""
    text, endings = found.reading.text, _ends_of_nouns()
    for word, start in singles:
        end = start + len(word)
        after = text[end : end + 2]
        if after == " (" and _TICKER.match(text, end):
            _propose_listed(found, start, end, claims)
        elif (after == ", " or text[start - 4 : start] in endings) and len(word) > 2:
            _propose_described(found, start, start + len(word.rstrip(".")), claims, first=True, last=True)


@cache
def _ends_of_nouns() -> frozenset[str]:
    """What stands before a name after one of the nouns: enough to pass by most words at once."""
    return frozenset(f"{noun[-3:]} " for noun in words().organisation_nouns)


def _propose_described(found: Found, start: int, end: int, claims: Claims, *, first: bool, last: bool) -> None:
    text = found.reading.text
    described = (first and _is_after_a_noun(text, start, end)) or (last and _is_before_a_noun(text, end))
    if described and not claims.covering(start, end):
        found.of_name("organisation", text[start:end]).add(start, end, "described", DESCRIBED)
        claims.add(start, end, "organisation")


def _is_after_a_noun(text: str, start: int, end: int) -> bool:
    """ "the chain Mokka"."""
    if text[start - 1 : start] != " ":
        return False
    before = text[max(0, start - _LOOK_BACK) : start - 1].rpartition(" ")[2]
    return before in words().organisation_nouns and text[start:end].lower() not in marks_of_words()


def _is_before_a_noun(text: str, end: int) -> bool:
    """ "Helmio, a startup"."""
    if not text.startswith(_APPOSED, end):
        return False
    clause = text[end + 2 : end + _LOOK_AHEAD].partition(",")[0]
    return not words().organisation_nouns.isdisjoint(clause.split()[1:6]) and clause.islower()


def _add_acronym(
    found: Found, label: str, starts: list[int], claims: Claims, rule: tuple[str, float], length: int = 0
) -> None:
    for start in starts:
        end = start + (length or len(label))
        if not claims.covering(start, end):
            found.of_name("organisation", label).add(start, end, *rule)
            claims.add(start, end, "organisation")


def _built(run: Run) -> Iterator[tuple[int, int, str]]:
    """(first, last, rule) of each part of a run that is built like an organisation's name."""
    lists = words()
    last_taken = -1
    for i, lower in enumerate(run.lowers):
        if i <= last_taken:
            continue
        if run.texts[i] in lists.legal_forms and i + 1 < len(run):
            end = _end_of_name(run, i + 1)
            if end >= i + 1:
                yield i + 1, end, "legal form"
                last_taken = end
        elif lower in lists.organisation_heads and i + 1 < len(run) and run.texts[i + 1] in ("of", "for"):
            end = _end_of_object(run, i + 2)
            if end > i + 1:
                yield _begin(run, i, last_taken), end, "head"
                last_taken = end
        elif lower in lists.organisation_tails and run.marks[i] != Mark.KNOWN and run.texts[i][0].isupper():
            first = _begin(run, i, last_taken)
            while i + 1 < len(run) and run.lowers[i + 1] in lists.organisation_tails:
                i += 1
            if first < i and not (run.marks[first] == Mark.KNOWN and first == i):
                yield first, i, "tail"
                last_taken = i


def _begin(run: Run, i: int, after: int) -> int:
    """Where the name begins whose last or head word is the ``i``-th."""
    first = i
    while first - 1 > after and (run.marks[first - 1] in (Mark.PLAIN, Mark.KNOWN) or run.texts[first - 1] == "&"):
        first -= 1
    return first


def _end_of_name(run: Run, i: int) -> int:
    while i < len(run) and run.marks[i] in (Mark.PLAIN, Mark.KNOWN):
        i += 1
    return i - 1


def _end_of_object(run: Run, i: int) -> int:
    """The last word of what the organisation is of: "Health", "Foreign Affairs and Trade of Belarus"."""
    end = i - 1
    while i < len(run) and run.marks[i] in (Mark.PLAIN, Mark.KNOWN, Mark.LINK, Mark.TITLE):
        if run.marks[i] != Mark.LINK:
            end = i
            if run.marks[i] == Mark.KNOWN and i + 1 < len(run) and run.marks[i + 1] == Mark.PLAIN:
                break
        i += 1
    return end
