"""The vocabulary made ready for matching: one automaton over all names and phrases of all languages.

A name is kept as it would stand in a folded text, with the space before and after it (``fold``), so that the automaton
finds whole words only. What it finds is a *sense*: an entry, and how the name may be used for it (the flags).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import ahocorasick

from dateline.tagging.cyrillic_cases import cases_of_place
from dateline.tagging.cyrillic_names import cyrillic_given_names, other_cases, surname_cases
from dateline.tagging.fold import phrase
from dateline.tagging.offsets import Offsets
from dateline.tagging.senses import ACRONYM, CAPITAL, DEMONYM, SURNAME, WEAK, Entry, Hit, Senses, senses_of
from dateline.tagging.surroundings import word_before
from dateline.tagging.wordlists import word_lists
from dateline.vocabulary.shipped import shipped_terms
from dateline.vocabulary.tsv import TermRow
from dateline.vocabulary.vocabulary import Vocabulary, shipped

PHRASE: Final = 32
"""A topic's phrase: the sense's number is one of ``Lexicon.phrases``."""
_SHIFT: Final = 7

_FUNCTION_WORDS: Final = frozenset(("of", "to", "in", "than", "can", "come", "say", "at", "on", "an", "us", "so", "no"))
"""Towns whose folded names no text can be searched for: each English sentence has the words."""
_LONG: Final = 5
_LONGEST_ACRONYM: Final = 6
_LONGEST_CHAIN: Final = 6
_MOST_DATELINES: Final = 2_000
_TOWN: Final = 70_000
"""Cities above this have their Cyrillic names in all cases."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of a topic's rules: it counts ``weight`` (any), is the ``part``-th that must be there (all), or
    forbids the topic (none: weight below 0). ``decides``: it counts as much as the topic needs."""

    entry: Entry
    weight: float
    part: int = -1
    decides: bool = False


_Decoded = tuple[int, Senses | None, Senses | None, tuple[Phrase, ...]]
"""A name's length with the spaces around it, and what it means: as it stands, when it stands in capitals, and as a
topic's phrase."""


