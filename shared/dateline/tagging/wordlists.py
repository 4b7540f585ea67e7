"""The word lists of ``wordlists.toml`` and ``given-names.txt``, and the class of a word: how the tagger recognises what
it doesn't know."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """Each list as a set; given names and legal forms as they are written, the others in lower case."""

    roles: frozenset[str]
    titles: frozenset[str]
    womens_titles: frozenset[str]
    courtesies: frozenset[str]
    mens_names: frozenset[str]
    speaking: frozenset[str]
    particles: frozenset[str]
    organisation_tails: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_nouns: frozenset[str]
    organisation_object_ends: frozenset[str]
    plural_tails: frozenset[str]
    office_tails: frozenset[str]
    force_tails: frozenset[str]
    force_branches: frozenset[str]
    legal_forms: frozenset[str]
    not_organisations: frozenset[str]
    news_agencies: frozenset[str]
    institutions: frozenset[str]
    openers: frozenset[str]
    calendar: frozenset[str]
    months: frozenset[str]
    place_tails: frozenset[str]
    place_heads: frozenset[str]
    place_nouns: frozenset[str]
    place_adjectives: frozenset[str]
    compass: frozenset[str]
    place_kinds: frozenset[str]
    not_places: frozenset[str]
    locating: frozenset[str]
    place_prepositions: frozenset[str]
    before_languages: frozenset[str]
    firm_signs: frozenset[str]
    firm_kinds: frozenset[str]
    firm_people: frozenset[str]
    no_teams: frozenset[str]
    things: frozenset[str]
    given_names_of_places: frozenset[str]
    seldom_given: frozenset[str]
    hardly_given: frozenset[str]
    surnames: frozenset[str]
    no_surnames: frozenset[str]
    given_names: frozenset[str]
    surname_endings: tuple[str, ...]


@cache
def word_lists() -> WordLists:
    """The lists, read once a process."""
    folder = resources.files(__package__)
    lists = tomllib.loads((folder / "wordlists.toml").read_text(encoding="utf-8"))
    given = (folder / "given-names.txt").read_text(encoding="utf-8")
    endings = tuple(lists.pop("surname_endings").split())
    return WordLists(
        given_names=frozenset(given.split()),
        surname_endings=endings,
        **{name: frozenset(text.split()) for name, text in lists.items()},
    )


class WordClass:
    """``TITLE`` always stands before a name ("Mr."), ``ROLE`` may ("President"); ``KNOWN`` is of the vocabulary.

    Plain strings: each word is asked several times, and an enum's members take three times as long to get.
    """

    PLAIN: Final = "plain"
    OPENER: Final = "opener"
    LINK: Final = "link"
    ROLE: Final = "role"
    TITLE: Final = "title"
    CALENDAR: Final = "calendar"
    KNOWN: Final = "known"


_LINKS: Final = frozenset(("of", "for", "and", "the", "&"))


@cache
def word_classes() -> dict[str, str]:
    """Lower-case word → its class; the others are plain."""
    lists = word_lists()
    return {
        **dict.fromkeys(lists.openers, WordClass.OPENER),
        **dict.fromkeys(lists.roles, WordClass.ROLE),
        **dict.fromkeys(lists.titles, WordClass.TITLE),
        **dict.fromkeys(lists.calendar, WordClass.CALENDAR),
        **dict.fromkeys(_LINKS, WordClass.LINK),
    }
