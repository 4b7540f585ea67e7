"""People by what the text has said before: named again by surname, in a list with people, or by one name alone."""

from __future__ import annotations

import re
from typing import Final

from dateline.tagging.candidates import Candidate, Candidates, TakenSpans
from dateline.tagging.capitalised_runs import Single
from dateline.tagging.rules.people import STRENGTH, Segment, is_speaking, is_thing, propose
from dateline.tagging.rules.people_called_like_places import IN
from dateline.tagging.senses import Entry, Hit
from dateline.tagging.surroundings import LOOK_BACK, standing_alone, title_before, word_before
from dateline.tagging.wordlists import word_lists

BY_SURNAME: Final = 0.6
AGAIN: Final = 0.45
LISTED: Final = 0.45
GIVEN_NAME_ALONE: Final = 0.4
_WORD_BEFORE: Final = re.compile(r"(\w+)\.? \Z")
_JOINTS: Final = (", ", "d ", " a")
"""Of a list: its comma, or how " and " ends and begins."""
_SHARED: Final = ""
"""In the place of a key: several people have the name."""
MOST_BEARERS: Final = 120
"""Names by which people are looked for again: each costs a pass over the text."""
MOST_AGAIN: Final = 60


def find(candidates: Candidates, undecided: list[Segment], singles: list[Single], at: dict[str, list[int]]) -> None:
    """Propose of the ``undecided`` those that the rest of the text shows to be people, then link later mentions by one
    name to them; ``at``: where each capitalised word stands (``CapitalisedWords.positions``)."""
    _find_listed(candidates, undecided)
    _find_again(candidates, undecided, at)
    _find_surnames(candidates, at)
    _find_titled(candidates, undecided, at)
    _find_by_given_name(candidates, singles)


def _find_listed(candidates: Candidates, segments: list[Segment]) -> None:
    """Propose those who stand in a list with people: "Maria Hrushko and Ostap Hrushko"."""
    text, taken = candidates.text, candidates.taken
    for segment in segments[:MOST_AGAIN]:
        start, end = segment.starts[0], segment.end
        if len(segment.texts) < 2 or not (text[start - 2 : start] in _JOINTS or text[end : end + 2] in _JOINTS):
            continue
        by_a_person = _follows_a_person(text, start, taken) or _precedes_a_person(text, end, taken)
        if by_a_person and not taken.overlapping(start, end):
            propose(candidates, segment, "list", LISTED)


def _follows_a_person(text: str, start: int, taken: TakenSpans) -> bool:
    before = text[start - 2 : start]
    if before == ", ":
        return _is_persons(taken, start - 3)
    if before != "d " or text[start - 5 : start] != " and ":
        return False
    return _is_persons(taken, start - (7 if text[start - 6] == "," else 6))


def _precedes_a_person(text: str, end: int, taken: TakenSpans) -> bool:
    if text[end : end + 2] == ", ":
        return _is_persons(taken, end + (6 if text.startswith("and ", end + 2) else 2))
    return text.startswith(" and ", end) and _is_persons(taken, end + 5)


def _is_persons(taken: TakenSpans, at: int) -> bool:
    span = taken.overlapping(at, at + 1) if 0 <= at < taken.length else None
    return span is not None and span[2] == "person"


def _find_again(candidates: Candidates, segments: list[Segment], at: dict[str, list[int]]) -> None:
    """Propose those of whom the text speaks again by the last word alone, as it does of people."""
    text = candidates.text
    inside = {start for segment in segments for start in segment.starts}
    for segment in segments[:MOST_AGAIN]:
        surname = segment.texts[-1]
        if not 1 < len(segment.texts) < 4 or len(surname) < 3 or len(at[surname]) < 2:
            continue
        if candidates.taken.overlapping(segment.starts[0], segment.end) or is_thing(candidates.words, surname):
            continue
        alone = (
            start for start in at[surname] if start not in inside and not candidates.taken.overlapping(start, start + 1)
        )
        if any(not text[start - 2 : start - 1].isalnum() or text[start - 2 : start - 1].islower() for start in alone):
            propose(candidates, segment, "surname again", AGAIN)


