"""The places of an event's location: its city and country are said, an address or a name in a city implies it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from dateline.domain.event import Location
from dateline.domain.tag import Evidence, Tag
from dateline.tagging.fold import phrase
from dateline.tagging.lexicon import Lexicon
from dateline.tagging.senses import GREAT_CITY, Entry
from dateline.vocabulary.shipped import shipped_terms
from dateline.vocabulary.tsv import from_line

IMPLIED: Final = 0.9

_CODE: Final = "iso3166:"

_CUTS: Final = re.compile(r"[,;\n()/|]|\s[-–—]\s|\b\S*\d\S*")
"""What parts the chunks of an address: commas, and words with a digit (houses, postal codes)."""
_REGION: Final = re.compile(r"[A-Z]{2,3}|(?:[A-Z]\.){1,2}[A-Z]")
_CODED: Final = re.compile(r"\s[A-Z]{2,3}$")
"""A province or state behind its city."""
_CITY_OF: Final = re.compile(r"(?:г\.|гор\.|город\s|горад\s|city of\s)\s*", re.IGNORECASE)


class LocationPlace(NamedTuple):
    """A place that a location says (``is_said``) or implies, and where it does."""

    entry: Entry
    evidence: Evidence
    is_said: bool


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Words of a location between cuts, and the places that they may name."""

    text: str
    start: int
    end: int
    cities: Sequence[Entry] = ()
    areas: Sequence[Entry] = ()
    """Countries, regions and what else is no city."""
    is_marked: bool = False
    """The words say themselves that this is the city: "г. Минск"."""

    def evidence(self, rule: str) -> Evidence:
        """Where it stands."""
        return Evidence("place", self.start, self.end, self.text[self.start : self.end], rule)


def places_of(location: Location, lexicon: Lexicon) -> Iterator[LocationPlace]:
    """The location's city, its country, and all that they lie in; each once."""
    said = _country(location.country, lexicon)
    chunks = {name: list(_chunks(getattr(location, name), lexicon, name)) for name in ("city", "address", "name")}
    city_chunks = chunks["city"]
    found = _city(city_chunks, _hints(said, chunks.values()), lexicon, enough=_anything)
    if found is None and not city_chunks:
        for name, enough in (("address", _is_clear), ("name", _is_great)):
            found = found or _city(chunks[name], _hints(said, chunks.values()), lexicon, enough=enough)
    given: dict[str, LocationPlace] = {}
    if found is not None:
        city, chunk = found
        given[city.key] = LocationPlace(city, chunk.evidence("location"), is_said=chunk in city_chunks)
    if said is not None:
        country, chunk = said
        given[country.key] = LocationPlace(country, chunk.evidence("location"), is_said=True)
    elif found is None and (area := _last_area(chunks.values())):
        given[area[0].key] = LocationPlace(area[0], area[1].evidence("location"), is_said=area[1] in city_chunks)
    for place in tuple(given.values()):
        for broader in lexicon.chain(place.entry):
            evidence = place.evidence._replace(rule=f"in:{place.entry.slug}")
            given.setdefault(broader.key, LocationPlace(broader, evidence, is_said=False))
    yield from given.values()


def surroundings(tags: Iterable[Tag], lexicon: Lexicon) -> Iterator[Tag]:
    """What the places among ``tags`` lie in, as tags: no surer than the place itself."""
    for tag in tags:
        entry = lexicon.find(tag.key) if tag.type == "place" and tag.status == "accepted" else None
        for broader in lexicon.chain(entry) if entry else ():
            evidence = Evidence(field="tags", start=0, end=0, text="", rule=f"in:{tag.slug}")
            score = min(tag.score, IMPLIED)
            yield Tag(type="place", slug=broader.slug, label=broader.label, score=score, evidence=(evidence,))


def _country(text: str, lexicon: Lexicon) -> tuple[Entry, _Chunk] | None:
    """What the field ``country`` says: a name in any language, or the code of ISO 3166."""
    name = text.strip()
    entries = [entry for entry in lexicon.places_named(phrase(name)) if entry.kind != "city"] if name else []
    countries = [entry for entry in entries if entry.kind == "country"] or entries
    entry = lexicon.find(_country_codes().get(name.upper(), "")) or next(iter(countries), None)
    start = text.find(name)
    return (entry, _Chunk(text, start, start + len(name))) if entry else None


