"""Organisations that a text introduces: by an acronym or a share's ticker in brackets, before or after the name; and
acronyms that come again and again."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import Run, Single, standing_alone
from dateline.tagging.marks import Mark
from dateline.tagging.wordlists import words

INTRODUCED: Final = 0.7
REPEATED: Final = 0.45
LONE: Final = 0.4

LONGEST_ACRONYM: Final = 6
LONGEST_LONE: Final = 5
MOST_INTRODUCED: Final = 60
MOST_ACRONYMS: Final = 12
"""More unknown words in capitals than this are a style and no acronyms."""

_TICKER: Final = re.compile(r" \([A-Z]{2,8}: ?[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\)")
ACRONYM: Final = re.compile(r"['’]?s? \(([A-Z][A-Za-z]{1,7})\)")
"""What stands after an organisation's name that has an acronym."""
_ROMAN: Final = re.compile("[IVXLCDM]+")
_IN_FULL: Final = re.compile(r" \(((?:(?:of|for|and|the|&|[A-Z][\w'’-]*) ){1,9}[A-Z][\w'’-]*)\)")


def propose_introduced(found: Found, run: Run, acronyms: dict[str, str]) -> None:
    """An organisation by what follows it in brackets: an acronym of its capitals' letters, or a share's ticker."""
    text = found.reading.text
    if _TICKER.match(text, run.end(-1)):
        first = run.beginning(len(run) - 1, -1)
        _propose_listed(found, run.starts[first], run.end(-1))
        return
    introduced = ACRONYM.match(text, run.end(-1))
    if not introduced:
        propose_by_brackets(found, run.texts[-1], run.starts[-1], acronyms)
        return
    if introduced[1] in acronyms:
        return
    letters = [c for c in introduced[1] if c.isupper()]
    capitals = [i for i, mark in enumerate(run.marks) if mark != Mark.LINK]
    first = capitals[-len(letters)] if 1 < len(letters) <= len(capitals) else -1
    if first < 0 or [run.texts[i][0] for i in capitals[-len(letters) :]] != letters:
        return
    start, end = run.starts[first], run.end(-1)
    if found.claims.covering(start, end):
        return
    acronyms[introduced[1]] = text[start:end]
    found.propose("organisation", start, end, "acronym", INTRODUCED)


def propose_by_brackets(found: Found, word: str, start: int, acronyms: dict[str, str]) -> None:
    """A word alone before brackets: one with a share's ticker, or an acronym whose words stand in them."""
    text, end = found.reading.text, start + len(word)
    if _TICKER.match(text, end):
        _propose_listed(found, start, end)
    elif 1 < len(word) <= LONGEST_ACRONYM and word.isupper() and word not in acronyms:
        in_full = _IN_FULL.match(text, end)
        if in_full and sorted(w[0] for w in in_full[1].split(" ") if w[0].isupper()) == sorted(word):
            first, last = in_full.span(1)
            if not found.claims.covering(first, last):
                acronyms[word] = in_full[1]
                found.propose("organisation", first, last, "acronym", INTRODUCED)


def _propose_listed(found: Found, start: int, end: int) -> None:
    if not found.claims.covering(start, end):
        found.propose("organisation", start, end, "ticker", INTRODUCED)


def find_acronyms(found: Found, singles: list[Single], acronyms: dict[str, str]) -> None:
    """Organisations by acronym: those introduced in brackets, and unknown ones that come again and again."""
    mentions: dict[str, list[int]] = {}
    for text, start in singles:
        if 2 < len(text) <= LONGEST_ACRONYM and text.isupper() and text.isalpha():
            mentions.setdefault(text, []).append(start)
    unknown = [text for text in mentions if text not in acronyms]
    for text in unknown if len(unknown) <= MOST_ACRONYMS else ():
        starts = mentions[text]
        if len(starts) > 1:
            _add(found, text, starts, ("repeated acronym", REPEATED))
        elif _may_be_an_organisation(found.reading.text, text, starts[0]):
            _add(found, text, starts, ("lone acronym", LONE))
    for text, label in list(acronyms.items())[:MOST_INTRODUCED]:
        starts = list(standing_alone(found.reading.text, text))
        _add(found, label, starts, ("acronym", INTRODUCED), len(text))


def _may_be_an_organisation(text: str, acronym: str, start: int) -> bool:
    """Whether an acronym that comes once may be one: no number, no part of a line in capitals, nothing well known."""
    end = start + len(acronym)
    if len(acronym) > LONGEST_LONE or acronym.lower() in words().not_organisations or _ROMAN.fullmatch(acronym):
        return False
    return not text[end + 1 : end + 3].isupper() and not text[max(0, start - 3) : max(0, start - 1)].isupper()


def _add(found: Found, label: str, starts: list[int], rule: tuple[str, float], length: int = 0) -> None:
    for start in starts:
        end = start + (length or len(label))
        if not found.claims.covering(start, end):
            found.propose("organisation", start, end, *rule, label=label)
