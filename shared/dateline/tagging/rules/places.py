"""Places: which place a name means, by what else the text names; and the countries that cities and regions imply."""

from __future__ import annotations

import re
from collections import defaultdict
from math import log10
from typing import Final

from dateline.domain.tag import Evidence
from dateline.tagging.candidates import CREDIT, Candidates
from dateline.tagging.lexicon import Lexicon
from dateline.tagging.rules.credits.datelines import dateline_end
from dateline.tagging.senses import DEMONYM, GREAT_CITY, WEAK, Entry, Hit, Sense
from dateline.tagging.surroundings import token_before, word_before, word_before_article
from dateline.tagging.wordlists import word_classes, word_lists

# Scores of a single mention.
COUNTRY: Final = 0.8
REGION: Final = 0.75
CITY: Final = 0.7
ATTRIBUTIVE: Final = 0.5
BY_DEMONYM: Final = 0.5
IMPLIED: Final = 0.4
BY_DATELINE: Final = 0.35
BY_INSTITUTION: Final = 0.3

_SCORES: Final = {"country": COUNTRY, "region": REGION}

# What a meaning of a name is worth; a city begins with the logarithm of its population.
_WORTH: Final = {"country": 9.0, "region": 7.0, "area": 7.0, "": 9.0}
_COUNTRY_NAMED: Final = 1.0
_COUNTRY_OFTEN: Final = 1.6
_REGION_NAMED: Final = 2.0
_ONLY_MEANING: Final = 0.7
_SEVERAL_WORDS: Final = 1.0
_ADJACENT: Final = 5.0
_LOCATED: Final = 1.0
_LISTED: Final = 1.0
_JOINTS: Final = (", ", " and ", ", and ", " or ")
_WEAK: Final = -2.5
_ENOUGH: Final = 5.8
"""A city of 630,000 is taken at its word, of 130,000 if no other has its name; a smaller one needs support."""

_PUNCTUATION: Final = (",", ";", ":")
_PREPOSITIONS: Final = frozenset(
    ("in", "at", "from", "near", "to", "outside", "around", "of", "в", "во", "на", "из", "у", "ў", "з")
)
_OF_A_LANGUAGE: Final = re.compile(
    r"[ -](?:languages?|speaking|speakers?|alphabet|grammar|dialects?|lessons?|classes|translations?|subtitles"
    r"|textbooks?|dictionar(?:y|ies)|accents?"
    r"|versions?(?! of)|originals?)\b"
)
_WITHOUT_NOUN: Final = re.compile(
    r"(?:(?:, | and | or |, and )[A-Z]\w+)*+"
    r"(?=[^\w\s-]|\s*\Z|\s*\n| (?:and|or|but|as|at|by|for|from|in|into|on|to|with|than|is|are|was|were|that|which|when"
    r"|while|because|since|until|after|before|only|too|well|fluently|during|about)\b)"
)
"""What follows a language, where a people's name would have a noun: "in Russian.", "in Russian banks"."""
_TRANSLATED: Final = ("ranslated from ", "ranslation from ")
_POLISH: Final = "Polish "
_POLISH_UP: Final = re.compile(r"Polish (?:up|off|your|my|our|their|his|her|it|them|the)\b")
_ATTRIBUTIVE: Final = re.compile(r"-(?:based|born|bound|area)\b| ((?:[a-z]+ ){0,2}[a-z]+)")


def find(candidates: Candidates, lexicon: Lexicon, place: str, here: Entry | None = None) -> None:
    """Decide on the names of the text that may be places'; ``place`` is the dateline's, ``here`` where an event is."""
    _PlaceFinder(candidates, lexicon, place, here).find()


