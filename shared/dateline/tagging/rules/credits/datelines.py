"""Datelines: the place, the date and the agency at the front of a body."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.candidates import CREDIT, Candidates
from dateline.tagging.rules.credits.agencies import NAME, NAMES, UPPER, has_agency

_HEAD: Final = 120
"""Characters of the body in which the dateline ends."""
_PLACE: Final = r"\s*(?P<place>[^\n()–—]{0,58}?)"
_DASH: Final = r"(?:[–—]|--|-(?=\s))"
_DATED: Final = rf"\s*(?:[^\n()–—]{{0,40}}?[\s,])?(?:\d{{1,2}} \w{{3,12}}|[{UPPER}]\w{{2,11}}\.? \d{{1,2}})"
_DATE: Final = (
    rf"(?:\d{{1,2}}\.? (?:de )?[^\W\d]{{3,12}}\.?|[{UPPER}]\w{{2,11}}\.? \d{{1,2}}"
    r"|\d{1,2}[./]\d{1,2}[./](?=\d{2,4}\b))"
    r"(?:,? ?(?:de )?\d{2,4}\b)?(?: г\.| года)?"
)
_AT_FRONT: Final = (
    ("(", False, re.compile(rf"{_PLACE}\s*\((?P<agency>[^()\n]{{1,40}})\)\s*(?:{_DASH}|[:.])")),  # BREST (AFP) –
    # Minsk (Belarus) (AFP) –
    (
        ") (",
        False,
        re.compile(
            rf"(?P<place>\s*[^\n()–—]{{1,58}}\([^()\n]{{1,40}}\)) \((?P<agency>[^()\n]{{1,40}})\)\s*(?:{_DASH}|[:.])"
        ),
    ),
    ("", False, re.compile(rf"{_PLACE},\s*(?P<agency>{NAMES})\s*{_DASH}")),  # BREST, 5 May, AFP –
    ("", False, re.compile(rf"{_PLACE}\s*{_DASH}\s*(?P<agency>{NAMES})\.\s")),  # МОСКВА, 5 мая – РИА Новости.
    # 5 мая. БелТА. Minsk. May 5. INTERFAX -
    (".", True, re.compile(rf"{_DATED}\. (?P<place>)(?P<agency>{NAMES})\s*(?:\.\s|{_DASH})")),
    # BREST, May 5 (PTI) A bridge
    ("(", True, re.compile(rf"{_PLACE}\s*\((?P<agency>[^()\n]{{1,40}})\)\s+(?=[\"«“„]?[{UPPER}\d])")),
    # TASS, May 5. A bridge
    (",", True, re.compile(rf"\s*(?P<place>)(?P<agency>{NAMES}), {_DATE}\s*(?:[.:]\s|{_DASH})")),
    # БЕЛТА / Мост открыт
    (" ", False, re.compile(rf"\s*(?P<place>)(?P<agency>{NAMES})\s*(?:[/|:]|{_DASH})\s*[\"«“„]?[{UPPER}\d]")),
)
"""What must stand in the head of the body, or "" for a dash; whether only a news agency counts; and what an agency
there looks like."""
_DATELINE: Final = re.compile(r"\s*(\w[^\n()–—]{0,58}?)\s*(?:\([^()\n]{1,40}\)\s*)?(?:[–—]|--|-(?=\s))\s")
_JOINT: Final = "(?:, | ?/ ?| )(?:am |an der |de |la |le |do |da |di |del |sur |на )?"
_PLACES: Final = rf"[{UPPER}][\w.'’-]*(?:{_JOINT}[{UPPER}][\w'’-]*){{0,5}}"
_BEFORE_AGENCY: Final = re.compile(
    rf"\s*(?:{_DATE}, )?{_PLACES}(?: \([^()\n]{{1,40}}\))?(?:[.,]? {_DATE})?[\s.,:(–—-]*\Z"
)
"""What stands before the agency of a dateline: a place in any letters, and a date."""
_AGENCY_FIRST: Final = re.compile(r"\s*\([^()\n]{1,40}\)\s*(?:[–—]|--|-(?=\s))\s*")
_DATED_PLACE: Final = re.compile(rf"\s*({_PLACES})[.,] {_DATE}\s*[.:]\s")
"""MINSK, 5 December."""
_DATED_PLACE_AND_DASH: Final = re.compile(rf"\s*({_PLACES})[.,] {_DATE}\s*{_DASH}\s")
"""Roma, 5 mag. –"""
_BYLINE_ABOVE: Final = re.compile(
    rf"\s*(?:B[yY]|(?:by|P[aA][rR]|V[oO][nN]|P[oO][rR]|D[iI])(?= {NAME} [{UPPER}])) {NAMES}"
    rf"(?: [|•·–—-] {NAMES})?[ \t]*\n\s*"
)
"""By Anna Smith and Peter Jones"""
_LINE_OF_NAMES: Final = re.compile(rf"({NAMES})[ \t]*\n\s*")
_WRITERS: Final = ("Writer", "Reporter", "Correspondent", "Editor", "WRITER", "REPORTER", "CORRESPONDENT", "EDITOR")
_LONGEST_BYLINE: Final = 200
_DASHES: Final = frozenset("-–—")


def find_agency(candidates: Candidates) -> None:
    """The byline above the dateline, and the agency in the dateline or before the first sentence."""
    text, body = candidates.text, candidates.offsets.body
    front = _below_byline(candidates)
    if front > body:
        candidates.take_credit(body, front)
    head = text[front : front + _HEAD]
    has_dash = "–" in head or "—" in head or "- " in head
    for sign, only_news, pattern in _AT_FRONT:
        match = pattern.match(text, front, front + _HEAD) if (sign in head if sign else has_dash) else None
        if match and (
            _is_news_agency(match)
            if only_news
            else _is_behind_a_place(candidates, match) or _is_agency(candidates, *match.span("agency"))
        ):
            candidates.take_credit(*match.span("agency"))
            _take_unknown_place(candidates, *match.span("place"))
            return


def _below_byline(candidates: Candidates) -> int:
    """Where the body begins below the lines that say by whom it is."""
    text, body = candidates.text, candidates.offsets.body
    byline = _BYLINE_ABOVE.match(text, body, body + _LONGEST_BYLINE)
    if byline is None:
        return body
    agency = _LINE_OF_NAMES.match(text, byline.end(), byline.end() + _LONGEST_BYLINE)
    is_of_writer = agency is not None and (has_agency(agency[1]) or agency[1].endswith(_WRITERS))
    return agency.end() if agency and is_of_writer else byline.end()


def _take_unknown_place(candidates: Candidates, start: int, end: int) -> None:
    """The place of a dateline of which the vocabulary has no word is no name of anything else."""
    if start < end and not any(start <= at < end for at in candidates.names_at):
        candidates.take_credit(start, end)


def dateline_end(candidates: Candidates, place: str) -> int:
    """Where the dateline at the body's beginning ends: "MINSK, 5 December (BelTA) –", "Berlin (dpa) -", "МОСКВА, 5 мая.
    /ТАСС/."; 0 when there is none.

    ``place``: the dateline's place as the story has it, "" when it has none.
    """
    text, body = candidates.text, _below_byline(candidates)
    if body == len(text):
        return 0
    credit = candidates.taken.overlapping(body, min(body + _HEAD, len(text)))
    if credit is not None and credit[2] == CREDIT:
        if _BEFORE_AGENCY.match(text, body, credit[0]):
            return credit[1]
        if agency := _AGENCY_FIRST.match(text, body):
            body = agency.end()
            if dated := _DATED_PLACE_AND_DASH.match(text, body, body + _HEAD):
                return dated.end()
    for pattern in (_DATELINE, _DATED_PLACE):
        if pattern is _DATELINE and _DASHES.isdisjoint(text[body : body + _HEAD]):
            continue
        if match := pattern.match(text, body, body + _HEAD):
            first = match[1].split(",")[0].strip()
            if first.isupper() or first.casefold() == place.casefold():
                return match.end()
    return 0


def _is_news_agency(match: re.Match[str]) -> bool:
    """Whether one stands there, behind nothing or a place and a date."""
    place = match["place"].strip()
    return has_agency(match["agency"]) and (not place or _BEFORE_AGENCY.fullmatch(place) is not None)


def _is_behind_a_place(candidates: Candidates, match: re.Match[str]) -> bool:
    """Whether the words before an agency are a dateline's: the first of them in capitals, and no organisation's."""
    place = match["place"]
    name = candidates.names_at.get(match.start("place"))
    is_organisation = name is not None and bool(name.senses.organisations)
    return place.partition(",")[0].isupper() and not is_organisation


def _is_agency(candidates: Candidates, start: int, end: int) -> bool:
    name = candidates.names_at.get(start)
    return has_agency(candidates.text[start:end]) or (name is not None and bool(name.senses.organisations))
