"""The word lists of ``wordlists.toml`` and ``given-names.txt``: how the tagger recognises what it doesn't know."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Each list as a set; given names and legal forms as they are written, the others in lower case."""

    roles: frozenset[str]
    titles: frozenset[str]
    speaking: frozenset[str]
    particles: frozenset[str]
    organisation_tails: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_nouns: frozenset[str]
    legal_forms: frozenset[str]
    not_organisations: frozenset[str]
    institutions: frozenset[str]
    openers: frozenset[str]
    calendar: frozenset[str]
    place_tails: frozenset[str]
    place_heads: frozenset[str]
    place_nouns: frozenset[str]
    place_adjectives: frozenset[str]
    compass: frozenset[str]
    place_kinds: frozenset[str]
    not_places: frozenset[str]
    locating: frozenset[str]
    firm_signs: frozenset[str]
    firm_kinds: frozenset[str]
    firm_people: frozenset[str]
    no_teams: frozenset[str]
    things: frozenset[str]
    given_names: frozenset[str]
    surname_endings: tuple[str, ...]


@cache
def words() -> Words:
    """The lists, read once a process."""
    folder = resources.files(__package__)
    lists = tomllib.loads((folder / "wordlists.toml").read_text(encoding="utf-8"))
    given = (folder / "given-names.txt").read_text(encoding="utf-8")
    endings = tuple(lists.pop("surname_endings").split())
    return Words(
        given_names=frozenset(given.split()),
        surname_endings=endings,
        **{name: frozenset(text.split()) for name, text in lists.items()},
    )