class Lexicon:
    """Immutable after it is made; threads share it. ``base`` is a lexicon whose entries, but those of ``hidden``
    keys, are in this one too."""

    def __init__(self, rows: Iterable[TermRow], base: Lexicon | None = None, hidden: frozenset[str] = frozenset()):
        self._base = base
        self._hidden = hidden
        self.entries: dict[str, Entry] = {}
        self.phrases: list[Phrase] = []
        self._numbered: list[Entry] = []
        self._chains: dict[str, tuple[Entry, ...]] = {}
        self._countries: dict[str, Entry | None] = {}
        self._datelines: dict[str, Entry | None] = {}
        names: dict[str, int | tuple[int, ...]] = {}
        for row in rows:
            self._add(row, names)
        self._coded = list(names.values())
        self._lengths = [len(name) for name in names]
        self._decoded: list[_Decoded | None] = [None] * len(names)
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, name in enumerate(names):
            self._automaton.add_word(name, number)
        if names:
            self._automaton.make_automaton()

    def find(self, key: str) -> Entry | None:
        """The entry of a key."""
        entry = self.entries.get(key)
        if entry is None and self._base is not None and key not in self._hidden:
            return self._base.find(key)
        return entry

    def chain(self, entry: Entry) -> tuple[Entry, ...]:
        """What a place lies in, nearest first."""
        chain = self._chains.get(entry.key)
        if chain is None:
            found: list[Entry] = []
            waiting = list(entry.broader)
            while waiting and len(found) < _LONGEST_CHAIN:
                broader = self.find(waiting.pop(0))
                if broader is not None and broader not in found:
                    found.append(broader)
                    waiting += broader.broader
            chain = self._chains[entry.key] = tuple(found)
        return chain

    def country(self, entry: Entry) -> Entry | None:
        """The country a place is or lies in."""
        country = self._countries.get(entry.key, entry)
        if country is entry and entry.kind != "country":
            country = next((broader for broader in self.chain(entry) if broader.kind == "country"), None)
            self._countries[entry.key] = country
        return country

    def places_named(self, folded_name: str, *, weak: bool = True) -> list[Entry]:
        """The places of a name (``fold.phrase``) that points to them without doubt; those too of which it is a
        ``weak`` name."""
        entries = self._base.places_named(folded_name, weak=weak) if self._base is not None else []
        found = self._automaton.get(f" {folded_name} ", None) if self._coded else None
        if found is not None:
            codes = self._coded[found]
            for code in codes if isinstance(codes, tuple) else (codes,):
                entry = None if code & PHRASE else self._numbered[code >> _SHIFT]
                if entry is not None and entry.type == "place" and not code & (DEMONYM if weak else DEMONYM | WEAK):
                    entries.append(entry)
        return [entry for entry in entries if entry.key not in self._hidden or entry.key in self.entries]

    def dateline(self, place: str) -> Entry | None:
        """The largest place that a dateline's words may mean. Remembered: a newsroom has few datelines."""
        try:
            return self._datelines[place]
        except KeyError:
            if len(self._datelines) >= _MOST_DATELINES:
                self._datelines.clear()
            largest = max(self.places_named(phrase(place)), key=lambda entry: entry.weight, default=None)
            self._datelines[place] = largest
            return largest

    def scan(self, offsets: Offsets) -> tuple[list[Hit], list[tuple[int, int, Phrase]]]:
        """Every name in the text as it may be meant there, and every topic phrase as (start, end, phrase)."""
        names: list[Hit] = []
        phrases: list[tuple[int, int, Phrase]] = []
        if self._base is not None:
            names, phrases = self._base.scan(offsets)
            if self._hidden:
                names = list(self._without_hidden(names))
                phrases = [found for found in phrases if found[2].entry.key not in self._hidden]
        if not self._coded:
            return names, phrases
        text, folded, decoded, new = offsets.text, offsets.folded, self._decoded, tuple.__new__
        for last, number in self._automaton.iter(folded):
            length, senses, in_capitals, rules = decoded[number] or self._decode(number)
            start = last - length
            if rules:
                end = last if folded[last] != " " else last - 1
                for rule in rules:
                    phrases.append((start, end, rule))
            if in_capitals is not None and not text[start].islower():
                if senses is not in_capitals and text[start : last - 1].isupper():
                    senses = in_capitals
                if senses is not None and (not senses.oblique or _is_behind_preposition(text, start)):
                    names.append(new(Hit, (start, last - 1, senses)))
        return names, phrases

    def _decode(self, number: int) -> _Decoded:
        """What a name means; worked out when it is first met, since most never are."""
        found = self._coded[number]
        codes = found if isinstance(found, tuple) else (found,)
        names = [(self._numbered[code >> _SHIFT], code & (1 << _SHIFT) - 1) for code in codes if not code & PHRASE]
        plain = [sense for sense in names if not sense[1] & ACRONYM]
        in_capitals = senses_of(names) if names else None
        senses = in_capitals if len(plain) == len(names) else senses_of(plain) if plain else None
        rules = tuple(self.phrases[code >> _SHIFT] for code in codes if code & PHRASE)
        decoded = self._lengths[number] - 1, senses, in_capitals, rules
        self._decoded[number] = decoded
        return decoded

    def _without_hidden(self, hits: list[Hit]) -> Iterator[Hit]:
        for hit in hits:
            senses = hit.senses.all
            left = [sense for sense in senses if sense[0].key not in self._hidden]
            if left:
                yield hit if len(left) == len(senses) else Hit(hit.start, hit.end, senses_of(left))

    def _add(self, row: TermRow, names: dict[str, int | tuple[int, ...]]) -> None:
        term = row.term
        if term.type == "section":
            return
        entry = Entry(
            term.key, term.type, term.slug, term.label, row.kind, row.weight,
            tuple(name if ":" in name else f"{term.type}:{name}" for name in term.broader),
            row.threshold, row.sections, len(term.rules.all),
            tuple(cyrillic_given_names(term.labels.values())) if term.type == "person" else (),
        )  # fmt: skip
        self.entries[term.key] = entry
        if term.type == "topic":
            self._add_phrases(row, entry, names)
            return
        number = len(self._numbered) << _SHIFT
        self._numbered.append(entry)
        weak = frozenset(row.weak)
        for name in term.names:
            if len(name) < _LONG and entry.type == "place" and not name.isupper() and phrase(name) in _FUNCTION_WORDS:
                continue
            _put(names, name, number | _flags(name) | (WEAK if name in weak else 0))
            if name[0] > "Ё" and name not in weak:
                for form, flag in _other_cases(entry, name):
                    _put(names, form, number | CAPITAL | flag)
        for name in row.demonyms:
            _put(names, name, number | CAPITAL | DEMONYM)
        if term.type == "person":
            for surname in dict.fromkeys(_surnames((term.label, *term.labels.values()))):
                for form in (surname, *surname_cases(surname)) if surname[0] > "Ё" else (surname,):
                    _put(names, form, number | CAPITAL | SURNAME)

    def _add_phrases(self, row: TermRow, entry: Entry, names: dict[str, int | tuple[int, ...]]) -> None:
        rules = row.term.rules
        plain = () if rules.any or rules.all else (row.term.label, *row.term.aliases)
        weighted = [(text, 3.0, -1) for text in plain]
        weighted += [(text, 1.0, -1) for text in rules.any]
        weighted += [(text, 1.0, part) for part, text in enumerate(rules.all)]
        weighted += [(text, -1.0, -1) for text in rules.none]
        for text, weight, part in weighted:
            text, _, power = text.partition("^")
            number = len(self.phrases) << _SHIFT | PHRASE
            decides = weight > 0 and text in row.deciding and not power
            self.phrases.append(Phrase(entry, weight * float(power or 1), part, decides))
            for name in _inflected(text):
                _put(names, name, number, open_ended=text.endswith("*"))


