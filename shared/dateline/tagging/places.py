"""Places: which place a name means, by what else the text names; and the countries that cities and regions imply."""

from __future__ import annotations

import re
from collections import Counter
from math import log10
from typing import Final

from dateline.domain.tag import Evidence
from dateline.tagging.fold import phrase
from dateline.tagging.found import Found
from dateline.tagging.lexicon import DEMONYM, WEAK, Entry, Hit, Lexicon
from dateline.tagging.spans import Claims
from dateline.tagging.words import words

# Scores of a single mention.
COUNTRY: Final = 0.8
REGION: Final = 0.75
CITY: Final = 0.7
ATTRIBUTIVE: Final = 0.5
BY_DEMONYM: Final = 0.5
IMPLIED: Final = 0.4
BY_DATELINE: Final = 0.35
BY_INSTITUTION: Final = 0.3

# What a meaning of a name is worth; a city begins with the logarithm of its population.
_WORTH: Final = {"country": 9.0, "region": 7.0, "": 9.0}
_SUPPORTED: Final = 3.0
_ADJACENT: Final = 5.0
_LOCATED: Final = 1.0
_WEAK: Final = -3.0
_ENOUGH: Final = 5.3
"""A city of 200,000 is taken at its word; a smaller or doubtful one needs support."""

_PREPOSITION: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|outside|around|of|в|из|у|з) (?:the )?$")
_DATELINE: Final = re.compile(r"\s*(\w[^\n()–—]{0,58}?)\s*(?:\([^()\n]{1,40}\)\s*)?(?:[–—]|--|-(?=\s))\s")
_ATTRIBUTIVE: Final = re.compile(r"-(?:based|born|bound|area)\b| ((?:[a-z]+ ){0,2}[a-z]+)")