@cache
def _country_codes() -> Mapping[str, str]:
    """The keys of the shipped countries by their codes."""
    lines = (line for line in shipped_terms().lines("place") if _CODE in line)
    terms = [from_line(line).term for line in lines]
    return {name.removeprefix(_CODE): term.key for term in terms for name in term.same_as if name.startswith(_CODE)}


def _chunks(text: str, lexicon: Lexicon, name: str) -> Iterator[_Chunk]:
    """The chunks that name places. The field ``city`` may be one name with a cut in it."""
    is_one = name == "city" and bool(lexicon.places_named(phrase(text)))
    for start, end in [(0, len(text))] if is_one else _with_codes(text, _spans(text), lexicon):
        marker = _CITY_OF.match(text, start, end)
        start = marker.end() if marker else start
        named = phrase(text[start:end] if is_one else _in_one(text, start, end))
        entries = lexicon.places_named(named, weak=name == "city" or marker is not None)
        if entries:
            yield _Chunk(
                text, start, end,
                cities=[entry for entry in entries if entry.kind in ("city", "")],
                areas=[entry for entry in entries if entry.kind not in ("city", "")],
                is_marked=marker is not None,
            )  # fmt: skip


def _with_codes(text: str, spans: Iterable[tuple[int, int]], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The spans, a city and the code behind it as one where they are a name ("Washington, DC"), without it where only
    the city is one ("Milano MI", "Austin TX")."""
    waiting: tuple[int, int] | None = None
    for start, end in spans:
        is_code = waiting is not None and _REGION.fullmatch(text, start, end) is not None
        if waiting and is_code and lexicon.places_named(phrase(_in_one(text, waiting[0], end)), weak=False):
            yield waiting[0], end
            waiting = None
            continue
        if waiting:
            yield waiting
        coded = _CODED.search(text, start, end)
        if coded and not lexicon.places_named(phrase(text[start:end])):
            end = coded.start()
        waiting = start, end
    if waiting:
        yield waiting


def _in_one(text: str, start: int, end: int) -> str:
    """Words as a name without commas."""
    return " ".join(text[start:end].replace(",", " ").split())


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans between cuts, without the space and marks around them."""
    start = 0
    for begin, end in (*((cut.start(), cut.end()) for cut in _CUTS.finditer(text)), (len(text), len(text))):
        words = text[start:begin]
        if stripped := words.strip(" .:\t\r\u00a0"):
            first = start + words.index(stripped)
            yield first, first + len(stripped)
        start = end


def _hints(said: tuple[Entry, _Chunk] | None, fields: Iterable[Sequence[_Chunk]]) -> set[str]:
    """The keys of what the city must lie in: the country that is said, else the countries and regions named."""
    if said is not None:
        return {said[0].key}
    areas = (entry for chunks in fields for chunk in chunks if not chunk.cities for entry in chunk.areas)
    return {entry.key for entry in areas if entry.kind in ("country", "region")}


def _anything(entries: Sequence[Entry]) -> bool:
    return True


def _is_clear(entries: Sequence[Entry]) -> bool:
    return len(entries) == 1 or _is_great(entries)


def _is_great(entries: Sequence[Entry]) -> bool:
    return max(entry.weight for entry in entries) >= GREAT_CITY


def _city(
    chunks: Sequence[_Chunk], hints: set[str], lexicon: Lexicon, *, enough: Callable[[Sequence[Entry]], bool]
) -> tuple[Entry, _Chunk] | None:
    """The city that the chunks name; where nothing says what it lies in, one that is ``enough`` by itself.

    A marked chunk counts first. An address ends with its city, unless it begins with the country.
    """
    is_reversed = bool(chunks) and any(entry.kind == "country" for entry in chunks[0].areas)
    in_order = chunks if is_reversed else chunks[::-1]
    for chunk in sorted(in_order, key=lambda chunk: not chunk.is_marked):
        inside = [city for city in chunk.cities if not hints.isdisjoint(one.key for one in lexicon.chain(city))]
        if inside or (chunk.cities and not hints and (chunk.is_marked or enough(chunk.cities))):
            return max(inside or chunk.cities, key=lambda city: city.weight), chunk
    return None


def _last_area(fields: Iterable[Sequence[_Chunk]]) -> tuple[Entry, _Chunk] | None:
    """Where no city is known the country or region that is named last."""
    found = [(chunk.areas[0], chunk) for chunks in fields for chunk in chunks if chunk.areas]
    return found[-1] if found else None
