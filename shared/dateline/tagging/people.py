"""People: known ones by full name and then by surname, unknown ones by what stands around their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark
from dateline.tagging.meaning import Hit
from dateline.tagging.runs import Word, standing_alone
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

KNOWN: Final = 0.85
BY_SURNAME: Final = 0.6
AGAIN: Final = 0.45

Segment = list[Word]
"""Plain words of a run that stand together."""

STRENGTH: Final = {
    "role": 0.7,
    "title": 0.7,
    "speaking verb": 0.65,
    "age": 0.65,
    "given name": 0.6,
    "initials": 0.5,
    "agent": 0.5,
}
"""How sure each rule is of an unknown name."""

MOST_WORDS: Final = 4
MOST_BEARERS: Final = 120
"""Names by which people are looked for again: each costs a pass over the text."""
MOST_AGAIN: Final = 60
_BEFORE: Final = re.compile(r"(\w+)[ ,]{1,2}$")
_AFTER: Final = re.compile(r"(?:['’]s?)?,? (?:has |had |also |later )?(\w+)")
_AGE: Final = re.compile(r", (?:aged )?\d{1,2}[,.]| \((?:born |b\. )?\d{1,4}")
_AGENT: Final = re.compile(r"(?:ed|led|written|sung|drawn|made|built|won|shot) by $")
_LOOK_BACK: Final = 20


def find_known(found: Found, hits: list[Hit], claims: Claims) -> None:
    """The people of the vocabulary by their full names."""
    for hit in hits:
        for entry, _ in hit.meaning.people:
            found.of_entry(entry).add(hit.start, hit.end, "name", KNOWN)
            if not claims.covering(hit.start, hit.end):
                claims.add(hit.start, hit.end, "person")


def propose(found: Found, run: list[Word], marks: list[Mark], claims: Claims) -> Iterator[Segment]:
    """Propose the unknown people of a run; gives the segments that may be people but for want of a sign."""
    i, count = 0, len(run)
    while i < count:
        if marks[i] is not Mark.PLAIN:
            i += 1
            continue
        end = i + 1
        while end < count and (marks[end] is Mark.PLAIN or _is_particle(run, marks, end)):
            end += 1
        if (
            1 < end - i <= MOST_WORDS
            and not claims.covering(run[i].start, run[end - 1].end)
            and not _propose(found, run[i:end], _before(marks, i), claims)
        ):
            yield run[i:end]
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


def _propose(found: Found, segment: Segment, before: Mark | None, claims: Claims) -> bool:
    rule = _rule(found.reading.text, segment, before)
    return rule is not None and _add(found, segment, rule, STRENGTH[rule], claims)


def _add(found: Found, segment: Segment, rule: str, score: float, claims: Claims) -> bool:
    start, end = segment[0].start, segment[-1].end
    if any(word.text.isupper() and len(word.text) > 3 for word in segment):
        return False
    found.of_name("person", found.reading.text[start:end]).add(start, end, rule, score)
    claims.add(start, end, "person")
    return True


def _is_thing(text: str, word: Word) -> bool:
    """Whether a word is a thing's: the text has it in small letters too ("Old Castle", "the castle")."""
    return word.lower in words().institutions or next(standing_alone(text, word.lower), -1) >= 0


def find_again(found: Found, segments: list[Segment], claims: Claims) -> None:
    """Propose those of whom the text speaks again by the last word alone, as it does of people."""
    text = found.reading.text
    inside = {word.start for segment in segments for word in segment}
    for segment in segments[:MOST_AGAIN]:
        start, end, surname = segment[0].start, segment[-1].end, segment[-1].text
        if len(segment) > 3 or len(surname) < 3 or claims.covering(start, end) or _is_thing(text, segment[-1]):
            continue
        alone = (at for at in standing_alone(text, surname) if at not in inside and not claims.covering(at, at + 1))
        if any(not text[at - 2 : at - 1].isalnum() or text[at - 2 : at - 1].islower() for at in alone):
            _add(found, segment, "surname again", AGAIN, claims)


def _rule(text: str, segment: Segment, before: Mark | None) -> str | None:
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
    if segment[0].text in lists.given_names and not _is_thing(text, segment[-1]):
        return "given name"
    if previous and previous[1] == "by" and _AGENT.search(text, max(0, start - _LOOK_BACK), start):
        return "agent"
    if segment[0].text.endswith("."):
        return "initials"
    return None


def find_surnames(found: Found, hits: list[Hit], claims: Claims) -> None:
    """Later mentions by one name, of people who share it with nobody else in the text."""
    text = found.reading.text
    bearers: dict[str, set[str]] = {}
    for key, candidate in found.candidates.items():
        if candidate.type == "person" and len(bearers) < MOST_BEARERS:
            for start, end, _ in candidate.mentions[:1]:
                given, _, surname = text[start:end].rpartition(" ")
                bearers.setdefault(surname, set()).add(key)
                bearers.setdefault(given.partition(" ")[0], set()).add(key)
    for name, keys in bearers.items():
        for start in standing_alone(text, name) if len(name) > 1 else ():
            end = start + len(name)
            if not claims.covering(start, end):
                claims.add(start, end, "person")
                if len(keys) == 1:
                    found.candidates[next(iter(keys))].add(start, end, "surname", BY_SURNAME)
    _find_known_by_role(found, hits, claims)


def _find_known_by_role(found: Found, hits: list[Hit], claims: Claims) -> None:
    """Known people named by surname alone, where a role or title stands before it."""
    text = found.reading.text
    lists = words()
    for hit in hits:
        people = hit.meaning.surnames
        if not people or claims.covering(hit.start, hit.end):
            continue
        before = re.search(r"(\w+)\.? $", text[max(0, hit.start - _LOOK_BACK) : hit.start])
        by_role = before is not None and before[1].lower() in lists.roles | lists.titles
        if by_role and len(people) == 1:
            found.of_entry(people[0]).add(hit.start, hit.end, "role and surname", BY_SURNAME)
            claims.add(hit.start, hit.end, "person")
        elif by_role or len(hit.meaning.senses) == len(people):
            reason = "several people have this surname" if len(people) > 1 else "surname alone"
            found.drop("person", people[0].slug, people[0].label, reason, hit.start, hit.end, "surname")
