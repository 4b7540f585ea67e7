"""Organisations: known ones by name, unknown ones by what their names are built of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import Run
from dateline.tagging.marks import Mark
from dateline.tagging.rules.organisations_by_context import is_described
from dateline.tagging.rules.organisations_introduced import ACRONYM
from dateline.tagging.senses import DEMONYM, WEAK, Hit
from dateline.tagging.wordlists import words

KNOWN: Final = 0.85
PATTERN: Final = 0.6
TEAM: Final = 0.5

_PLURAL_TAILS: Final = ("departments", "ministries", "universities", "councils", "committees")
"""Tails of two names in one: "State and Defence Departments"."""
_OFFICES: Final = (
    "service",
    "ministry",
    "department",
    "committee",
    "commission",
    "agency",
    "council",
    "administration",
)
"""Tails of offices, which often have two tasks in their names: "Trade and Industry Ministry"."""
_APOSTROPHES: Final = ("'", "’")
AIR: Final = ("base", "station", "force", "wing")
_BEFORE_AIR: Final = ("air", "fighter", "bomber", "airlift", "defense", "defence")
"""What makes "Wing" or "Base" the end of a force's name."""


def find_known(found: Found, hits: list[Hit]) -> None:
    """The organisations of the vocabulary.

    A weak name counts where a strong one of the same stands in the text, or where the words around it say what it is.
    """
    text = found.reading.text
    named = [hit for hit in hits if hit.meaning.organisations]
    strong = {entry.key for hit in named for entry, flags in hit.meaning.organisations if not flags & WEAK}
    for hit in named:
        for entry, _ in hit.meaning.organisations:
            if entry.key not in strong and not is_described(text, hit.start, hit.end):
                found.drop(
                    "organisation", entry.slug, entry.label, "may mean something else", hit.start, hit.end, "name"
                )
                continue
            found.recognise(entry, hit.start, hit.end, KNOWN)


def propose(found: Found, run: Run, acronyms: dict[str, str]) -> None:
    """The organisations that a run's words tell of; ``acronyms`` learns what they introduce in brackets."""
    text = found.reading.text
    for first, last, rule in _built(run):
        start, end = run.starts[first], run.end(last)
        if found.claims.covering(start, end):
            continue
        found.propose("organisation", start, end, rule, PATTERN)
        run.marks[first : last + 1] = [Mark.KNOWN] * (last + 1 - first)
        introduced = ACRONYM.match(text, end)
        if introduced:
            acronyms[introduced[1]] = text[start:end]


def _built(run: Run) -> Iterator[tuple[int, int, str]]:
    """(first, last, rule) of each part of a run that is built like an organisation's name."""
    lists = words()
    tails = lists.organisation_tails
    last_taken = -1
    for i, lower in enumerate(run.lowers):
        if i <= last_taken:
            continue
        if run.texts[i] in lists.legal_forms and i + 1 < len(run):
            end = _end_of_name(run, i + 1)
            if end >= i + 1:
                yield i + 1, end, "legal form"
                last_taken = end
        elif lower == "&" and 0 < i < len(run) - 1 and len(run.texts[i - 1]) > 1 and len(run.texts[i + 1]) > 1:
            end = _end_of_name(run, i + 1)
            if end > i and run.marks[i - 1] == Mark.PLAIN:
                yield run.beginning(i, last_taken), end, "ampersand"
                last_taken = end
        elif lower == "team" and i + 2 == len(run) and run.marks[i + 1] in (Mark.KNOWN, Mark.PLAIN):
            yield i, i + 1, "head"
            last_taken = i + 1
        elif lower in lists.organisation_heads and i + 1 < len(run) and run.texts[i + 1] in ("of", "for"):
            end = _end_of_object(run, i + 2)
            if end > i + 1 and run.lowers[end] != "famer":
                yield run.beginning(i, last_taken), end, "head"
                last_taken = end
        elif (lower in tails or lower in AIR) and _is_tail(run, i):
            first = run.beginning(i, last_taken)
            if first > 1 and run.texts[first - 1] == "and" and (lower in _PLURAL_TAILS or _is_joined(run, first, i)):
                first = run.beginning(first - 1, last_taken)
            while i + 1 < len(run) and run.lowers[i + 1] in tails:
                i += 1
            if first < i and not (run.marks[first] == Mark.KNOWN and first == i):
                yield first, i, "tail"
                last_taken = i


def _is_tail(run: Run, i: int) -> bool:
    """Whether one of the tails, or "Base" after "Air", may be the last word of an organisation's name."""
    if run.marks[i] == Mark.KNOWN or not run.texts[i][0].isupper():
        return False
    return run.lowers[i] in words().organisation_tails or (i > 0 and run.lowers[i - 1] in _BEFORE_AIR)


def _is_joined(run: Run, first: int, i: int) -> bool:
    """ "Fire and Rescue Service" is one name, "Novik and the Service" are two."""
    return first == i - 1 and run.lowers[i] in _OFFICES and run.marks[first - 2] == Mark.PLAIN


def find_team(found: Found, run: Run, hits: dict[int, Hit]) -> None:
    """A club: the name of a city and a plural, "Minsk Bisons"; ``hits`` are the text's known names by beginning."""
    text = found.reading.text
    last, texts, end = run.texts[-1], run.texts, run.end(-1)
    if len(last) < 4 or last[-2:] == "ss" or run.lowers[-1] in words().no_teams or text[end : end + 1] in _APOSTROPHES:
        return
    for i in range(max(0, len(run) - 5), len(run) - 1):
        city = hits.get(run.starts[i])
        if city is None or texts[i] in words().given_names or not _is_city(city):
            continue
        first = i + 1
        while first < len(run) and run.starts[first] < city.end:
            first += 1
        if (
            0 < len(run) - first < 3
            and set(run.marks[first:]) == {Mark.PLAIN}
            and not found.claims.covering(city.start, end)
        ):
            found.propose("organisation", city.start, end, "team", TEAM)
        return


def _is_city(hit: Hit) -> bool:
    return any(entry.kind == "city" and not flags & (WEAK | DEMONYM) for entry, flags in hit.meaning.places)


def _end_of_name(run: Run, i: int) -> int:
    while i < len(run) and run.marks[i] in (Mark.PLAIN, Mark.KNOWN):
        i += 1
    return i - 1


def _end_of_object(run: Run, i: int) -> int:
    """The last word of what the organisation is of: "Health", "Foreign Affairs and Trade of Belarus"."""
    end = i - 1
    while i < len(run) and run.marks[i] in (Mark.PLAIN, Mark.KNOWN, Mark.LINK, Mark.TITLE):
        if run.marks[i] != Mark.LINK:
            end = i
            if run.lowers[i] in ("fame", "famer"):
                break
            if run.marks[i] == Mark.KNOWN and i + 1 < len(run) and run.marks[i + 1] == Mark.PLAIN:
                break
        i += 1
    return end