def _find_surnames(candidates: Candidates, at: dict[str, list[int]]) -> None:
    """Later mentions by one name, of people who share it with nobody else in the text."""
    text, places = candidates.text, word_lists().given_names_of_places
    bearers: dict[str, str] = {}
    for key, candidate in candidates.by_key.items():
        if candidate.type == "person" and len(bearers) < MOST_BEARERS:
            start, end, _ = candidate.mentions[0]
            names = [name for name in text[start:end].split(" ") if name[-1] != "."] or [""]
            if len(names) > 1:
                bearers[names[0]] = _SHARED if bearers.get(names[0], key) != key else key
            bearers[names[-1]] = _SHARED if bearers.get(names[-1], key) != key else key
    for name, key in bearers.items():
        length = len(name)
        starts = at.get(name, ()) if name[:1].isupper() else standing_alone(text, name)
        for start in starts if length > 1 else ():
            if candidates.taken.overlapping(start, start + length):
                continue
            if key != _SHARED and _is_a_woman_beside(text, start, candidates.by_key[key]):
                continue
            if name in places and word_before(text, start).lower() in IN:
                continue  # "Paris Hilton is in Paris"
            candidates.taken.add(start, start + length, "person")
            if key != _SHARED:
                candidates.by_key[key].add(start, start + length, "surname", BY_SURNAME)
    _find_known_by_role(candidates)


def _is_a_woman_beside(text: str, start: int, person: Candidate) -> bool:
    """Whether a surname is that of a woman ("Mrs Macron") and the person of the text who has it is a man."""
    lists = word_lists()
    return title_before(text, start) in lists.womens_titles and person.label.partition(" ")[0] in lists.mens_names


def _find_known_by_role(candidates: Candidates) -> None:
    """Known people named by surname alone, where their role stands before it; where a mere "Mr" does, only if the text
    names them otherwise too."""
    lists, titled = word_lists(), []
    for name in candidates.names:
        if name.senses.surnames and not candidates.taken.overlapping(name.start, name.end):
            before = _WORD_BEFORE.search(candidates.text, max(0, name.start - LOOK_BACK), name.start)
            word = before[1].lower() if before else ""
            if word in lists.courtesies:
                titled.append((name, word))
            else:
                _decide_on_surname(candidates, name, is_meant=word in lists.roles or word in lists.titles)
    for name, title in titled:
        _decide_on_surname(candidates, name, is_meant=_is_named_by(candidates, name.senses.surnames[0], title))


def _decide_on_surname(candidates: Candidates, name: Hit, *, is_meant: bool) -> None:
    """Tag the known person who has a surname, or say why not."""
    start, end, senses = name
    people = senses.surnames
    if is_meant and len(people) == 1:
        candidates.of_entry(people[0]).add(start, end, "role and surname", BY_SURNAME)
        candidates.taken.add(start, end, "person")
    elif is_meant or len(senses.all) == len(people):
        reason = "several people have this surname" if len(people) > 1 else "surname alone"
        candidates.drop("person", people[0].slug, people[0].label, reason, start, end, "surname")


def _is_named_by(candidates: Candidates, person: Entry, title: str) -> bool:
    """Whether a title may be that of a known person whom the text has named before."""
    candidate = candidates.by_key.get(person.key)
    if candidate is None:
        return False
    is_man = person.label.partition(" ")[0] in word_lists().mens_names
    return not (is_man and title in word_lists().womens_titles)


def _find_titled(candidates: Candidates, segments: list[Segment], at: dict[str, list[int]]) -> None:
    """Propose those whom the text names by title and surname alone: "Mr. Hrushko", "Senator Hrushko said"."""
    text = candidates.text
    for segment in segments[:MOST_AGAIN]:
        name = segment.texts[0]
        if len(segment.texts) > 1 or len(name) < 3 or candidates.taken.overlapping(segment.starts[0], segment.end):
            continue
        if segment.titled or (is_speaking(text, segment.end) and not is_thing(candidates.words, name)):
            propose(candidates, segment, "title", STRENGTH["title"])
            for start in at[name]:
                if not candidates.taken.overlapping(start, start + len(name)):
                    candidates.propose("person", start, start + len(name), "surname", BY_SURNAME)


def _find_by_given_name(candidates: Candidates, singles: list[Single]) -> None:
    """Propose those whom the text names by given name alone: "his brother Ostap", "Ostap said"."""
    text, given, roles = candidates.text, word_lists().given_names, word_lists().roles
    for name, start in [single for single in singles if single[0] in given]:
        end = start + len(name)
        if start in candidates.names_at or candidates.taken.overlapping(start, end):
            continue
        after_role = text[start - 2 : start - 1].islower() and word_before(text, start) in roles
        if after_role or is_speaking(text, end):
            propose(candidates, Segment((name,), [start], end), "given name", GIVEN_NAME_ALONE)