class _PlaceFinder:
    def __init__(self, candidates: Candidates, lexicon: Lexicon, place: str, here: Entry | None) -> None:
        self._candidates = candidates
        self._text = candidates.text
        self._lexicon = lexicon
        self._place = place
        self._dateline = lexicon.dateline(place) if place else here
        self._support: dict[str, int] = defaultdict(int)
        self._at: dict[int, Hit] = {}
        self._ending: dict[int, Hit] = {}
        self._explained: dict[str, set[str]] = defaultdict(set)
        self._here = ""
        self._language_end = 0

    def find(self) -> None:
        placed = [(name, places) for name in self._candidates.names if (places := name.senses.places)]
        dateline = dateline_end(self._candidates, self._place)
        self._gather_support(placed)
        attributive: list[tuple[Hit, Entry]] = []
        for hit, places in placed:
            start, end, _ = hit
            taken = self._candidates.taken.overlapping(start, end)
            if taken and taken[2] in ("person", CREDIT):
                continue
            if self._text.startswith(_POLISH, start) and _POLISH_UP.match(self._text, start):
                continue
            entry, flags = self._meant(hit, places, inside=taken is not None)
            if entry is None:
                continue
            if taken:
                self._imply(entry, hit, BY_INSTITUTION, itself=taken[:2] != (start, end))
            elif dateline and self._candidates.offsets.body <= start < dateline:
                self._imply(entry, hit, BY_DATELINE, rule="dateline")
            elif flags & DEMONYM and self._is_language(hit):
                self._candidates.drop("place", entry.slug, entry.label, "names a language", start, end, "demonym")
            elif flags & DEMONYM:
                self._candidates.of_entry(entry).add(start, end, "demonym", BY_DEMONYM)
            elif entry.kind == "city" and self._is_attributive(hit):
                attributive.append((hit, entry))
            else:
                self._accept(entry, hit)
        for hit, entry in attributive:
            self._accept_attributive(entry, hit)
        self._imply_place()

    # --- which place is meant ---

    def _gather_support(self, placed: list[tuple[Hit, tuple[Sense, ...]]]) -> None:
        """Count what each name speaks for: itself and what it lies in, when it has but one meaning and no weak one."""
        support, chain, text = self._support, self._lexicon.chain, self._text
        for hit, places in placed:
            start, end, _ = hit
            self._at[start] = hit
            self._ending[end] = hit
            alone = len(places) == 1
            if not alone and text.startswith(", ", start - 2) and (named_for := self._keys_before(hit)):
                self._explained[text[start:end]].update(named_for & {entry.key for entry, _ in places})
            for entry, flags in places:
                if (alone or entry.kind != "city") and not flags & WEAK:
                    support[entry.key] += 1
                    for broader in chain(entry):
                        support[broader.key] += 1
        if self._dateline is not None:
            self._here = self._dateline.key
            for broader in (self._dateline, *self._lexicon.chain(self._dateline)):
                support[broader.key] += 1

    def _meant(self, hit: Hit, places: tuple[Sense, ...], *, inside: bool) -> Sense | tuple[None, int]:
        """The meaning that is worth most; none when it is not worth enough."""
        if len(places) == 1 and not places[0][1] & WEAK:
            entry = places[0][0]
            if entry.kind != "city" or entry.weight > GREAT_CITY:
                return places[0]
        best, best_worth = places[0], float("-inf")
        start, end, _ = hit
        alone, located = len(places) == 1, self._is_located(hit)
        next_keys = self._keys_after(hit) if self._text.startswith(", ", end) else None
        named_for = self._keys_before(hit) if self._text.startswith(", ", start - 2) else None
        explained = self._explained.get(self._text[start:end]) if self._explained else None
        for sense in places:
            entry, flags = sense
            worth = self._worth(entry, flags, alone=alone) + located
            if next_keys and not next_keys.isdisjoint([broader.key for broader in self._lexicon.chain(entry)]):
                worth += _ADJACENT
            if (named_for and entry.key in named_for) or explained == {entry.key}:
                worth += _ADJACENT
            if worth > best_worth:
                best, best_worth = sense, worth
        if best_worth < _ENOUGH <= best_worth + _LISTED and self._is_listed(hit):
            best_worth += _LISTED
        if best_worth >= _ENOUGH and (inside or not self._is_part_of_a_name(hit, best[0])):
            return best
        if inside:
            return None, 0
        reason = "needs support from the text" if best_worth < _ENOUGH else "part of a longer name"
        self._candidates.drop("place", best[0].slug, best[0].label, reason, hit.start, hit.end, "name")
        return None, 0

    def _worth(self, entry: Entry, flags: int, *, alone: bool) -> float:
        weak = _WEAK if flags & WEAK else 0.0
        if entry.kind == "city":
            # Its own name speaks for its country too when it has no other senses.
            own = 1 if alone and not flags & WEAK else 0
            here = _REGION_NAMED if entry.key == self._here else 0.0
            only = _ONLY_MEANING if own else 0.0
            long = _SEVERAL_WORDS if " " in entry.label and not weak else 0.0
            return weak + log10(entry.weight or 1) + self._support_of(entry, own) + here + only + long
        worth = weak + _WORTH.get(entry.kind, 7.0)
        if self._support[entry.key] or any(self._support[broader.key] for broader in self._lexicon.chain(entry)):
            worth += _COUNTRY_NAMED
        return worth

    def _support_of(self, city: Entry, own: int) -> float:
        """What else the text names of what a city lies in."""
        best = 0.0
        for broader in self._lexicon.chain(city):
            count = self._support[broader.key] - own
            if count > 0:
                often = _COUNTRY_OFTEN if count > 1 else _COUNTRY_NAMED
                best = max(best, _REGION_NAMED if broader.kind == "region" else often)
        return best

    def _is_located(self, hit: Hit) -> float:
        text = self._text
        stands_behind = text[hit.start - 1 : hit.start] == " " and word_before_article(text, hit.start) in _PREPOSITIONS
        return _LOCATED if stands_behind else 0.0

    def _is_listed(self, hit: Hit) -> bool:
        """Whether a comma or an "and" joins the name to a place that nobody doubts: "Minsk, Lida and Brest"."""
        text = self._text
        for joint in _JOINTS:
            if text.startswith(joint, hit.end):
                neighbour = self._at.get(hit.end + len(joint))
                if neighbour is not None and _is_certain(neighbour):
                    return True
            if text.startswith(joint, max(hit.start - len(joint), 0)):
                neighbour = self._ending.get(hit.start - len(joint))
                if neighbour is not None and _is_certain(neighbour):
                    return True
        return False

    def _keys_after(self, hit: Hit) -> set[str] | None:
        """What the name after the comma behind this one is or lies in: "Springfield, Illinois"."""
        after = self._at.get(hit.end + 2)
        if after is None:
            return None
        return {e.key for entry, _ in after.senses.all for e in (entry, *self._lexicon.chain(entry))}

    def _keys_before(self, hit: Hit) -> set[str] | None:
        """What the name before the comma lies in that stands before this one: "Atlanta, Georgia"."""
        before = self._ending.get(hit.start - 2)
        return before and {e.key for entry, _ in before.senses.places for e in self._lexicon.chain(entry)}

    def _is_part_of_a_name(self, hit: Hit, entry: Entry) -> bool:
        """Whether a city of no great size has a capitalised word beside it that nothing explains: "Stanley Cup"."""
        if entry.kind != "city" or entry.weight > GREAT_CITY or self._candidates.offsets.has_title_case(hit.start):
            return False
        text = self._text
        if hit.start > 1 and text[hit.start - 1] == " " and hit.start - 1 not in self._ending:
            before = token_before(text, hit.start)
            if before[-1:] not in _PUNCTUATION and _is_plain(before):
                return True
        if text.startswith(" ", hit.end) and hit.end + 1 not in self._at:
            return _is_plain(text[hit.end + 1 : hit.end + 25].partition(" ")[0])
        return False

    # --- what becomes of it ---

    def _accept(self, entry: Entry, hit: Hit) -> None:
        score = _SCORES.get(entry.kind, CITY)
        self._candidates.of_entry(entry).add(hit.start, hit.end, "name", score)
        self._imply(entry, hit, IMPLIED)

    def _accept_attributive(self, entry: Entry, hit: Hit) -> None:
        """ "Kursk-based", "Kursk nuclear power plant": speaks for the region where the text names that."""
        region = next((key for key in entry.broader if key in self._candidates.by_key), None)
        if entry.key in self._candidates.by_key:
            self._candidates.of_entry(entry).add(hit.start, hit.end, "attributive", ATTRIBUTIVE)
        elif region is not None:
            self._candidates.by_key[region].add(hit.start, hit.end, f"in:{entry.slug}", ATTRIBUTIVE)
        else:
            self._candidates.of_entry(entry).add(hit.start, hit.end, "attributive", ATTRIBUTIVE)
            self._imply(entry, hit, BY_INSTITUTION)

    def _imply(self, entry: Entry, hit: Hit, score: float, *, rule: str = "", itself: bool = False) -> None:
        """Add the country of a place."""
        country = self._lexicon.country(entry)
        if country is not None and (country is not entry or itself or rule):
            self._candidates.of_entry(country).add(hit.start, hit.end, rule or f"in:{entry.slug}", score)

    def _imply_place(self) -> None:
        """The dateline's place is a field of its own and no tag; its country is one."""
        country = self._lexicon.country(self._dateline) if self._place and self._dateline is not None else None
        if country is not None:
            candidate = self._candidates.of_entry(country)
            candidate.elsewhere += (Evidence("place", 0, len(self._place), self._place, "dateline"),)
            candidate.base = max(candidate.base, BY_DATELINE)

    # --- small questions ---

    def _is_language(self, hit: Hit) -> bool:
        """Whether a people's name is its language's: "in Russian", "into Russian and Polish", "Russian-language"."""
        text = self._text
        joint = text[self._language_end : hit.start] if self._language_end else ""
        before = word_before(text, hit.start).lower()
        is_language = _OF_A_LANGUAGE.match(text, hit.end) is not None or (
            (before in word_lists().before_languages or joint in _JOINTS or text.endswith(_TRANSLATED, 0, hit.start))
            and _WITHOUT_NOUN.match(text, hit.end) is not None
        )
        if is_language:
            self._language_end = hit.end
        return is_language

    def _is_attributive(self, hit: Hit) -> bool:
        text = self._text
        if text[hit.end : hit.end + 1] not in ("-", " ") or text[hit.end + 1 : hit.end + 2].isupper():
            return False
        after = _ATTRIBUTIVE.match(text, hit.end)
        return after is not None and (after[1] is None or not word_lists().institutions.isdisjoint(after[1].split()))


def _is_certain(hit: Hit) -> bool:
    """Whether a name is a place's whatever the text says."""
    senses = hit.senses
    return senses.sure and len(senses.places) == len(senses.all) and not senses.places[0][1] & DEMONYM


def _is_plain(word: str) -> bool:
    """Whether a word is capitalised and no role, opener or date."""
    return word[:1].isupper() and word.rstrip(".,;:").lower() not in word_classes()
