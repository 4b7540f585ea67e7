"""People: known ones by full name, unknown ones by what stands around their names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from dateline.tagging.candidates import MOST_REMEMBERED, Candidates
from dateline.tagging.capitalised_runs import Run
from dateline.tagging.cyrillic_names import formal_name, is_oblique, may_be_called
from dateline.tagging.senses import Hit
from dateline.tagging.surroundings import LOOK_BACK, TextWords, begins_sentence, word_before
from dateline.tagging.wordlists import WordClass, word_lists

KNOWN: Final = 0.85

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

_MORE_OF_A_TITLE: Final = (WordClass.PLAIN, WordClass.LINK, WordClass.KNOWN)
_BEFORE_SURNAMES: Final = (WordClass.TITLE, WordClass.ROLE)

MOST_NAMES: Final = 8192
"""Names that are remembered: the same ones come again and again."""
MOST_WORDS: Final = 4
_AFTER: Final = re.compile(r"(?:['’]s?)?,? (?:has |had |also |later |was )?(\w+)")
AGE: Final = re.compile(r", (?:aged )?\d{1,2}[,.]| \((?:born|b\. \d|\d{1,2}\)|\d{4} ?[-–—])")
_APPOSED: Final = re.compile(r", (?:an?|the|then|former|ex-\w+) ([^,.]{3,60})")
_AGENT: Final = re.compile(r"(?:ed|led|written|sung|drawn|made|built|won|shot) by $")
_SHORTEST_ACRONYM: Final = 3


Strings = tuple[str, ...]


class Segment(NamedTuple):
    """Plain words of a run that stand together: what they are, where each begins, and where the last one ends."""

    texts: Strings
    starts: list[int]
    end: int
    titled: bool = False


class Part(NamedTuple):
    """Words of a run that may be a person's name, from the ``first`` up to the ``end``-th, and the class of what stands
    before them."""

    first: int
    end: int
    before: str | None


def find_known(candidates: Candidates) -> None:
    """The people of the vocabulary by their full names, with a patronymic or initials too."""
    for name in candidates.names:
        start, end, senses = name
        if senses.people and not candidates.is_credit(start, end):
            for entry, _ in senses.people:
                candidates.recognise(entry, start, end, KNOWN)
        elif senses.surnames and candidates.text[start] >= "Ё":
            _find_formally_named(candidates, name)


def _find_formally_named(candidates: Candidates, name: Hit) -> None:
    """Who alone has the surname and the given name or initial: "Владимир Владимирович Путин", "В. Путин"."""
    formal = formal_name(candidates.text, name.start, name.end)
    if formal is None or candidates.is_credit(*formal[:2]):
        return
    start, end, given = formal
    meant = [entry for entry in name.senses.surnames if may_be_called(entry.given_names, given)]
    if len(meant) == 1:
        candidates.recognise(meant[0], start, end, KNOWN)


@cache
def behind_places() -> frozenset[str]:
    """What stands behind a place's name and is nobody's."""
    lists = word_lists()
    return (
        lists.no_surnames
        | lists.things
        | lists.no_teams
        | lists.institutions
        | lists.organisation_tails
        | lists.organisation_nouns
        | lists.place_tails
    )


def find(candidates: Candidates, run: Run) -> list[Segment]:
    """Propose the unknown people of a run; gives the segments that may be people but for want of a sign, or of a
    full name."""
    found: list[Segment] = []
    parts_of = _parts_of if run.end - run.starts[0] <= MOST_REMEMBERED else _read_parts
    for first, end, before in parts_of(run.texts, tuple(run.classes)):
        texts, starts = run.texts[first:end], run.starts[first:end]
        segment = Segment(texts, starts, starts[-1] + len(texts[-1]), before == WordClass.TITLE)
        if first + 1 == end:
            found.append(segment)
        elif not candidates.taken.overlapping(starts[0], segment.end):
            signs = signs_of(segment)
            rule = None if signs.is_thing else _rule(candidates, segment, before, signs)
            if rule is None or not propose(candidates, segment, rule, STRENGTH[rule]):
                found.append(segment)
    return found


def _read_parts(texts: Strings, classes: Strings) -> tuple[Part, ...]:
    """The parts of a run that may be names, by its words and their classes."""
    parts: list[Part] = []
    i, count = 0, len(texts)
    while i < count:
        if classes[i] != WordClass.PLAIN:
            i += 1
            continue
        first, end = i, i + 1
        while end < count and (classes[end] == WordClass.PLAIN or _is_particle(texts, classes, end)):
            end += 1
        if end - i == 1:
            first, end = _with_a_role_for_a_name(texts, classes, i)
        elif end - i > 2 and _is_acronym_before_a_name(texts, classes, i):
            first = i + 1
        if end - first <= MOST_WORDS:
            before = _class_before(texts, classes, first)
            if first + 1 < end or before in _BEFORE_SURNAMES:
                parts.append(Part(first, end, before))
        i = end
    return tuple(parts)


_parts_of: Final = lru_cache(maxsize=MOST_NAMES)(_read_parts)


class Signs(NamedTuple):
    """What the words of a name say by themselves: that it is one of things or of firms, that it begins with a given
    name, holds initials, ends as surnames do, or is in Cyrillic."""

    is_thing: bool
    has_given_name: bool
    has_initials: bool
    ends_as_surname: bool
    is_cyrillic: bool


def _read_signs(texts: Strings) -> Signs:
    lists, last = word_lists(), texts[-1]
    return Signs(
        is_thing=(1 < len(last) < 4 and last.isupper())
        or last.lower() in lists.things
        or any(text.isupper() and len(text) > 3 for text in texts),
        has_given_name=texts[0] in lists.given_names and not _is_called_by_a_place(texts),
        has_initials=texts[0].endswith(".")
        or (len(texts) > 2 and any(len(name) == 2 and name[1] == "." for name in texts[1:-1])),
        ends_as_surname=last.endswith(lists.surname_endings),
        is_cyrillic=texts[0] >= "Ё",
    )


_remembered_signs: Final = lru_cache(maxsize=MOST_NAMES)(_read_signs)


def signs_of(segment: Segment) -> Signs:
    """The signs of a name's words."""
    is_short = segment.end - segment.starts[0] <= MOST_REMEMBERED
    return _remembered_signs(segment.texts) if is_short else _read_signs(segment.texts)


