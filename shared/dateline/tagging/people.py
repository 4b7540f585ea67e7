"""People: known ones by full name and then by surname, unknown ones by what stands around their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark
from dateline.tagging.meaning import Hit
from dateline.tagging.runs import Run, standing_alone
from dateline.tagging.spans import Claim, Claims
from dateline.tagging.words import words

KNOWN: Final = 0.85
BY_SURNAME: Final = 0.6
AGAIN: Final = 0.45
LISTED: Final = 0.45


class Segment(NamedTuple):
    """Plain words of a run that stand together: what they are, where each begins, and where the last one ends."""

    texts: list[str]
    starts: list[int]
    end: int


STRENGTH: Final = {
    "role": 0.7,
    "title": 0.7,
    "speaking verb": 0.65,
    "age": 0.65,
    "given name": 0.6,
    "initials": 0.5,
    "surname's ending": 0.45,
    "agent": 0.5,
}
"""How sure each rule is of an unknown name."""

MOST_WORDS: Final = 4
MOST_BEARERS: Final = 120
"""Names by which people are looked for again: each costs a pass over the text."""
MOST_AGAIN: Final = 60
_BEFORE: Final = re.compile(r"(\w+)[ ,]{1,2}$")
_AFTER: Final = re.compile(r"(?:['’]s?)?,? (?:has |had |also |later |was )?(\w+)")
_AGE: Final = re.compile(r", (?:aged )?\d{1,2}[,.]| \((?:born|b\. \d|\d{1,2}\)|\d{4} ?[-–—])")
_LIST_BEFORE: Final = re.compile(r", and $| and $|, $")
_LIST_AFTER: Final = re.compile(r", and | and |, ")
_APPOSED: Final = re.compile(r", (?:an?|the|then|former|ex-\w+) ([^,.]{3,60})")
_AGENT: Final = re.compile(r"(?:ed|led|written|sung|drawn|made|built|won|shot) by $")
_LOOK_BACK: Final = 20


def find_known(found: Found, hits: list[Hit], claims: Claims) -> None:
    """The people of the vocabulary by their full names."""
    for hit in hits:
        for entry, _ in hit.meaning.people:
            found.of_entry(entry).add(hit.start, hit.end, "name", KNOWN)
            if not claims.covering(hit.start, hit.end):
                claims.add(hit.start, hit.end, "person")


def propose(found: Found, run: Run, claims: Claims) -> Iterator[Segment]:
    """Propose the unknown people of a run; gives the segments that may be people but for want of a sign, or of a
    full name."""
    marks, i, count = run.marks, 0, len(run)
    while i < count:
        if marks[i] != Mark.PLAIN:
            i += 1
            continue
        end = i + 1
        while end < count and (marks[end] == Mark.PLAIN or _is_particle(run, end)):
            end += 1
        if end - i <= MOST_WORDS and (i + 1 < end or (i and _before(run, i) == Mark.TITLE)):
            segment = Segment(run.texts[i:end], run.starts[i:end], run.end(end - 1))
            free = i + 1 == end or not claims.covering(segment.starts[0], segment.end)
            if free and (i + 1 == end or not _propose(found, segment, _before(run, i), claims)):
                yield segment
        i = end


def _before(run: Run, i: int) -> str | None:
    """The mark before a segment; a role with its country between them counts: "Prime Minister of Finland Sanna …"."""
    if not i:
        return None
    if run.lowers[i - 1] == "st":
        return None
    marks = run.marks
    before = marks[i - 1]
    while i and marks[i - 1] in (Mark.KNOWN, Mark.LINK):
        i -= 1
    return Mark.ROLE if i and marks[i - 1] == Mark.ROLE else before


def _is_particle(run: Run, i: int) -> bool:
    return run.texts[i] in words().particles and 0 < i < len(run) - 1 and run.marks[i + 1] == Mark.PLAIN


def _propose(found: Found, segment: Segment, before: str | None, claims: Claims) -> bool:
    rule = _rule(found.reading.text, segment, before)
    return rule is not None and _add(found, segment, rule, STRENGTH[rule], claims)


def _add(found: Found, segment: Segment, rule: str, score: float, claims: Claims) -> bool:
    last = segment.texts[-1]
    if (1 < len(last) < 4 and last.isupper()) or last.lower() in words().things:
        return False
    for text in segment.texts:
        if text.isupper() and len(text) > 3:
            return False
    start, end = segment.starts[0], segment.end
    found.of_name("person", found.reading.text[start:end]).add(start, end, rule, score)
    claims.add(start, end, "person")
    return True


def _is_thing(text: str, name: str) -> bool:
    """Whether a word is a thing's: the text has it in small letters too ("Old Castle", "the castle")."""
    lower = name.lower().removesuffix(".")
    if lower in words().institutions:
        return True
    return lower in text and next(standing_alone(text, lower), -1) >= 0


