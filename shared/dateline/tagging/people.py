"""People: known ones by full name and then by surname, unknown ones by what stands around their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from dateline.tagging.found import Found
from dateline.tagging.marks import Mark
from dateline.tagging.meaning import Hit
from dateline.tagging.runs import Run, Single, standing_alone
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

KNOWN: Final = 0.85
BY_SURNAME: Final = 0.6
AGAIN: Final = 0.45
LISTED: Final = 0.45
GIVEN_NAME_ALONE: Final = 0.4


class Segment(NamedTuple):
    """Plain words of a run that stand together: what they are, where each begins, and where the last one ends."""

    texts: list[str]
    starts: list[int]
    end: int
    titled: bool = False


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

_SHARED: Final = ""
"""In the place of a key: several people have the name."""
_BEFORE_SURNAMES: Final = (Mark.TITLE, Mark.ROLE)

MOST_WORDS: Final = 4
MOST_BEARERS: Final = 120
"""Names by which people are looked for again: each costs a pass over the text."""
MOST_AGAIN: Final = 60
_BEFORE: Final = re.compile(r"(\w+)[ ,]{1,2}$")
_AFTER: Final = re.compile(r"(?:['’]s?)?,? (?:has |had |also |later |was )?(\w+)")
_AGE: Final = re.compile(r", (?:aged )?\d{1,2}[,.]| \((?:born|b\. \d|\d{1,2}\)|\d{4} ?[-–—])")
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
        before = _before(run, i) if end - i <= MOST_WORDS else None
        if end - i <= MOST_WORDS and (i + 1 < end or before in _BEFORE_SURNAMES):
            segment = Segment(run.texts[i:end], run.starts[i:end], run.end(end - 1), before == Mark.TITLE)
            free = i + 1 == end or not claims.covering(segment.starts[0], segment.end)
            if free and (i + 1 == end or not _propose(found, segment, before, claims)):
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
    if before == Mark.LINK:
        return None
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
        if len(segment.texts) < 2 or claims.covering(start, end):
            continue
        if _follows_a_person(text, start, claims) or _precedes_a_person(text, end, claims):
            _add(found, segment, "list", LISTED, claims)


def _follows_a_person(text: str, start: int, claims: Claims) -> bool:
    before = text[start - 2 : start]
    if before == ", ":
        return _is_persons(claims, start - 3)
    if before != "d " or text[start - 5 : start] != " and ":
        return False
    return _is_persons(claims, start - (7 if text[start - 6] == "," else 6))


def _precedes_a_person(text: str, end: int, claims: Claims) -> bool:
    if text[end : end + 2] == ", ":
        return _is_persons(claims, end + (6 if text.startswith("and ", end + 2) else 2))
    return text.startswith(" and ", end) and _is_persons(claims, end + 5)


def _is_persons(claims: Claims, at: int) -> bool:
    claim = claims.covering(at, at + 1) if at >= 0 else None
    return claim is not None and claim[2] == "person"


def find_titled(found: Found, segments: list[Segment], at: dict[str, list[int]], claims: Claims) -> None:
    """Propose those whom the text names by title and surname alone: "Mr. Hrushko", "Senator Hrushko said"."""
    text = found.reading.text
    for segment in segments[:MOST_AGAIN]:
        name = segment.texts[0]
        if len(segment.texts) > 1 or len(name) < 3 or claims.covering(segment.starts[0], segment.end):
            continue
        if segment.titled or (_is_speaking(text, segment.end) and not _is_thing(text, name)):
            _add(found, segment, "title", STRENGTH["title"], claims)
            for start in at[name]:
                if not claims.covering(start, start + len(name)):
                    found.of_name("person", name).add(start, start + len(name), "surname", BY_SURNAME)
                    claims.add(start, start + len(name), "person")


def find_by_given_name(found: Found, singles: list[Single], hits: dict[int, Hit], claims: Claims) -> None:
    """Propose those whom the text names by given name alone: "his brother Ostap", "Ostap said"."""
    text, given, roles = found.reading.text, words().given_names, words().roles
    for name, start in [single for single in singles if single[0] in given]:
        end = start + len(name)
        if start in hits or claims.covering(start, end):
            continue
        after_role = text[start - 2 : start - 1].islower() and _word_before(text, start) in roles
        if after_role or _is_speaking(text, end):
            _add(found, Segment([name], [start], end), "given name", GIVEN_NAME_ALONE, claims)


def find_again(found: Found, segments: list[Segment], at: dict[str, list[int]], claims: Claims) -> None:
    """Propose those of whom the text speaks again by the last word alone, as it does of people."""
    text = found.reading.text
    inside = {start for segment in segments for start in segment.starts}
    for segment in segments[:MOST_AGAIN]:
        surname = segment.texts[-1]
        if not 1 < len(segment.texts) < 4 or len(surname) < 3 or len(at[surname]) < 2:
            continue
        if claims.covering(segment.starts[0], segment.end) or _is_thing(text, surname):
            continue
        alone = (start for start in at[surname] if start not in inside and not claims.covering(start, start + 1))
        if any(not text[start - 2 : start - 1].isalnum() or text[start - 2 : start - 1].islower() for start in alone):
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


def _is_speaking(text: str, end: int) -> bool:
    following = _AFTER.match(text, end)
    return following is not None and following[1] in words().speaking


def _is_apposed(text: str, end: int) -> bool:
    """ "Ostap Hrushko, a former teacher"."""
    clause = _APPOSED.match(text, end)
    return clause is not None and not words().roles.isdisjoint(clause[1].split(" ")[:5])


def _word_before(text: str, start: int) -> str:
    """The word before a name, with a space and perhaps a comma between them."""
    before = text[max(0, start - _LOOK_BACK) : start]
    word = before[:-1].rpartition(" ")[2]
    if before[-1:] == " " and word.isalpha():
        return word
    match = _BEFORE.search(before)
    return match[1] if match else ""


def find_surnames(found: Found, hits: list[Hit], at: dict[str, list[int]], claims: Claims) -> None:
    """Later mentions by one name, of people who share it with nobody else in the text.

    ``at``: where each capitalised word stands (``runs.occurrences``).
    """
    text = found.reading.text
    bearers: dict[str, str] = {}
    for key, candidate in found.candidates.items():
        if candidate.type == "person" and len(bearers) < MOST_BEARERS:
            start, end, _ = candidate.mentions[0]
            names = text[start:end].split(" ")
            if len(names) > 1:
                bearers[names[0]] = _SHARED if bearers.get(names[0], key) != key else key
            bearers[names[-1]] = _SHARED if bearers.get(names[-1], key) != key else key
    for name, key in bearers.items():
        length = len(name)
        starts = at.get(name, ()) if name[:1].isupper() else standing_alone(text, name)
        for start in starts if length > 1 else ():
            if not claims.covering(start, start + length):
                claims.add(start, start + length, "person")
                if key != _SHARED:
                    found.candidates[key].add(start, start + length, "surname", BY_SURNAME)
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