class PlaceFinder:
    """Decides on the place names of one text."""

    def __init__(self, found: Found, lexicon: Lexicon, claims: Claims, place: str) -> None:
        self._found = found
        self._lexicon = lexicon
        self._claims = claims
        self._place = place
        self._support: Counter[str] = Counter()
        self._after: dict[int, set[str]] = {}

    def find(self, hits: list[Hit]) -> None:
        """Add the places of ``hits`` to what was found."""
        hits = [hit for hit in hits if any(entry.type == "place" for entry, _ in hit.senses)]
        dateline = self._dateline_end()
        self._gather_support(hits)
        attributive: list[tuple[Hit, Entry]] = []
        for hit in hits:
            claimed = self._claims.covering(hit.start, hit.end)
            entry, flags = self._meant(hit, inside=claimed is not None)
            if entry is None:
                continue
            if claimed:
                self._imply(entry, hit, BY_INSTITUTION, itself=claimed != (hit.start, hit.end))
            elif dateline and self._found.reading.body <= hit.start < dateline:
                self._imply(entry, hit, BY_DATELINE, rule="dateline")
            elif flags & DEMONYM:
                self._found.of_entry(entry).add(hit.start, hit.end, "demonym", BY_DEMONYM)
            elif entry.kind == "city" and self._is_attributive(hit):
                attributive.append((hit, entry))
            else:
                self._accept(entry, hit)
        for hit, entry in attributive:
            self._accept_attributive(entry, hit)
        self._imply_place()

    # --- which place is meant ---

    def _gather_support(self, hits: list[Hit]) -> None:
        """Count what each name speaks for: its country and region, when it has but one meaning that is not weak."""
        for hit in hits:
            places = [(entry, flags) for entry, flags in hit.senses if entry.type == "place"]
            sure = [entry for entry, flags in places if not flags & WEAK and (entry.kind != "city" or len(places) == 1)]
            for key in {key for entry in sure for key in (entry.key, *self._chain(entry))}:
                self._support[key] += 1
            self._after[hit.start] = {key for entry, _ in places for key in (entry.key, *self._chain(entry))}
        for entry in self._named(self._place):
            for key in (entry.key, *self._chain(entry)):
                self._support[key] += 1

    def _meant(self, hit: Hit, *, inside: bool) -> tuple[Entry | None, int]:
        best, best_flags, best_worth = None, 0, float("-inf")
        places = [(entry, flags) for entry, flags in hit.senses if entry.type == "place"]
        alone = len(places) == 1
        located = self._is_located(hit)
        next_names = self._next_names(hit)
        for entry, flags in places:
            worth = self._worth(entry, flags, alone) + located
            if next_names and any(key in next_names for key in self._chain(entry)):
                worth += _ADJACENT
            if worth > best_worth:
                best, best_flags, best_worth = entry, flags, worth
        if best is not None and best_worth < _ENOUGH:
            if not inside:
                self._found.drop(
                    "place", best.slug, best.label, "needs support from the text", hit.start, hit.end, "name"
                )
            return None, 0
        return best, best_flags

    def _worth(self, entry: Entry, flags: int, alone: bool) -> float:
        if entry.kind == "city":
            worth = log10(max(entry.weight, 1))
            # Its own name speaks for its country too when it has no other meaning.
            own = 1 if alone and not flags & WEAK else 0
            if any(self._support[key] > own for key in self._chain(entry)):
                worth += _SUPPORTED
        else:
            worth = _WORTH.get(entry.kind, 7.0)
            if any(self._support[key] for key in (entry.key, *self._chain(entry))):
                worth += 1.0
        return worth + (_WEAK if flags & WEAK else 0.0)

    def _is_located(self, hit: Hit) -> float:
        text = self._found.reading.text
        return _LOCATED if _PREPOSITION.search(text[max(0, hit.start - 12) : hit.start]) else 0.0

    def _next_names(self, hit: Hit) -> set[str] | None:
        """What the name after a comma is or lies in: "Springfield, Illinois"."""
        text = self._found.reading.text
        return self._after.get(hit.end + 2) if text.startswith(", ", hit.end) else None

    # --- what becomes of it ---

    def _accept(self, entry: Entry, hit: Hit) -> None:
        score = {"country": COUNTRY, "region": REGION}.get(entry.kind, CITY)
        self._found.of_entry(entry).add(hit.start, hit.end, "name", score)
        self._imply(entry, hit, IMPLIED)

    def _accept_attributive(self, entry: Entry, hit: Hit) -> None:
        """ "Kursk-based", "Kursk nuclear power plant": speaks for the region where the text names that."""
        region = next((key for key in entry.broader if key in self._found.candidates), None)
        if entry.key in self._found.candidates:
            self._found.of_entry(entry).add(hit.start, hit.end, "attributive", ATTRIBUTIVE)
        elif region is not None:
            self._found.candidates[region].add(hit.start, hit.end, f"in:{entry.slug}", ATTRIBUTIVE)
        else:
            self._found.of_entry(entry).add(hit.start, hit.end, "attributive", ATTRIBUTIVE)
            self._imply(entry, hit, BY_INSTITUTION)

    def _imply(self, entry: Entry, hit: Hit, score: float, *, rule: str = "", itself: bool = False) -> None:
        """Add the country of a place."""
        country = entry if entry.kind == "country" else self._country(entry)
        if country is not None and (country is not entry or itself or rule):
            self._found.of_entry(country).add(hit.start, hit.end, rule or f"in:{entry.slug}", score)

    def _imply_place(self) -> None:
        """The dateline's place is a field of its own and no tag; its country is one."""
        for entry in self._named(self._place)[:1]:
            country = entry if entry.kind == "country" else self._country(entry)
            if country is not None:
                evidence = Evidence(field="place", start=0, end=len(self._place), text=self._place, rule="dateline")
                candidate = self._found.of_entry(country)
                candidate.elsewhere.append(evidence)
                candidate.base = max(candidate.base, BY_DATELINE)

    # --- small questions ---

    def _is_attributive(self, hit: Hit) -> bool:
        after = _ATTRIBUTIVE.match(self._found.reading.text, hit.end)
        return after is not None and (after[1] is None or not words().institutions.isdisjoint(after[1].split()))

    def _dateline_end(self) -> int:
        """Where the dateline at the body's beginning ends: "MINSK, 5 December (BelTA) –"; 0 when there is none."""
        reading = self._found.reading
        match = _DATELINE.match(reading.text, reading.body)
        if match is None:
            return 0
        first = match[1].split(",")[0].strip()
        known = first.isupper() or first.casefold() == self._place.casefold()
        return match.end() if known else 0

    def _named(self, name: str) -> list[Entry]:
        """The places of a name, largest first."""
        return sorted(self._lexicon.places_named(phrase(name)), key=lambda entry: -entry.weight) if name else []

    def _chain(self, entry: Entry) -> list[str]:
        """The keys of what a place lies in, nearest first."""
        keys: list[str] = []
        waiting = list(entry.broader)
        while waiting and len(keys) < 6:
            key = waiting.pop(0)
            broader = self._lexicon.find(key)
            if broader is not None and key not in keys:
                keys.append(key)
                waiting += broader.broader
        return keys

    def _country(self, entry: Entry) -> Entry | None:
        for key in self._chain(entry):
            broader = self._lexicon.find(key)
            if broader is not None and broader.kind == "country":
                return broader
        return None
