"""Organisations: known ones by name, unknown ones by what their names are built of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import Run
from dateline.tagging.rules.organisations_by_context import is_described
from dateline.tagging.rules.organisations_introduced import learn_acronym
from dateline.tagging.senses import DEMONYM, WEAK, Hit
from dateline.tagging.surroundings import title_before, word_before
from dateline.tagging.wordlists import WordClass, word_classes, word_lists

KNOWN: Final = 0.85
PATTERN: Final = 0.6
TEAM: Final = 0.5

_WORDS: Final = frozenset(("Will", "May", "Mark", "Grant", "Chase", "Rich", "Sue", "Pat", "Bill", "Art", "Rob"))
"""Given names that are words before a firm's name too: "Will Apple …"."""
_APOSTROPHES: Final = ("'", "’")


def find_known(candidates: Candidates) -> None:
    """The organisations of the vocabulary.

    A weak name counts where a strong one of the same stands in the text, or where the words around it say what it is.
    Weak is a name that the text has behind a person's title or given name too ("M. Dupont").
    """
    text = candidates.text
    named = [
        name
        for name in candidates.names
        if name.senses.organisations and not candidates.is_credit(name.start, name.end)
    ]
    strong = {entry.key for name in named for entry, flags in name.senses.organisations if not flags & WEAK}
    titled = {name.start: name for name in named if _is_a_persons(text, name)}
    strong.difference_update(_first_named_as_persons(named, titled))
    for start, end, senses in named:
        if start in titled:
            continue
        for entry, _ in senses.organisations:
            if entry.key in strong or is_described(text, start, end):
                candidates.recognise(entry, start, end, KNOWN)
            else:
                reason = "may mean something else"
                candidates.drop("organisation", entry.slug, entry.label, reason, start, end, "name")


def _first_named_as_persons(named: list[Hit], titled: dict[int, Hit]) -> set[str]:
    """The keys of the firms whose name the text has as a person's before it has it alone."""
    firms: set[str] = set()
    persons: set[str] = set()
    for name in named:
        keys = {entry.key for entry, _ in name.senses.organisations}
        if name.start in titled:
            persons |= keys - firms
        else:
            firms |= keys - persons
    return persons


def _is_a_persons(text: str, name: Hit) -> bool:
    """A firm's name that is a surname there: behind a title or a given name ("M. Dupont", "Paul Renault")."""
    if text.find(" ", name.start, name.end) >= 0:
        return False
    if title_before(text, name.start) in word_lists().courtesies:
        return True
    given = word_before(text, name.start)
    return (
        text[name.start - 1 : name.start] == " "
        and text[name.start - 2].isalpha()
        and given in _only_given_names()
        and not text[name.start : name.end].isupper()
    )


@cache
def _only_given_names() -> frozenset[str]:
    """The given names that are no place's, and begin no sentence otherwise ("Will Apple …")."""
    lists = word_lists()
    given = lists.given_names - lists.given_names_of_places - _WORDS
    return frozenset(name for name in given if name.lower() not in word_classes())


# --- names that are built like an organisation's ---


class NameRule(NamedTuple):
    """A way in which organisations are named.

    ``goes_by`` says whether the i-th word of a run is what betrays it. ``words`` gives the first and the last word of
    the name then, behind a word that is taken; None when there is no name to that word.
    """

    rule: str
    goes_by: Callable[[Run, int], bool]
    words: Callable[[Run, int, int], tuple[int, int] | None]


def find(candidates: Candidates, run: Run) -> None:
    """The organisations that a run's words tell of. The first rule that goes by a word decides on it."""
    betraying = words_of_names()
    if betraying.isdisjoint(run.lowers) or candidates.offsets.has_title_case(run.starts[0]):
        return
    taken = -1
    for i, lower in enumerate(run.lowers):
        if i <= taken or lower not in betraying:
            continue
        rule = next((rule for rule in NAME_RULES if rule.goes_by(run, i)), None)
        if rule is not None and (words := rule.words(run, i, taken)):
            first, taken = words
            start, end = run.starts[first], run.end_of(taken)
            if not candidates.taken.overlapping(start, end):
                candidates.propose("organisation", start, end, rule.rule, PATTERN)
                run.classes[first : taken + 1] = [WordClass.KNOWN] * (taken + 1 - first)
                learn_acronym(candidates, start, end)


@cache
def words_of_names() -> frozenset[str]:
    """The words that the rules go by, in lower case."""
    lists = word_lists()
    forms = {form.lower() for form in lists.legal_forms}
    return lists.organisation_tails | lists.organisation_heads | lists.force_tails | forms | {"&", "team"}


def _is_legal_form(run: Run, i: int) -> bool:
    return run.texts[i] in word_lists().legal_forms and i + 1 < len(run)