def _other_cases(entry: Entry, name: str) -> Iterator[tuple[str, int]]:
    """A Cyrillic name as it stands in sentences, each form with its flag; of small cities none."""
    if entry.type != "place":
        yield from ((form, 0) for form in other_cases(name, entry.type))
    elif entry.kind != "city" or entry.weight > _TOWN:
        yield from cases_of_place(name)


def _surnames(names: Iterable[str]) -> Iterator[str]:
    """The surnames by which people are named; popes and princes have none."""
    for name in names:
        first, _, last = name.rpartition(" ")
        if (
            first
            and last.lower() not in word_lists().calendar
            and first.lower() not in word_lists().roles
            and last not in word_lists().given_names
            and not last.isupper()
        ):
            yield last


def _flags(name: str) -> int:
    if name.isupper() and len(name) <= _LONGEST_ACRONYM:
        return CAPITAL | ACRONYM
    return CAPITAL


def _inflected(text: str) -> Iterator[str]:
    yield text
    if text.endswith("*") or not text.isascii():
        return
    if re.search("[^aeiou]y$", text):
        yield text[:-1] + "ies"
    elif re.search("(s|x|z|ch|sh)$", text):
        yield text + "es"
    else:
        yield text + "s"


def _is_behind_preposition(text: str, start: int) -> bool:
    """ "из Киева": a preposition of place stands there, behind which a person's name hardly does."""
    return text[start - 1 : start] == " " and word_before(text, start).lower() in word_lists().place_prepositions


def _put(names: dict[str, int | tuple[int, ...]], name: str, code: int, *, open_ended: bool = False) -> None:
    plain = phrase(name)
    if not plain:
        return
    key = f" {plain}" if open_ended else f" {plain} "
    before = names.get(key)
    if before is None:
        names[key] = code
    elif isinstance(before, tuple):
        if all(other >> _SHIFT != code >> _SHIFT or (other ^ code) & PHRASE for other in before):
            names[key] = (*before, code)
    elif before >> _SHIFT != code >> _SHIFT or (before ^ code) & PHRASE:
        names[key] = (before, code)


@cache
def _shipped_lexicon() -> Lexicon:
    return Lexicon(shipped().rows())


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary. The shipped part is made once a process and shared by every layer over it."""
    base = _shipped_lexicon() if vocabulary.shipped is shipped_terms() else Lexicon(vocabulary.shipped)
    if not vocabulary.layer:
        return base
    return Lexicon(vocabulary.layer_rows(), base, frozenset(vocabulary.layer))