def _is_particle(texts: Strings, classes: Strings, i: int) -> bool:
    return texts[i] in word_lists().particles and 0 < i < len(texts) - 1 and classes[i + 1] == WordClass.PLAIN


def _is_acronym_before_a_name(texts: Strings, classes: Strings, i: int) -> bool:
    """ "Глава МИД Иван Котов", "СК Иван Котов": whom a person is of, and no part of the name."""
    acronym = texts[i]
    if not acronym.isupper() or acronym[-1] == ".":
        return False
    if i and classes[i - 1] == WordClass.ROLE:
        return True
    is_long = len(acronym) >= (_SHORTEST_ACRONYM if acronym[0] < "Ё" else 2)
    return is_long and not texts[i + 1].isupper() and texts[i + 1] in word_lists().given_names


def _with_a_role_for_a_name(texts: Strings, classes: Strings, i: int) -> tuple[int, int]:
    """Where the name begins and ends of which the ``i``-th word is one half and a role's word the other: "Dean
    Hrushko", "Maria Baker"."""
    given = word_lists().given_names
    if i and classes[i - 1] == WordClass.ROLE and texts[i - 1] in given:
        return i - 1, i + 1
    following = [*classes[i + 1 : i + 3], ""][:2]
    if following[0] == WordClass.ROLE and following[-1] not in _MORE_OF_A_TITLE and texts[i] in given:
        return i, i + 2
    return i, i + 1


def _class_before(texts: Strings, classes: Strings, i: int) -> str | None:
    """The class of what stands before a segment; a role with its country between them counts: "Prime Minister of
    Finland Sanna …"."""
    if not i or texts[i - 1].lower().removesuffix(".") == "st":
        return None
    before = classes[i - 1]
    if before == WordClass.LINK:
        return None
    while i and classes[i - 1] in (WordClass.KNOWN, WordClass.LINK):
        i -= 1
    return WordClass.ROLE if i and classes[i - 1] == WordClass.ROLE else before


def _rule(candidates: Candidates, segment: Segment, before: str | None, signs: Signs) -> str | None:
    """By which rule a segment is a person's name; None when nothing says so."""
    if before == WordClass.ROLE:
        return "role"
    if before == WordClass.TITLE:
        return "title"
    text, texts, start, end = candidates.text, segment.texts, segment.starts[0], segment.end
    if len(texts[-1]) < 2:
        return None
    lists = word_lists()
    previous = word_before(text, start)
    if previous.lower() in lists.roles:
        return "role"
    following = _AFTER.match(text, end)
    if following and following[1] in lists.speaking:
        return "speaking verb"
    if text.startswith((", ", " ("), end):
        if AGE.match(text, end):
            return "age"
        if (following and following[1] in lists.roles) or is_apposed(text, end):
            return "role"
    if signs.has_given_name and not is_thing(candidates.words, texts[-1]):
        return "given name"
    if previous == "by" and _AGENT.search(text, max(0, start - LOOK_BACK), start):
        return "agent"
    if signs.has_initials:
        return "initials"
    if signs.ends_as_surname and not is_thing(candidates.words, texts[-1]):
        return "surname's ending"
    return None


def _is_called_by_a_place(texts: Strings) -> bool:
    """ "Victoria Park", "Jordan Valley": called by a place whose name is a given name too."""
    return texts[0] in word_lists().given_names_of_places and texts[-1].lower() in behind_places()


def is_apposed(text: str, end: int) -> bool:
    """ "Ostap Hrushko, a former teacher"."""
    clause = _APPOSED.match(text, end)
    return clause is not None and not word_lists().roles.isdisjoint(clause[1].split(" ")[:5])


def propose(candidates: Candidates, segment: Segment, rule: str, score: float) -> bool:
    """Propose a person; False when the name is one of things or of firms, or stands in a case that hides it."""
    texts, start = segment.texts, segment.starts[0]
    signs = signs_of(segment)
    if signs.is_thing or (signs.is_cyrillic and is_oblique(texts, begins=begins_sentence(candidates.text, start))):
        return False
    candidates.propose("person", start, segment.end, rule, score)
    return True


def is_thing(words: TextWords, name: str) -> bool:
    """Whether a word is a thing's: the text has it in small letters too ("Old Castle", "the castle")."""
    lower = name.lower().removesuffix(".")
    return lower in word_lists().institutions or words.has_alone(lower)


def is_speaking(text: str, end: int) -> bool:
    """Whether what people do stands after a name: "said", "was born"."""
    following = _AFTER.match(text, end)
    return following is not None and following[1] in word_lists().speaking