def _name_after(run: Run, i: int, taken: int) -> tuple[int, int] | None:
    last = run.last_of_name(i + 1)
    return (i + 1, last) if last > i else None


def _is_ampersand(run: Run, i: int) -> bool:
    return run.texts[i] == "&" and 0 < i < len(run) - 1 and len(run.texts[i - 1]) > 1 and len(run.texts[i + 1]) > 1


def _names_around(run: Run, i: int, taken: int) -> tuple[int, int] | None:
    last = run.last_of_name(i + 1)
    return (run.first_of_name(i, taken), last) if last > i and run.classes[i - 1] == WordClass.PLAIN else None


def _is_team(run: Run, i: int) -> bool:
    return run.lowers[i] == "team" and i + 2 == len(run) and run.classes[i + 1] in (WordClass.KNOWN, WordClass.PLAIN)


def _word_and_next(run: Run, i: int, taken: int) -> tuple[int, int]:
    return i, i + 1


def _is_head(run: Run, i: int) -> bool:
    return run.lowers[i] in word_lists().organisation_heads and i + 1 < len(run) and run.texts[i + 1] in ("of", "for")


def _head_and_object(run: Run, i: int, taken: int) -> tuple[int, int] | None:
    """With what the organisation is of: "Health", "Foreign Affairs and Trade of Belarus"."""
    last = i + 1
    for j in range(i + 2, len(run)):
        class_ = run.classes[j]
        if class_ not in (WordClass.PLAIN, WordClass.KNOWN, WordClass.LINK, WordClass.TITLE):
            break
        if class_ != WordClass.LINK:
            last = j
            ends_as_known = class_ == WordClass.KNOWN and run.classes[j + 1 : j + 2] == [WordClass.PLAIN]
            if ends_as_known or run.lowers[j] in word_lists().organisation_object_ends:
                break
    return (run.first_of_name(i, taken), last) if last > i + 1 else None


def _is_tail(run: Run, i: int) -> bool:
    if run.classes[i] == WordClass.KNOWN or not run.texts[i][0].isupper():
        return False
    lists = word_lists()
    return run.lowers[i] in lists.organisation_tails or (
        i > 0 and run.lowers[i] in lists.force_tails and run.lowers[i - 1] in lists.force_branches
    )


def _tail_and_before(run: Run, i: int, taken: int) -> tuple[int, int] | None:
    """With what stands before it, past an "and" where both belong together; and with the tails that follow."""
    first = run.first_of_name(i, taken)
    if first > 1 and run.texts[first - 1] == "and" and _is_joined(run, first, i):
        first = run.first_of_name(first - 1, taken)
    while i + 1 < len(run) and run.lowers[i + 1] in word_lists().organisation_tails:
        i += 1
    return (first, i) if first < i else None


def _is_joined(run: Run, first: int, i: int) -> bool:
    """ "Fire and Rescue Service" is one name, "Novik and the Service" are two."""
    lists = word_lists()
    if run.lowers[i] in lists.plural_tails:
        return True
    return first == i - 1 and run.lowers[i] in lists.office_tails and run.classes[first - 2] == WordClass.PLAIN


NAME_RULES: Final = (
    NameRule("legal form", _is_legal_form, _name_after),  # OJSC Torfmash
    NameRule("ampersand", _is_ampersand, _names_around),  # Peat & Sons
    NameRule("head", _is_team, _word_and_next),  # Team Estonia
    NameRule("head", _is_head, _head_and_object),  # Ministry of Health
    NameRule("tail", _is_tail, _tail_and_before),  # Polesia Peat Company
)


# --- clubs ---


def find_team(candidates: Candidates, run: Run) -> None:
    """A club: the name of a city and a plural, "Minsk Bisons"."""
    last = run.texts[-1]
    if last[-1] != "s" or len(last) < 4 or last[-2] == "s":
        return
    text, texts, end, lists = candidates.text, run.texts, run.end, word_lists()
    if run.lowers[-1] in lists.no_teams:
        return
    if text[end : end + 1] in _APOSTROPHES:
        return
    for i in range(max(0, len(run) - 5), len(run) - 1):
        city = candidates.names_at.get(run.starts[i])
        if city is None or texts[i] in lists.given_names or not _is_city(city):
            continue
        first = i + 1
        while first < len(run) and run.starts[first] < city.end:
            first += 1
        plural = set(run.classes[first:]) == {WordClass.PLAIN}
        if plural and len(run) - first < 3 and not candidates.taken.overlapping(city.start, end):
            candidates.propose("organisation", city.start, end, "team", TEAM)
        return


def _is_city(name: Hit) -> bool:
    return any(entry.kind == "city" and not flags & (WEAK | DEMONYM) for entry, flags in name.senses.places)
