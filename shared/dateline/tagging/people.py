"""People: known ones by full name and then by surname, unknown ones by what stands around their names."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.found import Found
from dateline.tagging.lexicon import SURNAME, WEAK, Hit
from dateline.tagging.marks import Mark
from dateline.tagging.runs import Singles, Word
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

KNOWN: Final = 0.85
BY_SURNAME: Final = 0.6
STRENGTH: Final = {"role": 0.7, "title": 0.7, "speaking verb": 0.65, "age": 0.65, "given name": 0.6, "initials": 0.5}
"""How sure each rule is of an unknown name."""

MOST_WORDS: Final = 4
_BEFORE: Final = re.compile(r"(\w+)[ ,]{1,2}$")
_AFTER: Final = re.compile(r"(?:['’]s?)?,? (?:has |had |also |later )?(\w+)")
_AGE: Final = re.compile(r", (?:aged )?\d{1,2}[,.]| \((?:born |b\. )?\d{1,4}")
_LOOK_BACK: Final = 20


def find_known(found: Found, hits: list[Hit], claims: Claims) -> None:
    """The people of the vocabulary by their full names."""
    for hit in hits:
        for entry, flags in hit.senses:
            if entry.type == "person" and not flags & (SURNAME | WEAK):
                found.of_entry(entry).add(hit.start, hit.end, "name", KNOWN)
                if not claims.covering(hit.start, hit.end):
                    claims.add(hit.start, hit.end)


def propose(found: Found, run: list[Word], marks: list[Mark], claims: Claims, singles: Singles) -> None:
    """Propose the unknown people of a run; ``singles`` gets the words that stand alone, for ``find_surnames``."""
    i, count = 0, len(run)
    while i < count:
        if marks[i] is not Mark.PLAIN:
            i += 1
            continue
        end = i + 1
        while end < count and (marks[end] is Mark.PLAIN or _is_particle(run, marks, end)):
            end += 1
        if end - i == 1:
            singles.setdefault(run[i].text, []).append(run[i].start)
        elif end - i <= MOST_WORDS and not claims.covering(run[i].start, run[end - 1].end):
            _propose(found, run[i:end], _before(marks, i), claims)
        i = end


def _before(marks: list[Mark], i: int) -> Mark | None:
    """The mark before a segment; a role with its country between them counts: "Prime Minister of Finland Sanna …"."""
    before = marks[i - 1] if i else None
    while i and marks[i - 1] in (Mark.KNOWN, Mark.LINK):
        i -= 1
    return Mark.ROLE if i and marks[i - 1] is Mark.ROLE else before


def _is_particle(run: list[Word], marks: list[Mark], i: int) -> bool:
    inside = 0 < i < len(run) - 1 and run[i].text in words().particles
    return inside and marks[i + 1] is Mark.PLAIN


def _propose(found: Found, segment: list[Word], before: Mark | None, claims: Claims) -> None:
    start, end = segment[0].start, segment[-1].end
    rule = _rule(found.reading.text, segment, before)
    label = found.reading.text[start:end]
    if rule is None or any(word.text.isupper() and len(word.text) > 3 for word in segment):
        return
    found.of_name("person", label).add(start, end, rule, STRENGTH[rule])
    claims.add(start, end)


def _rule(text: str, segment: list[Word], before: Mark | None) -> str | None:
    """By which rule a segment is a person's name; None when nothing says so."""
    start, end = segment[0].start, segment[-1].end
    lists = words()
    if before is Mark.ROLE:
        return "role"
    if before is Mark.TITLE:
        return "title"
    if len(segment[-1].text) < 2:
        return None
    previous = _BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if previous and previous[1].lower() in lists.roles:
        return "role"
    following = _AFTER.match(text, end)
    if following and following[1] in lists.speaking:
        return "speaking verb"
    if _AGE.match(text, end):
        return "age"
    if segment[0].text in lists.given_names:
        return "given name"
    if segment[0].text.endswith("."):
        return "initials"
    return None


def find_surnames(found: Found, singles: Singles, hits: list[Hit], claims: Claims) -> None:
    """Later mentions by one name, of people who share it with nobody else in the text."""
    bearers: dict[str, set[str]] = {}
    for key, candidate in found.candidates.items():
        if candidate.type == "person":
            for start, end, _ in candidate.mentions:
                given, _, surname = found.reading.text[start:end].rpartition(" ")
                bearers.setdefault(surname, set()).add(key)
                bearers.setdefault(given.partition(" ")[0], set()).add(key)
    for name in bearers.keys() & singles.keys():
        keys = bearers[name]
        for start in singles[name]:
            end = start + len(name)
            if not claims.covering(start, end):
                claims.add(start, end)
                if len(keys) == 1:
                    found.candidates[next(iter(keys))].add(start, end, "surname", BY_SURNAME)
    _find_known_by_role(found, hits, claims)


def _find_known_by_role(found: Found, hits: list[Hit], claims: Claims) -> None:
    """Known people named by surname alone, where a role or title stands before it."""
    text = found.reading.text
    lists = words()
    for hit in hits:
        people = [entry for entry, flags in hit.senses if flags & SURNAME]
        if not people or claims.covering(hit.start, hit.end):
            continue
        before = re.search(r"(\w+)\.? $", text[max(0, hit.start - _LOOK_BACK) : hit.start])
        by_role = before is not None and before[1].lower() in lists.roles | lists.titles
        if by_role and len(people) == 1:
            found.of_entry(people[0]).add(hit.start, hit.end, "role and surname", BY_SURNAME)
            claims.add(hit.start, hit.end)
        elif by_role or len(hit.senses) == len(people):
            reason = "several people have this surname" if len(people) > 1 else "surname alone"
            found.drop("person", people[0].slug, people[0].label, reason, hit.start, hit.end, "surname")
