"""Organisations that a text introduces: by an acronym or a share's ticker in brackets, before or after the name; and
acronyms that come again and again."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import Run, Single
from dateline.tagging.surroundings import standing_alone
from dateline.tagging.wordlists import WordClass, word_lists

INTRODUCED: Final = 0.7
REPEATED: Final = 0.45
LONE: Final = 0.4

LONGEST_ACRONYM: Final = 6
LONGEST_LONE: Final = 5
MOST_INTRODUCED: Final = 60
MOST_ACRONYMS: Final = 12
"""More unknown words in capitals than this are a style and no acronyms."""

BRACKET: Final = " ("
_TICKER: Final = re.compile(r" \([A-Z]{2,8}: ?[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\)")
_ACRONYM: Final = re.compile(r"['’]?s? \(([A-Z][A-Za-z]{1,7})\)")
_ROMAN: Final = re.compile("[IVXLCDM]+")
_IN_FULL: Final = re.compile(r" \(((?:(?:of|for|and|the|&|[A-Z][\w'’-]*) ){1,9}[A-Z][\w'’-]*)\)")


def learn_acronym(candidates: Candidates, start: int, end: int) -> None:
    """Keep the acronym that stands in brackets behind an organisation's name."""
    introduced = _ACRONYM.match(candidates.text, end)
    if introduced:
        candidates.acronyms[introduced[1]] = candidates.text[start:end]


def find(candidates: Candidates, run: Run) -> None:
    """An organisation by what follows it in a bracket: an acronym of its capitals' letters, or a share's ticker."""
    text, end = candidates.text, run.end
    if _TICKER.match(text, end):
        _propose_listed(candidates, run.starts[run.first_of_name(len(run) - 1)], end)
    elif introduced := _ACRONYM.match(text, end):
        if introduced[1] not in candidates.acronyms:
            _propose_by_letters(candidates, run, introduced[1])
    else:
        _find_by_brackets(candidates, run.texts[-1], run.starts[-1])


def find_alone(candidates: Candidates, singles: list[Single]) -> None:
    """The same by what follows a word alone: its ticker, or the words of which it is the acronym. Then organisations by
    their acronyms alone."""
    brackets = {match.start() for match in re.finditer(re.escape(BRACKET), candidates.text)}
    for word, start in singles if brackets else ():
        if start + len(word) in brackets:
            _find_by_brackets(candidates, word, start)
    _find_acronyms(candidates, singles)


def _propose_by_letters(candidates: Candidates, run: Run, acronym: str) -> None:
    """The last words of a run, when an acronym has their first letters."""
    letters = [char for char in acronym if char.isupper()]
    words = [i for i, class_ in enumerate(run.classes) if class_ != WordClass.LINK][-len(letters) :]
    if len(letters) > 1 and [run.texts[i][0] for i in words] == letters:
        start, end = run.starts[words[0]], run.end
        if not candidates.taken.overlapping(start, end):
            candidates.acronyms[acronym] = candidates.text[start:end]
            candidates.propose("organisation", start, end, "acronym", INTRODUCED)


def _find_by_brackets(candidates: Candidates, word: str, start: int) -> None:
    text, end = candidates.text, start + len(word)
    if _TICKER.match(text, end):
        _propose_listed(candidates, start, end)
    elif 1 < len(word) <= LONGEST_ACRONYM and word.isupper() and word not in candidates.acronyms:
        in_full = _IN_FULL.match(text, end)
        if in_full and sorted(name[0] for name in in_full[1].split(" ") if name[0].isupper()) == sorted(word):
            first, last = in_full.span(1)
            if not candidates.taken.overlapping(first, last):
                candidates.acronyms[word] = in_full[1]
                candidates.propose("organisation", first, last, "acronym", INTRODUCED)


def _propose_listed(candidates: Candidates, start: int, end: int) -> None:
    """A company whose ticker follows."""
    if not candidates.taken.overlapping(start, end):
        candidates.propose("organisation", start, end, "ticker", INTRODUCED)


def _find_acronyms(candidates: Candidates, singles: list[Single]) -> None:
    """Organisations by acronym: unknown ones that come again and again, and those introduced in brackets."""
    acronyms = candidates.acronyms
    mentions: dict[str, list[int]] = {}
    for word, start in singles:
        if 2 < len(word) <= LONGEST_ACRONYM and word.isupper() and word.isalpha():
            mentions.setdefault(word, []).append(start)
    unknown = [word for word in mentions if word not in acronyms]
    for word in unknown if len(unknown) <= MOST_ACRONYMS else ():
        starts = mentions[word]
        if len(starts) > 1:
            _propose_each(candidates, word, starts, "repeated acronym", REPEATED)
        elif _may_be_an_organisation(candidates.text, word, starts[0]):
            _propose_each(candidates, word, starts, "lone acronym", LONE)
    for word, label in list(acronyms.items())[:MOST_INTRODUCED]:
        starts = list(standing_alone(candidates.text, word))
        _propose_each(candidates, word, starts, "acronym", INTRODUCED, label=label)


def _may_be_an_organisation(text: str, acronym: str, start: int) -> bool:
    """Whether an acronym that comes once may be one: no number, no part of a line in capitals, nothing well known."""
    end = start + len(acronym)
    if len(acronym) > LONGEST_LONE or acronym.lower() in word_lists().not_organisations or _ROMAN.fullmatch(acronym):
        return False
    return not text[end + 1 : end + 3].isupper() and not text[max(0, start - 3) : max(0, start - 1)].isupper()


def _propose_each(
    candidates: Candidates, acronym: str, starts: list[int], rule: str, score: float, *, label: str = ""
) -> None:
    for start in starts:
        end = start + len(acronym)
        if not candidates.taken.overlapping(start, end):
            candidates.propose("organisation", start, end, rule, score, label=label)
