"""What a name may mean: its senses, sorted out once per name and not once per mention; and of names that overlap the
longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from dateline.domain.tag import TagType

CAPITAL: Final = 1
"""The name must begin with a capital in the text."""
ACRONYM: Final = 2
"""The name must stand in capitals as it is written."""
DEMONYM: Final = 4
WEAK: Final = 8
"""The name may mean something else."""
SURNAME: Final = 16
OBLIQUE: Final = 64
"""A case of a place's name that a surname has too: it counts behind a preposition of place ("из Киева")."""

GREAT_CITY: Final = 300_000
"""A city with more people than this is taken at its word where the text doesn't say which place it means."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the rules see it. ``broader`` are keys (``place:russia``)."""

    key: str
    type: TagType
    slug: str
    label: str
    kind: str = ""
    weight: int = 0
    broader: tuple[str, ...] = ()
    threshold: float = 0.0
    sections: tuple[str, ...] = ()
    needs: int = 0
    """How many phrases of ``all`` a topic has."""
    given_names: tuple[str, ...] = ()
    """The Cyrillic given names of a person who has a surname."""


Sense = tuple[Entry, int]
"""One thing that a name may mean, and the flags of that meaning."""


@dataclass(frozen=True, slots=True)
class Senses:
    """The senses of a name by type. ``sure``: it breaks a run of capitals ("Belarus Andrei Kobyakov" is two names,
    "Charlotte Novik" is one). ``oblique``: it is one only behind a preposition of place. ``only_cities``: it means
    nothing but cities."""

    all: tuple[Sense, ...]
    places: tuple[Sense, ...]
    people: tuple[Sense, ...]
    surnames: tuple[Entry, ...]
    organisations: tuple[Sense, ...]
    sure: bool
    oblique: bool
    only_cities: bool


class Hit(NamedTuple):
    """A name found in the text: its span, and what it may mean."""

    start: int
    end: int
    senses: Senses


_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


def senses_of(senses: Iterable[Sense]) -> Senses:
    """The senses sorted by type."""
    senses = tuple(senses)
    people = tuple(sense for sense in senses if sense[0].type == "person")
    return Senses(
        all=senses,
        places=tuple(sense for sense in senses if sense[0].type == "place"),
        people=tuple(sense for sense in people if not sense[1] & (SURNAME | WEAK)),
        surnames=tuple(entry for entry, flags in people if flags & SURNAME),
        organisations=tuple(sense for sense in senses if sense[0].type == "organisation"),
        sure=any(_is_sure(*sense) for sense in senses),
        oblique=all(flags & OBLIQUE for _, flags in senses),
        only_cities=all(entry.kind == "city" and not flags & DEMONYM for entry, flags in senses),
    )


def _is_sure(entry: Entry, flags: int) -> bool:
    if flags & DEMONYM:
        return True
    if flags & (WEAK | SURNAME | OBLIQUE):
        return False
    return entry.kind != "city" or entry.weight > GREAT_CITY


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of names that overlap the longest, of two as long the first; in the order of the text.

    One pass over hits sorted by their beginning: a hit yields to a longer one that begins before it ends.
    """
    kept: list[Hit] = []
    last_start = last_end = 0
    in_order = sorted(hits, key=_END, reverse=True)
    in_order.sort(key=_START)
    for hit in in_order:
        start, end, senses = hit
        if start < last_end:
            if end - start <= last_end - last_start:
                if start == last_start and end == last_end:
                    kept[-1] = Hit(start, end, senses_of(kept[-1].senses.all + senses.all))
                continue
            kept.pop()
        kept.append(hit)
        last_start, last_end = start, end
    return kept