def find_listed(found: Found, segments: list[Segment], claims: Claims) -> None:
    """Propose those who stand in a list with people: "Maria Hrushko and Ostap Hrushko"."""
    text = found.reading.text
    for segment in segments[:MOST_AGAIN]:
        start, end = segment.starts[0], segment.end
        if len(segment.texts) > 1 and not claims.covering(start, end):
            before, after = _LIST_BEFORE.search(text, max(0, start - 6), start), _LIST_AFTER.match(text, end)
            neighbours = (before and (before.start() - 1, before.start())), (after and (after.end(), after.end() + 1))
            if any(at and _is_persons(claims.covering(*at)) for at in neighbours):
                _add(found, segment, "list", LISTED, claims)


def _is_persons(claim: Claim | None) -> bool:
    return claim is not None and claim[2] == "person"


def find_titled(found: Found, segments: list[Segment], claims: Claims) -> None:
    """Propose those whom the text names by title and surname alone: "Mr. Hrushko"."""
    text = found.reading.text
    for segment in segments[:MOST_AGAIN]:
        name = segment.texts[0]
        if len(segment.texts) == 1 and len(name) > 2 and not claims.covering(segment.starts[0], segment.end):
            _add(found, segment, "title", STRENGTH["title"], claims)
            for start in standing_alone(text, name):
                if not claims.covering(start, start + len(name)):
                    found.of_name("person", name).add(start, start + len(name), "surname", BY_SURNAME)
                    claims.add(start, start + len(name), "person")


def find_again(found: Found, segments: list[Segment], claims: Claims) -> None:
    """Propose those of whom the text speaks again by the last word alone, as it does of people."""
    text = found.reading.text
    inside = {start for segment in segments for start in segment.starts}
    for segment in segments[:MOST_AGAIN]:
        surname = segment.texts[-1]
        if not 1 < len(segment.texts) < 4 or len(surname) < 3 or text.count(surname) < 2:
            continue
        if claims.covering(segment.starts[0], segment.end) or _is_thing(text, surname):
            continue
        alone = (at for at in standing_alone(text, surname) if at not in inside and not claims.covering(at, at + 1))
        if any(not text[at - 2 : at - 1].isalnum() or text[at - 2 : at - 1].islower() for at in alone):
            _add(found, segment, "surname again", AGAIN, claims)


def _rule(text: str, segment: Segment, before: str | None) -> str | None:
    """By which rule a segment is a person's name; None when nothing says so."""
    texts, start, end = segment.texts, segment.starts[0], segment.end
    lists = words()
    if before == Mark.ROLE:
        return "role"
    if before == Mark.TITLE:
        return "title"
    if len(texts[-1]) < 2:
        return None
    previous = _word_before(text, start)
    if previous.lower() in lists.roles:
        return "role"
    following = _AFTER.match(text, end)
    if following and following[1] in lists.speaking:
        return "speaking verb"
    if text.startswith((", ", " ("), end):
        if _AGE.match(text, end):
            return "age"
        if (following and following[1] in lists.roles) or _is_apposed(text, end):
            return "role"
    if texts[0] in lists.given_names and not _is_thing(text, texts[-1]):
        return "given name"
    if previous == "by" and _AGENT.search(text, max(0, start - _LOOK_BACK), start):
        return "agent"
    if texts[0].endswith(".") or (len(texts) > 2 and any(len(name) == 2 and name[1] == "." for name in texts[1:-1])):
        return "initials"
    if texts[-1].endswith(lists.surname_endings) and not _is_thing(text, texts[-1]):
        return "surname's ending"
    return None


def _is_apposed(text: str, end: int) -> bool:
    """ "Ostap Hrushko, a former teacher"."""
    clause = _APPOSED.match(text, end)
    return clause is not None and not words().roles.isdisjoint(clause[1].split(" ")[:5])


def _word_before(text: str, start: int) -> str:
    """The word before a name, with a space and perhaps a comma between them."""
    before = text[max(0, start - _LOOK_BACK) : start]
    word = before.rstrip(" ,").rpartition(" ")[2]
    if word.isalpha() and before.endswith((word + " ", word + ", ", word + ",")):
        return word
    match = _BEFORE.search(before)
    return match[1] if match else ""


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
        if len(name) < 2 or text.count(name) < 2:
            continue
        for start in standing_alone(text, name):
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
        by_role = before is not None and (before[1].lower() in lists.roles or before[1].lower() in lists.titles)
        if by_role and len(people) == 1:
            found.of_entry(people[0]).add(hit.start, hit.end, "role and surname", BY_SURNAME)
            claims.add(hit.start, hit.end, "person")
        elif by_role or len(hit.meaning.senses) == len(people):
            reason = "several people have this surname" if len(people) > 1 else "surname alone"
            found.drop("person", people[0].slug, people[0].label, reason, hit.start, hit.end, "surname")
